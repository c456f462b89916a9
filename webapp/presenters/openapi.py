"""The description of the API (OpenAPI 3.1), made from the catalogue and the names in the graph."""

from __future__ import annotations

from typing import Any

from graph import queries
from graph.explain.causes import CAUSES
from graph.provenance import KINDS as PROOFS
from graph.provenance import MOST_ROWS
from graph.queries import KINDS, Param, Query
from graph.statements import VERSION
from graph.why import ORIGINS
from webapp.negotiation import TURTLE
from webapp.presenters.proofs import PROVED
from webapp.presenters.questions import choices
from webapp.spreadsheets import MEDIA_TYPE as XLSX
from webapp.store import View
from webapp.windows import CSVM, CSVW_CONTEXT, FORM, METADATA

_TERM: dict[str, Any] = {
    "description": "A thing with its address and name, or a value. Null where nothing is known.",
    "anyOf": [
        {
            "type": "object",
            "properties": {"iri": {"type": "string", "format": "iri"}, "label": {"type": "string"}},
            "required": ["iri"],
            "additionalProperties": False,
        },
        {"type": ["string", "number", "boolean", "null"]},
    ],
}
_ERROR: dict[str, Any] = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "status": {"type": "integer"},
                "title": {"type": "string"},
                "message": {"type": "string"},
                "param": {"type": "string"},
                "value": {"type": "string"},
                "query": {"type": "string"},
            },
            "required": ["status", "title", "message"],
        }
    },
    "required": ["error"],
}
_WINDOW = [
    {
        "name": "limit",
        "in": "query",
        "description": "How many rows at most. Without it the answer is whole.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 1_000_000_000},
    },
    {
        "name": "offset",
        "in": "query",
        "description": "How many rows to leave out at the beginning.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 1_000_000_000},
    },
]
_EVIDENCE = {
    "name": "evidence",
    "in": "query",
    "description": (
        f"1: with the smallest set of sentences behind each row, of {MOST_ROWS} rows at a time: Link leads to the next."
    ),
    "schema": {"type": "string", "enum": ["1"]},
}
_METADATA = {
    "name": METADATA,
    "in": "query",
    "description": "csvw: in place of the file what describes it, as CSV on the Web (W3C) has it.",
    "schema": {"type": "string", "enum": [FORM]},
}
_CSVW = {
    "description": "Address, columns, how many rows of how many, and the data version of the file.",
    "type": "object",
    "properties": {
        "@context": {"const": CSVW_CONTEXT},
        "url": {"type": "string", "format": "uri-reference"},
        "schema:numberOfItems": {"type": "integer", "minimum": 0},
        "schema:collectionSize": {"type": "integer", "minimum": 0},
        "schema:version": {"type": "string"},
        "tableSchema": {
            "type": "object",
            "properties": {
                "columns": {
                    "type": "array",
                    "items": {"type": "object", "properties": {"titles": {"type": "string"}}, "required": ["titles"]},
                }
            },
            "required": ["columns"],
        },
    },
    "required": ["@context", "url", "schema:numberOfItems", "schema:collectionSize", "schema:version", "tableSchema"],
}
_PROOF = {
    "type": "object",
    "properties": {
        "kind": {"enum": list(PROOFS)},
        "least": {"type": "boolean"},
        "absence": {"type": "boolean"},
        "searched": {"type": "integer"},
        "origin": {"enum": [*ORIGINS, ""]},
        "rules": {"type": "array", "items": {"type": "string"}},
        "absences": {
            "type": "array",
            "items": {"type": "object", "properties": {"words": {"type": "string"}, "query": {"type": "string"}}},
        },
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "passage": {"type": "string"},
                    "label": {"type": "string"},
                    "quote": {"type": "string"},
                    "start": {"type": "integer"},
                    "end": {"type": "integer"},
                    "report": {"type": "string"},
                },
            },
        },
    },
}
_HEADERS = {
    "X-Total-Count": {"description": "Rows of the whole answer.", "schema": {"type": "integer"}},
    "X-Data-Version": {"description": "The version of the data that was asked.", "schema": {"type": "string"}},
    "Link": {
        "description": "Where the first, previous, next and last windows are, when limit was given (RFC 8288).",
        "schema": {"type": "string"},
    },
}
_FILES = {
    "csv": ("text/csv", "CSV (RFC 4180, UTF-8); text that a spreadsheet would run begins with an apostrophe"),
    "tsv": ("text/tab-separated-values", "SPARQL 1.1 results as TSV"),
    "xml": ("application/sparql-results+xml", "SPARQL results as XML"),
    "srj": ("application/sparql-results+json", "SPARQL 1.1 results as JSON"),
    "xlsx": (XLSX, "Excel workbook with a sheet that says where the rows come from"),
    "ttl": (TURTLE, "the rows in the W3C's vocabulary of result sets"),
}


