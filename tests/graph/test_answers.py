"""Answers that are published with a store are those that it gives itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from graph import queries
from graph.build import build, sample_reports
from graph.errors import StoreUnavailable
from graph.settings import Settings
from graph.stores import answers, open_store
from graph.stores.base import Store, Table
from graph.stores.generations import Generation, current
from graph.stores.oxigraph import OxigraphStore


class _Says(OxigraphStore):
    """A store that has one answer to everything."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def select(self, _query: str) -> Table:
        return self._table


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("answers") / "store"
    build(store, sample_reports())
    return store


def _generation(place: Path) -> Generation:
    found = current(place)
    assert found is not None
    return found


def test_what_is_kept_is_what_the_store_answers(place: Path) -> None:
    generation = _generation(place)
    asked: Store = OxigraphStore.open(generation.rdf, generation.version)
    texts = queries.kept(asked)
    kept = answers.Answers(generation.folder / answers.FOLDER)
    assert len(texts) == len({*texts}) == len(list((generation.folder / answers.FOLDER).iterdir())) > 10
    for text in texts:
        assert kept.find(text) == asked.select(text)


def test_an_opened_store_gives_what_is_kept_and_answers_the_rest_itself(place: Path, tmp_path: Path) -> None:
    generation = _generation(place)
    asked = OxigraphStore.open(generation.rdf, generation.version)
    text = queries.bind(asked, queries.page("reports"))
    told = Table(("told",), ((Literal("this is kept"),),))
    answers.write(_Says(told), [text], tmp_path)
    opened = OxigraphStore.open(generation.rdf, generation.version, answers.Answers(tmp_path))
    assert opened.select(text) == told
    assert opened.select(f"{text}\n# in other words") == asked.select(text) != told
    assert open_store(Settings(store=place)).select(text) == asked.select(text)


def test_every_kind_of_term_comes_back_as_it_was(tmp_path: Path) -> None:
    row = (
        URIRef("urn:a"), BNode("b"), None, Literal("c"), Literal("d", lang="en-GB"), Literal("e", datatype=XSD.string),
        Literal("1.50", datatype=XSD.decimal), Literal("2022-01-31", datatype=XSD.date), Literal(True),
    )  # fmt: skip
    table = Table(tuple("abcdefghi"), (row, row[::-1]))
    answers.write(_Says(table), ["SELECT"], tmp_path)
    found = answers.Answers(tmp_path).find("SELECT")
    assert found == table
    assert found is not None
    assert [type(term) for term in found.rows[0]] == [type(term) for term in row]
    assert found.rows[0][0] is found.rows[1][-1]


def test_none_are_kept_where_nothing_was_published_and_a_broken_one_is_named(tmp_path: Path) -> None:
    assert answers.Answers(tmp_path / "nowhere").find("SELECT") is None
    answers.write(_Says(Table((), ())), ["SELECT"], tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:10])
    with pytest.raises(StoreUnavailable, match=f"{path.name}: this answer cannot be read"):
        answers.Answers(tmp_path).find("SELECT")
