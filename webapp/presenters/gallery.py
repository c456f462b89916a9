"""Shaded tables over the whole graph: promises by area, partners by operation."""

from __future__ import annotations

from webapp.presenters.areas import Area
from webapp.presenters.commitments import NONE, Commitment, link, plan
from webapp.presenters.heat import HeatTable, heat_row, steps
from webapp.presenters.things import Link
from webapp.store import View


def commitments_by_area(view: View) -> list[HeatTable]:
    """Return for each plan the evidence items for its promises, by area."""
    return view.recall("commitments by area", lambda: _commitments_by_area(view))


def _commitments_by_area(view: View) -> list[HeatTable]:
    # Plans of two forces may have one name; what a table has as columns are the areas of one force.
    plans: dict[tuple[str, tuple[Area, ...]], list[Commitment]] = {}
    for priority in plan(view):
        plans.setdefault((priority.plan, priority.areas), []).extend(priority.commitments)
    return [_promises(name, commitments) for (name, _), commitments in plans.items() if commitments]


def _promises(name: str, commitments: list[Commitment]) -> HeatTable:
    most = max((cell.items for c in commitments for cell in c.cells), default=0)
    rows = tuple(
        heat_row(
            link(c),
            [(cell.items, cell.href, "" if cell.gap == NONE or cell.items else cell.gap) for cell in c.cells],
            most,
            c.items,
        )
        for c in commitments
    )
    columns = tuple(Link(cell.area.short, cell.area.link().href, "area") for cell in commitments[0].cells)
    return HeatTable(f"Evidence items by commitment and area: {name}", "Commitment", columns, rows, steps(most))
