"""From a thing's address in the graph to the page about it, and back.

Only this module knows which kind of thing has which page; links, redirects and breadcrumbs ask it.
"""

from __future__ import annotations

import re
from typing import Any

from flask import url_for
from rdflib import URIRef

from graph.namespaces import BASE, GT, GTS, ONTOLOGY, key_of, mint, slug

_PAGES = {
    "operation": ("operations.one", "slug"),
    "partner": ("partners.one", "slug"),
    "commitment": ("commitments.one", "number"),
    "lpa": ("areas.one", "slug"),
    "district": ("areas.one", "slug"),
    "force": ("areas.one", "slug"),
    "theme": ("themes.one", "key"),
    "measure": ("measures.one", "slug"),
    "report": ("reports.one", "key"),
}
"""Kind of thing to its page's endpoint and the name of the part of the address that is its key."""

_PASSAGE = re.compile(r"report/([^/]+)/(?:item/(\d+)|commitment/([^/]+))")

AREA_KINDS = ("lpa", "district", "force")
"""The kinds of thing that share the pages under /areas."""


def kind_of(iri: URIRef | str) -> str:
    """Return the kind that an address was minted for: ``operation``, ``item``, ...; "" for a foreign one.

    A part of a report other than an item, such as a mention or a planned step, is a ``passage``.
    """
    path = str(iri).removeprefix(BASE)
    if path == str(iri):
        return ""
    if (passage := _PASSAGE.fullmatch(path)) and passage[2]:
        return "item"
    kind, _, rest = path.partition("/")
    return "passage" if kind == "report" and "/" in rest else kind


def page_of(iri: URIRef | str) -> str | None:
    """Return the page about the thing at ``iri``, or None if it has none."""
    path = str(iri).removeprefix(BASE)
    if passage := _PASSAGE.match(path):
        anchor = f"item-{passage[2]}" if passage[2] else f"commitment-{passage[3]}"
        return url_for("reports.one", key=passage[1], _anchor=anchor)
    kind = kind_of(iri)
    if kind == "passage":
        return url_for("reports.one", key=path.split("/")[1])
    if kind in _PAGES:
        endpoint, argument = _PAGES[kind]
        values: dict[str, Any] = {argument: key_of(str(iri))}
        return url_for(endpoint, **values)
    if kind == "partner-type":
        values = {kind: key_of(str(iri))}
        return url_for("partners.index", **values)
    if kind == "priority":
        return url_for("commitments.index", priority=key_of(str(iri)))
    return None


def own_page(iri: URIRef | str) -> str | None:
    """Return the page that is about the thing at ``iri`` and nothing else, or the place where it stands in a report.

    What only has a line on the page of many things, or is a part of what has a page, has none of its own.
    """
    path = str(iri).removeprefix(BASE)
    whole = kind_of(iri) in _PAGES and path.count("/") == 1
    return page_of(iri) if whole or _PASSAGE.fullmatch(path) else None


def data_of(iri: URIRef | str, suffix: str = "html") -> str | None:
    """Return where this site describes the thing, term or shape of ours at ``iri`` as data, None if it is not ours.

    ``suffix`` is a format (``graph.formats.FORMATS``), "html" for a page with every statement, "" to leave the choice
    of a format to whoever asks.
    """
    dotted = f".{suffix}" if suffix else ""
    if str(iri).startswith(f"{BASE}graph/"):
        return url_for("dataset.page", _anchor=slug(str(iri).removeprefix(BASE)))
    if str(iri).startswith(BASE) and str(iri) != BASE:
        return url_for("linked_data.thing", name=str(iri).removeprefix(BASE) + dotted)
    if str(iri).startswith(str(GT)) and str(iri) != str(GT):
        return url_for("terms.one", name=str(iri).removeprefix(str(GT)) + ("" if suffix == "html" else dotted))
    if str(iri).startswith(str(GTS)):
        return url_for("terms.shapes", _anchor=str(iri).removeprefix(str(GTS)))
    if str(iri).startswith(f"{ONTOLOGY}/"):
        return url_for("terms.module", name=str(iri).removeprefix(f"{ONTOLOGY}/"))
    if str(iri) == str(ONTOLOGY):
        return url_for("terms.whole")
    return None


def span_of(passage: URIRef | str, start: int, end: int) -> str | None:
    """Return the page of the report that ``passage`` stands in, with the words from ``start`` to ``end`` marked."""
    found = _PASSAGE.match(str(passage).removeprefix(BASE))
    if not found:
        return None
    anchor = f"item-{found[2]}" if found[2] else f"commitment-{found[3]}"
    return url_for("reports.one", key=found[1], span=f"{start}-{end}", _anchor=anchor)


def span_at(report: URIRef, start: int, end: int, anchor: str) -> str:
    """Return the page of ``report`` with the words from ``start`` to ``end`` marked, open where ``anchor`` stands."""
    return url_for("reports.one", key=key_of(report), span=f"{start}-{end}", _anchor=anchor)


def item_number(iri: URIRef | str) -> int:
    """Return the number of the evidence item at ``iri``, 0 if it is no item."""
    found = _PASSAGE.match(str(iri).removeprefix(BASE))
    return int(found[2]) if found and found[2] else 0


def report_of(passage: URIRef | str) -> URIRef:
    """Return the report that the item or other passage at ``passage`` is part of."""
    found = _PASSAGE.match(str(passage).removeprefix(BASE))
    return mint("report", found[1]) if found else URIRef("")
