"""Quarter against quarter: every change that was made to a report is found, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import build, queries
from graph.__main__ import main
from graph.comparison import Comparison, compare, pair
from graph.comparison.figures import steps, unjoined
from graph.comparison.sentences import Change, Sentence, compare_sentences, word_diff
from graph.comparison.told import as_json, lines
from graph.errors import BadParameter, NotFound
from graph.namespaces import key_of
from graph.stores.oxigraph import OxigraphStore
from tests.reports import keys, reading

PLACES = [(f"{p}.{c}", area) for p in (1, 2) for c in (1, 2) for area in ("North", "South", "Force-wide")]


def sentence(number: int, place: tuple[str, str], words: Sequence[str], start: int) -> Sentence:
    text = " ".join(words) + "."
    return Sentence("r", f"r/item/{number}", number, *place, start, start + len(text), text)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[Sentence], list[Sentence], set[tuple[str, str, str]]]:
    """Draw a report's sentences, the same after some edits, and the edits: kind, earlier words, later words."""
    before: list[Sentence] = []
    after: list[Sentence] = []
    made: set[tuple[str, str, str]] = set()
    for n in range(1, draw(st.integers(1, 14)) + 1):
        # No two sentences share a word but a number, so that which is which is beyond doubt.
        words = [*(f"w{n}x{i}" for i in range(draw(st.integers(5, 12)))), str(draw(st.integers(2, 9)))]
        place = draw(st.sampled_from(PLACES))
        old = sentence(n, place, words, 1000 * n)
        kind = draw(st.sampled_from([*Change, "number"]))
        if kind == Change.NEW:
            after.append(old)
            made.add(("new", "", old.text))
            continue
        before.append(old)
        if kind == Change.GONE:
            made.add(("gone", old.text, ""))
            continue
        new = old
        if kind == Change.REWORDED:
            at = draw(st.integers(0, len(words) - 2))
            new = sentence(n, place, [*words[:at], f"fresh{n}", *words[at + 1 :]], 1000 * n)
        elif kind == "number":
            new = sentence(n, place, [*words[:-1], f"1{words[-1]}"], 1000 * n)
        elif kind == Change.MOVED:
            elsewhere = draw(st.sampled_from([p for p in PLACES if p != place]))
            new = replace(old, commitment=elsewhere[0], area=elsewhere[1])
        after.append(new)
        made.add(("reworded" if kind == "number" else str(kind), old.text, new.text))
    return before, draw(st.permutations(after)), made


@given(edited())
def test_every_edit_is_found_and_nothing_else(
    drawn: tuple[list[Sentence], list[Sentence], set[tuple[str, str, str]]],
) -> None:
    before, after, made = drawn
    found = compare_sentences(before, after)
    told = {(str(c.change), c.before.text if c.before else "", c.after.text if c.after else "") for c in found}
    assert told == made
    assert len(found) == len(made)
    for change in found:
        if change.before and change.after:
            pieces = word_diff(change.before.text, change.after.text)
            assert " ".join(p.text for p in pieces if p.sign != "+") == change.before.text
            assert " ".join(p.text for p in pieces if p.sign != "-") == change.after.text
            assert change.numbers_only == (change.change is Change.REWORDED and "fresh" not in change.after.text)


def test_two_operations_told_of_in_the_same_words_are_two_sentences() -> None:
    one = sentence(1, PLACES[0], "Operation HERON visited the shops of the town in May".split(), 0)
    other = replace(one, text=one.text.replace("HERON", "WHEEL"), operations=frozenset({"wheel"}))
    found = compare_sentences([replace(one, operations=frozenset({"heron"}))], [other])
    assert [c.change for c in found] == [Change.NEW, Change.GONE]


