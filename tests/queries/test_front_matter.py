"""Every query file says what it asks, runs as it stands, and always answers in the same order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Literal
from rdflib.plugins.sparql.parser import parseQuery

from graph import queries
from graph.errors import QueryNotFound, VocabularyError
from graph.queries import FOLDER, KINDS, PLAIN, Query, load
from graph.stores.oxigraph import OxigraphStore
from tests.reports import small_store

FILES = sorted(FOLDER.rglob("*.rq"))
ALL = {path.relative_to(FOLDER).as_posix(): load(path) for path in FILES}
ANSWERED = ("catalogue", "competency", "pages", "checks", "pitfalls", "shapes")
SELECTS = {name: query for name, query in ALL.items() if name.split("/")[0] in ANSWERED}
CONSTRUCTS = {name: query for name, query in ALL.items() if name.split("/")[0] in ("register", "rules")}
TYPES = {*KINDS, *PLAIN}


def query_files(chosen: dict[str, Query]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("query", chosen.values(), ids=list(chosen))


@query_files(ALL)
class TestEveryQuery:
    def test_the_summary_is_a_question(self, query: Query) -> None:
        assert query.summary.endswith("?")
        assert query.summary[0].isupper()

    def test_a_parameter_is_of_a_known_type_and_described(self, query: Query) -> None:
        assert {p.type for p in query.params} <= TYPES
        assert [p.name for p in query.params if not p.description] == []
        assert len({p.name for p in query.params}) == len(query.params)

    def test_every_data_block_of_a_parameter_is_named_in_the_front_matter(self, query: Query) -> None:
        blocks = set(re.findall(r"VALUES\s+\?_(\w+)", query.sparql))
        given = {p.name for p in query.params}
        # The class in names.rq is bound by the code that resolves parameters, and by nobody else.
        assert blocks - given <= ({"class"} if query.name == "names" else set())

    def test_a_variable_of_a_parameter_has_a_data_block(self, query: Query) -> None:
        assert set(re.findall(r"\?_(\w+)", query.sparql)) == set(re.findall(r"VALUES\s+\?_(\w+)", query.sparql))

    def test_a_second_parser_takes_it_too(self, query: Query) -> None:
        assert parseQuery(query.sparql)

    def test_the_name_is_in_kebab_case(self, query: Query) -> None:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", query.name)
        assert (query.path.parent.name == "checks") == query.name.endswith("-violation")


@query_files({name: query for name, query in ALL.items() if name.startswith("catalogue/")})
def test_a_public_question_is_described_and_tagged(query: Query) -> None:
    assert query.description.endswith(".")
    assert "catalogue" in query.tags


@query_files(SELECTS)
def test_it_runs_with_its_defaults_and_orders_its_rows(query: Query) -> None:
    table = small_store().select(queries.bind(small_store(), query))
    assert table.columns
    assert "ORDER BY" in query.sparql or len(table.rows) == 1
    if query.path.parent.name == "catalogue":
        assert len(set(table.rows)) == len(table.rows)


@query_files(SELECTS)
def test_text_is_ordered_as_every_store_orders_it(query: Query) -> None:
    order = query.sparql.rpartition("ORDER BY")[2] if "ORDER BY" in query.sparql else ""
    columns = small_store().select(queries.bind(small_store(), query)).dicts()
    bare = set(re.findall(r"(?<!\()\?(\w+)(?!\))", order))
    tagged = {c for row in columns for c, term in row.items() if isinstance(term, Literal) and term.language}
    assert bare & tagged == set(), "write STR(?x): SPARQL leaves the order of texts with a language open"


@query_files(CONSTRUCTS)
def test_it_constructs_with_its_defaults(query: Query) -> None:
    small_store().construct(query.sparql)


@pytest.fixture(scope="module")
def shuffled() -> list[OxigraphStore]:
    """The same store, its statements put in in other orders."""
    store = small_store()
    graphs = [(name, sorted(store.graph(name))) for name in store.graph_names()]
    backwards = {name: triples[::-1] for name, triples in graphs[::-1]}
    from_the_middle = {name: triples[len(triples) // 2 :] + triples[: len(triples) // 2] for name, triples in graphs}
    return [OxigraphStore.in_memory(backwards), OxigraphStore.in_memory(from_the_middle)]


@query_files(SELECTS)
def test_the_order_of_rows_does_not_depend_on_the_order_of_statements(
    query: Query, shuffled: list[OxigraphStore]
) -> None:
    expected = small_store().select(queries.bind(small_store(), query)).rows
    for store in shuffled:
        assert store.select(queries.bind(store, query)).rows == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * { }", "front matter"),
        ("#+ description: no summary\nSELECT * { }", "summary"),
        ("#+ summary: [\nSELECT * { }", "front matter"),
        ("#+ summary: a?\n#+ params: [theme]\nSELECT * { }", "front matter"),
        ("#+ summary: a?\n#+ params:\n#+   - {type: theme}\nSELECT * { }", "name"),
        ("#+ summary: a?\n#+ params:\n#+   - {name: theme, type: theme}\nSELECT * { }", "VALUES ?_theme"),
        ("#+ - a list\nSELECT * { }", "front matter"),
    ],
)
def test_a_file_at_fault_is_named_with_its_reason(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as raised:
        load(path)
    assert str(path) in str(raised.value)
    assert reason in str(raised.value)


def test_an_unknown_question_is_answered_with_the_nearest() -> None:
    with pytest.raises(QueryNotFound, match="Did you mean operations"):
        queries.question("operation")
    with pytest.raises(QueryNotFound, match="There are: bodies-only-named, commitment-coverage"):
        queries.question("zzz")
    with pytest.raises(QueryNotFound):
        queries.page("../catalogue/operations")
