"""Files: no cell that a spreadsheet would run, numbers as numbers, the same rows as the page."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef

from webapp.negotiation import cell, csv_file, safe_cell


@given(st.text())
def test_no_text_begins_like_a_formula(value: str) -> None:
    safe = safe_cell(value)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe in {value, f"'{value}"}


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (Literal("=HYPERLINK(1)"), "'=HYPERLINK(1)"),
        (Literal("-5", datatype=XSD.integer), "-5"),
        (Literal("-5.5", datatype=XSD.decimal), "-5.5"),
        (Literal("-five", datatype=XSD.integer), "'-five"),
        (Literal("+44"), "'+44"),
        (URIRef("urn:x"), "urn:x"),
        (None, ""),
        (3, "3"),
        ("@sum", "'@sum"),
    ],
)
def test_numbers_stay_numbers_and_text_is_made_safe(term: object, written: str) -> None:
    assert cell(term) == written


def test_csv_is_utf_8_with_quoted_line_breaks(app: Flask) -> None:
    with app.test_request_context("/"):
        answer = csv_file("x", ["name"], [["Café,\n“quoted”"]])
    assert answer.mimetype == "text/csv"
    assert answer.mimetype_params["charset"] == "utf-8"
    assert list(csv.reader(io.StringIO(answer.get_data().decode(), newline=""))) == [["name"], ["Café,\n“quoted”"]]
