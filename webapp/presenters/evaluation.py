"""How well reports are read: the numbers that `make evaluate` wrote, as the page shows them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "evaluation.json"


@dataclass(frozen=True, slots=True)
class Rated:
    """How well one kind was read: counts, and rates with three decimals."""

    name: str
    right: int
    wrong: int
    missed: int
    precision: str
    recall: str
    f1: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A table: one report, or several added up."""

    key: str
    title: str
    rows: tuple[Rated, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Reports whose numbers are worth the same."""

    key: str
    short: str
    title: str
    means: str
    tables: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind, what it means, and how well it was read in each group (None: nothing to judge)."""

    name: str
    means: str
    by_group: tuple[Rated | None, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything on the page."""

    how: tuple[str, ...]
    kinds: tuple[Kind, ...]
    groups: tuple[Group, ...]
    left_out: tuple[str, ...]


def evaluation() -> Evaluation | None:
    """Return what was measured, None where it has not been."""
    if not FILE.exists():
        return None
    data: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    names = {kind["key"]: kind["name"] for kind in data["kinds"]}
    pooled = [_rows(names, group["pooled"]) for group in data["groups"]]
    kinds = (
        Kind(kind["name"], kind["means"], tuple(rows.get(kind["key"]) for rows in pooled)) for kind in data["kinds"]
    )
    return Evaluation(
        how=tuple(data["how"]),
        kinds=tuple(kind for kind in kinds if any(kind.by_group)),
        groups=tuple(_group(names, group) for group in data["groups"]),
        left_out=tuple(data["left_out"]),
    )


def _group(names: Mapping[str, str], group: Mapping[str, Any]) -> Group:
    # A report can stand in two groups; the key of its table, an anchor of the page, names both.
    reports = [
        Measured(f"{group['key']}-{r['key']}", r["title"], tuple(_rows(names, r["kinds"]).values()))
        for r in group["reports"]
    ]
    if len(reports) > 1:
        together = tuple(_rows(names, group["pooled"]).values())
        reports.insert(0, Measured(f"{group['key']}-together", f"All {len(reports)} together", together))
    return Group(group["key"], group["short"], group["title"], group["means"], tuple(reports))


def _rows(names: Mapping[str, str], kinds: Mapping[str, Mapping[str, Any]]) -> dict[str, Rated]:
    return {
        key: Rated(
            name,
            *(kinds[key][count] for count in ("right", "wrong", "missed")),
            *(f"{kinds[key][rate]:.3f}" for rate in ("precision", "recall", "f1")),
        )
        for key, name in names.items()
        if key in kinds
    }
