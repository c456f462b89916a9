"""What the address of a collection chooses: it is the whole state of the page, in one order, and nothing else is."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from graph.errors import BadParameter
from webapp.presenters.facets import Facet

VIEWS = ("table", "map", "trend", "network")
_OTHERS = ("q", "view", "sort", "page")
_NEAR = 3


@dataclass(frozen=True, slots=True)
class State:
    """What is chosen: words, values of facets, a view, an order and a page."""

    q: str
    chosen: Mapping[str, tuple[str, ...]]
    view: str
    sort: str
    page: int

    def query(self) -> str:
        """Return the part of an address after its question mark: always the same for the same state."""
        pairs = [("q", self.q), *((name, value) for name, values in self.chosen.items() for value in values)]
        pairs += [("view", self.view if self.view != VIEWS[0] else ""), ("sort", self.sort)]
        pairs.append(("page", str(self.page) if self.page > 1 else ""))
        return urlencode([(name, value) for name, value in pairs if value])

    def address(self, path: str) -> str:
        """Return the address of this state below ``path``."""
        query = self.query()
        return f"{path}?{query}" if query else path

    def filters(self) -> State:
        """Return what narrows the rows, and no more: what a file of them depends on."""
        return replace(self, view=VIEWS[0], sort="", page=1)

    def seen_as(self, view: str) -> State:
        """Return the same rows in another view."""
        return replace(self, view=view, page=1)

    def with_value(self, facet: str, value: str) -> State:
        """Return the state after a click on a value of a facet that is not chosen yet, as a table."""
        # A facet that nothing was chosen in takes its own place: the order is that of the page.
        chosen = {n: (*v, value) if n == facet else v for n, v in self.chosen.items()}
        return replace(self, chosen=chosen, view=VIEWS[0], page=1)

    def only(self, facet: str, value: str) -> State:
        """Return the state in which a facet has this value alone, as a table: the rows that its count is about."""
        return replace(self, chosen={**self.chosen, facet: (value,)}, view=VIEWS[0], page=1)

    def without(self, facet: str, value: str) -> State:
        """Return the state with one choice taken away."""
        chosen = {n: tuple(v for v in values if (n, v) != (facet, value)) for n, values in self.chosen.items()}
        return replace(self, chosen=chosen, page=1)


def state(
    given: MultiDict[str, str],
    facets: Sequence[Facet],
    allowed: Mapping[str, Collection[str]],
    orders: Sequence[str],
    also: Collection[str] = (),
) -> State:
    """Return what the parameters ``given`` choose; ``allowed`` are values of a facet that are not offered, but known.

    ``orders`` are what rows can be sorted by, and ``also`` the names of parameters that choose something else.

    Raises: BadParameter naming the parameter that is unknown or whose value is.
    """
    known = {facet.name: facet for facet in facets}
    for name in given:
        if name not in known and name not in _OTHERS and name not in also:
            raise BadParameter(
                f"there is no parameter {name!r}; there are: {', '.join((*known, *_OTHERS))}", param=name
            )
    chosen: dict[str, tuple[str, ...]] = {}
    for name, facet in known.items():
        asked = {value for value in given.getlist(name) if value}
        offered = [value.key for value in facet.values]
        for value in sorted(asked - set(offered)):
            if value not in allowed.get(name, ()):
                raise _unknown(name, value, [*offered, *allowed.get(name, ())])
        chosen[name] = (*(key for key in offered if key in asked), *sorted(asked - set(offered)))
    for name, values in (("view", VIEWS), ("sort", orders)):
        if (value := given.get(name, "")) and value not in values:
            raise _unknown(name, value, values)
    page = given.get("page", "").strip()
    if page and not (page.isascii() and page.isdecimal() and 0 < int(page[:9]) < 10**8):
        raise BadParameter(f"page is a whole number from 1, not {page!r}", param="page", value=page)
    words, sort = " ".join(given.get("q", "").split()), given.get("sort", "")
    # The first order is the one that a list has by itself.
    return State(words, chosen, given.get("view") or VIEWS[0], "" if sort == orders[0] else sort, int(page or 1))


def _unknown(name: str, value: str, known: Sequence[str]) -> BadParameter:
    near = difflib.get_close_matches(value, known, n=_NEAR)
    few = list(known) if len(known) <= 2 * _NEAR + len(VIEWS) else []
    hint = f"; nearest: {', '.join(near)}" if near else f"; there are: {', '.join(few)}" if few else ""
    return BadParameter(f"{name} has no value {value!r}{hint}", param=name, value=value, near=near)
