"""Each pitfall is found where it is, and none is in our ontology.

A file of ``pitfalls/`` holds one mistake beside what only looks like it; its ``# expect:`` lines are the rows found.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDFS, Graph, URIRef

from graph import queries
from graph.namespaces import GT, graph_name
from graph.pitfalls import material, scan
from graph.vocabulary import ontology

HERE = Path(__file__).parent / "pitfalls"
ROOT = Path(__file__).resolve().parents[2]


def found_in(path: Path) -> set[str]:
    """Return the rows of the pitfall that the file at ``path`` is called after."""
    found = scan({graph_name("x"): Graph().parse(path)})
    return {" ".join(pitfall.found) for pitfall in found if pitfall.name == path.stem}


@pytest.mark.parametrize("name", queries.pitfalls())
def test_a_pitfall_is_found_where_it_is_and_nowhere_else(name: str) -> None:
    path = HERE / f"{name}.ttl"
    expected = set(re.findall(r"^# expect: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert expected
    assert found_in(path) == expected


def test_every_file_is_of_a_pitfall() -> None:
    assert {path.stem for path in HERE.iterdir()} == set(queries.pitfalls())


def test_our_ontology_has_none() -> None:
    assert [str(pitfall) for pitfall in scan(material())] == []


def test_each_names_what_the_field_calls_it() -> None:
    codes = {query.name: query.pitfall for query in queries.pitfalls().values()}
    assert [name for name, code in codes.items() if not code] == []
    assert len([code for code in codes.values() if re.fullmatch(r"OOPS! P\d\d", code)]) > 20
    assert not [query.name for query in queries.everything() if query.pitfall and query.name not in codes]


def test_a_mistake_in_our_ontology_is_told_with_code_question_and_term() -> None:
    odd = Graph() + ontology()
    odd.remove((GT.tackles, RDFS.range, None))
    [told] = [str(pitfall) for pitfall in scan({**material(), graph_name("ontology"): odd})]
    assert told == "OOPS! P11, end-missing: Does a property lack a domain or a range? tackles range"


def test_a_term_is_used_by_queries_and_shapes_not_by_the_queries_that_look_for_pitfalls() -> None:
    usage = Graph()
    for triple in material()[graph_name("usage")]:
        usage.add(triple)
    users = {str(user).rsplit("/id/", 1)[-1] for user in usage.subjects(DCTERMS.references, GT.Operation)}
    assert {"query/pages/operation-links", "graph/shapes"} <= users
    assert not [user for user in usage.subjects() if "/query/pitfalls/" in str(user)]


def test_the_modules_have_one_version(modules: dict[str, Graph], folder: Path) -> None:
    parts = [*modules.values(), *(Graph().parse(path) for path in (folder / "alignments").glob("*.ttl"))]
    whole = modules["golden-thread"]
    version = whole.value(URIRef("https://w3id.org/golden-thread"), OWL.versionInfo)
    for part in parts:
        [(module, said)] = part.subject_objects(OWL.versionInfo)
        assert said == version, module
        path = str(module).removeprefix("https://w3id.org/golden-thread")
        assert str(part.value(module, OWL.versionIRI)) == f"https://w3id.org/golden-thread/{version}{path}"
    [before] = whole.objects(None, OWL.priorVersion)
    assert not str(before).endswith(f"/{version}")


def test_the_command_says_how_many_were_looked_for() -> None:
    call = [sys.executable, "-m", "graph.pitfalls"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{len(queries.pitfalls())} pitfalls looked for, 0 found\n"
