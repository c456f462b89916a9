"""Recomputes what reports state: every relation between numbers that the words of an item, or of a report, make.

``audit`` reads figures as ``graph.mentions`` found them and adds nothing to them. Finders (``sums``, ``rates``,
``shares``, ``comparisons``, ...) say which figures belong together and judge them by interval arithmetic from
the precision as written. A claim is judged only where the words bind its numbers; where they do not, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.audit import (
    alone,
    changes,
    consistency,
    directions,
    halves,
    in_turn,
    named,
    periods,
    rates,
    remainders,
    rows,
    shares,
    sums,
    targets,
)
from graph.audit.comparisons import claims
from graph.audit.pairs import Comparison, neighbours
from graph.audit.setting import Setting
from graph.model import Check, CheckKind, Figure, Reading, Role, Verdict

__all__ = ["audit"]

_UNDECIDED = frozenset({Verdict.NO_BASE, Verdict.POSSIBLE})
"""Verdicts that leave room for a calculation with all of its numbers."""


def audit(reading: Reading) -> tuple[Check, ...]:
    """Return the checks of a report in order of item and place."""
    settings = [
        Setting(item, tuple(f for f in reading.figures_of[item.number] if not f.implied), reading.report.quarter)
        for item in reading.report.items
    ]
    found: list[Check] = []
    compared: dict[int, list[Comparison]] = {}
    changed: dict[int, list[Comparison]] = {}
    heads = rows.heads(reading.report.document.text, settings)
    for setting in settings:
        if rows.is_row(setting):
            found += rows.checks_of(setting, heads.get(setting.item.number, ()))
            continue
        taken: set[Figure] = set()
        found += _sums(setting, [s for s in settings if s.item.parent == setting.item.number], taken)
        for spread in rates.spreads(setting):
            found += rates.checks_of(setting, spread)
            taken.add(spread.rate)
        for check in rates.mean_of_list(setting):
            found.append(check)
            taken |= set(check.figures)
        for check in remainders.checks_of(setting):
            found.append(check)
            taken |= set(check.figures)
        for check in targets.checks_of(setting):
            found.append(check)
            taken.add(check.figures[0])
        taken |= targets.distances(setting)
        for share in shares.shares(setting):
            found += shares.checks_of(setting, share)
            taken.add(share.share)
            if share.part is not None:
                taken |= {share.part, share.whole} if share.share.role is Role.COMPARISON_VALUE else {share.part}
        rest = Setting(setting.item, tuple(f for f in setting.figures if f not in taken), setting.quarter)
        compared[setting.item.number] = neighbours(rest)
        claimed: set[Figure] = set()
        for claim in claims(rest):
            made = list(changes.checks_of(rest, claim))
            found += made
            claimed |= {figure for check in made for figure in check.figures}
            changed.setdefault(setting.item.number, []).extend(claim.readings)
        found += directions.checks_of(rest, claimed)
        found += directions.of_targets(setting)
        found += in_turn.checks_of(setting)
        found += halves.checks_of(setting)
        found += consistency.doubtful_periods(rest, compared[setting.item.number])
        found += consistency.one_period_twice(rest)
        found += periods.checks_of(setting)
        found = _with_alone(setting, found)
    found += rows.columns(settings, heads)
    found += _once(consistency.repeated(settings), consistency.transposed(settings), named.arrests_again(settings))
    found += consistency.against_totals(settings, {n: [*changed.get(n, ()), *c] for n, c in compared.items()})
    return tuple(sorted(found, key=lambda check: (check.item, check.figures[0].start, check.kind)))


def _with_alone(setting: Setting, found: list[Check]) -> list[Check]:
    """The checks so far and those of an item's passages that tell of one thing only, in place of what had no base."""
    own = [check for check in found if check.item == setting.item.number]
    worded = [c for c in own if c.kind is CheckKind.COMPARISON and c.verdict is Verdict.AGREES]
    open_ = [check for check in own if check.verdict in _UNDECIDED or check in worded]
    judged = {f for check in own if check not in open_ for f in check.figures}
    more = [check for check in alone.checks_of(setting, judged) if check.verdict is not Verdict.NO_BASE]
    told = {frozenset(check.figures) for check in worded}
    more = [check for check in more if frozenset(check.figures) not in told]
    worked = {check.figures[0] for check in more}
    return [c for c in found if c not in open_ or c in worded or c.figures[0] not in worked] + more


def _once(*found: Iterator[Check]) -> list[Check]:
    """Return checks of several finders, one for each pair of figures."""
    return list({frozenset(check.figures): check for finder in reversed(found) for check in finder}.values())


def _sums(setting: Setting, below: list[Setting], taken: set[Figure]) -> Iterator[Check]:
    """Yield the checks of an item's totals; the parts, which are of no other comparison, go into ``taken``."""
    for total in sums.sums(setting):
        yield from sums.checks_of([setting], total)
        taken |= set(total.parts)
    if (total_below := sums.below(setting, below)) is not None:
        yield from sums.checks_of([setting, *below], total_below)
