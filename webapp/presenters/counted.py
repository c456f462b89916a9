"""How much there is: counted when the data were published, and told from that."""

from __future__ import annotations

from dataclasses import dataclass

from graph.statistics import Statistics, count
from webapp.store import View, source


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of a version of the data, and when it was published."""

    statistics: Statistics
    issued: str
    """When data of this store were first published: a date and time, "" where that is not known."""
    modified: str

    def of(self, term: str) -> int:
        """Return how many things a class has, or how many statements a property: those that rules derive included."""
        # A URIRef is never equal to the same text.
        name, whole = str(term), self.statistics.whole
        return whole.classes.get(name, 0) + whole.properties.get(name, 0) + self.statistics.derived.get(name, 0)


def counted(view: View) -> Counted:
    """Return what is counted of this version.

    A published generation says so itself. An endpoint has to be asked; what it says is kept for ten minutes.
    """
    return view.recall("counted", lambda: _read(view))


def _read(view: View) -> Counted:
    description = source().description(view.version)
    # An earlier release counted less; what it left out is counted now.
    if "uses" in description.get("statistics", ()):
        return Counted(Statistics.from_json(description["statistics"]), description["issued"], description["modified"])
    return Counted(source().now_and_then(("statistics", view.version), lambda: count(view)), "", "")
