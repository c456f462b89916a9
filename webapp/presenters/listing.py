"""A long list as a page shows it: sorted, cut into pages, with the addresses of its other views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

from webapp.presenters.facets import Facet, Selection

Row = TypeVar("Row")
PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Order:
    """A column that the list can be sorted by; numbers begin with the largest."""

    name: str
    title: str
    key: Callable[[Any], Any]
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: where sorting by it leads, and how the list is sorted by it now."""

    name: str
    title: str
    href: str
    sorted: str
    """"ascending", "descending" or "" (aria-sort)."""
    numeric: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A link of the pagination; ``number`` 0 is the gap between far pages."""

    number: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """The rows of one page of a list, and where its other pages and sortings are."""

    rows: tuple[Row, ...]
    total: int
    first: int
    last: int
    heads: Mapping[str, Head]
    pages: tuple[Page, ...]
    previous: str | None
    next: str | None


def listing(
    rows: Sequence[Row], orders: Sequence[Order], size: int = PAGE_SIZE, *, by_itself: str = ""
) -> Listing[Row]:
    """Return the page of ``rows`` that the request asks for, sorted as it asks.

    ``by_itself`` is the sorting of a request that names none, "-" before it for the largest first; "": by the first.
    """
    by_name = {order.name: order for order in orders}
    by_itself = by_itself or orders[0].name
    asked = request.args.get("sort", "") or by_itself
    order = by_name.get(asked.removeprefix("-"), orders[0])
    descending = asked.startswith("-")
    ordered = sorted(rows, key=order.key, reverse=descending)
    last_page = max(1, -(-len(ordered) // size))
    page = min(max(1, request.args.get("page", 1, type=int)), last_page)
    first = (page - 1) * size
    heads = {o.name: _head(o, order, by_itself, descending=descending) for o in orders}
    shown = [n for n in range(1, last_page + 1) if n in {1, last_page} or abs(n - page) <= 2]
    pages: list[Page] = []
    for n in shown:
        if pages and n - pages[-1].number > 1:
            pages.append(Page(0, "", current=False))
        pages.append(Page(n, here(page=_page(n)), current=n == page))
    return Listing(
        rows=tuple(ordered[first : first + size]),
        total=len(ordered),
        first=first + 1 if ordered else 0,
        last=min(first + size, len(ordered)),
        heads=heads,
        pages=tuple(pages) if last_page > 1 else (),
        previous=here(page=_page(page - 1)) if page > 1 else None,
        next=here(page=str(page + 1)) if page < last_page else None,
    )


def _page(number: int) -> str:
    """Return a page as an address names it: the first is the one that needs no name."""
    return str(number) if number > 1 else ""


def _head(order: Order, now: Order, by_itself: str, *, descending: bool) -> Head:
    is_now = order.name == now.name
    turned = not descending if is_now else order.numeric
    sorted_ = ("descending" if descending else "ascending") if is_now else ""
    leads = f"-{order.name}" if turned else order.name
    # The list as it comes needs no name either.
    href = here(sort="" if leads == by_itself else leads, page="")
    return Head(order.name, order.title, href, sorted_, order.numeric)


def here(path: str | None = None, /, **changes: str) -> str:
    """Return the address of this page (or of ``path``) with the request's parameters, ``changes`` made to them.

    A change to "" takes the parameter away.
    """
    args: MultiDict[str, str] = MultiDict(request.args)
    for name, value in changes.items():
        args.poplist(name)
        if value:
            args[name] = value
    kept = [(name, value) for name, value in args.items(multi=True) if value]
    return (path or iri_to_uri(request.path)) + (f"?{urlencode(kept)}" if kept else "")


def without(name: str, value: str) -> str:
    """Return the address of this page with one chosen value of a filter taken away."""
    kept = [(n, v) for n, v in request.args.items(multi=True) if v and n != "page" and (n, v) != (name, value)]
    return iri_to_uri(request.path) + (f"?{urlencode(kept)}" if kept else "")


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter, with the address of the page without it."""

    title: str
    label: str
    href: str


def selection(facets: Sequence[Facet]) -> dict[str, tuple[str, ...]]:
    """Return the values that the request chooses for each facet."""
    return {f.name: tuple(dict.fromkeys(v for v in request.args.getlist(f.name) if v)) for f in facets}


def chips(facets: Sequence[Facet], chosen: Selection) -> list[Chip]:
    """Return the chosen values, each with the address of the page without it."""
    found: list[Chip] = []
    for facet in facets:
        labels = {value.key: value.label for value in facet.values}
        found += [
            Chip(facet.title, labels.get(value, value), without(facet.name, value))
            for value in chosen.get(facet.name, ())
        ]
    if words := request.args.get("q", "").strip():
        found.append(Chip("Name", f"“{words}”", without("q", words)))
    return found
