"""Targets: what the project set out to reach, and whether this run did."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.base import Json, reports_a_force, table

TITLE = "Targets"
JSON, PAGE = "question as JSON, new address", "results, new address"
THEIRS = "the question"
QUESTION = "partner-operations-by-lpa, of one force"


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at: a number that ``measure`` finds in what the sections left, at least or at most ``aim``."""

    words: str
    aim: float
    measure: Callable[[Json], float | None] | None = None
    """None: no section measures it yet."""
    unit: str = "×"
    most: bool = False


def _last(section: Json) -> Json:
    return dict(section[max(section, key=int)])


def _built(peer: str) -> Callable[[Json], float | None]:
    def measure(found: Json) -> float | None:
        sizes = [f for _, f in sorted(found["building"].items(), key=lambda one: int(one[0])) if f[peer]]
        return sizes[-1][peer]["seconds"] / sizes[-1]["stages"]["writing"] if sizes else None

    return measure


def _asked(question: str, peer: str) -> Callable[[Json], float | None]:
    """Compare at the largest size at which ``peer`` answered."""

    def measure(found: Json) -> float | None:
        for _, at in sorted(found["questions"].items(), key=lambda one: -int(one[0])):
            times = at.get(question, {})
            if times.get("ours") and times.get(peer):
                return float(times[peer] / times["ours"])
        return None

    return measure


def _served(ours: str, theirs: str) -> Callable[[Json], float | None]:
    def measure(found: Json) -> float | None:
        for _, at in sorted(found["http"].items(), key=lambda one: -int(one[0])):
            if theirs in at["answers"]:
                return float(at["answers"][ours]["rate"] / at["answers"][theirs]["rate"])
        return None

    return measure


def _attacked(found: Json) -> float | None:
    return min(float(idle / busy) for _, idle, busy in found["fence"]["waits"])


def _late(found: Json) -> float | None:
    return max(float(ends - 2) * 1000 for _, _, ends, _ in found["fence"]["ends"])


def _again(found: Json) -> float | None:
    return max(float(again) for *_, again in found["fence"]["ends"])


def _growth(found: Json) -> float | None:
    """Compare the largest two sizes at which the force that is asked about has as many reports; None if there are none.

    A force with more reports has more rows, which is no growth of the rest.
    """
    sizes = sorted(map(int, found["questions"]))
    last = sizes[-1]
    first = next((s for s in reversed(sizes[:-1]) if reports_a_force(s) == reports_a_force(last)), None)
    if first is None:
        return None
    before, after = (found["questions"][str(size)] for size in (first, last))
    grown = [
        at["ours"] / before[name]["ours"]
        for name, at in after.items()
        if name.endswith("of one force") and at.get("ours") and before.get(name, {}).get("ours")
    ]
    return statistics.median(grown) if grown else None


TARGETS = (
    Target("graph only, beside Oxigraph's bulk load", 0.85, _built("oxigraph")),
    Target("graph only, beside rdflib's parsing", 3.5, _built("rdflib")),
    Target("the question, of one force and quarter, beside Virtuoso", 6, _asked(QUESTION, "virtuoso server")),
    Target("the question, of one force and quarter, beside owlready2", 100, _asked(QUESTION, "owlready2")),
    Target("the question, of one force and quarter, beside rdflib", 150, _asked(QUESTION, "rdflib")),
    Target("trace of evidence, beside Virtuoso", 4, _asked("item-trace, of one force", "virtuoso server")),
    Target("trace of evidence, beside owlready2", 1000, _asked("item-trace, of one force", "owlready2")),
    Target("series, beside Virtuoso", 1, _asked("figure-series, of one force", "virtuoso server")),
    Target("series, beside owlready2", 90, _asked("figure-series, of one force", "owlready2")),
    Target("guarded SPARQL over HTTP, beside Virtuoso", 1.3,
           _served("SPARQL, guarded", f"virtuoso server: {THEIRS}")),
    Target("guarded SPARQL over HTTP, beside the Oxigraph server", 0.5,
           _served("SPARQL, guarded", f"oxigraph server: {THEIRS}")),
    Target("a question over HTTP, not asked before, beside Virtuoso", 2, _served(JSON, f"virtuoso server: {THEIRS}")),
    Target("a question over HTTP, not asked before, beside the Oxigraph server", 0.7,
           _served(JSON, f"oxigraph server: {THEIRS}")),
    Target("a question asked again, beside Virtuoso", 25,
           _served("question as JSON, asked again", f"virtuoso server: {THEIRS}")),
    Target("page of results, not asked before, beside Datasette's page of the rows", 3,
           _served(PAGE, "Datasette: the question's rows as a page")),
    Target("visitors while queries run away, beside idle: the worse of page and query", 0.7, _attacked),
    Target("how late a query is ended", 50, _late, "ms", most=True),
    Target("the next answer after one was ended", 100, _again, "ms", most=True),
    Target("questions bound to one force: median growth to the largest size, its reports being as many", 1.5, _growth,
           most=True),
    Target("national count by force, beside Virtuoso", 2),
    Target("neighbourhood of two hops, beside Virtuoso", 40),
    Target("text search, beside CONTAINS in Virtuoso", 25),
    Target("rules, beside HermiT", 60),
    Target("betweenness, accelerated, beside networkx", 80),
    Target("reading, per core, beside spaCy's tokeniser with the same lexicon", 0.3),
)  # fmt: skip


def page(found: Json) -> str:
    """Return the section. ``found`` has what each section that was measured found, by name."""
    rows = [(target.words, f"{'≤' if target.most else '≥'} {target.aim:g}{_unit(target)}", *_told(target, found))
            for target in TARGETS]  # fmt: skip
    return (
        "Ratios say how many times as fast ours is. Each is of the largest size at which both were measured in this "
        "run, which may be smaller than the 1,720 reports that the targets are set for.\n\n"
        + table(("what", "target", "measured", ""), rows)
    )


def _told(target: Target, found: Json) -> tuple[str, str]:
    if target.measure is None:
        return "–", "not measured by this command"
    try:
        value = target.measure(found)
    except KeyError:
        # Its section was not measured in this run.
        value = None
    if value is None:
        return "–", "not measured in this run, or no answer in time"
    met = value <= target.aim if target.most else value >= target.aim
    return f"{value:,.3g}{_unit(target)}", "met" if met else "missed"


def _unit(target: Target) -> str:
    return target.unit if target.unit == "×" else f" {target.unit}"
