"""Rows that are put in order here stand as the store puts them."""

from __future__ import annotations

import re

import pytest
from rdflib import XSD, Literal, URIRef

from graph import queries
from graph.confining import confined
from graph.stores.base import Table
from graph.stores.ordering import Key, ordered, without_order
from graph.stores.oxigraph import OxigraphStore
from tests.queries.small_graph import small_graph

VALUES = """SELECT ?a ?b (1 AS ?c) WHERE { VALUES (?a ?b) {
  (<x:b> 10) (<x:é> 9.5) (<x:a> 9.50) (<x:b> UNDEF) (UNDEF -1) (<x:z> 2)
} }"""
OTHERS = """SELECT ?a ?b WHERE { VALUES (?a ?b) {
  (true "2022-01-31"^^xsd:date) (false "2021-12-31"^^xsd:date) (UNDEF "2022-02-01"^^xsd:date)
} }"""


def _by_the_store(store: OxigraphStore, text: str) -> Table:
    # A comment behind it: what is not known is left to the store.
    return store.select(f"{text} # as it stands")


@pytest.mark.parametrize(
    "order", ["?a ?b", "?b ?a", "DESC(?a) ?b", "DESC(?b) DESC(?a)", "STR(?a) ?b", "DESC(STR(?b)) ?a", "LANG(?a) ?b ?a"]
)
@pytest.mark.parametrize("values", [VALUES, OTHERS])
def test_every_order_is_that_of_the_store(values: str, order: str) -> None:
    store = small_graph()
    text = f"PREFIX xsd: <{XSD}>\n{values} ORDER BY {order}"
    plain, keys = without_order(text)
    assert len(keys) == len(order.split())
    assert "ORDER" not in plain
    found = store.select(plain)
    assert ordered(found.columns, found.rows, keys) is not None
    assert store.select(text) == _by_the_store(store, text)


def test_every_query_of_ours_has_its_rows_in_the_order_of_the_store() -> None:
    store, taken = small_graph(), 0
    for query in queries.everything():
        if not re.search("^SELECT", query.sparql, re.MULTILINE):
            continue
        text = confined(queries.bind(store, query), lateral=True)
        taken += bool(without_order(text)[1])
        assert store.select(text).rows == _by_the_store(store, text).rows, query.name
    assert taken > 30


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a { ?a ?b ?c } ORDER BY ?b",
        "SELECT ?a { ?a ?b ?c } ORDER BY ?a LIMIT 3",
        "SELECT ?a { ?a ?b ?c } ORDER BY LCASE(?a)",
        "SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?a } }",
        "SELECT ?a { ?a ?b ?c }",
        "ASK { ?a ?b ?c }",
    ],
)
def test_an_order_that_is_not_ours_to_make_stays_in_the_query(text: str) -> None:
    assert without_order(text) == (text, ())


def test_what_is_compared_by_other_rules_is_left_to_the_store() -> None:
    key = (Key("a", "", down=False),)
    for term in (
        Literal("a", lang="en"),
        Literal("1.0", datatype=XSD.double),
        Literal("2022-01-31Z", datatype=XSD.date, normalize=False),
    ):
        assert ordered(("a",), [(term,), (None,)], key) is None
    assert ordered(("a",), [(URIRef("x:a"),), (Literal("a"),)], key) is None
    assert ordered(("b",), [(URIRef("x:a"),)], key) is None