def description(view: View) -> dict[str, Any]:
    """Return the OpenAPI document of this site: an operation for each question and format."""
    paths: dict[str, Any] = {"/questions.json": _list()}
    for query in queries.catalogue().values():
        params = [*(_parameter(view, param) for param in query.params), *_WINDOW]
        proved = [*params, _EVIDENCE]
        paths[f"/questions/{query.name}.json"] = {"get": _rows(query, proved)}
        for suffix, (media_type, words) in _FILES.items():
            taken = [*(proved if suffix in PROVED else params), *([_METADATA] if suffix == "csv" else [])]
            paths[f"/questions/{query.name}.{suffix}"] = {"get": _file(query, suffix, media_type, words, taken)}
        paths[f"/questions/{query.name}.pack"] = {"get": _pack(view, query)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Golden Thread",
            "version": VERSION,
            "summary": "What a police force promises and what it reports: questions with answers.",
            "description": "Every question has a page for people at the same address without the suffix. Values may "
            "be given as keys, as listed here, and also as addresses, notations or names.",
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": "questions", "description": "The catalogue of questions"}],
        "paths": paths,
        "components": {"schemas": {"Term": _TERM, "Error": _ERROR, "Empty": _EMPTY, "Csvw": _CSVW}},
    }


_EMPTY = {
    "description": "Why there are no rows; only where there are none.",
    "type": "object",
    "properties": {
        "cause": {"enum": list(CAUSES)},
        "message": {"type": "string"},
        "pattern": {"type": ["object", "null"]},
        "steps": {"type": "array", "items": {"type": "object"}},
        "nearest": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["cause", "message", "pattern", "steps", "nearest"],
}


def _list() -> dict[str, Any]:
    entry = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "question": {"type": "string"},
            "description": {"type": "string"},
            "parameters": {"type": "array", "items": {"type": "object"}},
            "href": {"type": "string"},
        },
        "required": ["name", "question", "parameters", "href"],
    }
    listed = {"questions": {"type": "array", "items": entry}}
    schema = {"type": "object", "properties": listed, "required": ["questions"]}
    return {
        "get": {
            "operationId": "questions",
            "summary": "Which questions are there?",
            "tags": ["questions"],
            "responses": {"200": {"description": "All of them.", "content": {"application/json": {"schema": schema}}}},
        }
    }


def _parameter(view: View, param: Param) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": {"boolean": "boolean", "integer": "integer"}.get(param.type, "string")}
    if param.type in KINDS and (known := choices(view, param.type)):
        schema["enum"] = [choice.key for choice in known]
    if param.type == "integer":
        # What the store can count to.
        schema |= {"minimum": -(10**18) + 1, "maximum": 10**18 - 1}
    described: dict[str, Any] = {
        "name": param.name,
        "in": "query",
        "description": param.description,
        "schema": {"type": "array", "items": schema} if param.type in KINDS else schema,
    }
    if param.type in KINDS:
        described |= {"explode": True, "style": "form"}
        if param.default in schema.get("enum", ()):
            described["schema"]["default"] = [param.default]
    elif param.default is not None:
        schema["default"] = param.default == "true" if param.type == "boolean" else param.default
    return described


def _rows(query: Query, params: list[dict[str, Any]]) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {
            "question": {"const": query.summary},
            "name": {"const": query.name},
            "parameters": {"type": "object"},
            "columns": {"type": "array", "items": {"type": "string"}},
            "total": {"type": "integer", "minimum": 0},
            "offset": {"type": "integer", "minimum": 0},
            "limit": {"type": ["integer", "null"]},
            "rows": {
                "type": "array",
                "items": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Term"}},
            },
            "version": {"type": "string"},
            "empty": {"$ref": "#/components/schemas/Empty"},
            "evidence": {"type": "array", "items": _PROOF},
        },
        "required": ["question", "name", "parameters", "columns", "total", "offset", "limit", "rows", "version"],
        "additionalProperties": False,
    }
    content = {"application/json": {"schema": schema}}
    return _operation(query, query.name, query.summary, params, {"description": "The rows.", "content": content})


def _file(query: Query, suffix: str, media_type: str, words: str, params: list[dict[str, Any]]) -> dict[str, Any]:
    # OpenAPI 3.1: a body that is not JSON, whatever is in it, has no schema.
    content: dict[str, Any] = {media_type: {}}
    if suffix == "csv":
        content[CSVM] = {"schema": {"$ref": "#/components/schemas/Csvw"}}
    answer = {"description": f"The rows: {words}.", "content": content}
    return _operation(query, f"{query.name}.{suffix}", query.summary, params, answer)


def _pack(view: View, query: Query) -> dict[str, Any]:
    words = "The rows with all they rest on, as one page that goldenthread verify can hold against the reports."
    answer = {"description": words, "content": {"text/html": {}}}
    params = [_parameter(view, param) for param in query.params]
    described = _operation(query, f"{query.name}.pack", query.summary, params, answer)
    del described["responses"]["200"]["headers"]
    return described


def _operation(
    query: Query, name: str, summary: str, params: list[dict[str, Any]], answer: dict[str, Any]
) -> dict[str, Any]:
    refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}, "text/html": {}}
    return {
        "operationId": name,
        "summary": summary,
        **({"description": query.description} if query.description else {}),
        "tags": ["questions"],
        "parameters": params,
        "responses": {
            "200": {**answer, "headers": _HEADERS},
            "400": {"description": "A parameter that is unknown, or a value it cannot take.", "content": refusal},
        },
    }
