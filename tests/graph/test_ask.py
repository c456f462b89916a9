"""A question in English: what it was read as, what it is in SPARQL, and what is said where it cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph import build
from graph.__main__ import main
from graph.ask import Answer, Known, answer, know
from graph.ask.conditions import negated_at
from graph.ask.formats import as_json, flat
from graph.ask.lexicon import slips
from graph.ask.model import Meaning, Span
from graph.build import sample_reports
from graph.stores.oxigraph import OxigraphStore
from tests.reports import read_file


@pytest.fixture(scope="session")
def store() -> OxigraphStore:
    return build.in_memory([read_file(sample_reports()[0])])


@pytest.fixture(scope="session")
def known(store: OxigraphStore) -> Known:
    return know(store)


def labels(given: Answer) -> list[str]:
    return [cell.label for row in given.rows if (cell := row.cells[given.columns[0]])]


HARLOW = "Operation SENTRY"


def test_what_words_mean_decides_the_rows(store: OxigraphStore, known: Known) -> None:
    for question, status, kind, value, first in (
        ("Which operations tackle ASB without partners in the West?", "answered", "rows", None, HARLOW),
        ("which ops tackel antisocial behavior in the west with no partners", "answered", "rows", None, HARLOW),
        ("How many commitments are there?", "answered", "number", 12, None),
        ("which area has the most operations?", "answered", "rows", None, "West Local Policing Area"),
        ("Is Operation Sentry in the North?", "answered", "boolean", False, None),
        ("Is Operation Sentry in the West?", "answered", "boolean", True, HARLOW),
        ("Which operations work with the RSPCA?", "empty", "rows", None, None),
        ("operations in the North and West", "answered", "rows", None, None),
        ("partners in the North and West", "answered", "rows", None, None),
        ("operations in quarter 3 of 2011/12", "empty", "rows", None, None),
        ("which figures in the West do not add up", "empty", "rows", None, None),
        ("top 5 partners", "ambiguous", "rows", None, None),
        ("which partner is mentioned most often", "answered", "rows", None, None),
        ("As a journalist I want to know which ops are in the West", "answered", "rows", None, None),
        ("Is there evidence for every commitment?", "answered", "boolean", True, None),
        ("which partners work in all three areas", "answered", "rows", None, None),
        ("are there any mistakes in the figures?", "answered", "rows", None, None),
        ("which partners work on more than one operation", "answered", "rows", None, None),
        ("how many suspects fell in the operation", "unread", "rows", None, None),
        ("what is priority 5", "answered", "rows", None, None),
        ("number of operations by LPA", "answered", "rows", None, "West Local Policing Area"),
        ("Southend", "ambiguous", "rows", None, None),
        ("What will the weather be?", "unread", "rows", None, None),
        ("Which operations glimmer in the West?", "unread", "rows", None, None),
        ("operation Goshawk", "empty", "rows", None, None),
        ("how quick are 101 calls picked up", "answered", "number", 163, None),
        ("road safety round Saffron Walden", "answered", "rows", None, None),
        ("volunteer hrs given by active citizens", "answered", "number", 1000, None),
        ("which football club is on a youth project", "answered", "rows", None, None),
        ("did 999 calls go up compared with last quarter?", "answered", "boolean", False, None),
        ("were there fewer 999 calls than last quarter", "answered", "boolean", True, None),
        ("are there more 101 calls than last quarter", "answered", "boolean", True, None),
        ("101 calls last quarter", "unread", "rows", None, None),
        ("how did MOSOVO arrests compare with Q3", "answered", "rows", None, None),
        ("how many 101 calls a day does the Resolution Centre handle", "answered", "number", 236, None),
        ("how many cadets a day are there", "unread", "rows", None, None),
        ("what is the target headcount for specials", "empty", "rows", None, None),
        ("cadet numbers", "answered", "number", 340, None),
        ("gaps in the South", "answered", "rows", None, None),
        ("where are the gaps", "answered", "rows", None, None),
        ("compare North and South on ASB evidence", "answered", "rows", None, "North Local Policing Area"),
        ("operations mentioned more than once", "answered", "rows", None, None),
        ("who funds the constables in Epping", "answered", "rows", None, "Funds"),
        ("who trained the hate crime ambassadors", "unread", "rows", None, None),
        ("which outside agencies help us tackle drugs", "answered", "rows", None, None),
        ("upcoming operations", "answered", "rows", None, "Operation HENDERSON"),
        ("transport hubs", "answered", "rows", None, None),
        ("PSPO", "answered", "rows", None, None),
        ("Wickford", "answered", "rows", None, None),
        ("anything run jointly with Hertfordshire", "answered", "rows", None, None),
        ("partners that North and West have in common", "answered", "rows", None, None),
        ("partners shared by all areas", "unread", "rows", None, None),
        ("operations that are force-wide rather than in one area", "answered", "rows", None, None),
        ("commitments with no numbers", "empty", "rows", None, None),
        ("", "unread", "rows", None, None),
        ("operations " * 40, "unread", "rows", None, None),
    ):
        given = answer(store, question, known)
        assert (given.status, given.kind, given.value) == (status, kind, value), question
        if first:
            assert labels(given)[0] == first, question
        if status in ("ambiguous", "unread"):
            assert given.readings or given.suggestions, question
            assert not given.rows, question


def test_the_query_shown_gives_the_rows_shown_and_holds_no_word_of_the_question(
    store: OxigraphStore, known: Known
) -> None:
    given = answer(store, 'which operations say "} DROP ALL #" about drugs', known)
    assert "DROP" not in given.sparql
    given = answer(store, "operations by LPA", known)
    table = store.select(given.sparql)
    assert {str(row[table.columns.index("operationLabel")]) for row in table.rows} == set(labels(given))
    assert all(row.evidence for row in given.rows)


def test_words_that_cannot_be_read_are_named_and_nearest_questions_have_rows(
    store: OxigraphStore, known: Known
) -> None:
    given = answer(store, "Which operations glimmer in the West?", known)
    assert "glimmer" in given.reading
    for other in given.suggestions:
        assert answer(store, other.question, known).rows, other.question


def test_json_and_csv_hold_rows_with_their_sentences(store: OxigraphStore, known: Known) -> None:
    given = answer(store, "partners of Operation Irish Lion", known)
    told = as_json(given)
    assert {"question", "status", "reading", "sparql", "kind", "value", "columns", "rows"} <= told.keys()
    assert all(set(row["partner"]) == {"iri", "label"} and row["evidence"][0]["quote"] for row in told["rows"])
    header, lines = flat(given)
    assert header == ["partner", "partnerLabel", "evidenceItem", "evidenceQuote"]
    assert {str(line[1]) for line in lines} == {row["partner"]["label"] for row in told["rows"]}


def test_slips_of_the_fingers_are_counted() -> None:
    assert [slips("operatons", "operations"), slips("partenrs", "partners"), slips("abc", "abd")] == [1, 1, 1]


def test_the_command_prints_the_reading_and_leaves_with_1_where_it_could_not_read(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "operations by LPA", "--store", str(built)]) == 0
    assert capsys.readouterr().out.startswith("All operations by policing area.\n")
    assert main(["ask", "what is the weather", "--store", str(built), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["status"] == "unread"
    assert main(["ask", "operations", "by", "LPA", "--store", str(built), "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("operation,operationLabel,lpa,lpaLabel,evidenceItem,evidenceQuote\n")


def test_what_must_not_be_there_is_told_of_the_same_item(store: OxigraphStore, known: Known) -> None:
    every = set(labels(answer(store, "list all evidence items", known)))
    for kind in ("operation", "partner"):
        with_it = set(labels(answer(store, f"which items have some {kind}s", known)))
        without = set(labels(answer(store, f"which items have no {kind}s", known)))
        assert with_it
        assert without == every - with_it
    tackling = labels(answer(store, "which operations are about vehicles", known))
    others = labels(answer(store, "which operations are not about vehicles", known))
    assert not set(tackling) & set(others)


def test_every_word_that_means_something_is_in_the_answer_or_named_as_left_out(
    store: OxigraphStore, known: Known
) -> None:
    for question, left in (
        ("which bodies are in the promise wording but not in the evidence", "promise"),
        ("operations in the West by partner commitment", "commitment"),
        ("operations on knife crime or violence", "knife crime"),
        ("new operations in Harlow without partners", "partners"),
        ("which partners appear in more than one LPA", "partners"),
        ("how many 999 calls per LPA", "LPA"),
        ("which operation netted the most cash", "netted"),
        ("first operation in the West", "first operation"),
        ("large operations", "large"),
        ("item 900", "item 900"),
        ("who is the chief constable", "chief constable"),
        ("figures in the West", "figure"),
        ("sentences split by outcome", "item"),
        ("ops on cruisers or vehicle nuisance", "vehicle nuisance"),
        ("how many suspects were arrested and how many were charged", "how many"),
    ):
        given = answer(store, question, known)
        assert given.status in ("unread", "ambiguous"), question
        assert not given.rows, question
        assert left in given.reading, (question, given.reading)


def test_words_that_join_exclude_or_number_things_are_read(store: OxigraphStore, known: Known) -> None:
    def ops(question: str) -> set[str]:
        given = answer(store, question, known)
        assert given.status == "answered", (question, given.reading)
        return set(labels(given))

    drugs, violence = ops("operations on drugs"), ops("operations on violence")
    assert ops("operations on drugs or violence") == drugs | violence
    assert ops("operations tackling both drugs and violence") == drugs & violence
    assert ops("operations in Harlow excluding Sentry") == ops("operations in Harlow") - {HARLOW}
    assert ops("any operations up north") == ops("operations in the North")
    both = ops("operations in the North and West")
    assert ops("operations neither in the North nor the West") == ops("list all operations") - both
    assert ops("operations under priorities 2 and 5") == ops("operations in priority 2") | ops(
        "operations in priority 5"
    )
    assert ops("joint operations in Colchester") == ops("operations in Colchester that have partners")
    assert ops("what does item 3 say") == {"Essex Police, 2021-22 Q4, item 3"}
    assert ops("which period does the report cover") == {"2021-22 Q4"}
    assert {label.split()[0] for label in ops("wording of commitment 1.1")} == {"1.1"}
    assert ops("which councils are involved in operations") <= ops("which councils do we work with")
    assert ops("operations with the council") == ops("operations with councils") != set()
    assert ops("which districts are mentioned") <= ops("list districts")


def test_what_is_counted_for_each_is_what_stands_there(store: OxigraphStore, known: Known) -> None:
    per_area = answer(store, "evidence per area", known)
    assert per_area.columns == ("lpa", "number")
    assert labels(answer(store, "most evidence: which commitment?", known))[0][0].isdigit()
    by_area = answer(store, "list the evidence by area", known)
    assert by_area.columns[:2] == ("item", "lpa")
    assert len(by_area.rows) == sum(int(str(row.cells["number"].term)) for row in per_area.rows if row.cells["number"])


@pytest.mark.parametrize(
    ("told", "negated"),
    [
        ("not volunteers and the councils", True),
        ("not volunteers or councils", True),
        ("not volunteers and with councils", False),
        ("not volunteers and in west", False),
        ("not volunteers and west", False),
        ("volunteers and councils", False),
    ],
)
def test_a_negation_goes_on_over_a_list_and_no_further(told: str, *, negated: bool) -> None:
    meant = {"not": Meaning("not"), "west": Meaning("entity", "lpa")} | dict.fromkeys(
        ("volunteers", "councils"), Meaning("type")
    )
    spans = tuple(Span(n, n + 1, meant.get(w, Meaning("filler")), w) for n, w in enumerate(told.split()))
    assert negated_at(spans, len(spans) - 1) is negated


def test_numbers_are_held_against_each_other(store: OxigraphStore, known: Known) -> None:
    def counted(question: str) -> int:
        return int(answer(store, question, known).value or 0)

    north, south = counted("how many operations in the North"), counted("how many operations in the South")
    assert north != south
    more = answer(store, "Are there more operations in North than in South?", known)
    fewer = answer(store, "Does the North have fewer operations than the South?", known)
    assert (more.kind, more.value, fewer.value) == ("boolean", north > south, north < south)
    assert f"There are {north} against {south}." in more.reading
    either = answer(store, "which has more operations, North or South?", known)
    assert labels(either) == [f"{'North' if north > south else 'South'} Local Policing Area"]

    several = answer(store, "operations with more than one partner", known)
    by_number = {row.cells["operation"].label: int(row.cells["number"].label) for row in several.rows}  # type: ignore[union-attr]
    assert min(by_number.values()) > 1
    assert counted("how many operations have at least two partners") == len(by_number)
    some = answer(store, "operations with at least one partner", known)
    assert set(labels(some)) > set(by_number)
    assert answer(store, "Does the South have more than one operation?", known).value is (south > 1)


def test_all_is_false_where_one_is_missing_and_the_rows_say_which(store: OxigraphStore, known: Known) -> None:
    given = answer(store, "does every commitment have evidence from the South?", known)
    lacking = answer(store, "commitments with no evidence from the South", known)
    assert given.value is False
    assert labels(given) == labels(lacking)
    nothing = answer(store, "commitments where the South has nothing to show", known)
    assert labels(nothing) == labels(lacking)
    assert answer(store, "do all LPAs have evidence?", known).value is True


def test_what_both_joins_may_be_told_by_two_sentences(store: OxigraphStore, known: Known) -> None:
    both = answer(store, "Which partners show up in both North and West?", known)
    north, west = (set(labels(answer(store, f"partners in the {area}", known))) for area in ("North", "West"))
    assert set(labels(both)) == north & west != set()


def test_a_word_that_says_little_is_left_out_only_where_that_is_said(store: OxigraphStore, known: Known) -> None:
    plain = answer(store, "partners in Harlow", known)
    softly = answer(store, "who do we have from the partner world in Harlow", known)
    assert labels(softly) == labels(plain)
    assert "Not looked for: \u201cworld\u201d." in softly.reading
    assert answer(store, "zebra partners in Harlow", known).status == "unread"


def test_two_words_for_the_same_find_the_same(store: OxigraphStore, known: Known) -> None:
    assert labels(answer(store, "evidence about cars", known)) == labels(
        answer(store, "evidence about vehicles", known)
    )


def test_a_question_of_the_catalogue_is_asked_of_what_is_named(store: OxigraphStore, known: Known) -> None:
    everything = answer(store, "which figures do not add up", known)
    roads = answer(store, "which figures do not add up in the roads section", known)
    items = {e.label for row in everything.rows for e in row.evidence}
    assert {e.label for row in roads.rows for e in row.evidence} < items
    assert not any("label" in row.cells["verdict"].label.casefold() for row in everything.rows if row.cells["verdict"])


def test_whether_a_number_rose_is_told_by_its_two_values(store: OxigraphStore, known: Known) -> None:
    rose = answer(store, "Did MOSOVO charges rise compared with last quarter?", known)
    values = [int(str(row.cells["value"].term)) for row in rose.rows]  # type: ignore[union-attr]
    now, then = values[0], values[-1]
    assert now != then
    assert (rose.kind, rose.value) == ("boolean", now > then)
    fell = answer(store, "Did MOSOVO charges fall compared with last quarter?", known)
    assert fell.value is (now < then)
    assert f"{now:,} now, {then:,} before" in rose.reading


def test_one_promise_is_found_by_what_its_wording_is_about(store: OxigraphStore, known: Known) -> None:
    for question in (
        "Which promise is about hate crime?",
        "evidence for the pledge to bring violent offenders to justice",
    ):
        given = answer(store, question, known)
        assert given.status == "answered", (question, given.reading)
    assert len(labels(answer(store, "Road safety falls under which priority?", known))) == 1


def test_a_name_of_a_body_and_a_scheme_finds_the_evidence_of_both(store: OxigraphStore, known: Known) -> None:
    given = answer(store, "evidence with street pastors in it", known)
    body = answer(store, "operations that street pastors take part in", known)
    assert "Street Pastors or" not in given.reading
    assert body.status == "answered"
    assert len(given.rows) > len({e.label for row in body.rows for e in row.evidence})


def test_what_is_only_named_by_a_wider_theme_is_not_said_to_be_mentioned(store: OxigraphStore, known: Known) -> None:
    given = answer(store, "Does the report mention fly tipping?", known)
    told = any("fly" in e.quote.casefold() for row in given.rows for e in row.evidence)
    assert given.value is told
    councils = labels(answer(store, "Which councils are involved in tackling ASB?", known))
    assert "Councillors" not in councils
    assert any("Council" in name for name in councils)
    assert answer(store, "what funding has been received", known).kind != "number"
    assert labels(answer(store, "Which themes come up most often?", known)) != ["Crime and community safety theme"]


def test_numbers_held_against_each_other_leave_no_word_out(store: OxigraphStore, known: Known) -> None:
    for question, left_out in (
        ("operations with more than one partner last quarter", "last quarter"),
        ("Are there more operations in North than in South last year?", "last year"),
        ("does every commitment have evidence since January?", "since"),
        ("which had more operations, North or South, last year?", "last year"),
    ):
        given = answer(store, question, known)
        assert given.status == "unread", question
        assert left_out in given.reading, (question, given.reading)
    assert answer(store, "Are there more operations in North than in South this quarter?", known).kind == "boolean"
