"""Quarter against quarter: what changed between two reports, as a page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import request, url_for

from graph.audit.arithmetic import shown
from graph.comparison import Compared, Comparison, Link, compare, pair, reports
from graph.comparison.figures import Quoted, Stated, Step
from graph.comparison.sentences import Change, Piece, Sentence, SentenceChange, word_diff
from webapp.addresses import page_of, span_of
from webapp.presenters.facets import Option, ShownFacet
from webapp.store import View

WORDS = {
    Change.NEW: ("New", "+", "good"),
    Change.GONE: ("Gone", "−", "bad"),
    Change.REWORDED: ("Reworded", "~", "warn"),
    Change.MOVED: ("Moved", "→", "note"),
    Change.SAME: ("Repeated word for word", "=", "note"),
}
"""Change to its words, its sign and how loud it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence and what became of it."""

    words: str
    sign: str
    tone: str
    note: str
    where: str
    before_href: str
    after_href: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one sort that came or went."""

    title: str
    added: tuple[tuple[Link, str, str], ...]
    """Each with the pages of its two ends, "" where there is none."""
    removed: tuple[tuple[Link, str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page says of a comparison."""

    found: Comparison
    choices: tuple[ShownFacet, ...]
    rows: tuple[Row, ...]
    left_out: int
    groups: tuple[Group, ...]
    restated: tuple[Quoted, ...]
    confirmed: tuple[Quoted, ...]


def comparison(view: View, before: str, after: str) -> Comparison:
    """Return what changed between the reports with these keys; see ``graph.comparison.pair`` for those left out.

    Raises: NotFound, BadParameter.
    """
    chosen = pair(view, before, after)
    return view.recall(("compare", *chosen), lambda: compare(view, *chosen))


def page(view: View, found: Comparison) -> Shown:
    """Return ``found`` as the request asks to see it; sentences that are the same are shown only if it asks."""
    kinds = [kind for kind in Change if str(kind) in request.args.getlist("kind")]
    chosen = kinds or [kind for kind in Change if kind is not Change.SAME]
    rows = tuple(_row(change) for change in found.sentences if change.change in chosen)
    return Shown(
        found,
        (*_choices(view, found), _kinds(found, kinds)),
        rows,
        len(found.sentences) - len(rows),
        tuple(_groups(found)),
        tuple(q for q in found.quoted if not q.agrees),
        tuple(q for q in found.quoted if q.agrees),
    )


def _choices(view: View, found: Comparison) -> list[ShownFacet]:
    known: list[Compared] = reports(view)
    return [
        ShownFacet(name, title, "one", tuple(Option(r.key, r.label, 0, r == chosen, 0) for r in known))
        for name, title, chosen in (("from", "From", found.before), ("to", "To", found.after))
    ]


def _kinds(found: Comparison, chosen: list[Change]) -> ShownFacet:
    counts = Counter(change.change for change in found.sentences)
    options = tuple(Option(str(kind), WORDS[kind][0], counts[kind], kind in chosen, 0) for kind in Change)
    return ShownFacet("kind", "Sentences", "checkboxes", options)


def _row(change: SentenceChange) -> Row:
    words, sign, tone = WORDS[change.change]
    before, after = change.before, change.after
    notes = ["in its numbers only"] * change.numbers_only + ["moved too"] * (change.moved and change.alike < 1)
    if before and after:
        pieces = word_diff(before.text, after.text)
    else:
        only = after or before
        pieces = (Piece("=", only.folded if only else ""),)
    return Row(words, sign, tone, ", ".join(notes), _where(before, after), _href(before), _href(after), pieces)


def _where(before: Sentence | None, after: Sentence | None) -> str:
    places = list(dict.fromkeys(_place(s) for s in (before, after) if s))
    return " → ".join(places)


def _place(sentence: Sentence) -> str:
    return f"{sentence.commitment}, {sentence.area}" if sentence.item else "The promise itself"


def _href(sentence: Sentence | None) -> str:
    return (span_of(sentence.passage, sentence.start, sentence.end) or "") if sentence else ""


def _groups(found: Comparison) -> list[Group]:
    sides = (found.added, found.removed)
    titles = sorted({link.link_label for side in sides for link in side})
    return [
        Group(title, *(tuple(_ends(one) for one in side if one.link_label == title) for side in sides))
        for title in titles
    ]


def _ends(link: Link) -> tuple[Link, str, str]:
    return link, page_of(link.subject) or "", page_of(link.object) or ""


def difference(step: Step) -> str:
    """Return the change of a value in words: "+10,175 (+11.5 %)"."""
    sign = "+" if step.difference > 0 else ""
    part = f" ({step.per_cent:+.1f} %)" if step.per_cent is not None else ""
    return f"{sign}{shown(step.difference, step.after.unit)}{part}" if step.difference else "the same"


def figure_href(figure: Stated) -> str:
    """Return where a figure stands in its report."""
    return span_of(figure.item, figure.start, figure.end) or ""


def measure_href(figure: Stated) -> str:
    """Return the question that shows the values of a figure's measure over all quarters and forces; "" without one."""
    if not figure.measure:
        return ""
    return url_for("questions.one", name="figure-series", measure=figure.measure.rsplit("/", 1)[-1])
