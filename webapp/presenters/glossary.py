"""The glossary: short forms, the words of these pages and of the code lists, all as the graph defines them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import OWL, URIRef

from graph.namespaces import GT, key_of, slug
from webapp.addresses import data_of, kind_of, page_of
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import Solution, iri, solutions, text

SHORT: Final = "short-forms"
_SECTIONS: Final = (
    (SHORT, "Short forms", (GT.Abbreviation, GT.Partner, GT.PoliceUnit, GT.Programme)),
    ("words", "Words of these pages", (OWL.Class,)),
    ("verdicts", "What came of calculating a figure again", (GT.Verdict, GT.CheckKind)),
    ("figures", "Parts that a number plays", (GT.FigureRole,)),
    ("bodies", "Kinds of body, and what they do", (GT.PartnerType, GT.PartnerRole)),
    ("bases", "How a name was recognised", (GT.Basis,)),
    ("themes", "Themes", (GT.Theme,)),
)

_FORM: Final = re.compile(r"[A-Z0-9](?:[\w&]*[A-Z0-9])+s?\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or short form, what it stands for, and what that is."""

    anchor: str
    word: str
    stands_for: Link | None
    """What a short form stands for; None for a word."""
    meaning: str
    example: str
    source: Link | None
    more: str | None
    """The page or the data about it."""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind, by word."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


def glossary(view: View) -> list[Section]:
    """Return the glossary of this version of the data, section by section."""
    return view.recall("glossary", lambda: _read(view))


def _read(view: View) -> list[Section]:
    by_class: dict[URIRef | None, list[Solution]] = {}
    for row in solutions(view.page("glossary")):
        by_class.setdefault(iri(row, "class"), []).append(row)
    found = []
    for anchor, title, classes in _SECTIONS:
        rows = [row for class_ in classes for row in by_class.get(class_, ())]
        entries = {(entry.word, entry.stands_for): entry for entry in map(_entry, rows)}
        # The same short form with a definition and as another name of a body is told once, where the meaning is.
        if anchor == SHORT:
            entries = _told_once(entries.values())
        found.append(Section(anchor, title, tuple(sorted(entries.values(), key=lambda e: e.word.casefold()))))
    return found


def _told_once(entries: Iterable[Entry]) -> dict[tuple[str, Link | None], Entry]:
    kept: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        name = entry.stands_for.label.casefold() if entry.stands_for else ""
        known = kept.get((entry.word.casefold(), name))
        if known is None or (entry.stands_for and entry.stands_for.href and not known.meaning):
            kept[entry.word.casefold(), name] = entry
    return {(entry.word, entry.stands_for): entry for entry in kept.values()}


def _entry(row: Solution) -> Entry:
    here, label, short = URIRef(text(row, "thing")), text(row, "label"), text(row, "short")
    source = iri(row, "source")
    page = page_of(here)
    anchor = f"{kind_of(here) or 'term'}-{key_of(here)}"
    if short and iri(row, "class") != GT.Abbreviation:
        # A body may have several short names, and each an entry.
        anchor = f"{anchor}-{slug(short)}"
    return Entry(
        anchor=anchor,
        word=short or label[:1].upper() + label[1:],
        stands_for=Link(label, page, kind_of(here) if page else "") if short else None,
        meaning=text(row, "meaning"),
        example=text(row, "example"),
        source=Link(text(row, "sourceTitle"), str(source)) if source else None,
        more=page or data_of(here),
    )


def short_forms(view: View, texts: Iterable[str]) -> list[Entry]:
    """Return the short forms that stand in ``texts``, their plurals too, each with all it can stand for."""
    known = view.recall("short forms", lambda: _by_form(view))
    written = {form for words in texts for form in _FORM.findall(words)}
    forms = {form if form in known else form.removesuffix("s") for form in written}
    return [entry for form in sorted(forms, key=str.casefold) for entry in known.get(form, ())]


def _by_form(view: View) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in next(section for section in glossary(view) if section.anchor == SHORT).entries:
        found[entry.word] = (*found.get(entry.word, ()), entry)
    return found
