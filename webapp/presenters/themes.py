"""Themes and what is narrower than what."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from graph.namespaces import key_of
from webapp.presenters.facets import Value
from webapp.store import View
from webapp.terms import iri, number, solutions, text


@dataclass(slots=True)
class Theme:
    """A theme with what stands directly above and below it."""

    iri: URIRef
    label: str
    definition: str
    broader: tuple[URIRef, ...]
    narrower: tuple[URIRef, ...] = ()


class Themes:
    """The scheme of themes as a tree that can be walked both ways."""

    def __init__(self, themes: dict[URIRef, Theme]) -> None:
        self._themes = themes
        for theme in themes.values():
            for above in theme.broader:
                if above in themes:
                    themes[above].narrower += (theme.iri,)

    def get(self, iri: URIRef) -> Theme | None:
        """Return the theme at ``iri``, if there is one."""
        return self._themes.get(iri)

    def with_broader(self, iri: URIRef) -> set[URIRef]:
        """Return the theme and all that are broader, however far up."""
        found: set[URIRef] = set()
        waiting = [iri]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting.extend(self._themes[here].broader if here in self._themes else ())
        return found

    def top_down(self) -> list[Value]:
        """Return every theme below the scheme's top ones, each after its broader one; depth says how far down."""
        tops = [t for t in self._themes.values() if not any(above in self._themes for above in t.broader)]
        # One theme over all others says nothing; a scheme with several top themes shows them.
        start = tops if len(tops) != 1 else [self._themes[n] for n in tops[0].narrower]
        found: list[Value] = []
        seen: set[URIRef] = set()

        def walk(theme: Theme, depth: int) -> None:
            if theme.iri in seen:
                return
            seen.add(theme.iri)
            found.append(Value(key_of(theme.iri), theme.label, depth))
            for below in sorted((self._themes[n] for n in theme.narrower), key=lambda t: t.label.casefold()):
                walk(below, depth + 1)

        for theme in sorted(start, key=lambda t: t.label.casefold()):
            walk(theme, 0)
        return found


def themes(view: View) -> Themes:
    """Return the themes of this version of the data."""
    return view.recall("themes", lambda: _read(view))


def items_of(view: View) -> dict[URIRef, int]:
    """Return how many evidence items each theme has, those under its heading included."""
    return view.recall(
        "theme items",
        lambda: {URIRef(text(row, "theme")): number(row, "items") for row in solutions(view.page("theme-items"))},
    )


def _read(view: View) -> Themes:
    found: dict[URIRef, Theme] = {}
    for row in solutions(view.page("themes")):
        here = URIRef(text(row, "theme"))
        theme = found.setdefault(here, Theme(here, text(row, "themeLabel"), text(row, "definition"), ()))
        above = iri(row, "broader")
        if above and above not in theme.broader:
            theme.broader += (above,)
    return Themes(found)
