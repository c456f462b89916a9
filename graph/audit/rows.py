"""Rows of tables, whose columns say what each number is: now, then, the change, the target, and whether it was met.

The head of a table is the first of the lines of cells that the row stands in; without one, a row's own cells say what
they are ("Q3 412 | Q2 389 | +5.9%").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.audit.arithmetic import outcome, shown
from graph.audit.intervals import Interval
from graph.audit.setting import Setting
from graph.model import Check, CheckKind, Figure, Verdict

_THEN = re.compile(
    r"\b(?:prev\w*|prior|preceding|last|earlier|year\s+(?:before|ago)|before|then|was|baseline|comparator|ly|py)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:result|actual|current|this|latest|now|value|performance|outturn|figure|number)\b", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:change|diff\w*|variance|movement|swing|yoy|qoq|trend|rise|fall|increase|decrease|up|down)\b|[+±]\s*/\s*[-−]",
    re.IGNORECASE,
)
_TARGET = re.compile(r"\b(?:target|aim|standard|goal|ambition|expected|required|plan|ceiling)\b", re.IGNORECASE)
_STATUS = re.compile(r"\b(?:status|rag|met|rating|achieved|outcome)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\s*(?:total|force|all|overall|sum|whole)\b", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:at\s+most|below|under|no\s+more|max\w*|less|within|fewer)\b|[<≤]", re.IGNORECASE)
_MET = re.compile(r"\b(?:met|achieved|green|on\s+target|yes|pass(?:ed)?)\b", re.IGNORECASE)
_MISSED = re.compile(r"\b(?:not\s+(?:met|achieved)|missed|red|below\s+target|no|fail(?:ed)?|unmet)\b", re.IGNORECASE)
_YEAR_NAME = re.compile(r"\b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d)?\b|\bQ[1-4]\b|\b\d\d/\d\d\b", re.IGNORECASE)
_QUARTER = re.compile(r"\bQ([1-4])\b", re.IGNORECASE)
_KINDS = {"status": _STATUS, "target": _TARGET, "change": _CHANGE, "then": _THEN, "now": _NOW}
"""What the head of a column calls its cells, the surest words first."""
_FEWEST = 3
"""Cells of a row at the least, its name among them."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row, the head of its column, and its number."""

    text: str
    head: str
    figure: Figure | None


def is_row(setting: Setting) -> bool:
    """Return whether an item is a row of cells."""
    return len(setting.text.split(" | ")) >= _FEWEST


def heads(text: str, settings: list[Setting]) -> dict[int, tuple[str, ...]]:
    """Return the cells of the heads of tables, by the number of the items that are rows below them."""
    found: dict[int, tuple[str, ...]] = {}
    for setting in settings:
        if not is_row(setting):
            continue
        above: list[str] = []
        for line in reversed(text[: setting.item.start].split("\n")[:-1]):
            if " | " not in line:
                break
            above.append(line)
        if above and not _is_numbers(above[-1]):
            found[setting.item.number] = tuple(cell.strip() for cell in above[-1].split("|"))
    return found


def _is_numbers(line: str) -> bool:
    """Whether a line of cells has values: numbers that are no years or quarters."""
    return any(re.search(r"\d", _YEAR_NAME.sub("", cell)) for cell in line.split("|")[1:])


def checks_of(setting: Setting, head: tuple[str, ...]) -> Iterator[Check]:
    """Yield the checks of a row: its change, its total, and whether its target was met as it says."""
    cells = _cells(setting, head)
    if (total := _total(cells)) is not None:
        yield from _sum(setting, cells, total)
        return
    kinds = _kinds(cells)
    now, then = kinds.get("now"), kinds.get("then")
    for change in (c for c in cells if c.figure is not None and _kind(c) == "change"):
        if now is not None and then is not None and now.figure and then.figure:
            yield from _change(setting, change, now.figure, then.figure)
    target, status = kinds.get("target"), kinds.get("status")
    if now is not None and target is not None and status is not None and now.figure and target.figure:
        yield from _status(setting, now.figure, target, status)


def _cells(setting: Setting, head: tuple[str, ...]) -> list[_Cell]:
    cells, place = [], 0
    for column, text in enumerate(setting.text.split("|")):
        inside = [f for f in setting.figures if place <= setting.at(f)[0] < place + len(text)]
        name = head[column] if column < len(head) else ""
        cells.append(_Cell(text.strip(), name, inside[-1] if inside and (column or ":" in text) else None))
        place += len(text) + 1
    return cells


def _kind(cell: _Cell) -> str:
    """What a cell is by the head of its column, else by its own words; "" for a value of a time that is not told."""
    for text in (cell.head, re.sub(r"[\d.,%£]+", " ", cell.text)):
        for kind, words in _KINDS.items():
            if words.search(text) and (kind == "status") == (cell.figure is None):
                return kind
    if cell.figure is None:
        return "status" if _MET.search(cell.text) or _MISSED.search(cell.text) else ""
    return "change" if re.match(r"[+−–-]\s?[£\d]", cell.text) else ""


