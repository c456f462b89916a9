"""Every file says what it holds: names and addresses, the sentence and its place, how many rows, of which data."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, Graph, URIRef
from werkzeug.test import TestResponse

from graph.namespaces import GT, OA, RS, SCHEMA
from tests.webapp.conftest import Get

THINGS = (
    "operation/vinka",
    "partner/special-constabulary",
    "commitment/essex-1.2",
    "lpa/essex-west",
    "force/essex",
    "district/E07000068",
    "theme/vawg",
    "report/essex-2021-22-q4",
)
QUESTIONS = (
    "partner-operations-by-lpa",
    "partner-involvement?partner=special-constabulary",
    "figures",
    "commitment-coverage",
)
FILES = ("/commitments", "/audit")


def rows_of(answer: TestResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))


@pytest.fixture(scope="module")
def document(app: Flask) -> str:
    """The stored text of the report, as the graph holds it."""
    source = app.test_client().get("/id/report/essex-2021-22-q4/document.ttl").data
    graph = Graph().parse(data=source, format="turtle")
    return str(next(graph.objects(None, GT.text)))


@pytest.mark.parametrize("name", THINGS)
def test_evidence_files_say_the_same_in_every_format(client: FlaskClient, document: str, name: str) -> None:
    answers = {suffix: client.get(f"/evidence/{name}.{suffix}") for suffix in ("csv", "xlsx", "json", "ttl")}
    rows = rows_of(answers["csv"])
    assert rows
    for row in rows:
        assert document[int(row["start"]) : int(row["end"])] == row["quote"].removeprefix("'")
        assert row["item"].startswith(row["report"])
        assert row["reportLabel"]
        assert row["commitmentLabel"]
    told = json.loads(answers["json"].data)
    assert [(r["item"], r["start"], r["end"]) for r in told["rows"]] == [
        (r["item"], int(r["start"]), int(r["end"])) for r in rows
    ]
    graph = Graph().parse(data=answers["ttl"].data, format="turtle", publicID="https://example.org/file")
    here = URIRef("https://example.org/file")
    items = set(graph.subjects(RDF.type, GT.EvidenceItem))
    assert {str(item) for item in items} == {r["item"] for r in rows}
    assert all(len(list(graph.objects(item, OA.hasSelector))) == 2 for item in items)
    assert all(list(graph.objects(item, DCTERMS.isPartOf)) for item in items)
    book = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].data))
    assert book["Rows"].max_row == len(rows) + 1
    assert book["Rows"].freeze_panes == "A2"
    # How many, and of which data: in every file or its name, and in the headers.
    version = told["version"]
    sources = {row[0].value: row[1].value for row in book["Sources"].iter_rows()}
    assert (sources["Rows"], sources["Data version"]) == (str(len(rows)), version)
    assert told["total"] == len(rows)
    assert int(str(graph.value(here, RS.size))) == len(rows)
    assert str(graph.value(here, SCHEMA.version)) == version
    words = "row" if len(rows) == 1 else "rows"
    assert f"-{len(rows)}-{words}-data-{version}.csv" in answers["csv"].headers["Content-Disposition"]
    assert {a.headers["X-Total-Count"] for a in answers.values()} == {str(len(rows))}
    assert {a.headers["X-Data-Version"] for a in answers.values()} == {version}


def test_a_page_of_a_thing_leads_to_its_evidence_files(get: Get) -> None:
    for page in (
        "/operations/vinka",
        "/partners/special-constabulary",
        "/commitments/1.2",
        "/areas/E07000068",
        "/themes/vawg",
    ):
        links = get(page).links
        for suffix in ("csv", "xlsx", "json", "ttl"):
            assert [link for link in links if link.startswith("/evidence/") and link.endswith(f".{suffix}")], page


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_with_a_sentence_say_where_it_stands(client: FlaskClient, document: str, question: str) -> None:
    name, _, asked = question.partition("?")
    rows = rows_of(client.get(f"/questions/{name}.csv?{asked}"))
    told = json.loads(client.get(f"/questions/{name}.json?{asked}").data)["rows"]
    assert len(rows) == len(told) > 0
    for row, same in zip(rows, told, strict=True):
        if not row.get("item"):
            continue
        assert document[int(row["start"]) : int(row["end"])] == same["quote"]
        assert row["item"].startswith(row["report"])
        assert same["report"] == {"iri": row["report"], "label": row["reportLabel"]}


def test_numbers_in_csv_stand_without_quotes(client: FlaskClient) -> None:
    body = client.get("/evidence/operation/vinka.csv").get_data(as_text=True)
    assert re.search(r",17,", body)
    assert not re.search(r'"\d+"', body)


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx"])
def test_lists_say_how_many_and_of_which_data(client: FlaskClient, path: str, suffix: str) -> None:
    answer = client.get(f"{path}.{suffix}")
    total, version = answer.headers["X-Total-Count"], answer.headers["X-Data-Version"]
    if suffix == "csv":
        assert len(rows_of(answer)) == int(total)
        assert f"{total}-rows-data-{version}.csv" in answer.headers["Content-Disposition"]
    elif suffix == "json":
        told = json.loads(answer.data)
        assert (len(told["rows"]), told["total"], told["version"]) == (int(total), int(total), version)
    else:
        assert openpyxl.load_workbook(io.BytesIO(answer.data))["Rows"].max_row == int(total) + 1


def test_evidence_of_what_is_not_there_is_not_found(client: FlaskClient) -> None:
    for name in ("operation/none", "quarter/2021-22-q4", "operation", "x/y/z"):
        assert client.get(f"/evidence/{name}.csv").status_code == 404


@pytest.mark.parametrize(
    "address", ["/operations.csv?lpa=essex-west", "/questions/operations.csv?limit=5", "/coverage.csv"]
)
def test_a_csv_file_leads_to_what_describes_it(client: FlaskClient, address: str) -> None:
    file = client.get(address)
    rows = list(csv.reader(io.StringIO(file.get_data(as_text=True))))
    link = next(link for link in file.headers["Link"].split(", ") if 'rel="describedby"' in link)
    about = client.get(link.partition("<")[2].partition(">")[0])
    assert about.mimetype == "application/csvm+json"
    told = about.get_json(force=True)
    assert told["url"] == address
    assert told["schema:numberOfItems"] == len(rows) - 1
    assert told["schema:collectionSize"] == int(file.headers["X-Total-Count"])
    assert told["schema:version"] == file.headers["X-Data-Version"]
    assert [column["titles"] for column in told["tableSchema"]["columns"]] == rows[0]
