"""Why a statement or a verdict holds: asserted, extracted or derived, by which rule, from which premises and sentences.

What is *asserted* stands in the ontology or a vocabulary: people wrote it. What is *extracted* was read in a report:
its premises are words. What is *derived* follows by a rule of ``queries/rules`` or by the arithmetic of the audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, URIRef
from rdflib.term import Node

from graph import queries
from graph.errors import BadParameter, NotFound
from graph.namespaces import BASE, GT, PREFIXES, key_of, shortened
from graph.stores.base import Store

ASSERTED, EXTRACTED, DERIVED = "asserted", "extracted", "derived"
ORIGINS = {
    ASSERTED: "written by people, in the ontology or a vocabulary",
    EXTRACTED: "read in a report",
    DERIVED: "follows by a rule from what was read",
}
"""Where a statement comes from, and what that means."""

Solution = Mapping[str, Node | None]


@dataclass(frozen=True, slots=True)
class Premise:
    """One thing that the conclusion rests on, and the words of an item that say it, if words do."""

    says: str
    item: str
    """The address of the item."""
    words: str = ""
    span: tuple[int, int] | None = None
    """Where the words stand in the stored text."""
    basis: str = ""
    """On what the words were taken for the thing: its name, an alias, its form."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """An item whose words the conclusion rests on."""

    item: str
    """Its address."""
    label: str
    """Its report and number."""
    quote: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """A conclusion with everything it follows from."""

    about: str
    """The address of the derived link or check; "" for a statement without one."""
    says: str
    """The conclusion in words."""
    origin: str
    """A key of ``ORIGINS``."""
    rule: str
    """The name of the rule, or of the graph where people or reports state it."""
    rule_says: str
    premises: tuple[Premise, ...]
    sentences: tuple[Sentence, ...]


def origin(graph: str) -> str:
    """Return where the statements of a named graph come from: a key of ``ORIGINS``."""
    kind = str(graph).removeprefix(f"{BASE}graph/").partition("/")[0]
    return DERIVED if kind == "derived" else EXTRACTED if kind in {"report", "register"} else ASSERTED


def address(text: str, *, term: bool = False) -> URIRef:
    """Return the address that ``text`` names: whole, with a prefix, or the part after ``id/`` (``term``: of ours).

    Raises: BadParameter.
    """
    prefix, colon, rest = text.partition(":")
    whole = text
    if colon and prefix in PREFIXES:
        whole = PREFIXES[prefix] + rest
    elif not colon:
        whole = f"{GT if term else BASE}{text}"
    if not queries.is_address(whole):
        raise BadParameter(f"{text!r} is no address and no key", value=text)
    return URIRef(whole)


def of_thing(store: Store, about: URIRef) -> tuple[Reason, ...]:
    """Return why the derived link or figure check at ``about`` holds. Raises: NotFound."""
    found = _derived(store, link=about) or _check(store, about)
    if not found:
        raise NotFound(f"{shortened(about)} is neither a derived link nor a figure check", value=about)
    return found


def of_statement(store: Store, subject: URIRef, predicate: URIRef, object_: URIRef) -> tuple[Reason, ...]:
    """Return each reason for which a statement holds, derived ones first. Raises: NotFound if nothing says so."""
    found = (
        *_derived(store, subject=subject, predicate=predicate, object=object_),
        *_stated(store, subject, predicate, object_),
    )
    if not found:
        said = " ".join(map(shortened, (subject, predicate, object_)))
        raise NotFound(f"nothing here says or follows: {said}", value=said)
    return found


def _rows(store: Store, page: str, **values: URIRef | list[URIRef]) -> Sequence[Solution]:
    terms = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    query = queries.page(page)
    # A parameter that is not given filters nothing: its block goes.
    return store.select(queries.fill(query, {p.name: terms.get(p.name, []) for p in query.params})).dicts()


def _text(row: Solution, name: str) -> str:
    term = row.get(name)
    return "" if term is None else str(term)


def _span(row: Solution, start: str, end: str) -> tuple[int, int] | None:
    return (int(_text(row, start)), int(_text(row, end))) if _text(row, start) else None


def _called(row: Solution, name: str, address_: str) -> str:
    if address_ == str(RDF.type):
        return "is a"
    return _text(row, f"{name}Label") or shortened(address_)


def _sentence(row: Solution, start: str, end: str) -> Sentence:
    label = f"{_text(row, 'reportLabel')}, item {_text(row, 'number')}"
    return Sentence(_text(row, "item"), label, _text(row, "quote"), _span(row, start, end) or (0, 0))


def _derived(store: Store, **chosen: URIRef) -> tuple[Reason, ...]:
    rows: dict[tuple[str, str], list[Solution]] = {}
    for row in _rows(store, "why-links", **chosen):
        rows.setdefault((_text(row, "link"), _text(row, "rule")), []).append(row)
    return tuple(_of_link(store, link, rule, same) for (link, rule), same in rows.items())


def _of_link(store: Store, link: str, rule: str, rows: Sequence[Solution]) -> Reason:
    first = rows[0]
    words = [_called(first, n, _text(first, n)) for n in ("subject", "predicate", "object")]
    items = [URIRef(item) for item in dict.fromkeys(_text(row, "item") for row in rows)]
    things = [URIRef(_text(first, name)) for name in ("subject", "object")]
    return Reason(
        about=link,
        says=" ".join(words),
        origin=DERIVED,
        rule=key_of(rule),
        rule_says=_text(first, "says"),
        premises=_read(_rows(store, "why-read", item=items, thing=things)),
        sentences=tuple(dict.fromkeys(_sentence(row, "start", "end") for row in rows)),
    )


def _read(rows: Iterable[Solution]) -> tuple[Premise, ...]:
    found = (
        Premise(
            says=f"item {_text(row, 'number')} {_called(row, 'predicate', _text(row, 'predicate'))}: "
            f"{_text(row, 'thingLabel')}",
            item=_text(row, "item"),
            words=_text(row, "words"),
            span=_span(row, "start", "end"),
            basis=_text(row, "basisLabel"),
        )
        for row in rows
    )
    return tuple(dict.fromkeys(found))


def _check(store: Store, check: URIRef) -> tuple[Reason, ...]:
    rows = _rows(store, "why-check", check=check)
    if not rows:
        return ()
    first = rows[0]
    return (
        Reason(
            about=str(check),
            says=f"{_text(first, 'verdictLabel')}: {_text(first, 'arithmetic')}",
            origin=DERIVED,
            rule=key_of(_text(first, "kind")),
            rule_says=f"{_text(first, 'says')} {_text(first, 'verdictLabel')}: {_text(first, 'meaning')}",
            premises=tuple(
                Premise(
                    f"item {_text(row, 'number')} states {_text(row, 'words')}",
                    _text(row, "item"),
                    _text(row, "words"),
                    _span(row, "start", "end"),
                )
                for row in rows
            ),
            sentences=tuple(dict.fromkeys(_sentence(row, "from", "to") for row in rows)),
        ),
    )


def _stated(store: Store, subject: URIRef, predicate: URIRef, object_: URIRef) -> tuple[Reason, ...]:
    rows = _rows(store, "why-stated", subject=subject, predicate=predicate, object=object_)
    if not rows:
        return ()
    read = [r for r in _rows(store, "why-read", item=subject, thing=object_) if _text(r, "predicate") == str(predicate)]
    graphs = dict.fromkeys(_text(row, "graph") for row in rows)
    names = (("subject", subject), ("predicate", predicate), ("object", object_))
    return tuple(
        Reason(
            about="",
            says=" ".join(_called(rows[0], name, value) for name, value in names),
            origin=(kind := origin(graph)),
            rule=graph.removeprefix(BASE),
            rule_says=ORIGINS[kind],
            premises=_read(read),
            sentences=tuple(dict.fromkeys(_sentence(row, "from", "to") for row in read)),
        )
        for graph in graphs
    )
