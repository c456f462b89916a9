"""What docs/conformance.md says is what the suites find now; and what finds it can tell right from wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from tests.conformance.__main__ import EARL, PAGE, outcomes, suites_folder
from tests.conformance.manifest import entries
from tests.conformance.reasons import REASONS
from tests.conformance.report import earl, page
from tests.conformance.results import same, same_as_result_set
from tests.conformance.suites import FAILED, INAPPLICABLE, PASSED, Outcome

HEAD = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/></head>'


def xml(*cells: str) -> bytes:
    rows = "".join(f'<result><binding name="a">{cell}</binding></result>' for cell in cells)
    return f"{HEAD}<results>{rows}</results></sparql>".encode()


def number(text: str, datatype: str) -> str:
    return f'<literal datatype="http://www.w3.org/2001/XMLSchema#{datatype}">{text}</literal>'


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    found = suites_folder()
    assert found is not None, f"{shared} holds no w3c-sparql11"
    return found


@pytest.fixture(scope="module")
def found(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    return outcomes(folder, tmp_path_factory.mktemp("conformance") / "store")


@pytest.mark.shared
def test_the_page_says_what_the_suites_find(found: list[Outcome]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(found), "out of date: `make conformance` writes it"
    assert EARL.read_text(encoding="utf-8") == earl(found), "out of date: `make conformance` writes it"


@pytest.mark.shared
def test_every_miss_has_a_reason_and_every_reason_a_miss(found: list[Outcome]) -> None:
    missed = {f"{o.test.suite}/{o.test.iri.rsplit('#', 1)[-1]}" for o in found if o.outcome == FAILED}
    assert missed == set(REASONS)
    assert all(outcome.reason for outcome in found if outcome.outcome != PASSED)


@pytest.mark.shared
def test_every_test_of_the_suites_has_an_outcome(found: list[Outcome], folder: Path) -> None:
    # The older graph store suite says of itself that it is deprecated; direct identification needs addresses that can
    # be written to.
    left_out = {"http-rdf-update"}
    suites = {manifest.parent.name for manifest in folder.glob("*/manifest.ttl")} - left_out
    expected = {
        test.iri
        for suite in suites
        for test in entries(
            folder, suite, "manifest-indirect.ttl" if suite == "graph-store-protocol" else "manifest.ttl"
        )
    }
    assert {outcome.test.iri for outcome in found} == expected
    assert {outcome.outcome for outcome in found} == {PASSED, FAILED, INAPPLICABLE}


def test_the_report_in_earl_is_whole() -> None:
    graph = Graph().parse(EARL, format="turtle")
    assert len(set(graph.query("SELECT ?t { ?a <http://www.w3.org/ns/earl#test> ?t }"))) > 600


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (xml("<uri>urn:a</uri>", "<uri>urn:b</uri>"), xml("<uri>urn:b</uri>", "<uri>urn:a</uri>"), True),
        (xml("<uri>urn:a</uri>"), xml("<uri>urn:b</uri>"), False),
        (xml("<uri>urn:a</uri>"), xml("<uri>urn:a</uri>", "<uri>urn:a</uri>"), False),
        (xml("<uri>urn:a</uri>"), xml("<literal>urn:a</literal>"), False),
        (xml("<bnode>x</bnode>", "<bnode>x</bnode>"), xml("<bnode>y</bnode>", "<bnode>y</bnode>"), True),
        (xml("<bnode>x</bnode>", "<bnode>x</bnode>"), xml("<bnode>y</bnode>", "<bnode>z</bnode>"), False),
        (xml(number("1.0", "decimal")), xml(number("1.00", "decimal")), True),
        (xml(number("1E2", "double")), xml(number("100", "double")), True),
        (xml(number("1", "decimal")), xml(number("1", "integer")), False),
        (xml(number("1", "boolean")), xml(number("true", "boolean")), True),
        (xml("<literal>01</literal>"), xml("<literal>1</literal>"), False),
    ],
)
def test_results_are_compared_by_what_they_say(one: bytes, other: bytes, equal: object) -> None:
    assert same(one, other, "srx") is equal


@pytest.mark.parametrize(
    ("suffix", "one", "other", "equal"),
    [
        ("csv", b"a,b\r\n1,_:x\r\n", b"b,a\r\n_:y,1.0\r\n", True),
        ("csv", b"a\r\nx\r\n", b"a\r\ny\r\n", False),
        (
            "tsv",
            b'?a\t?b\n"x"@en\t1.0e6\n',
            b'?b\t?a\n"1000000"^^<http://www.w3.org/2001/XMLSchema#double>\t"x"@en\n',
            True,
        ),
        ("tsv", b'?a\n"x"@en\n', b'?a\n"x"\n', False),
        ("srj", b'{"head":{},"boolean":true}', b'{"boolean":true,"head":{}}', True),
        ("srj", b'{"head":{},"boolean":true}', b'{"head":{},"boolean":false}', False),
    ],
)
def test_every_format_is_compared(suffix: str, one: bytes, other: bytes, equal: object) -> None:
    assert same(one, other, suffix) is equal


def test_rows_in_rdf_are_compared() -> None:
    rows = (
        b"@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> . [] a rs:ResultSet ; "
        b'rs:resultVariable "a" ; rs:solution [ rs:binding [ rs:variable "a" ; rs:value <b> ] ] .'
    )
    given = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri","value":"urn:x:b"}}]}}'
    assert same_as_result_set(rows.replace(b"<b>", b"<urn:x:b>"), "urn:x:", given)
    assert not same_as_result_set(rows.replace(b"<b>", b"<urn:x:c>"), "urn:x:", given)