BEFORE = """Police and Crime Plan
Quarter 1 2022/23
Essex Police

Priority 1 - Nights

We will:

Walk the lanes with volunteers.

- The force received 1,150 emergency (999) calls this quarter.
- The Special Constabulary headcount is 480 officers.
- Street Pastors met visitors at the gate.

North LPA

- Operation HERON tackled drink spiking in Colchester with Kent Police.
- Officers counted 40 owls in Harwich.

We will:

Answer every call.

South LPA

- Operation WHEEL seized 12 bicycles in Basildon.
"""
AFTER = """Police and Crime Plan
Quarter 2 2022/23
Essex Police

Priority 1 - Nights

We will:

Walk the lanes with volunteers.

- The force received 1,200 emergency (999) calls this quarter, compared with 1,100 last quarter.
- The Special Constabulary headcount is 495 officers, compared with 480 last quarter.

North LPA

- Operation HERON tackled drink spiking in Colchester with Street Pastors.
- Officers counted 41 owls in Harwich.

We will:

Answer every call.

West LPA

- Operation WHEEL seized 12 bicycles in Basildon.
- Operation LANTERN opened a new room for victims of hate crime.
"""


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    return build.in_memory([reading(BEFORE), reading(AFTER)])


@pytest.fixture(scope="module")
def found(store: OxigraphStore) -> Comparison:
    return compare(store, *pair(store))


def test_the_sentences_that_were_changed(found: Comparison) -> None:
    told = [(str(c.change), c.after.item if c.after else 0, c.before.item if c.before else 0) for c in found.sentences]
    assert told == [
        ("same", 0, 0),
        ("reworded", 1, 1),
        ("reworded", 2, 2),
        ("reworded", 3, 4),
        ("reworded", 4, 5),
        ("same", 0, 0),
        ("moved", 5, 6),
        ("new", 6, 0),
        ("gone", 0, 3),
    ]
    assert [c.numbers_only for c in found.sentences if c.change is Change.REWORDED] == [False, False, False, True]


def test_the_links_that_came_and_went(found: Comparison) -> None:
    def told(side: str) -> set[str]:
        return {f"{key_of(x.subject)} {key_of(x.link)} {key_of(x.object)}" for x in getattr(found, side)}

    assert told("removed") == {
        *("kent-police activeIn essex-north", "heron workedWith kent-police", "essex-1.1 involvesPartner kent-police"),
        *("heron type CrossForceOperation", "street-pastors activeIn essex", "wheel carriedOutIn essex-south"),
        "essex-1.2 inArea essex-south",
    }
    assert told("added") == {
        *("street-pastors activeIn essex-north", "heron workedWith street-pastors", "wheel carriedOutIn essex-west"),
        *("essex-1.2 inArea essex-west", "essex-1.2 namesOperation lantern", "lantern carriedOutIn essex-west"),
        *("lantern servesCommitment essex-1.2", "lantern tackles hate-crime", "essex-1.2 aboutTheme hate-crime"),
    }


def test_the_figures_of_both_quarters_and_what_is_said_of_the_earlier_one(found: Comparison) -> None:
    told = {(s.before.value, s.after.value, s.difference, s.per_cent) for s in found.steps}
    assert told == {(1150, 1200, 50, 4.3), (480, 495, 15, 3.1), (40, 41, 1, 2.5)}
    said = {(q.said.value, q.quoted.value, q.agrees) for q in found.quoted}
    assert said == {(1150, 1100, False), (480, 480, True)}


FIRST = """Police and Crime Plan
Quarter 1 2022/23
Essex Police

Priority 1 - Nights

We will:

Walk the lanes.

- Officers counted 40 owls in Harwich.
- Officers counted 30 herons in Harwich.
- Officers counted 12 kestrels in Harwich.
- Volunteers gave 90 hours of lantern duty.

North LPA

- Wardens found 7 lost kites in Colchester.

We will:

Answer every call.

- Wardens mended 18 garden gates.
"""
SECOND = (
    FIRST.replace("Quarter 1", "Quarter 2")
    .replace("40 owls", "44 owls")
    .replace("- Officers counted 30 herons in Harwich.", "- Officers saw 31 herons in May and 35 herons in June.")
    .replace("- Officers counted 12 kestrels in Harwich.", "- Officers counted 13 kestrels in Harwich.")
    .replace("North LPA", "West LPA")
    .replace("7 lost kites in Colchester", "9 lost kites in Basildon")
)


