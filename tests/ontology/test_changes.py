"""The history of the ontology agrees with the ontology."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, URIRef

from graph import changes
from graph.changes import changes_of, versions
from graph.errors import VocabularyError
from graph.namespaces import GT, ONTOLOGY
from graph.terms import terms
from graph.vocabulary import ontology


def test_the_latest_version_is_the_one_that_the_ontology_says_it_is() -> None:
    latest, before = versions()[:2]
    assert str(ontology().value(ONTOLOGY, OWL.versionInfo)) == latest.number
    assert ontology().value(ONTOLOGY, OWL.priorVersion) == URIRef(f"{ONTOLOGY}/{before.number}")
    assert latest.terms == set(terms())


def test_what_came_and_went_follows_from_what_each_version_had() -> None:
    for version, before in zip(versions(), versions()[1:], strict=False):
        assert set(version.added) == version.terms - before.terms
        assert set(version.removed) == before.terms - version.terms
        assert version.summary
    assert GT.PartnershipOperation in versions()[0].added
    assert len(versions()[-1].added) == len(versions()[-1].terms)


def test_no_term_is_gone_that_a_version_still_had_without_being_deprecated() -> None:
    """The rule of ontology/README.md: what the version before had, this one has, if only as deprecated."""
    assert versions()[0].removed == ()


def test_a_note_is_about_a_term_that_both_versions_have() -> None:
    for version, before in zip(versions(), versions()[1:], strict=False):
        for term, words in version.notes:
            assert term in version.terms & before.terms, term
            assert words.endswith(".")


def test_the_changes_of_a_term_are_told_latest_first() -> None:
    assert changes_of(GT.PartnershipOperation) == (("0.2.0", "New."),)
    numbers = [number for number, _ in changes_of(GT.partnerRole)]
    assert numbers == ["0.2.0", "0.1.0"]


def test_a_note_without_a_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "changes.ttl"
    text = changes.FILE.read_text(encoding="utf-8")
    path.write_text(text.replace('"0.2.0: no item', '"no item'), encoding="utf-8")
    monkeypatch.setattr(changes, "FILE", path)
    for cached in (changes.changes, changes.versions):
        cached.cache_clear()
    try:
        with pytest.raises(VocabularyError, match="number of a version"):
            versions()
    finally:
        monkeypatch.undo()
        for cached in (changes.changes, changes.versions):
            cached.cache_clear()
