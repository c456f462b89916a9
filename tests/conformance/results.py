"""Are two results the same? Rows in any order, blank nodes under any name, numbers by value."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from lxml import etree
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from graph.namespaces import RS

Term = tuple[str, ...]
Row = dict[str, Term]
_SPACE = "{http://www.w3.org/2005/sparql-results#}"
_EXACT = {str(XSD[n]) for n in ("integer", "decimal", "int", "long", "short", "byte", "nonNegativeInteger")}
_ROUNDED = {str(XSD.double), str(XSD.float)}
_BOOLEANS = {"0": "false", "1": "true"}
FORMATS = {"srx": "xml", "srj": "json", "csv": "csv", "tsv": "tsv"}
"""The end of a results file's name to the name of its format."""


def same(expected: bytes, given: bytes, suffix: str) -> bool:
    """Return whether two documents of results in one format say the same."""
    if suffix == "csv":
        return _rows_of_csv(expected) == _rows_of_csv(given)
    one, other = _read(expected, suffix), _read(given, suffix)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    (heads, rows), (other_heads, other_rows) = one, other
    return (
        set(heads) == set(other_heads) and len(rows) == len(other_rows) and isomorphic(_graph(rows), _graph(other_rows))
    )


def is_result_set(document: bytes) -> bool:
    """Return whether a Turtle file holds rows as RDF, as some of the suites have them."""
    return b"ResultSet" in document


def same_as_result_set(expected: bytes, base: str, given: bytes) -> bool:
    """Return whether a document of results in JSON says what rows in RDF say."""
    graph = Graph().parse(data=expected, format="turtle", publicID=base)
    [found] = graph.subjects(RDF.type, RS.ResultSet)
    rows = [
        {
            str(graph.value(binding, RS.variable)): _as_term(graph.value(binding, RS.value))
            for binding in graph.objects(solution, RS.binding)
        }
        for solution in graph.objects(found, RS.solution)
    ]
    read = _read_json(given)
    return not isinstance(read, bool) and len(rows) == len(read[1]) and isomorphic(_graph(rows), _graph(read[1]))


def _as_term(term: Node | None) -> Term:
    if isinstance(term, Literal):
        return "literal", str(term), (term.language or "").lower(), str(term.datatype or "")
    return "bnode" if isinstance(term, BNode) else "uri", str(term), "", ""


Table = tuple[list[str], list[Row]]


def _read(document: bytes, suffix: str) -> bool | Table:
    return {"srx": _read_xml, "srj": _read_json, "tsv": _read_tsv}[suffix](document)


def _read_xml(document: bytes) -> bool | Table:
    root = etree.fromstring(document)
    boolean = root.find(f"{_SPACE}boolean")
    if boolean is not None:
        return (boolean.text or "").strip() == "true"
    heads = [v.get("name", "") for v in root.iter(f"{_SPACE}variable")]
    rows = [
        {b.get("name", ""): _xml_term(b[0]) for b in result.iter(f"{_SPACE}binding")}
        for result in root.iter(f"{_SPACE}result")
    ]
    return heads, rows


def _xml_term(element: etree._Element) -> Term:
    kind = etree.QName(element).localname
    language = element.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return kind, element.text or "", language.lower(), element.get("datatype", "")


def _read_json(document: bytes) -> bool | Table:
    content = json.loads(document)
    if "boolean" in content:
        return bool(content["boolean"])
    rows: list[Row] = [
        {
            name: (
                {"typed-literal": "literal"}.get(t["type"], t["type"]),
                t["value"],
                t.get("xml:lang", "").lower(),
                t.get("datatype", ""),
            )
            for name, t in binding.items()
        }
        for binding in content["results"]["bindings"]
    ]
    return content["head"].get("vars", []), rows


def _read_tsv(document: bytes) -> Table:
    lines = document.decode("utf-8").rstrip("\n").split("\n")
    heads = [head.strip().lstrip("?") for head in lines[0].split("\t")]
    rows = []
    for line in lines[1:]:
        # Numbers may be written with or without their datatype.
        cells = zip(heads, line.rstrip("\r").split("\t"), strict=True)
        rows.append({head: _turtle_term(cell.strip()) for head, cell in cells if cell.strip()})
    return heads, rows


def _turtle_term(text: str) -> Term:
    [term] = Graph().parse(data=f"<urn:s> <urn:p> {text} .", format="turtle").objects()
    return ("bnode", text, "", "") if isinstance(term, BNode) else _as_term(term)


def _rows_of_csv(document: bytes) -> list[list[tuple[str, str]]]:
    read = csv.DictReader(io.StringIO(document.decode("utf-8"), newline=""))
    # CSV does not tell what is a term and what a text; a blank node shows by how it begins.
    return sorted(sorted((k, "_:" if v.startswith("_:") else _number(v)) for k, v in row.items()) for row in read)


def _number(text: str) -> str:
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


def _graph(rows: Iterable[Row]) -> Graph:
    """Return rows as a graph: a blank node for each, its cells as properties. Equal rows stay as many as they are."""
    graph = Graph()
    for row in rows:
        node = BNode()
        graph.add((node, URIRef("urn:row"), URIRef("urn:row")))
        for name, term in row.items():
            graph.add((node, URIRef(f"urn:cell:{name}"), _node(term)))
    return graph


def _node(term: Term) -> Node:
    kind, value, language, datatype = term
    if kind == "uri":
        return URIRef(value)
    if kind == "bnode":
        return BNode(value)
    if language:
        return Literal(value, lang=language)
    if datatype in _EXACT | _ROUNDED:
        value = _value(value, datatype)
    if datatype == str(XSD.boolean):
        value = _BOOLEANS.get(value, value)
    plain = datatype in {"", str(XSD.string)}
    return Literal(value, normalize=False) if plain else Literal(value, datatype=URIRef(datatype), normalize=False)


def _value(text: str, datatype: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return repr(float(number)) if datatype in _ROUNDED else f"{number.normalize():f}"
