"""A query that confines selects what the query selects that tests each row."""

from __future__ import annotations

import pytest

from graph import queries
from graph.confining import confined
from tests.queries.small_graph import small_graph

BLOCK = "SELECT ?a ?y { VALUES ?_x { <x:1> <x:2> } "


@pytest.mark.parametrize("name", queries.catalogue())
def test_every_question_selects_the_same_rows_either_way(name: str) -> None:
    store, query = small_graph(), queries.question(name)
    for param in query.params:
        if param.type not in queries.KINDS:
            continue
        for value in list(queries.names_of(store, param.type))[:3]:
            text = queries.bind(store, query, {param.name: str(value)})
            assert store.select(confined(text)).rows == store.select(text).rows, (param.name, value)


def test_a_filter_of_addresses_becomes_a_block_and_a_pattern() -> None:
    text = BLOCK + "?a <p:p> ?y . FILTER(!BOUND(?_x) || ?y = ?_x) }"
    assert " ".join(confined(text).split()) == "SELECT ?a ?y { ?a <p:p> ?y . VALUES ?y { <x:1> <x:2> } }"
    text = BLOCK + "?a <p:p> ?y . FILTER(!BOUND(?_x) || EXISTS { ?a gt:inQuarter ?_x }) }"
    assert "?a gt:inQuarter ?_x ." in confined(text)
    assert "VALUES ?_x { <x:1> <x:2> }" in confined(text)


@pytest.mark.parametrize(
    "text",
    [
        BLOCK + "?a <p:p> ?y . FILTER(!BOUND(?_x) || (BOUND(?y) && ?y = ?_x)) }",
        BLOCK.replace("<x:1> <x:2>", '"one" 2') + "?a <p:p> ?y . FILTER(!BOUND(?_x) || ?y = ?_x) }",
        BLOCK + "OPTIONAL { ?a <p:p> ?y } FILTER(!BOUND(?_x) || ?y = ?_x) }",
        BLOCK + 'VALUES ?_q { "}}" } OPTIONAL { ?a <p:p> ?y } FILTER(!BOUND(?_x) || ?y = ?_x) }',
        BLOCK + 'VALUES ?_q { "FILTER(!BOUND(?_x) || ?y = ?_x)" } ?a <p:p> ?y . FILTER(!BOUND(?_x) || ?y = ?_x) }',
        BLOCK.replace("<x:1> <x:2>", "UNDEF") + "?a <p:p> ?y . FILTER(!BOUND(?_x) || ?y = ?_x) }",
    ],
)
def test_what_would_select_other_rows_is_left_as_it_is(text: str) -> None:
    assert confined(text) == text
