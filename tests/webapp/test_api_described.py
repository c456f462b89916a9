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

CHECKS = list(HealthCheck)


@pytest.fixture(scope="module")
def described(app: Flask) -> OpenApiSchema:
    """The description, bound to the site over the sample."""
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


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
