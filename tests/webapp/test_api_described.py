"""Requests made from the description of the API, good and bad, get answers that keep to it (schemathesis)."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.schemas import OpenApiSchema

from graph import queries
from webapp.negotiation import SUFFIXES

ADDRESSES = [
    "/questions.json",
    *(f"/questions/{name}.json" for name in queries.catalogue()),
    # What a file is made from is the same for all questions; one in every format stands for them.
    *(f"/questions/partner-operations-by-lpa.{suffix}" for suffix in SUFFIXES if suffix != "json"),
]

COSTLY = {"evidence": "it is proved row by row; one request below stands for them"}
"""Parameters that are left out of the requests made up here, and why."""

CHECKS = list(HealthCheck)


@pytest.fixture(scope="module")
def described(app: Flask) -> OpenApiSchema:
    """The description, bound to the site over the sample, but for what takes seconds for each request."""
    whole = app.test_client().get("/api/openapi.json").get_json()
    for path in whole["paths"].values():
        path["get"]["parameters"] = [one for one in path["get"].get("parameters", []) if one["name"] not in COSTLY]
    cheap = schemathesis.openapi.from_dict(whole)
    cheap.app = app
    return cheap


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_keep_to_the_description(described: OpenApiSchema, address: str, mode: GenerationMode) -> None:
    operation = described[address]["GET"]
    if mode is GenerationMode.NEGATIVE and not operation.query:
        return

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=CHECKS)
    def answered(case: schemathesis.Case[Any]) -> None:
        # Asked of Flask itself nothing unpacks what was compressed.
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    answered()


def test_what_describes_a_csv_file_keeps_to_the_description(app: Flask) -> None:
    whole = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    case = whole["/questions/operations.csv"]["GET"].Case(query={"metadata": "csvw", "limit": 2})
    answer = case.call_and_validate(headers={"Accept-Encoding": "identity"})
    assert answer.headers["content-type"] == ["application/csvm+json"]
    assert answer.json()["schema:numberOfItems"] == 2
    assert app.test_client().get("/questions/operations.json?metadata=csvw").status_code == 400


def test_the_evidence_of_rows_keeps_to_the_description(app: Flask) -> None:
    whole = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    case = whole["/questions/operations.json"]["GET"].Case(query={"evidence": "1", "limit": 2})
    answer = case.call_and_validate(headers={"Accept-Encoding": "identity"})
    assert len(answer.json()["evidence"]) == 2
