"""The sentences behind rows: found for pages and files, and as columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import request
from rdflib import Literal
from rdflib.term import Node

from graph.errors import BadParameter
from graph.provenance import MOST_ROWS, Evidence, Proofs
from graph.stores import Table
from webapp.store import View
from webapp.windows import Window

COLUMNS = (
    "evidence",
    "evidenceLeast",
    "evidencePassages",
    "evidenceLabels",
    "evidenceQuotes",
    "evidenceStarts",
    "evidenceEnds",
    "evidenceAbsences",
    "evidenceOrigin",
    "evidenceRules",
)
"""What a file has of the evidence of a row: its kind, whether no sentence of it can be left out, for each sentence its
address, name, words and place in the stored text (addresses and places with spaces between them, the rest a line a
sentence), what was searched for and not found, a line a search, and whether what it rests on is asserted, extracted or
derived, and by which rules (with spaces between them)."""
PROVED = ("json", "csv", "xlsx")
"""Formats of files that can hold the evidence of rows; the standard ones hold what the SPARQL selects."""


def proofs(view: View) -> Proofs:
    """Return what finds the evidence of rows in ``view``."""
    return view.recall("proofs", lambda: Proofs(view.embedded or view))


def window_of(chosen: Window) -> Window:
    """Return ``chosen``, or so many of its rows as evidence is found for at a time where the request asks for it."""
    if "evidence" not in request.args:
        return chosen
    return replace(chosen, limit=min(chosen.limit or MOST_ROWS, MOST_ROWS))


def asked(view: View, form: str, sparql: str, table: Table) -> tuple[Evidence, ...] | None:
    """Return the evidence of the rows of ``table`` if the request asks for it with ``evidence=1``, else None.

    Raises: BadParameter for another value, a format without a place for it, or too many rows.
    """
    if not wished():
        return None
    if form not in PROVED:
        raise BadParameter(
            f"{form.upper()} has no place for evidence; {', '.join(PROVED)} have", param="evidence", value="1"
        )
    return proofs(view).of_rows(sparql, table.columns, table.rows)


def wished() -> bool:
    """Return whether the request asks for evidence with ``evidence=1``. Raises: BadParameter for another value."""
    given = request.args.get("evidence")
    if given not in {None, "1"}:
        raise BadParameter(f"evidence is 1 or left out, not {given!r}", param="evidence", value=given)
    return given == "1"


def with_evidence(table: Table, evidence: Sequence[Evidence]) -> Table:
    """Return ``table`` with the columns of ``COLUMNS``."""
    rows = tuple((*row, *_cells(one)) for row, one in zip(table.rows, evidence, strict=True))
    return Table((*table.columns, *COLUMNS), rows)


def _cells(evidence: Evidence) -> tuple[Node, ...]:
    told = evidence.sentences
    return (
        Literal(evidence.kind),
        Literal(evidence.least),
        Literal(" ".join(sentence.passage for sentence in told)),
        Literal("\n".join(sentence.label for sentence in told)),
        Literal("\n".join(" ".join(sentence.quote.split()) for sentence in told)),
        Literal(" ".join(str(sentence.start) for sentence in told)),
        Literal(" ".join(str(sentence.end) for sentence in told)),
        Literal("\n".join(absence.words for absence in evidence.absences)),
        Literal(evidence.origin),
        Literal(" ".join(evidence.rules)),
    )
