"""Partners, operations and priorities in one picture, and partners by operation as a shaded table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from flask import url_for
from rdflib import URIRef

from graph.namespaces import GT, key_of
from webapp.presenters.commitments import Priority, plan
from webapp.presenters.heat import HeatTable, heat_row, steps
from webapp.presenters.operations import Operation, operations
from webapp.presenters.partners import partners
from webapp.presenters.sankey import Flow, Sankey, Stop, draw
from webapp.presenters.things import Link
from webapp.store import View

PARTNERS, OPERATIONS = 14, 16
"""Boxes of a column at most, besides that of the others."""
ROWS, COLUMNS = 30, 24
"""Partners and operations of the table at most; how many more there are is said."""
OTHERS, NOBODY = "others", "nobody"

Pairs = Mapping[tuple[str, str], set[str]]
"""Two things by key, and the items that say so."""


def flows(view: View) -> Sankey:
    """Return which partners work on which operations, and which priorities those serve: bands of sentences."""
    return view.recall("flows", lambda: _flows(view))


def involvement(view: View) -> HeatTable:
    """Return how many sentences show each partner at work on each operation, those with the most first."""
    return view.recall("involvement", lambda: _involvement(view))


def _worked(view: View) -> dict[tuple[str, str], set[str]]:
    """Return the items by partner and operation; kinds of bodies count, as what the sentence says."""
    found: dict[tuple[str, str], set[str]] = {}
    for operation in operations(view).values():
        for item, relation, value in operation.said:
            if relation == GT.workedWith:
                found.setdefault((key_of(value), operation.key), set()).add(item)
    return found


def _served(view: View, priorities: Mapping[URIRef, Priority]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for operation in operations(view).values():
        for item, relation, value in operation.said:
            if relation == GT.servesCommitment and value in priorities:
                found.setdefault((operation.key, priorities[value].key), set()).add(item)
    return found


def _most(pairs: Pairs, end: int, most: int) -> set[str]:
    """Return the keys at one end of ``pairs`` with the most items; all of them where one more would fit."""
    counts = Counter[str]()
    for pair, items in pairs.items():
        counts[pair[end]] += len(items)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return set(ranked if len(ranked) <= most + 1 else ranked[:most])


def _flows(view: View) -> Sankey:
    by_commitment = {c.iri: priority for priority in plan(view) for c in priority.commitments}
    worked, served = _worked(view), _served(view, by_commitment)
    alone = {key for key, _ in served} - {operation for _, operation in worked}
    left: dict[tuple[str, str], set[str]] = dict(worked)
    for (operation, _), items in served.items():
        if operation in alone:
            left[NOBODY, operation] = left.get((NOBODY, operation), set()) | items
    bodies = _most({pair: items for pair, items in left.items() if pair[0] != NOBODY}, 0, PARTNERS) | {NOBODY}
    drawn = _most(left, 1, OPERATIONS)
    first: Counter[tuple[str, str]] = Counter()
    for (body, operation), items in left.items():
        first[_or_others(body, bodies, "p"), _or_others(operation, drawn, "o")] += len(items)
    second: Counter[tuple[str, str]] = Counter()
    for (operation, priority), items in served.items():
        second[_or_others(operation, drawn, "o"), f"q/{priority}"] += len(items)
    made = [Flow(a, b, n, _sentences(a, b)) for (a, b), n in first.items()]
    made += [Flow(a, b, n, _operation(a)) for (a, b), n in second.items()]
    return draw(_stops(view, bodies, drawn, set(by_commitment.values())), made)


def _or_others(key: str, known: set[str], column: str) -> str:
    return f"{column}/{key if key in known else OTHERS}"


def _stops(view: View, bodies: set[str], drawn: set[str], priorities: set[Priority]) -> list[Stop]:
    known = partners(view)
    stops = [Stop(f"p/{key}", 0, known[key].label, "partner", known[key].href) for key in sorted(bodies & known.keys())]
    stops.append(Stop(f"p/{OTHERS}", 0, "Other partners", "partner", url_for("partners.index", role="acts")))
    stops.append(Stop(f"p/{NOBODY}", 0, "No partner found", "evidence", url_for("operations.index", partners="none")))
    every = operations(view)
    stops += [Stop(f"o/{key}", 1, every[key].label, "operation", every[key].href) for key in every if key in drawn]
    stops.append(Stop(f"o/{OTHERS}", 1, "Other operations", "operation", url_for("operations.index")))
    stops += [
        Stop(
            f"q/{p.key}",
            2,
            f"{p.number} {p.label}",
            "commitment",
            url_for("commitments.index", priority=p.key),
        )
        for p in plan(view)
        if p in priorities
    ]
    return stops


def _sentences(body: str, operation: str) -> str:
    """Return the page with the sentences of a link; of a box that stands for several, the list of them."""
    if body.endswith(f"/{NOBODY}"):
        return _operation(operation)
    if OTHERS in {body[2:], operation[2:]}:
        return url_for("network.index", thing=f"partner/{body[2:]}") if body[2:] != OTHERS else _operation(operation)
    return url_for("network.index", thing=f"partner/{body[2:]}", to=f"operation/{operation[2:]}")


def _operation(operation: str) -> str:
    key = operation[2:]
    return url_for("operations.index") if key == OTHERS else url_for("operations.one", slug=key, _anchor="evidence")


def _involvement(view: View) -> HeatTable:
    worked, known, every = _worked(view), partners(view), operations(view)
    bodies, drawn = _most(worked, 0, ROWS), _most(worked, 1, COLUMNS)
    columns = [operation for key, operation in every.items() if key in drawn]
    most = max((len(items) for items in worked.values()), default=0)
    ranked = sorted(bodies, key=lambda key: (-_degree(worked, key), known[key].label.casefold()))
    rows = tuple(
        heat_row(
            Link(known[key].label, known[key].href, "partner"),
            [_cell(worked, key, operation) for operation in columns],
            most,
            len(set().union(*(items for pair, items in worked.items() if pair[0] == key))),
        )
        for key in ranked
    )
    left_out = [
        f"{n} {word} with fewer sentences"
        for n, word in (
            (len({a for a, _ in worked}) - len(bodies), "partners"),
            (len({b for _, b in worked}) - len(columns), "operations"),
        )
        if n
    ]
    alone = len(every) - len({b for _, b in worked})
    left_out += (
        [f"{alone} {'operation' if alone == 1 else 'operations'} for which no partner was found"] if alone else []
    )
    return HeatTable(
        "Sentences by partner and operation",
        "Partner",
        tuple(Link(operation.label.removeprefix("Operation "), operation.href, "operation") for operation in columns),
        rows,
        steps(most),
        upright=True,
        left_out=f"Not in the table: {'; '.join(left_out)}." if left_out else "",
    )


def _degree(worked: Pairs, body: str) -> int:
    return sum(len(items) for pair, items in worked.items() if pair[0] == body)


def _cell(worked: Pairs, body: str, operation: Operation) -> tuple[int, str, str]:
    items = worked.get((body, operation.key), set())
    href = url_for("network.index", thing=f"partner/{body}", to=f"operation/{operation.key}") if items else ""
    return len(items), href, ""
