"""What the service tells those who run it: request ids, metrics, lines of the log, slow questions."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import TestResponse

from graph.settings import Settings
from webapp import create_app
from webapp.observing import AsJson


class Visitor(FlaskClient):
    """One who takes the whole of an answer, as a server sees to; only then is it counted."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        """Ask for an address."""
        return super().open(*args, buffered=True, **more)


def made(settings: Settings) -> Flask:
    app = create_app(settings)
    app.test_client_class = Visitor
    return app


@pytest.fixture
def site(sample_store: Path) -> Flask:
    """A site to which every question is slow."""
    return made(Settings(store=sample_store, slow_seconds=0.0))


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the web application logs while the test runs, as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(AsJson())
    logger = logging.getLogger("webapp")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(before)


def values(site: Flask, name: str) -> dict[tuple[str, ...], float]:
    """Return the samples of a metric, by the values of their labels."""
    text = site.test_client().get("/metrics").get_data(as_text=True)
    return {
        tuple(
            sample.labels[name] for name in ("route", "method", "status", "ready", "question") if name in sample.labels
        ): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def test_every_answer_has_an_id_of_its_own(site: Flask) -> None:
    http = site.test_client()
    ids = [http.get(path).headers["X-Request-ID"] for path in ("/", "/", "/nowhere", "/static/golden-thread.svg")]
    assert len(set(ids)) == 4
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in ids)


def test_the_id_of_a_proxy_is_kept_if_it_is_one(site: Flask) -> None:
    http = site.test_client()
    for given in ("from-the-proxy.17", "x" * 65, "a b", "", "\u00fc"):
        told = http.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]
        assert (told == given) is (given == "from-the-proxy.17"), given


def test_requests_are_counted_by_route_and_not_by_address(site: Flask) -> None:
    http = site.test_client()
    for path in ("/operations/vinka", "/operations/vinka", "/operations/caesar", "/operations/nothing", "/a", "/b"):
        http.get(path)
    http.open("/healthz", method="BREW")
    counted = values(site, "goldenthread_requests_total")
    assert counted["/operations/<slug>", "GET", "200", "no"] == 2
    assert counted["/operations/<slug>", "GET", "200", "yes"] == 1
    assert counted["/operations/<slug>", "GET", "404", "no"] == 1
    assert counted["", "GET", "404", "no"] == 2
    assert counted["", "other", "405", "no"] == 1
    assert values(site, "goldenthread_request_seconds_count")["/operations/<slug>",] == 4


def test_metrics_are_of_one_application_and_are_not_kept(site: Flask, sample_store: Path) -> None:
    site.test_client().get("/about")
    answer = site.test_client().get("/metrics")
    assert answer.content_type.startswith("text/plain; version=")
    assert "ETag" not in answer.headers
    about = ("/about", "GET", "200", "no")
    assert about in values(site, "goldenthread_requests_total")
    assert about not in values(made(Settings(store=sample_store)), "goldenthread_requests_total")


def test_a_slow_question_is_told_by_its_name(site: Flask, lines: io.StringIO) -> None:
    answer = site.test_client().get("/questions/operations.json", headers={"X-Request-ID": "r-1"})
    assert answer.status_code == 200
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    [slow] = [line for line in told if line["level"] == "warning" and line.get("question") == "operations"]
    assert slow["request"] == "r-1"
    assert slow["milliseconds"] > 0
    assert values(site, "goldenthread_slow_questions_total")["operations",] == 1


def test_a_question_that_is_not_slow_is_not_told(sample_store: Path, lines: io.StringIO) -> None:
    site = made(Settings(store=sample_store, slow_seconds=60))
    assert site.test_client().get("/questions/operations.json").status_code == 200
    assert "slow question" not in lines.getvalue()
    assert values(site, "goldenthread_slow_questions_total") == {}


def test_the_line_of_a_request_says_what_was_answered_and_not_what_was_sought(site: Flask, lines: io.StringIO) -> None:
    site.test_client().get("/search?q=a+private+matter", headers={"X-Request-ID": "r-2", "Cookie": "secret=1"})
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    [line] = [line for line in told if line.get("route") == "/search"]
    assert line["request"] == "r-2"
    assert (line["method"], line["path"], line["status"], line["ready"]) == ("GET", "/search", 200, False)
    assert line["milliseconds"] > 0
    assert "private" not in lines.getvalue()
    assert "secret" not in lines.getvalue()


def test_a_fault_is_one_line_with_its_trace(lines: io.StringIO) -> None:
    try:
        int("two\nlines")
    except ValueError:
        logging.getLogger("webapp.test").exception("it failed")
    [line] = lines.getvalue().splitlines()
    told = json.loads(line)
    assert told["message"] == "it failed"
    assert "ValueError: invalid literal" in told["exception"]


def test_lines_are_written_once_however_many_applications_there_are(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("graph", "webapp"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)
    settings = Settings(store=sample_store, log="requests")
    made(settings)
    made(settings).test_client().get("/healthz")
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["route"] == "/healthz"
