"""Individuals may have their addresses elsewhere: the whole product then speaks of them there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import BadParameter, StoreUnavailable
from graph.namespaces import BASE, DEFAULT_BASE, at_home, is_base
from graph.settings import Settings
from graph.stores import open_store

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = "http://data.example/id/"
SCRIPT = """
import sys
from pathlib import Path
from rdflib import Graph, URIRef
from graph import queries
from graph.build import build, ingest
from graph.settings import Settings
from graph.stores import open_store
from tests.reports import SMALL
from webapp import create_app

settings = Settings(store=Path(sys.argv[1]))
build(settings.store, [SMALL[0]])
ingest(settings.store, [SMALL[1]])
store = open_store(settings)
dump = store.dump("nquads").decode()
print("default" if "golden-thread/id/" in dump else "elsewhere")
print(len(queries.run(store, queries.question("partner-operations-by-lpa"), {"theme": "vawg"}).rows))
print(len(queries.run(store, queries.question("operations"), {"lpa": "essex-west"}).rows))
client = create_app(settings).test_client()
home = "http://data.example/"
thing = client.get("/id/theme/vawg", headers={"Accept": "text/turtle"}, base_url=home)
print(thing.status_code, thing.headers["Location"])
graph = Graph().parse(data=client.get("/id/theme/vawg.ttl", base_url=home).data, format="turtle")
print(len(list(graph.predicate_objects(URIRef(home + "id/theme/vawg")))) > 5)
page = client.get("/id/theme/vawg.html", base_url=home).get_data(as_text=True)
print("until that address is registered" in page)
print(client.get("/themes/vawg", base_url=home).status_code, client.get("/data", base_url=home).status_code)
void = Graph().parse(data=client.get("/.well-known/void", base_url=home).data, format="turtle")
print(len(void) > 200, any("golden-thread/id/" in str(node) for triple in void for node in triple))
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A store with its home on a host of its own, and what a process there says of it."""
    store = tmp_path_factory.mktemp("elsewhere")
    environment = {**os.environ, "GOLDENTHREAD_BASE": ELSEWHERE, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(store)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return store, done.stdout.splitlines()


def test_a_store_has_its_individuals_where_the_setting_says(elsewhere: tuple[Path, list[str]]) -> None:
    _, told = elsewhere
    assert told[0] == "elsewhere"
    assert [int(rows) > 0 for rows in told[1:3]] == [True, True]


def test_the_site_at_home_sends_who_asks_for_data_to_a_document(elsewhere: tuple[Path, list[str]]) -> None:
    _, told = elsewhere
    assert told[3] == "303 /id/theme/vawg.ttl"
    assert told[4:7] == ["True", "False", "200 200"]
    assert told[7] == "True False"


def test_a_store_of_another_base_is_not_opened(elsewhere: tuple[Path, list[str]]) -> None:
    store, _ = elsewhere
    with pytest.raises(StoreUnavailable, match=f"built for addresses under {ELSEWHERE}.*Set GOLDENTHREAD_BASE"):
        open_store(Settings(store=store))


@pytest.mark.parametrize("text", ["", "id/", "https://data.example/id", "ftp://x/", "http://a b/", "http://x/<>/", "x"])
def test_what_is_no_base_is_refused_in_a_line(text: str) -> None:
    assert not is_base(text)
    if text:
        with pytest.raises(BadParameter, match="GOLDENTHREAD_BASE is a web address"):
            Settings.from_environment({"GOLDENTHREAD_BASE": text})


def test_without_the_setting_nothing_moves() -> None:
    assert Settings.from_environment({}).base == DEFAULT_BASE == BASE
    assert at_home(f"<{DEFAULT_BASE}theme/vawg>") == f"<{DEFAULT_BASE}theme/vawg>"
