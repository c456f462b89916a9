"""/proof and ``evidence=1``: the sentences behind rows, on a page and in files."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Get


def test_a_row_leads_to_its_sentences_and_these_to_their_place(get: Get) -> None:
    question = get("/questions/cross-force-operations")
    address = next(link for link in question.links if link.startswith("/proof?"))
    proof = get(address)
    assert "1 sentence This sentence supports the whole row" in proof.words
    assert any("span=" in link for link in proof.links)


def test_a_counted_row_leads_to_what_was_counted_and_an_absence_is_called_so(get: Get) -> None:
    assert any(
        link.startswith("/sparql?query=") for link in get("/proof?question=force-wide-only-commitments&row=1").links
    )
    several = get("/proof?question=force-wide-only-commitments&row=1").words
    assert "These sentences together support the whole row" in several
    absent = get("/proof?question=partners-not-involved&row=1")
    assert "tells what was not found" in absent.words
    assert "Searched:" in absent.words
    assert "Searched for, and not found (2) The evidence shows at work with the police the partner" in absent.words
    assert any(link.startswith("/sparql?query=") for link in absent.links)


def test_files_have_the_sentences_if_asked_for(client: FlaskClient) -> None:
    told = client.get("/questions/operations.json?evidence=1&limit=2").get_json()
    assert [one["kind"] for one in told["evidence"]] == ["stated", "stated"]
    lines = list(csv.DictReader(io.StringIO(client.get("/questions/operations.csv?evidence=1&limit=2").text)))
    assert [line["evidencePassages"] for line in lines] == [
        " ".join(s["passage"] for s in one["sentences"]) for one in told["evidence"]
    ]
    assert [line["evidenceStarts"] for line in lines] == [
        " ".join(str(s["start"]) for s in one["sentences"]) for one in told["evidence"]
    ]
    assert [(line["evidenceOrigin"], line["evidenceRules"].split()) for line in lines] == [
        (one["origin"], one["rules"]) for one in told["evidence"]
    ]
    assert {one["origin"] for one in told["evidence"]} == {"derived"}
    page = client.get("/proof?question=operations&row=1").text
    assert all(f"<code>{rule}</code>" in page for rule in told["evidence"][0]["rules"])
    one = client.get("/proof.json?question=operations&row=2").get_json()
    assert one["sentences"] == told["evidence"][1]["sentences"]


def test_a_page_tells_of_each_row_where_it_comes_from_if_asked(get: Get, client: FlaskClient) -> None:
    plain = get("/questions/cross-force-operations")
    asked = next(link for link in plain.links if "evidence=1" in link)
    assert not [e for e in plain.elements if "gt-origin--" in (e.attributes.get("class") or "")]
    page = get(asked)
    file = client.get(f"/questions/cross-force-operations.json?{asked.partition('?')[2]}").get_json()
    marks = [c for a in page.all("span") if "gt-origin--" in (c := a.attributes.get("class") or "")]
    # The legend's three stand first, and say what the signs mean in words.
    assert [mark.rpartition("--")[2] for mark in marks[3:]] == [one["origin"] for one in file["evidence"]]
    assert "extracted: read in a report" in page.words
    assert any(link == "/questions/cross-force-operations" for link in page.links)
    beside = get("/questions/partners-not-involved?evidence=1&page=2")
    assert "page=2" in next(link for link in beside.links if link.startswith("/questions/partners-not-involved?page"))
    assert all("evidence" not in link for link in beside.links if link.startswith("/proof?") or ".csv" in link)


REFUSED = [
    ("/questions/operations?evidence=yes", 400),
    ("/questions/operations.csv?evidence=yes", 400),
    ("/questions/operations.tsv?evidence=1", 400),
    ("/proof?question=operations&row=0", 400),
    ("/proof?question=operations&row=99999", 404),
    ("/proof?question=nothing&row=1", 404),
    ("/proof?question=operations&row=1&colour=red", 400),
    ("/proof?q=which+operations+have+partners&row=99", 404),
    ("/proof?q=what+is+the+weather&row=1", 404),
    ("/proof?q=which+operations+have+partners&row=1&question=operations", 400),
]


@pytest.mark.parametrize(("address", "status"), REFUSED)
def test_what_has_no_answer_is_refused(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_row_of_an_answer_in_plain_words_leads_to_its_sentences(get: Get, client: FlaskClient) -> None:
    asked = "/ask?q=Which+operations+have+partners"
    page = get(asked)
    proofs = [a for a in page.all("a") if a.words.startswith("Prove this row")]
    told = client.get(asked.replace("/ask?", "/ask.json?")).get_json()
    assert len(proofs) == len(told["rows"]) > 1
    href = proofs[-1].attributes["href"] or ""
    last = client.get(href.replace("/proof?", "/proof.json?")).get_json()
    assert last["kind"] == "stated"
    # The set is of the row's own first sentence: nothing less supports it.
    quotes = {one["quote"] for one in told["rows"][-1]["evidence"]}
    assert {sentence["quote"] for sentence in last["sentences"]} & quotes
    assert told["rows"][-1]["operation"]["label"] in get(href).words
    counted = get("/ask?q=how+many+operations+have+partners")
    assert sum(a.words.startswith("Prove this row") for a in counted.all("a")) == len(proofs)
