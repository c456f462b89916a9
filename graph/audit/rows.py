"""Rows of tables, whose columns say what each number is: now, then, the change, the target, and whether it was met.

The head of a table is the first of the lines of cells that the row stands in; without one, a row's own cells say what
they are ("Q3 412 | Q2 389 | +5.9%").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
_BAR, _GAP = re.compile(r"\|"), re.compile(r"\t+| {2,}")
"""What parts the cells of a row: bars, or else tabs and spaces that make columns."""
_VALUE = re.compile(r"[£+−–-]?\s?\d[^.;]{0,20}$|[-–—]$|n/?a$", re.IGNORECASE)
"""A cell of a row without bars: no more than a number. Two spaces stand behind full stops, too."""
_NO_SUM = re.compile(r"%|\b(?:rate|average|mean|median|per|share|proportion|score|rank)\b", re.IGNORECASE)
"""Heads of columns whose cells make no total."""
_FEWEST = 3
"""Cells of a row at the least, its name among them; rows of a table at the least, that of totals among them."""
_ADDED = frozenset({"count", "GBP", "hour"})
"""Units of what makes totals."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row, the head of its column, and its number."""

    text: str
    head: str
    figure: Figure | None


def is_row(setting: Setting) -> bool:
    """Return whether an item is a row of cells."""
    cells = _parted(setting.text)
    return len(cells) >= _FEWEST and ("|" in setting.text or all(_VALUE.match(cell) for _, cell in cells[1:]))


def heads(text: str, settings: list[Setting]) -> dict[int, tuple[str, ...]]:
    """Return the cells of the heads of tables, by the number of the items that are rows below them."""
    found: dict[int, tuple[str, ...]] = {}
    for setting in settings:
        if not is_row(setting):
            continue
        above: list[str] = []
        for line in reversed(text[: setting.item.start].split("\n")[:-1]):
            if len(_parted(line)) < _FEWEST:
                break
            above.append(line)
        if above and not _is_numbers(above[-1]):
            found[setting.item.number] = tuple(cell for _, cell in _parted(above[-1]))
    return found


def _is_numbers(line: str) -> bool:
    """Whether a line of cells has values: numbers that are no years or quarters."""
    return any(re.search(r"\d", _YEAR_NAME.sub("", cell)) for _, cell in _parted(line)[1:])


def columns(settings: Sequence[Setting], heads: Mapping[int, tuple[str, ...]]) -> Iterator[Check]:
    """Yield the checks of the row of totals under, or over, the rows of a table: its cells are what the others make."""
    for rows_ in _tables(settings):
        tables = [_cells(row, heads.get(row.item.number, ())) for row in rows_]
        place = next((n for n in (len(tables) - 1, 0) if _TOTAL.match(tables[n][0].text)), None)
        if place is None:
            continue
        for column in range(1, len(tables[0])):
            cells = [table[column] for table in tables]
            told = cells.pop(place)
            figures = [c.figure for c in cells if c.figure is not None]
            units = {f.unit for f in figures}
            if told.figure is None or len(figures) < len(cells) or units != {told.figure.unit}:
                continue
            if units <= _ADDED and not _NO_SUM.search(told.head) and not _kind(told):
                others = [row for n, row in enumerate(rows_) if n != place]
                yield _made(rows_[place], told.figure, list(zip(others, figures, strict=True)))


def _tables(settings: Sequence[Setting]) -> Iterator[list[Setting]]:
    """Yield rows that stand one under the other, of as many cells."""
    table: list[Setting] = []
    for setting in settings:
        under = bool(table) and setting.item.start - table[-1].item.end <= 2
        alike = under and len(_parted(setting.text)) == len(_parted(table[-1].text))
        if not is_row(setting) or not alike:
            if len(table) >= _FEWEST:
                yield table
            table = []
        if is_row(setting):
            table.append(setting)
    if len(table) >= _FEWEST:
        yield table


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
    cells = []
    for column, (place, text) in enumerate(_parted(setting.text)):
        inside = [f for f in setting.figures if place <= setting.at(f)[0] < place + len(text)]
        name = head[column] if column < len(head) else ""
        cells.append(_Cell(text, name, inside[-1] if inside and (column or ":" in text) else None))
    return cells


def _parted(line: str) -> list[tuple[int, str]]:
    """Return the cells of a line, each with where it begins; the line itself where nothing parts it."""
    parting = _BAR if "|" in line else _GAP
    lead = len(line) - len(line.lstrip())
    ends = [match.span() for match in parting.finditer(line.rstrip(), lead)]
    starts = [0, *(end for _, end in ends)]
    texts = [line[start:end] for start, end in zip(starts, [*(start for start, _ in ends), len(line)], strict=True)]
    return [(start + len(text) - len(text.lstrip()), text.strip()) for start, text in zip(starts, texts, strict=True)]


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
    if total.figure is not None and total.figure.unit in _ADDED:
        yield _made(setting, total.figure, [(setting, part) for part in parts])


def _made(setting: Setting, total: Figure, parts: Sequence[tuple[Setting, Figure]]) -> Check:
    """Return the check of a total of parts, each with the row that it stands in."""
    made = Interval.at(0)
    for row, part in parts:
        made = made + row.interval(part)
    unit = total.unit
    said = setting.interval(total)
    short = made.high < said.low
    return Check(
        item=setting.item.number,
        kind=CheckKind.SUM,
        stated=float(total.value),
        recomputed=round((made.low + made.high) / 2, 2),
        interval=(made.low, made.high),
        verdict=Verdict.AGREES if said.meets(made) else Verdict.INCOMPLETE if short else Verdict.DISAGREES,
        arithmetic=f"{' + '.join(shown(p.value, p.unit) for _, p in parts)} = {outcome(made, unit)}; "
        f"stated: {shown(total.value, unit)}",
        figures=(total, *(p for _, p in parts)),
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