def test_what_is_counted_in_the_same_words_is_joined_or_told_why_not() -> None:
    moved = SECOND.replace("- Wardens mended 18 garden gates.\n", "").replace(
        "- Volunteers gave", "- Wardens mended 21 garden gates.\n- Volunteers gave"
    )
    store = build.in_memory([reading(FIRST), reading(moved)])
    found = compare(store, *pair(store))
    assert {(s.after.words, s.before.value, s.after.value) for s in found.steps} == {
        ("owls", 40, 44),
        ("kestrels", 12, 13),
        ("hours lantern duty", 90, 90),
    }
    assert {(one.label, one.why) for one in found.unjoined} == {
        ("lost kites", "told of different areas"),
        ("garden gates", "told under different promises, and the vocabulary has no measure for it"),
    }
    told = as_json(found)["figures"]["not_joined"]
    assert [([f["value"] for f in one["before"]], [f["value"] for f in one["after"]]) for one in told] == [
        ([one.before[0].value], [one.after[0].value]) for one in found.unjoined
    ]
    assert sum("not joined: told" in line for line in lines(found)) == len(found.unjoined)


def test_no_doubtful_values_are_joined(found: Comparison) -> None:
    before, after = next((s.before, s.after) for s in found.steps if s.after.words == "owls")
    others = {
        "several values": [after, replace(after, iri="other", value=99.0)],
        "in different units": [replace(after, unit="hour")],
        "of two forces": [replace(after, force="elsewhere", commitment="elsewhere")],
        "of different areas": [replace(after, area="South")],
    }
    for why, values in others.items():
        assert steps([before], values) == []
        (one,) = unjoined([before], values, [])
        assert why in one.why
    joined = steps([before], [after])
    assert joined
    assert unjoined([before], [after], joined) == []


def test_a_restated_value_is_a_finding_that_names_both_reports(store: OxigraphStore) -> None:
    table = queries.run(store, queries.question("failed-figure-checks"))
    assert keys(table, "item", "kind", "stated", "recomputed", "verdict") == [
        ("item 1", "comparison", "1100", "1150", "disagrees")
    ]
    (row,) = table.dicts()
    assert "says Essex Police, 2022-23 Q2; Essex Police, 2022-23 Q1 said 1,150" in str(row["arithmetic"])
    assert not queries.run(build.in_memory([reading(AFTER)]), queries.question("failed-figure-checks")).rows


def test_which_reports_are_compared(store: OxigraphStore) -> None:
    first, second = "essex-2022-23-q1", "essex-2022-23-q2"
    chosen = [pair(store, *asked) for asked in (("", ""), (first, ""), ("", second), (first, second))]
    assert {(a.key, b.key) for a, b in chosen} == {(first, second)}
    assert pair(store, second, first)[0].key == second
    with pytest.raises(BadParameter, match="with itself"):
        pair(store, first, first)
    for asked in (("nowhere", ""), ("", first)):
        with pytest.raises(NotFound, match=r"There is no report|to hold it against"):
            pair(store, *asked)
    with pytest.raises(NotFound, match="no two reports"):
        pair(build.in_memory([reading(AFTER)]))


def test_the_command_prints_lines_or_json(
    found: Comparison, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / "before.txt", tmp_path / "after.txt"]
    for path, text in zip(paths, (BEFORE, AFTER), strict=True):
        path.write_text(text, encoding="utf-8")
    store = str(tmp_path / "store")
    assert main(["build", *map(str, paths), "--store", store, "--quiet"]) == 0
    assert main(["compare", "--store", store]) == 0
    assert capsys.readouterr().out.splitlines() == list(lines(found))
    assert main(["compare", "essex-2022-23-q1", "essex-2022-23-q2", "--store", store, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads(json.dumps(as_json(found)))
    assert told["counts"]["sentences"] == {"new": 1, "gone": 1, "reworded": 4, "moved": 1, "same": 2}
    assert main(["compare", "nowhere", "--store", store]) == 1
    assert "There are: essex-2022-23-q2" in capsys.readouterr().err
