"""A query that confines selects what the query selects that tests each row."""

from __future__ import annotations

import pytest

from graph import queries
from graph.confining import confined
from tests.queries.small_graph import small_graph

BLOCK = "SELECT ?a ?y { VALUES ?_x { <x:1> <x:2> } "
ONE = "SELECT ?a ?y { VALUES ?_x { <x:1> } "


@pytest.mark.parametrize("name", queries.catalogue())
def test_every_question_selects_the_same_rows_either_way(name: str) -> None:
    store, query = small_graph(), queries.question(name)
    for param in query.params:
        if param.type not in queries.KINDS:
            continue
        some = [str(value) for value in list(queries.names_of(store, param.type))[:3]]
        for value in [*some, some]:
            text = queries.bind(store, query, {param.name: value})
            rows = store.select(text).rows
            assert store.select(confined(text)).rows == rows, (param.name, value)
            assert store.select(confined(text, lateral=True)).rows == rows, (param.name, value)


EQUAL = BLOCK + "?a <p:p> ?y . FILTER(!BOUND(?_x) || ?y = ?_x) }"
EXISTS = BLOCK + "?a <p:p> ?y . FILTER(!BOUND(?_x) || EXISTS { ?a gt:inQuarter ?_x }) }"
OPTIONAL = BLOCK + "?a <p:p> ?b . OPTIONAL { ?a <p:q> ?c } OPTIONAL { ?b <p:r> ?y } FILTER(!BOUND(?_x) || ?y = ?_x) }"
EITHER = ONE + "?a <p:p> ?y . FILTER(!BOUND(?_x) || ?a = ?_x || ?y = ?_x) }"
EITHER_MADE = """SELECT ?a ?y { { VALUES ?a { <x:1> } ?a <p:p> ?y . } UNION
  { VALUES ?y { <x:1> } ?a <p:p> ?y . FILTER(?a != ?y) } }"""
COUNTED = (
    ONE
    + """{ SELECT ?y { ?y <p:p> 1 . FILTER(!BOUND(?_x) || ?y = ?_x) } }
  OPTIONAL { SELECT ?y (COUNT(?b) AS ?n) { ?b <p:q> ?y } GROUP BY ?y } }"""
)
COUNTED_MADE = """SELECT ?a ?y { { SELECT ?y { VALUES ?y { <x:1> } ?y <p:p> 1 . } }
  OPTIONAL { SELECT ?y (COUNT(?b) AS ?n) { VALUES ?y { <x:1> } ?b <p:q> ?y . } GROUP BY ?y } }"""


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (EQUAL, "SELECT ?a ?y { VALUES ?y { <x:1> <x:2> } ?a <p:p> ?y . }"),
        (EXISTS, "SELECT ?a ?y { VALUES ?_x { <x:1> <x:2> } ?a <p:p> ?y . ?a gt:inQuarter ?_x . }"),
        (OPTIONAL, "SELECT ?a ?y { VALUES ?y { <x:1> <x:2> } ?a <p:p> ?b . ?b <p:r> ?y . OPTIONAL { ?a <p:q> ?c . } }"),
        (EITHER, EITHER_MADE),
        (COUNTED, COUNTED_MADE),
    ],
    ids=["equal", "exists", "optional", "either", "counted"],
)
def test_a_filter_of_addresses_becomes_what_confines(text: str, made: str) -> None:
    assert " ".join(confined(text).split()) == " ".join(made.split())


def test_a_store_that_can_is_told_to_test_patterns_in_their_order() -> None:
    text = "SELECT ?a { ?a <p:p> ?b FILTER NOT EXISTS { ?c <p:q> ?b ; a <c:d> ; <p:r> ?a . ?a <p:s> 1 } }"
    made = "NOT EXISTS { ?c <p:q> ?b LATERAL { ?c a <c:d> LATERAL { ?c <p:r> ?a LATERAL { ?a <p:s> 1 } } } }"
    assert made in confined(text, lateral=True)
    assert confined(text) == text


def test_a_store_that_can_is_told_to_look_up_what_is_optional() -> None:
    text = BLOCK + "?a <p:p> ?y . OPTIONAL { ?a <p:q> ?b } FILTER(!BOUND(?_x) || ?y = ?_x) }"
    assert "LATERAL { OPTIONAL { ?a <p:q> ?b . } }" in " ".join(confined(text, lateral=True).split())
    assert "LATERAL" not in confined(text)


@pytest.mark.parametrize(
    "text",
    [
        BLOCK.replace("<x:1> <x:2>", '"one" 2') + "?a <p:p> ?y . FILTER(!BOUND(?_x) || ?y = ?_x) }",
        BLOCK + "?a <p:p> ?b . OPTIONAL { ?a <p:q> ?b BIND(?b AS ?y) } FILTER(!BOUND(?_x) || ?y = ?_x) }",
        BLOCK + "?b <p:q> ?a . OPTIONAL { ?a <p:q> ?c } OPTIONAL { ?c <p:p> ?y } FILTER(!BOUND(?_x) || ?y = ?_x) }",
        BLOCK + "OPTIONAL { ?a <p:q> ?y } OPTIONAL { ?b <p:p> ?y } FILTER(!BOUND(?_x) || ?y = ?_x) }",
        BLOCK + "?a <p:p> ?y , ?z . FILTER(!BOUND(?_x) || ?y = ?_x) FILTER(!BOUND(?_x) || ?z = ?_x) }",
        BLOCK + 'VALUES ?_q { "FILTER(!BOUND(?_x) || ?y = ?_x)" } ?a <p:p> ?y . FILTER(!BOUND(?_x) || ?y = ?_x) }',
        BLOCK.replace("<x:1> <x:2>", "UNDEF") + "?a <p:p> ?y . FILTER(!BOUND(?_x) || ?y = ?_x) }",
    ],
)
def test_what_would_select_other_rows_is_left_as_it_is(text: str) -> None:
    assert confined(text) == text
    assert confined(text, lateral=True) == text
