"""/ns and /shapes: every term and shape as a page and as data, with what the data and the questions have of it."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from graph import queries, vocabulary
from graph.changes import changes, versions
from graph.constraints import node_shapes, shapes_of
from graph.context import context
from graph.formats import FORMATS, serialise
from graph.namespaces import GT, GTS, ONTOLOGY, PREFIXES
from graph.terms import modules, terms, uses
from tests.reports import small_store
from tests.webapp.conftest import Get
from webapp.presenters.diagram import NARROW, diagram


def parsed(body: bytes, suffix: str) -> Graph:
    return Graph().parse(data=body, format=FORMATS[suffix].plugin)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_ontology_the_shapes_and_a_term_are_the_same_in_every_format(client: FlaskClient, suffix: str) -> None:
    assert isomorphic(parsed(client.get(f"/ns.{suffix}").data, suffix), vocabulary.ontology())
    assert isomorphic(parsed(client.get(f"/shapes.{suffix}").data, suffix), vocabulary.shapes())
    turtle = parsed(client.get("/ns/VawgOperation.ttl").data, "ttl")
    assert isomorphic(parsed(client.get(f"/ns/VawgOperation.{suffix}").data, suffix), turtle)


@pytest.mark.parametrize("address", ["/ns", "/ns/Operation", "/shapes", "/ns/modules/plan"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_accept_chooses_the_format(client: FlaskClient, address: str, suffix: str) -> None:
    answer = client.get(address, headers={"Accept": f"text/html;q=0.5, {FORMATS[suffix].media_type}"})
    assert (answer.status_code, answer.mimetype) == (200, FORMATS[suffix].media_type)
    assert answer.headers["Content-Location"] == f"{address}.{suffix}"
    assert "Accept" in answer.vary
    assert client.get(address, headers={"Accept": "image/png"}).status_code == 406


def test_modules_together_are_the_ontology(client: FlaskClient) -> None:
    whole = Graph()
    for module in modules():
        whole += parsed(client.get(f"/ns/modules/{module.name}.ttl").data, "ttl")
    whole += vocabulary.parse(vocabulary.FOLDER / "golden-thread.ttl")
    assert isomorphic(whole, vocabulary.ontology())
    assert client.get("/ns/modules/plan", headers={"Accept": "text/html"}).headers["Location"] == "/ns#module-plan"
    assert client.get("/ns/modules/nothing").status_code == 404


def test_every_term_has_an_anchor_and_a_page_that_says_what_it_means(get: Get) -> None:
    whole = get("/ns")
    assert len(terms()) > 80
    for term in terms().values():
        assert term.name in whole.ids
        assert f"/ns/{term.name}" in whole.links
        page = get(f"/ns/{term.name}")
        assert page.all("h1")[0].words.casefold() == term.label.casefold()
        assert term.definition in page.words
        for example in term.examples:
            assert example in page.words


def test_terms_are_all_those_that_the_ontology_declares_in_our_namespace() -> None:
    graph = vocabulary.ontology()
    sorts = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {s for sort in sorts for s in graph.subjects(RDF.type, sort) if isinstance(s, URIRef) and s in GT}
    assert set(terms()) == declared
    assert {t for m in modules() for t in m.terms} == declared


def test_a_defined_class_says_by_what(get: Get) -> None:
    assert "operation and (worked with some partner)" in get("/ns/PartnershipOperation").words
    assert "(inverse of evidences some evidence item)" in get("/ns/EvidencedCommitment").words
    assert "(carried out in at least 2 policing area)" in get("/ns/CrossAreaOperation").words
    assert "skos:broaderTransitive value theme/vawg" in get("/ns/VawgOperation").words.replace("id:", "")


def test_relations_and_alignments_are_links(get: Get) -> None:
    page = get("/ns/evidences")
    assert "/ns/EvidenceItem" in page.links
    assert "/ns/Commitment" in page.links
    item = get("/ns/EvidenceItem")
    assert "/ns/Passage" in item.links
    assert "/ns/evidences" in item.links
    aligned = [e.attributes["href"] for e in get("/ns/Operation").all("a")]
    assert "http://www.w3.org/ns/prov#Activity" in aligned


def test_counts_and_examples_are_those_of_the_store(get: Get) -> None:
    page = get("/ns/EvidenceItem")
    assert "134 things" in page.words
    assert any(re.match(r"/id/report/essex-2021-22-q4/item/\d+\.html", link) for link in page.links)
    assert "24 things" in get("/ns/Operation").words
    assert "134 statements" in get("/ns/evidences").words


def test_what_rules_derive_counts_and_is_shown_too(get: Get) -> None:
    page = get("/ns/workedWith")
    number = int(re.findall(r"(\d+) statements", page.words)[0])
    assert number > 20
    assert any(link.startswith("/id/operation/") for link in page.links)
    member = get("/ns/PartnershipOperation")
    assert any(link.startswith("/id/operation/") for link in member.links)


def test_a_class_shows_the_messages_of_the_shapes_that_apply_inherited_ones_too(get: Get) -> None:
    shapes = vocabulary.shapes()
    for name in ("Operation", "PartnershipOperation"):
        words = get(f"/ns/{name}").words
        for property_ in shapes.objects(GTS.OperationShape, SH.property):
            for message in shapes.objects(property_, SH.message):
                assert str(message) in words
    assert "An evidence item stands under no more than one commitment." in get("/ns/evidences").words


def test_every_shape_has_an_anchor_and_every_message_is_shown(get: Get) -> None:
    page = get("/shapes")
    graph = vocabulary.shapes()
    named = {s for s in graph.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)}
    assert {s.removeprefix(str(GTS)) for s in named} <= set(page.ids)
    of_properties = {str(o) for s in graph.objects(None, SH.property) for o in graph.objects(s, SH.message)}
    assert [message for message in of_properties if " ".join(message.split()) not in page.words] == []
    assert {s.iri for s in node_shapes()} == named
    assert {"CommitmentPassageShape", "PlanPassageShape"} <= {s.name for s in shapes_of(GT.CommitmentPassage)}


def test_questions_that_name_a_term_are_listed_with_it(get: Get) -> None:
    page = get("/ns/aboutTheme")
    assert "/questions/partner-operations-by-lpa" in page.links
    used = {q.name for q in uses()[GT.aboutTheme]}
    assert "partner-operations-by-lpa" in used
    # A word in a comment or a string is no use of a term.
    assert all(re.search(r"gt:aboutTheme\b", q.sparql) for q in uses()[GT.aboutTheme])
    assert {q.path.parent.name for q in queries.everything()} >= {"catalogue", "pages", "rules", "checks"}


@pytest.mark.parametrize(
    ("name", "near"), [("Operatoin", "operation"), ("evidence", "evidences"), ("evidence item", "evidence item")]
)
def test_an_unknown_term_is_404_with_the_nearest(get: Get, name: str, near: str) -> None:
    assert near in [e.words for e in get(f"/ns/{name}", 404).all("a")]


@pytest.mark.parametrize("name", ["<script>", "../x", "%00", "a/b", "Operation.xyz", "x" * 3000, "context", "}"])
def test_odd_names_of_terms_are_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/ns/{name}").status_code == 404


def test_the_context_file_reads_compact_json_as_the_graph_it_was_made_from(client: FlaskClient) -> None:
    """Each graph, written as we write it but read with the file that is served, is the same graph."""
    answer = client.get("/ns/context.jsonld")
    assert answer.content_type == "application/ld+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    served = json.loads(answer.data)["@context"]
    assert served == context()
    for name in small_store().graph_names():
        graph = small_store().graph(name)
        compacted = json.loads(serialise(graph, "jsonld"))
        compacted["@context"] = served
        read = Graph().parse(data=json.dumps(compacted), format="json-ld")
        assert isomorphic(read, graph), name


def test_prefix_files_say_the_same_as_the_code(client: FlaskClient) -> None:
    assert json.loads(client.get("/ns/prefixes.json").data) == PREFIXES
    turtle = client.get("/ns/prefixes.ttl")
    graph = Graph(bind_namespaces="none").parse(data=turtle.data, format="turtle")
    assert {prefix: str(space) for prefix, space in graph.namespaces()} == PREFIXES
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(ONTOLOGY, SH.declare)
    }
    assert declared == PREFIXES


def test_a_term_as_data_is_whole_and_labels_its_neighbours(client: FlaskClient) -> None:
    graph = parsed(client.get("/ns/PartnershipOperation.ttl").data, "ttl")
    assert (GT.PartnershipOperation, RDFS.subClassOf, GT.Operation) in graph
    (definition,) = graph.objects(GT.PartnershipOperation, OWL.equivalentClass)
    assert graph.value(definition, OWL.intersectionOf) is not None
    assert (GT.workedWith, RDFS.label, Literal("worked with", lang="en")) in graph


def test_the_class_diagram_names_every_class_and_leads_to_its_page(get: Get) -> None:
    page = get("/ns")
    (drawing,) = page.of_class("gt-classes")
    assert drawing.attributes["aria-hidden"] == "true"
    names = {e.words for e in page.of_class("gt-classes__name")} | {e.words for e in page.of_class("gt-classes__row")}
    for term in terms().values():
        if term.kind == "class":
            shown = term.label if len(term.label) <= NARROW else term.label[: NARROW - 1].rstrip()
            assert any(name.startswith(shown) for name in names), term.name
    inside = [e for e in page.all("a") if e.attributes.get("tabindex") == "-1"]
    assert len(inside) > 80
    assert all((e.attributes["href"] or "").startswith(("/ns/", "/id/")) for e in inside)


def test_what_the_diagram_draws_the_table_beside_it_says(get: Get) -> None:
    relations = {(r.source.name, r.name, r.target.name) for r in diagram().relations}
    assert ("EvidenceItem", "evidences", "Commitment") in relations
    assert ("EvidenceItem", "is a kind of", "Passage") in relations
    assert ("Commitment", "skos:broader", "Priority") in relations
    assert ("Partner", "org:classification", "PartnerType") in relations
    rows = [row.words for table in get("/ns").table_rows()[:1] for row in table]
    assert len(rows) == len(relations)
    assert "evidence itemevidencescommitment" in rows
    drawn = {line.name for line in diagram().lines}
    assert drawn <= {f"{r.source.label} {r.name} {r.target.label}" for r in diagram().relations}
    assert "evidence item evidences commitment" in drawn


def test_boxes_of_the_diagram_do_not_overlap() -> None:
    boxes = diagram().boxes
    for one in boxes:
        for other in boxes:
            if one is not other and one.x == other.x:
                assert one.y + one.height <= other.y or other.y + other.height <= one.y


def test_changes_are_shown_version_by_version_and_term_by_term(get: Get, client: FlaskClient) -> None:
    page = get("/ns")
    for version in versions():
        assert f"version-{version.number}" in page.ids
        assert version.summary in page.words
        assert all(words in page.words for _, words in version.notes)
    assert "0.2.0 New." in get("/ns/PartnershipOperation").words
    for suffix in FORMATS:
        assert isomorphic(parsed(client.get(f"/ns/changes.{suffix}").data, suffix), changes())