def _kinds(cells: list[_Cell]) -> Mapping[str, _Cell]:
    """Return the cell of each kind; two values without a word are told by their times, the later is of now."""
    found: dict[str, _Cell] = {}
    for cell in cells:
        if (kind := _kind(cell)) and kind not in found:
            found[kind] = cell
    open_ = [c for c in cells if c.figure is not None and not _kind(c)]
    if "now" not in found and "then" not in found and len(open_) == 2:
        one, other = open_
        first, second = _time(one), _time(other)
        later = one if first is None or second is None or first >= second else other
        found |= {"now": later, "then": other if later is one else one}
    elif "now" not in found and len(open_) == 1:
        found["now"] = open_[0]
    elif "then" not in found and len(open_) == 1:
        found["then"] = open_[0]
    return found


def _time(cell: _Cell) -> tuple[int, int] | None:
    """Return the year and quarter that a column, or a cell, is of, as far as it says."""
    text = cell.head or cell.text
    year, quarter = _YEAR_NAME.search(text), _QUARTER.search(text)
    if year is None and quarter is None:
        return None
    digits = re.findall(r"\d{2,4}", year[0]) if year else []
    return (int(digits[0][-2:]) if digits else 0, int(quarter[1]) if quarter else 0)


def _change(setting: Setting, cell: _Cell, now: Figure, then: Figure) -> Iterator[Check]:
    stated = cell.figure
    if stated is None or now.unit != then.unit:
        return
    made = setting.interval(now) - setting.interval(then)
    relative = stated.unit == "percent" and now.unit != "percent"
    if relative:
        divided = made.over(setting.interval(then))
        if divided is None:
            return
        made = divided.scaled(100)
    sign = -1 if re.match(r"[−–-]", cell.text) else 1 if cell.text.startswith("+") else 0
    size = setting.interval(stated).magnitude()
    claim = size.scaled(sign) if sign else size
    agrees = claim.meets(made if sign else made.magnitude())
    n, b = shown(now.value, now.unit), shown(then.value, then.unit)
    unit = "percent" if relative else stated.unit
    yield Check(
        item=setting.item.number,
        kind=CheckKind.PERCENT_CHANGE if relative or stated.unit == "percentage-point" else CheckKind.DIFFERENCE,
        stated=abs(float(stated.value)),
        recomputed=round((made.low + made.high) / 2, 2),
        interval=(made.low, made.high),
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        arithmetic=f"{f'({n} − {b}) ÷ {b}' if relative else f'{n} − {b}'} = {outcome(made, unit)}; stated: {cell.text}",
        figures=(stated, now, then),
    )


def _total(cells: list[_Cell]) -> _Cell | None:
    """Return the cell that is the total of the others: "Force 390", or in the column "Total"."""
    counted = [c for c in cells[1:] if c.figure is not None]
    found = [c for c in counted if _TOTAL.match(c.text) or (c.head and _TOTAL.match(c.head))]
    alike = len({c.figure.unit for c in counted if c.figure}) == 1
    return found[0] if len(found) == 1 and len(counted) > 2 and alike and not any(_kind(c) for c in counted) else None


def _sum(setting: Setting, cells: list[_Cell], total: _Cell) -> Iterator[Check]:
    parts = [c.figure for c in cells if c.figure is not None and c is not total]
    if total.figure is None or total.figure.unit not in {"count", "GBP", "hour"}:
        return
    made = Interval.at(0)
    for part in parts:
        made = made + setting.interval(part)
    unit = total.figure.unit
    said = setting.interval(total.figure)
    short = made.high < said.low
    yield Check(
        item=setting.item.number,
        kind=CheckKind.SUM,
        stated=float(total.figure.value),
        recomputed=round((made.low + made.high) / 2, 2),
        interval=(made.low, made.high),
        verdict=Verdict.AGREES if said.meets(made) else Verdict.INCOMPLETE if short else Verdict.DISAGREES,
        arithmetic=f"{' + '.join(shown(p.value, p.unit) for p in parts)} = {outcome(made, unit)}; "
        f"stated: {shown(total.figure.value, unit)}",
        figures=(total.figure, *parts),
    )


def _status(setting: Setting, now: Figure, target: _Cell, status: _Cell) -> Iterator[Check]:
    aim = target.figure
    missed = _MISSED.search(status.text) is not None
    if aim is None or aim.unit != now.unit or not (missed or _MET.search(status.text)):
        return
    # A target is what it says: 84.5 per cent, told to a tenth, does not meet 85.
    value, held = setting.interval(now), Interval.at(float(aim.value))
    less = _AT_MOST.search(f"{target.text} {target.head}") is not None or (aim.unit == "second")
    met = value.low <= held.high if less else value.high >= held.low
    surely = value.high < held.low or value.low > held.high
    yield Check(
        item=setting.item.number,
        kind=CheckKind.COMPARISON,
        stated=float(now.value),
        recomputed=float(aim.value),
        interval=(held.low, held.high),
        verdict=Verdict.DISAGREES if met is missed and surely else Verdict.AGREES,
        arithmetic=f"{shown(now.value, now.unit)} against {'at most' if less else 'at least'} "
        f"{shown(aim.value, aim.unit)}; the words say “{status.text}”",
        figures=(now, aim),
    )
