"""A pack as one file: a page that is read alone and printed, with the data it was made from inside.

The page asks for nothing from anywhere: its style stands in it, it has no scripts but the block of data, and a policy
in its head forbids the rest. It is made from the data alone, so whoever has the data can make the page again and see
that it says the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph.errors import UnreadablePack
from graph.heads import head
from graph.namespaces import key_of, shortened
from graph.pack.content import FORMAT, FORMAT_VERSION, Binding, Content, Row, as_json

MEDIA_TYPE = "text/html"
SUFFIX = "pack.html"
"""How the name of a pack ends."""
LARGEST = 64 * 1024 * 1024
"""Bytes of the largest pack that is read."""

_FOLDER = Path(__file__).resolve().parent
_OPENS = '<script type="application/json" id="golden-thread-pack">'
_DATA = re.compile(re.escape(_OPENS) + r"(?P<json>[^<]*)</script>")
_HIDDEN = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
"""What could end the block of data for a browser, as JSON may also write it."""
_TOLD_BELOW = frozenset({"quote", "arithmetic", "cause", "rule", "lower", "upper"})
"""Columns that the page leaves to the sentence of the row, where the row names one."""
_SIGNS = {"agrees": "\u2713", "disagrees": "\u2717", "impossible": "\u2717", "possible": "\u25cb", "no-base": "\u25cb"}


def name_of(question: str) -> str:
    """Return the name of the file that holds a pack of ``question``."""
    return f"{question}.{SUFFIX}"


def page(pack: Content) -> bytes:
    """Return the pack as a file: HTML in UTF-8, the same bytes for the same data."""
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    # Escaped so that nothing in it can end the block; a parser of JSON reads the same.
    data = Markup(as_json(pack).translate(_HIDDEN))  # noqa: S704
    return (
        environment.get_template("pack.html")
        .render(
            pack=pack,
            opens=Markup(_OPENS),  # noqa: S704  our own tag
            data=data,
            style=Markup((_FOLDER / "pack.css").read_text(encoding="utf-8")),  # noqa: S704  our own file
            columns=(columns := _shown_columns(pack)),
            rows=_shown_rows(pack, columns),
            passages=_shown_passages(pack),
            signs=_SIGNS,
            key_of=key_of,
            head=head,
        )
        .encode()
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the answer on the page."""

    text: str
    number: int = 0
    """The place of the sentence that it leads to, from 1; 0: none."""


def _shown_columns(pack: Content) -> list[str]:
    names = set(pack["columns"])
    passages = {p["passage"] for p in pack["passages"]}
    cited = any(cell["value"] in passages for row in pack["rows"] for cell in row.values())
    return [
        name
        for name in pack["columns"]
        if not (name.endswith("Label") and name.removesuffix("Label") in names) and not (cited and name in _TOLD_BELOW)
    ]


def _shown_rows(pack: Content, columns: Sequence[str]) -> list[list[Cell]]:
    places = {str(passage["passage"]): place for place, passage in enumerate(pack["passages"], 1)}
    rows: list[Row] = pack["rows"]
    return [[_cell(row.get(name), row.get(f"{name}Label"), places) for name in columns] for row in rows]


def _cell(cell: Binding | None, label: Binding | None, places: Mapping[str, int]) -> Cell:
    if cell is None:
        return Cell("")
    words = label["value"] if label else shortened(cell["value"]) if cell["type"] == "uri" else cell["value"]
    return Cell(words, places.get(cell["value"], 0))


def _shown_passages(pack: Content) -> list[dict[str, Any]]:
    checks: dict[str, list[dict[str, Any]]] = {}
    for check in pack["checks"]:
        checks.setdefault(str(check["passage"]), []).append(check)
    labels = {report["report"]: report["label"] for report in pack["reports"]}
    return [
        {
            **passage,
            "place": place,
            "reportLabel": labels.get(passage["report"], key_of(str(passage["report"]))),
            "checks": checks.get(str(passage["passage"]), []),
        }
        for place, passage in enumerate(pack["passages"], 1)
    ]


def read(path: Path) -> tuple[Content, bytes]:
    """Return the data of the pack at ``path``, and the file as it is. Raises: UnreadablePack, saying where and why."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadablePack(path, error.strerror or str(error)) from error
    if len(raw) > LARGEST:
        raise UnreadablePack(path, f"it is larger than {LARGEST // 1024**2} MiB")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadablePack(path, f"it is no UTF-8: byte {error.start}") from error
    blocks = _DATA.findall(text)
    if len(blocks) != 1:
        raise UnreadablePack(path, f"it holds {len(blocks) or 'no'} blocks of audit pack data, and a pack holds one")
    return _parsed(path, blocks[0]), raw


def _parsed(path: Path, text: str) -> Content:
    try:
        pack = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise UnreadablePack(path, f"its data are no JSON: {error.msg} at character {error.pos}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadablePack(path, f"its data cannot be read: {error}") from error
    if not isinstance(pack, dict) or pack.get("format") != FORMAT:
        raise UnreadablePack(path, f"its data are no {FORMAT}")
    if pack.get("formatVersion") != FORMAT_VERSION:
        told = str(pack.get("formatVersion"))[:20]
        raise UnreadablePack(path, f"it is in version {told} of the format; this reads version {FORMAT_VERSION}")
    if fault := _fault(pack):
        raise UnreadablePack(path, f"its data are not as a pack has them: {fault}")
    return pack


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


_TEXTS: dict[str, tuple[str, ...]] = {
    "question": ("name", "summary", "description", "sparql"),
    "data": ("version", "base"),
    "engine": ("goldenthread", "code", "pyoxigraph"),
}
_FACTS: dict[str, tuple[str, ...]] = {
    "passages": ("passage", "report", "start", "end", "quote"),
    "checks": ("check", "passage", "kind", "words", "unit", "verdict", "verdictLabel", "arithmetic", "rule"),
    "reports": ("report", "label", "file", "characters", "fileDigest", "textDigest"),
    "rules": ("rule", "label", "says", "digest"),
}


def _fault(pack: Content) -> str:
    """Return the first place where ``pack`` is not of the form that ``content`` gives it; "" if there is none."""
    for part, names in _TEXTS.items():
        told = pack.get(part)
        if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in names):
            return f"{part} must tell {', '.join(names)}"
    if not isinstance(pack.get("digest"), str):
        return "digest must be text"
    parameters = pack["question"].get("parameters")
    if not isinstance(parameters, dict) or not all(_texts(values) for values in parameters.values()):
        return "question.parameters must give lists of texts by name"
    if not _texts(pack.get("columns")):
        return "columns must be a list of texts"
    for part, names in _FACTS.items():
        if not isinstance(pack.get(part), list):
            return f"{part} must be a list"
        for place, fact in enumerate(pack[part], 1):
            if not isinstance(fact, dict) or not all(isinstance(v, str | int) for v in fact.values()):
                return f"{part}, number {place}, must give texts and whole numbers by name"
            if missing := [name for name in names if name not in fact]:
                return f"{part}, number {place}, must have {missing[0]}"
    if not isinstance(pack.get("rows"), list):
        return "rows must be a list"
    return next((f"row {n} is no solution of SPARQL" for n, row in enumerate(pack["rows"], 1) if not _is_row(row)), "")


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(
        isinstance(cell, dict)
        and {"type", "value"} <= cell.keys()
        and all(isinstance(value, str) for value in cell.values())
        for cell in row.values()
    )
