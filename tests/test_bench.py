"""What the benchmark works out from what it measured; the measuring itself is `make bench`."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.bench import http, peers, questions, sizing, targets
from tests.bench.base import in_process, ratio, table

MEASURED = {
    str(reports): {
        "quads": 50_000 + 10_000 * reports, "bytes": 2**20 * (5 + 2 * reports), "index": 2**19 * reports,
        "peak": 200 + 10 * reports, "cpu": 30 + 3 * reports,
    }
    for reports in (1, 11)
}  # fmt: skip


def test_sizing_is_the_line_through_what_was_measured() -> None:
    assert sizing.slopes(MEASURED)["quads"] == (50_000, 10_000)
    page = sizing.page(MEASURED)
    assert "measured at 1 and 11 invented reports" in page
    assert "| all forces, ten years | 1,720 | 17,250,000 |" in page
    assert "| statements | 10,000 | its items" in page


def test_targets_are_met_missed_or_told_as_not_measured() -> None:
    built = {"stages": {"writing": 10.0}, "oxigraph": {"seconds": 9.0}, "rdflib": {"seconds": 20.0}}
    asked = {"figure-series, of one force": {"ours": 0.01, "virtuoso server": 0.02}}
    fence = {"waits": [["page", 9.0, 9.0], ["query", 1.0, 2.0]], "ends": [["sorts", "told", 2.06, 30.0]]}
    more = {"figure-series, of one force": {"ours": 0.012}}
    found = {"building": {"2": {**built, "oxigraph": {"seconds": 1.0}}, "16": built},
             "questions": {"16": asked, "172": more}, "fence": fence}  # fmt: skip
    page = targets.page(found)
    for row in (
        "| graph only, beside Oxigraph's bulk load | ≥ 0.85× | 0.9× | met |",
        "| graph only, beside rdflib's parsing | ≥ 3.5× | 2× | missed |",
        "| series, beside Virtuoso | ≥ 1× | 2× | met |",
        "| guarded SPARQL over HTTP, beside Virtuoso | ≥ 1.3× | – | not measured in this run, or no answer in time |",
        "page and query | ≥ 0.7× | 0.5× | missed |",
        "| how late a query is ended | ≤ 50 ms | 60 ms | missed |",
        "its reports being as many | ≤ 1.5× | 1.2× | met |",
        "| rules, beside HermiT | ≥ 60× | – | not measured by this command |",
    ):
        assert row in page
    # One report of the force that is asked about is less than its four.
    other = targets.page({**found, "questions": {"1": asked, "16": more}})
    assert "its reports being as many | ≤ 1.5× | – | not measured in this run, or no answer in time |" in other


def test_tables_tell_numbers_to_three_digits_and_what_is_not_known_as_a_dash() -> None:
    assert table(("a", "b"), [("x", 1.23456), ("y", None), ("z", 12_345.6)]) == (
        "| a | b |\n| --- | ---: |\n| x | 1.23 |\n| y | – |\n| z | 12,346 |\n"
    )
    assert ratio(0.5, 1.0) == "2×"
    assert ratio(None, 1.0) is None
    times = {"a question": {"ours": 0.002, "oxigraph server": 0.004, "rdflib": None}}
    page = questions.page({"1": times, "16": {"a question": {"ours": 0.003}}})
    assert "| a question | 2 | 3 | 1.5× |" in page
    assert "| a question | 2 | 4 (2×) | – |" in page


def test_a_measured_process_tells_its_time_and_memory_and_a_failed_one_is_an_error() -> None:
    printed, used = in_process("platform")
    assert printed.strip()
    assert used["peak"] > 5
    with pytest.raises(RuntimeError, match="ended with status 2"):
        in_process("tests.bench.building", "nonsense", "nowhere")


def test_libraries_answer_or_are_ended(tmp_path: Path) -> None:
    data = tmp_path / "data.nq"
    data.write_text("".join(f'<urn:s{n}> <urn:p> "{n}" <urn:g> .\n' for n in range(300)), encoding="utf-8")
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    texts = {"endless": endless, "refused": "SELECT", "short": "SELECT ?o { ?s <urn:p> ?o }"}
    for library in peers.LIBRARIES:
        found = peers.times(library, data, texts, patience=1.0, rounds=1)
        assert found["endless"] is None, library
        assert found["refused"] is None
        assert found["short"] is not None
        assert found["short"] < 1


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/there" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_requests_are_counted_and_what_answers_with_an_error_is_not_measured() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            found = http.load(address, lambda: "/there", span=0.1)
            with pytest.raises(RuntimeError, match=r"answered with \[404\]"):
                http.load(address, lambda: "/nowhere", span=0.1)
        finally:
            server.shutdown()
            thread.join()
    assert found["rate"] > 10
    assert 0 < found["p50"] <= found["p95"] <= found["p99"]
