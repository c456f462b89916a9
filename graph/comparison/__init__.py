"""Quarter against quarter: what changed between two reports, link by link, sentence by sentence, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from graph import queries
from graph.comparison.figures import Quoted, Stated, Step, Unjoined, quotations, steps, unjoined
from graph.comparison.sentences import Change, Sentence, SentenceChange, compare_sentences
from graph.errors import BadParameter, NotFound
from graph.mentions.sentences import sentences
from graph.namespaces import key_of
from graph.stores.base import Store, Table


@dataclass(frozen=True, slots=True)
class Compared:
    """A report of a comparison."""

    iri: str
    label: str
    force: str
    """Address of its force."""

    @property
    def key(self) -> str:
        """The last part of its address."""
        return key_of(self.iri)


@dataclass(frozen=True, slots=True)
class Link:
    """Two lasting things and how one report links them, with the items that say so."""

    subject: str
    subject_label: str
    link: str
    link_label: str
    object: str
    object_label: str
    items: tuple[int, ...]
    """Numbers of the items; none for what no single item says."""


@dataclass(frozen=True)
class Comparison:
    """What changed from one report to another."""

    before: Compared
    after: Compared
    added: tuple[Link, ...]
    removed: tuple[Link, ...]
    sentences: tuple[SentenceChange, ...]
    steps: tuple[Step, ...]
    """Values that both give, each for its own quarter."""
    unjoined: tuple[Unjoined, ...]
    """What both count in the same words, where it is in doubt whether it is one thing."""
    quoted: tuple[Quoted, ...]
    """Values that both give for the same days."""

    @property
    def counts(self) -> dict[str, int]:
        """How many sentences had each change; all kinds, in their order."""
        return {str(kind): sum(s.change is kind for s in self.sentences) for kind in Change}


def reports(store: Store) -> list[Compared]:
    """Return all reports, newest quarter first."""
    return [
        Compared(
            _text(row, "report"),
            ", ".join(filter(None, (_text(row, "forceLabel"), _text(row, "quarterLabel")))) or _text(row, "title"),
            _text(row, "force"),
        )
        for row in _rows(store.select(queries.page("reports").sparql))
    ]


def pair(store: Store, before: str = "", after: str = "") -> tuple[Compared, Compared]:
    """Return the reports with these keys or addresses; left out, the latest of a force and the one before it.

    Raises: NotFound if there is no such report or no two of one force, BadParameter if both are the same.
    """
    known = reports(store)
    by_name = {name: report for report in known for name in (report.key, report.iri)}
    for given in filter(None, (before, after)):
        if given not in by_name:
            raise NotFound(f"There is no report {given!r} here. There are: {', '.join(r.key for r in known)}.")
    later = by_name[after] if after else _latest(known, by_name.get(before))
    if before:
        earlier = by_name[before]
    else:
        rest = known[known.index(later) + 1 :]
        found = [report for report in rest if report.force == later.force]
        if not found:
            raise NotFound(f"There is no report before {later.key} of the same force to hold it against.")
        earlier = found[0]
    if earlier == later:
        raise BadParameter(f"a report is compared with another one, not {earlier.key} with itself")
    return earlier, later


def _latest(known: Sequence[Compared], before: Compared | None) -> Compared:
    """Return the newest report of the force of ``before``, or of any force that has an earlier one too."""
    for place, report in enumerate(known):
        others = [before] if before else known[place + 1 :]
        if any(report.force == other.force and report != other for other in others):
            return report
    raise NotFound("There are no two reports of one force to hold against each other.")


def compare(store: Store, before: Compared, after: Compared) -> Comparison:
    """Return what changed from ``before`` to ``after``."""
    old, new = _links(store, before), _links(store, after)
    earlier, later = _figures(store, before), _figures(store, after)
    joined = steps(earlier, later)
    return Comparison(
        before,
        after,
        tuple(link for key, link in new.items() if key not in old),
        tuple(link for key, link in old.items() if key not in new),
        tuple(compare_sentences(_sentences(store, before), _sentences(store, after))),
        tuple(joined),
        tuple(unjoined(earlier, later, joined)),
        tuple(quotations([*earlier, *later])),
    )


def stated(store: Store) -> list[Stated]:
    """Return the values that all reports give."""
    return [_stated(row) for row in _rows(store.select(queries.page("comparison-figures").sparql))]


def _links(store: Store, report: Compared) -> dict[tuple[str, str, str], Link]:
    found: dict[tuple[str, str, str], Link] = {}
    items: dict[tuple[str, str, str], set[int]] = {}
    for row in _ask(store, "comparison-links", report):
        key = (_text(row, "subject"), _text(row, "link"), _text(row, "object"))
        items.setdefault(key, set())
        if row.get("number") is not None:
            items[key].add(int(_text(row, "number")))
        subject, link, object_ = (_text(row, f"{name}Label") for name in ("subject", "link", "object"))
        found[key] = Link(key[0], subject, key[1], link, key[2], object_, tuple(sorted(items[key])))
    return found


def _sentences(store: Store, report: Compared) -> list[Sentence]:
    named = [
        (int(_text(row, "start")), _text(row, "operation")) for row in _ask(store, "comparison-operations", report)
    ]
    found = []
    for row in _ask(store, "comparison-sentences", report):
        begins, words = int(_text(row, "start")), _text(row, "words")
        for start, end in sentences(words):
            text = words[start:end].rstrip()
            first, last = begins + start, begins + start + len(text)
            if text:
                found.append(
                    Sentence(
                        report=report.key,
                        passage=_text(row, "passage"),
                        item=int(_text(row, "number") or 0),
                        commitment=_text(row, "notation"),
                        area=_text(row, "areaLabel"),
                        start=first,
                        end=last,
                        text=text,
                        operations=frozenset(o for at, o in named if first <= at < last),
                    )
                )
    return found


def _figures(store: Store, report: Compared) -> list[Stated]:
    return [_stated(row) for row in _ask(store, "comparison-figures", report)]


def _stated(row: Mapping[str, Node | None]) -> Stated:
    begins, quote = int(_text(row, "itemStart")), _text(row, "quote")
    start = int(_text(row, "start"))
    return Stated(
        iri=_text(row, "figure"),
        report=_text(row, "report"),
        report_label=_text(row, "reportLabel"),
        quarter=(_text(row, "quarterStart"), _text(row, "quarterEnd")),
        force=_text(row, "force"),
        item=_text(row, "item"),
        number=int(_text(row, "number")),
        commitment=_text(row, "commitment"),
        area=_text(row, "areaLabel"),
        measure=_text(row, "measure"),
        measure_label=_text(row, "measureLabel"),
        what=_text(row, "what"),
        value=float(_text(row, "value")),
        unit=_text(row, "unit"),
        role=key_of(_text(row, "role")),
        implied=_text(row, "implied") == "true",
        days=(_text(row, "from"), _text(row, "to")),
        start=start,
        end=int(_text(row, "end")),
        text=_text(row, "words"),
        before=quote[: start - begins],
        quote=quote,
    )


def _ask(store: Store, name: str, report: Compared) -> Iterator[Mapping[str, Node | None]]:
    query = queries.page(name)
    return _rows(store.select(queries.fill(query, {"report": [URIRef(report.iri)]})))


def _rows(table: Table) -> Iterator[Mapping[str, Node | None]]:
    return iter(table.dicts())


def _text(row: Mapping[str, Node | None], column: str) -> str:
    term = row.get(column)
    return "" if term is None else str(term)
