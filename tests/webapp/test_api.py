"""What programs get: formats, windows with true counts, a description that holds, and refusals that name the fault."""

from __future__ import annotations

import io
import json
from typing import Any

import jsonschema
import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from rdflib import RDF, RDFS, SH, Graph, Literal

from graph import queries
from graph.namespaces import RS, mint
from webapp.negotiation import SUFFIXES

NAMES = sorted(queries.catalogue())
MAIN = "/questions/partner-operations-by-lpa"


@pytest.fixture(scope="module")
def described(app: Flask) -> dict[str, Any]:
    """The description of the API."""
    answer: dict[str, Any] = app.test_client().get("/api/openapi.json").get_json()
    return answer


def test_description_is_valid(described: dict[str, Any]) -> None:
    validate(described)
    assert {f"/questions/{name}.{suffix}" for name in NAMES for suffix in SUFFIXES} <= set(described["paths"])


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_as_described(client: FlaskClient, described: dict[str, Any], name: str) -> None:
    operation = described["paths"][f"/questions/{name}.json"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": described["components"]}
    jsonschema.validate(client.get(f"/questions/{name}.json").get_json(), whole)
    for param in operation["parameters"]:
        for value in _examples(param):
            answer = client.get(f"/questions/{name}.json", query_string={param["name"]: value})
            assert answer.status_code == 200, answer.get_json()
            jsonschema.validate(answer.get_json(), whole)


def _examples(param: dict[str, Any]) -> list[str]:
    """Return values that the description of ``param`` allows: of a list its ends, of a number its bounds."""
    schema = param["schema"].get("items", param["schema"])
    if "enum" in schema:
        return [*schema["enum"][:2], *schema["enum"][-1:]]
    if schema["type"] == "boolean":
        return ["true", "false"]
    return [str(schema[bound]) for bound in ("minimum", "maximum") if bound in schema]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_says_how_many_rows_there_are_and_of_which_data(
    client: FlaskClient, name: str, suffix: str
) -> None:
    rows = len(client.get(f"/questions/{name}.json").get_json()["rows"])
    answer = client.get(f"/questions/{name}.{suffix}")
    assert answer.status_code == 200
    assert answer.headers["X-Total-Count"] == str(rows)
    assert answer.headers["X-Data-Version"] == client.get("/readyz").get_json()["version"]
    # A whole answer leads to no other windows; what describes a CSV file stands beside it.
    described = [link for link in answer.headers.get("Link", "").split(", ") if link]
    assert all('rel="describedby"' in link for link in described)
    assert len(described) == (suffix == "csv")


def test_windows_together_are_the_whole_answer(client: FlaskClient) -> None:
    whole = client.get(f"{MAIN}.json").get_json()["rows"]
    address, rows = f"{MAIN}.json?limit=2", []
    for _ in range(len(whole)):
        answer = client.get(address)
        rows += answer.get_json()["rows"]
        assert answer.get_json()["total"] == len(whole)
        links = {part.split("; ")[1]: part.split("; ")[0][1:-1] for part in answer.headers["Link"].split(", ")}
        assert {'rel="first"', 'rel="last"'} <= set(links)
        if 'rel="next"' not in links:
            break
        address = links['rel="next"']
    assert rows == whole
    assert client.get(links['rel="first"']).get_json()["rows"] == whole[:2]
    assert client.get(links['rel="last"']).get_json()["rows"] == whole[(len(whole) - 1) // 2 * 2 :]


@pytest.mark.parametrize("name", NAMES)
def test_a_window_holds_the_same_rows_in_every_format(client: FlaskClient, name: str) -> None:
    window = "limit=3&offset=1"
    rows = client.get(f"/questions/{name}.json?{window}").get_json()["rows"]
    told = client.get(f"/questions/{name}.srj?{window}").get_json()["results"]["bindings"]
    lines = client.get(f"/questions/{name}.tsv?{window}").get_data(as_text=True).splitlines()[1:]
    columns = client.get(f"/questions/{name}.json").get_json()["columns"]
    assert len(rows) == len(told) == len(lines)
    for row, solution in zip(rows, told, strict=True):
        for column in columns:
            value = row[column]
            # What the file adds of where a sentence stands is no part of the question's own answer.
            if isinstance(value, dict) and f"?{column}" in queries.question(name).sparql.partition("WHERE")[0]:
                assert solution[column]["value"] == value["iri"]


def test_workbook_is_typed_and_says_where_it_comes_from(client: FlaskClient) -> None:
    answer = client.get("/questions/figures.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Rows", "Sources"]
    sheet = book["Rows"]
    heads = [cell.value for cell in sheet[1]]
    whole = client.get("/questions/figures.json").get_json()
    assert sheet.max_row - 1 == whole["total"]
    assert sheet.freeze_panes == "A2"
    for cells, row in zip(sheet.iter_rows(min_row=2), whole["rows"], strict=True):
        values = dict(zip(heads, cells, strict=True))
        assert values["value"].data_type == "n"
        assert values["value"].value == pytest.approx(row["value"])
        assert values["quote"].value == row["quote"]
        assert values["quote"].data_type == "s"
    sources = dict(book["Sources"].iter_rows(values_only=True))
    assert sources["Question"] == queries.question("figures").summary
    assert sources["Rows"] == str(whole["total"])
    assert "SELECT" in sources["SPARQL"]


def test_turtle_is_a_result_set_with_every_binding(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get(f"{MAIN}.ttl").data, format="turtle", publicID="https://example.org/answer")
    whole = client.get(f"{MAIN}.json").get_json()
    (answer,) = graph.subjects(RDF.type, RS.ResultSet)
    solutions = {int(str(graph.value(s, RS["index"]))): s for s in graph.objects(answer, RS.solution)}
    assert sorted(solutions) == list(range(1, whole["total"] + 1))
    for number, row in enumerate(whole["rows"], 1):
        bound = {
            str(graph.value(b, RS.variable)): str(graph.value(b, RS.value))
            for b in graph.objects(solutions[number], RS.binding)
        }
        assert bound["operation"] == row["operation"]["iri"]
        assert bound["quote"] == row["quote"]


def test_catalogue_is_told_as_json_and_as_executables(client: FlaskClient) -> None:
    listed = client.get("/questions.json").get_json()["questions"]
    assert [question["name"] for question in listed] == NAMES
    assert all(client.get(question["href"]).status_code == 200 for question in listed)
    graph = Graph().parse(data=client.get("/questions.ttl").data, format="turtle")
    for query in queries.catalogue().values():
        question = mint("question", query.name)
        assert (question, RDF.type, SH.SPARQLSelectExecutable) in graph
        assert (question, RDFS.label, Literal(query.summary, lang="en")) in graph
        assert str(graph.value(question, SH.select)) == query.sparql
        names = {str(graph.value(param, SH.name)) for param in graph.objects(question, SH.parameter)}
        assert names == {param.name for param in query.params}


@pytest.mark.parametrize("suffix", ["", *(f".{suffix}" for suffix in SUFFIXES)])
@pytest.mark.parametrize(
    ("asked", "named"),
    [("nonsense=1", "nonsense"), ("theme=not-a-theme", "theme"), ("narrower=perhaps", "narrower")],
)
def test_a_parameter_at_fault_is_named(client: FlaskClient, suffix: str, asked: str, named: str) -> None:
    answer = client.get(f"{MAIN}{suffix}?{asked}")
    assert answer.status_code == 400
    assert named in answer.get_data(as_text=True)
    assert (answer.get_json()["error"]["param"] == named) if suffix else (answer.mimetype == "text/html")


@pytest.mark.parametrize("asked", ["limit=0", "limit=-1", "limit=ten", "offset=1e3", "limit=99999999999999999999"])
def test_a_window_that_is_none_is_refused(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"{MAIN}.csv?{asked}")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["param"] == asked.split("=", maxsplit=1)[0]


def test_values_given_together_are_alternatives(client: FlaskClient) -> None:
    def rows(*themes: str) -> list[Any]:
        answer = client.get("/questions/operations.json", query_string=[("theme", theme) for theme in themes])
        found: list[Any] = answer.get_json()["rows"]
        return found

    one, other, both = rows("vawg"), rows("drug-supply"), rows("vawg", "drug-supply")
    assert one
    assert other
    assert {json.dumps(row) for row in both} == {json.dumps(row) for row in [*one, *other]}
    page = client.get("/questions/operations?theme=vawg&theme=drugs").get_data(as_text=True)
    assert " or " in page
