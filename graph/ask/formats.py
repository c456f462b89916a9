"""An answer for programs: JSON as the documentation has it, and rows for CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.ask import reading
from graph.ask.model import Answer, Cell


def as_json(answer: Answer) -> dict[str, Any]:
    """Return ``answer`` as the JSON of ``ask --format json``."""
    return {
        "question": answer.question,
        "status": answer.status,
        "reading": answer.reading,
        "words": [{"words": words, "meaning": meaning} for words, meaning in reading.marked(answer.linked) if meaning],
        "sparql": answer.sparql,
        "kind": answer.kind,
        "value": answer.value,
        "unit": answer.unit,
        "catalogue": answer.catalogue,
        "columns": list(answer.columns),
        "rows": [
            {
                **{column: _value(cell) for column, cell in row.cells.items()},
                "evidence": [{"item": str(e.item), "label": e.label, "quote": e.quote} for e in row.evidence],
            }
            for row in answer.rows
        ],
        "readings": [{"question": other.question, "reading": other.why} for other in answer.readings],
        "suggestions": [other.question for other in answer.suggestions],
    }


def _value(cell: Cell | None) -> dict[str, str] | str | int | float | bool | None:
    if cell is None:
        return None
    if isinstance(cell.term, URIRef):
        return {"iri": str(cell.term), "label": cell.label}
    return plain(cell.term)


def plain(term: Node) -> str | int | float | bool:
    """Return a literal as the number, truth or text that it is."""
    value = term.toPython() if isinstance(term, Literal) else str(term)
    if isinstance(value, bool | int | float):
        return value
    if isinstance(term, Literal) and term.isnumeric():
        number = float(str(term))
        return int(number) if number.is_integer() else number
    return str(term)


def flat(answer: Answer) -> tuple[list[str], Iterator[list[str | int | float | bool | None]]]:
    """Return a header and a line for each row and sentence; a number or truth without rows is a line of its own."""
    if not answer.columns:
        return ["value", "unit"], iter([[answer.value, answer.unit]] if answer.value is not None else [])
    labelled = [c for c in answer.columns if any(_thing(row.cells.get(c)) for row in answer.rows)]
    header = [name for c in answer.columns for name in ([c, f"{c}Label"] if c in labelled else [c])]
    extra = [] if "quote" in answer.columns else ["evidenceItem", "evidenceQuote"]
    return [*header, *extra], _lines(answer, labelled, extra=bool(extra))


def _thing(cell: Cell | None) -> bool:
    return cell is not None and isinstance(cell.term, URIRef)


def _lines(answer: Answer, labelled: list[str], *, extra: bool) -> Iterator[list[str | int | float | bool | None]]:
    for row in answer.rows:
        line: list[str | int | float | bool | None] = []
        for column in answer.columns:
            cell = row.cells.get(column)
            value = None if cell is None else str(cell.term) if _thing(cell) else plain(cell.term)
            line += [value, cell.label if cell else None] if column in labelled else [value]
        if not extra:
            yield line
            continue
        for evidence in row.evidence or (None,):
            yield [*line, *((str(evidence.item), evidence.quote) if evidence else (None, None))]
