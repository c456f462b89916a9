"""Why: every derived link and every verdict answers with its rule, premises and sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

from graph import queries, why
from graph.__main__ import main
from graph.commands.base import DONE, FELL_SHORT, USAGE
from graph.errors import BadParameter, NotFound
from graph.namespaces import GT, mint
from graph.stores.oxigraph import OxigraphStore
from tests.queries.small_graph import small_graph


@pytest.fixture(scope="module")
def known() -> OxigraphStore:
    return small_graph()


def _of(store: OxigraphStore, class_: URIRef) -> list[URIRef]:
    found: Graph = store.construct(f"CONSTRUCT {{ ?s a <{class_}> }} WHERE {{ ?s a <{class_}> }}")
    return sorted(URIRef(str(s)) for s in set(found.subjects(RDF.type, class_)))


def test_every_derived_link_and_every_verdict_has_a_rule_premises_and_sentences(known: OxigraphStore) -> None:
    links, checks = _of(known, GT.DerivedLink), _of(known, GT.FigureCheck)
    assert len(links) > 20
    assert checks
    for about in (*links[:: max(1, len(links) // 40)], *checks):
        for reason in why.of_thing(known, about):
            assert reason.origin == why.DERIVED
            assert reason.rule in queries.rules() or about in checks
            assert reason.rule_says
            assert reason.sentences
            for premise in reason.premises:
                sentence = next(s for s in reason.sentences if s.item == premise.item)
                if premise.span:
                    start, end = (at - sentence.span[0] for at in premise.span)
                    assert sentence.quote[start:end] == premise.words
    assert all(why.of_thing(known, check)[0].premises for check in checks)


def test_asserted_extracted_and_derived_are_told_apart(known: OxigraphStore) -> None:
    link = next(
        reason
        for about in _of(known, GT.DerivedLink)
        for reason in why.of_thing(known, about)
        if reason.rule == "operation-partner"
    )
    item = URIRef(link.sentences[0].item)
    operation = next(p for p in link.premises if "names operation" in p.says)
    assert operation.basis
    assert operation.words
    named = next(o for o in _objects(known, item, GT.namesOperation))
    (extracted,) = why.of_statement(known, item, GT.namesOperation, named)
    assert (extracted.origin, bool(extracted.premises), bool(extracted.sentences)) == (why.EXTRACTED, True, True)
    (asserted,) = why.of_statement(known, mint("theme", "domestic-abuse"), RDF.type, GT.Theme)
    assert (asserted.origin, asserted.premises) == (why.ASSERTED, ())


def _objects(store: OxigraphStore, subject: URIRef, predicate: URIRef) -> list[URIRef]:
    found = store.construct(f"CONSTRUCT WHERE {{ <{subject}> <{predicate}> ?o }}")
    return [URIRef(str(o)) for o in found.objects(subject, predicate)]


def test_what_nothing_says_is_refused(known: OxigraphStore) -> None:
    with pytest.raises(NotFound, match="neither a derived link nor a figure check"):
        why.of_thing(known, mint("operation", "none"))
    with pytest.raises(NotFound, match="nothing here says"):
        why.of_statement(known, mint("operation", "none"), GT.workedWith, mint("partner", "none"))
    with pytest.raises(BadParameter):
        why.address("a b> . }")


def test_the_command_line_explains(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--store", str(built)]
    assert main(["query", "why-linked", "--param", "rule=operation-partner", "--format", "json", *where]) == DONE
    row = json.loads(capsys.readouterr().out)["results"]["bindings"][0]
    told = [row[name]["value"] for name in ("subject", "link", "object")]
    assert main(["why", *told, *where]) == DONE
    out = capsys.readouterr().out
    assert "[derived: follows by a rule" in out
    assert "rule operation-partner: " in out
    assert f"“{' '.join(row['quote']['value'].split())}”" in out
    assert main(["why", *told, "--format", "json", *where]) == DONE
    reasons = json.loads(capsys.readouterr().out)["reasons"]
    assert main(["why", reasons[0]["about"], *where]) == DONE
    assert main(["why", "operation/none", "workedWith", "partner/none", *where]) == FELL_SHORT
    assert main(["why", "operation/none", "workedWith", *where]) == USAGE
