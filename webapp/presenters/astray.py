"""What to offer somebody at an address that leads nowhere: the pages nearest to it, and words to search for."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final

from flask import url_for

from webapp.presenters.things import Link, index
from webapp.store import View

SECTIONS: Final = (
    ("operations.index", "Operations"),
    ("partners.index", "Partners"),
    ("commitments.index", "Commitments"),
    ("measures.index", "Measures"),
    ("areas.index", "Areas"),
    ("themes.index", "Themes"),
    ("reports.index", "Reports"),
    ("items.index", "Evidence"),
    ("questions.index", "Questions"),
    ("coverage.index", "Coverage"),
    ("compare.index", "Compare two quarters"),
    ("audit.index", "Audit"),
    ("maps.index", "Map"),
    ("network.index", "Network"),
    ("sparql.ask", "Query"),
    ("guide.help_page", "Help"),
)
"""The pages that every other is reached from: endpoint and name."""
_LONGEST: Final = 60
"""Characters of an address that are compared with names."""
_BETWEEN: Final = re.compile(r"[\s/_+.-]+")


@dataclass(frozen=True, slots=True)
class Astray:
    """What the page of an address that leads nowhere offers."""

    words: str
    """The last part of the address as words to search for."""
    near: tuple[Link, ...]
    sections: tuple[Link, ...]


def astray(path: str, near: tuple[Link, ...], view: View | None) -> Astray:
    """Return what to offer at ``path``.

    ``near`` are pages already known to be near; without any they are looked for, things only where there is a ``view``.
    """
    sections = tuple(Link(name, url_for(endpoint)) for endpoint, name in SECTIONS)
    parts = [part for part in path.split("/") if part]
    words = _BETWEEN.sub(" ", parts[-1] if parts else "").strip()[:_LONGEST]
    if not near:
        near = tuple(_sections_near(parts, sections))
        # One word that is all but the name of a section is that section.
        near += tuple(_things_near(words, view)) if len(parts) > 1 or not near else ()
    return Astray(words, near, sections)


def _sections_near(parts: list[str], sections: tuple[Link, ...]) -> list[Link]:
    """Return the section whose address begins most like this one."""
    by_path = {(section.href or "").strip("/"): section for section in sections}
    begins = parts[0].casefold()[:_LONGEST] if parts else ""
    return [by_path[path] for path in difflib.get_close_matches(begins, by_path, n=1, cutoff=0.7)]


def _things_near(words: str, view: View | None) -> list[Link]:
    return [thing.link() for thing in index(view).near(words, cutoff=0.7)] if view and words else []
