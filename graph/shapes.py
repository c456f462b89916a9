"""Statements against shapes: what in a graph is not as complete data should be.

SHACL by pySHACL, used here and nowhere else (docs/adr/0005-shacl-with-pyshacl.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import SH, Graph
from rdflib.term import BNode, Node

from graph.errors import VocabularyError
from graph.namespaces import key_of

_WORST_FIRST: Final = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Violation:
    """A place in the data where a shape is not met."""

    focus: str
    """Address of the thing at fault."""
    path: str
    """Property at fault, as an address; "" where the thing itself is."""
    severity: str
    """"Violation", "Warning" or "Info"."""
    message: str
    """What complete data would look like, in plain English."""
    value: str
    """The value at fault; "" where one is missing."""
    shape: str
    """Address of the shape that has a name: the node shape, or the shared property shape."""
    constraint: str
    """What is not met, by SHACL's name for it: "MinCount", "Class"."""


def validate(data: Graph, shapes: Graph, ontology: Graph | None = None) -> tuple[Violation, ...]:
    """Return where ``data`` does not meet ``shapes``: the worst first, then by focus, path and message.

    ``data`` is all graphs together, for shapes follow links from one to another; ``ontology`` tells which
    class is part of which. Nothing is inferred beyond that, nothing fetched, and no graph is altered.

    Raises: VocabularyError, if the shapes themselves are at fault.
    """
    copy = Graph() + shapes  # pySHACL adds two triples about OWL to the shapes it is given
    try:
        _, results, _ = pyshacl.validate(
            data, shacl_graph=copy, ont_graph=ontology, inference="none", advanced=False, do_owl_imports=False
        )
    except (ShapeLoadError, ReportableRuntimeError) as error:
        raise VocabularyError(f"shapes: {error}", reason=str(error)) from error
    report = cast("Graph", results)
    # Only the results of the report itself: a nested shape's own results are details of one of them.
    found = {_violation(report, result, shapes) for result in report.objects(None, SH.result)}
    return tuple(sorted(found, key=_order))


def _order(found: Violation) -> tuple[int, str, str, str, str, str, str]:
    known = found.severity in _WORST_FIRST
    rank = _WORST_FIRST.index(found.severity) if known else len(_WORST_FIRST)
    return rank, found.focus, found.path, found.message, found.value, found.shape, found.constraint


def _violation(report: Graph, result: Node, shapes: Graph) -> Violation:
    def text(predicate: Node) -> str:
        value = report.value(result, predicate)
        return "" if value is None else str(value)

    source = report.value(result, SH.sourceShape)
    messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    return Violation(
        focus=text(SH.focusNode),
        path=text(SH.resultPath),
        severity=key_of(text(SH.resultSeverity)),
        message=" ".join(messages),
        value=text(SH.value),
        shape=_named(source, shapes),
        constraint=key_of(text(SH.sourceConstraintComponent)).removesuffix("ConstraintComponent"),
    )


def _named(shape: Node | None, shapes: Graph) -> str:
    """Return the address of ``shape``, or of the nearest shape with one that it is written inside."""
    while isinstance(shape, BNode):
        shape = next(iter(shapes.subjects(SH.property, shape)), None)
    return "" if shape is None else str(shape)
