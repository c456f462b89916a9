"""The search that forgives: what people type, and what they find first."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build, in_memory, ingest, sample_reports
from graph.errors import StoreUnavailable
from graph.spelling import initials, nearest, words
from graph.stores.generations import current
from graph.text_index import FILE, MOST_WORDS, Found, TextIndex, write_index
from tests.reports import SMALL, item, small_store, store_of

FIRST = {
    "Op Vinka": ("operation/vinka", "name"),
    "vinka": ("operation/vinka", "code"),
    "VINKA": ("operation/vinka", "code"),
    "vinkaa": ("operation/vinka", "code"),
    "op irish lion": ("operation/irish-lion", "name"),
    "violence against women": ("theme/vawg", "alias"),
    "VAWG": ("theme/vawg", "alias"),
    "Met Police": ("partner/metropolitan-police-service", "alias"),
    "MPS": ("partner/metropolitan-police-service", "alias"),
    "metropolitan pol": ("partner/metropolitan-police-service", "alias"),
    "southend council": ("partner/southend-on-sea-city-council", "alias"),
    "southend counsil": ("partner/southend-on-sea-city-council", "alias"),
    "special constabulry": ("partner/special-constabulary", "name"),
    "crimestopers": ("partner/crimestoppers", "name"),
    "domestic abuse": ("theme/domestic-abuse", "name"),
    "burglaries": ("theme/burglary", "hint"),
    "1.2": ("commitment/essex-1.2", "code"),
    "South": ("lpa/essex-south", "code"),
    "brentwood": ("district/E07000068", "name"),
    "csp": ("partner/community-safety-partnerships", "alias"),
}
"""What is typed, to the end of the address of what stands first, and how it goes by that."""


def first(index: TextIndex, typed: str) -> tuple[str, str]:
    found = index.search(typed).names
    return (str(found[0].iri).rpartition("/id/")[2], found[0].how) if found else ("", "")


@pytest.fixture(scope="module")
def sample() -> TextIndex:
    return TextIndex.in_memory(store_of(sample_reports()[0]))


def test_what_people_type_finds_what_they_mean(sample: TextIndex) -> None:
    assert {typed: first(sample, typed) for typed in FIRST} == FIRST


def test_what_people_type_finds_it_in_the_published_report_too(shared: Path) -> None:
    real = TextIndex.in_memory(store_of(shared / "reports" / "essex-2021-22-q4.txt"))
    assert {typed: first(real, typed) for typed in FIRST} == FIRST


def marked(found: Found) -> list[str]:
    return [piece for piece, looked_for in found.passages[0].snippet if looked_for]


def test_sentences_hold_the_words_and_the_words_are_marked(sample: TextIndex) -> None:
    found = sample.search("op vinka")
    assert [p.number for p in found.passages] == [17]
    assert " ".join(marked(found)) == "Operation VINKA"
    hit = found.passages[0]
    assert hit.text[slice(*hit.found)] == "Operation VINKA"


def test_words_are_found_by_their_stems_and_by_their_beginnings(sample: TextIndex) -> None:
    assert {p.iri for p in sample.search("patrols").passages} == {p.iri for p in sample.search("patrolling").passages}
    assert {p.iri for p in sample.search("patr").passages} >= {p.iri for p in sample.search("patrols").passages}


def test_words_typed_one_after_another_come_before_the_same_words_apart() -> None:
    said = item("A van for the quiet hours was bought, and a blue one.", "The radios are old.", "The blue van came.")
    assert [p.number for p in TextIndex.in_memory(in_memory([said])).search("blue van").passages] == [3, 1]


def test_every_hit_is_given_and_told_where_it_stands(sample: TextIndex) -> None:
    for hit in sample.search("partners").passages:
        assert hit.text[slice(*hit.found)].casefold().startswith("partner")
        assert hit.start > 0
        assert hit.number


def test_a_misspelling_is_said_and_a_word_like_none_is_left_out(sample: TextIndex) -> None:
    assert sample.search("southend counsil").corrected == (("counsil", "council"),)
    found = sample.search("qqqqqqq vinka")
    assert (found.unknown, found.loose) == (("qqqqqqq",), True)
    assert first(sample, "qqqqqqq vinka")[0] == "operation/vinka"
    assert sample.search("zzzzzz") == Found((), (), (), unknown=("zzzzzz",))


def test_where_nothing_holds_all_words_some_will_do_and_that_is_said(sample: TextIndex) -> None:
    found = sample.search("which operations tackle vawg in the west?")
    assert found.loose
    assert "theme/vawg" in {str(hit.iri).rpartition("/id/")[2] for hit in found.names}


@pytest.mark.parametrize(
    "typed", ["", "  ", '"', "*", '" OR "', "a*b", "NEAR(x, y)", "-vinka", "name:vinka", "(", "\x00\x02", "'; DROP--"]
)
def test_no_sign_has_a_meaning_of_its_own(sample: TextIndex, typed: str) -> None:
    assert sample.search(typed) == sample.search(" ".join(words(typed)))


def test_a_pasted_page_is_cut_and_that_is_said(sample: TextIndex) -> None:
    assert sample.search("vinka " * (MOST_WORDS + 3)).left_out == 3


def test_words_are_folded() -> None:
    assert words("St\u202fÉdouard\u2019s  Café-Bar, 1.2") == ["st", "edouards", "cafe", "bar", "1", "2"]


def test_initials_are_those_of_the_words_that_count() -> None:
    assert initials("Office of the Chief Engineer, North-East") == "ocen"
    assert initials("Two Words") == ""


def test_short_words_and_numbers_are_no_misspellings() -> None:
    assert nearest("cat", ["cot", "car"]) == []
    assert nearest("20221", ["20222"]) == []


def test_an_index_is_published_with_its_generation(tmp_path: Path) -> None:
    build(tmp_path, SMALL[:1])
    one = current(tmp_path)
    ingest(tmp_path, SMALL[1:])
    two = current(tmp_path)
    assert one
    assert two
    before, after = (TextIndex.open(g.folder / FILE).search("heron").passages for g in (one, two))
    assert {p.quarter for p in before} < {p.quarter for p in after}
    assert len(TextIndex.in_memory(small_store()).search("heron").passages) == len(after)


def test_an_index_that_cannot_be_read_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not an index")
    for path in (tmp_path / FILE, tmp_path / "none"):
        with pytest.raises(StoreUnavailable, match="text index"):
            TextIndex.open(path)


def test_equal_stores_have_equal_indexes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_index(small_store(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        write_index(small_store(), tmp_path / "none" / FILE)
