"""Layouts that other forces use: the words are data (ontology/schemes/headings.ttl), the rules are here."""

from __future__ import annotations

import pytest

from graph.model import Report
from tests.reports import COVER, layout, reading


def report(body: str) -> Report:
    return layout(f"{COVER}Strategic Objective 1: Nights\n\n{body}")


@pytest.mark.parametrize("letter", ["A", "One", "1"])
def test_a_priority_may_be_numbered_by_letters_words_or_digits(letter: str) -> None:
    [priority] = layout(f"{COVER}Outcome {letter} \u2013 Nights\n\nWe will:\n\nWalk.\n\n- a").priorities
    assert (priority.number, priority.label) == (1, "Nights")


@pytest.mark.parametrize(
    "heading", ["What we said we would do", "Our commitment:", "1.1 What we promised", "With partners we will"]
)
def test_a_promise_may_stand_under_a_heading_of_its_own(heading: str) -> None:
    found = report(f"{heading}\n\nWalk the\nstreets.\n\nWhat we did\n\n\u2022 Walked.")
    assert [(c.id, c.text) for c in found.commitments] == [("1.1", "Walk the\nstreets.")]
    assert [(i.commitment, i.heading, i.text) for i in found.items] == [("1.1", "", "Walked.")]


@pytest.mark.parametrize("heading", ["Next steps", "What happens next", "Looking ahead:", "2.4 Future plans"])
def test_plans_are_no_evidence(heading: str) -> None:
    found = report(f"We will:\n\nWalk.\n\n- Walked.\n\n{heading}\n\n- We shall run.\n\nWe hope to swim too.")
    assert [i.text for i in found.items] == ["Walked."]
    assert [(p.commitment, p.span.text) for p in found.plans] == [
        ("1.1", "We shall run."),
        ("1.1", "We hope to swim too."),
    ]


def test_a_bullet_that_begins_as_plans_do_is_a_plan() -> None:
    found = report("We will:\n\nWalk.\n\n- Walked.\n- Next steps: we shall run.\n- Rested.")
    assert [i.text for i in found.items] == ["Walked.", "Rested."]
    assert [p.span.text for p in found.plans] == ["Next steps: we shall run."]


@pytest.mark.parametrize("end", ["Strategic Objective 2: Days\n\nWe will:\n\nSit.", "North LPA", "What we did"])
def test_the_next_heading_ends_the_plans(end: str) -> None:
    found = report(f"We will:\n\nWalk.\n\n- a\n\nNext steps\n\n- b\n\n{end}\n\n- c")
    assert [i.text for i in found.items] == ["a", "c"]


def test_operations_of_a_plan_are_not_reported() -> None:
    body = "We will:\n\nWalk.\n\n- Operation HERON ran.\n\nNext steps\n\n- Operation WREN will."
    found = reading(f"{COVER}Priority 1 - Nights\n\n{body}")
    assert {m.name for m in found.mentions if m.kind == "operation"} == {"HERON"}


def test_a_numbered_paragraph_is_an_item_and_its_number_no_part_of_it() -> None:
    found = report("We will:\n\nWalk.\n\n2.1 Officers walked\nall night.\n2.2 Nobody ran.")
    assert [i.text for i in found.items] == ["Officers walked\nall night.", "Nobody ran."]


def test_a_numbered_heading_is_a_topic() -> None:
    found = report("We will:\n\nWalk.\n\n2.1 Foot patrols\n\nOfficers walked all night.")
    assert [(i.heading, i.text) for i in found.items] == [("Foot patrols", "Officers walked all night.")]


def test_rows_of_a_table_are_items() -> None:
    rows = "Measure             Now      Before\nVehicle crime       538      601\nShop theft        1,122    1,047"
    found = report(f"We will:\n\nWalk.\n\n- a\n\n{rows}\n\n- b")
    assert [i.text.split()[0] for i in found.items] == ["a", "Vehicle", "Shop", "b"]


def test_one_line_with_numbers_is_no_table() -> None:
    found = report("We will:\n\nWalk.\n\n- a\n\nVehicle crime       538      601\n\n- b")
    assert [i.text for i in found.items] == ["a", "b"]


def test_words_that_lead_to_lettered_parts_are_their_item() -> None:
    found = report("We will:\n\nWalk.\n\nOver a month the team:\n(a) walked; and\n(b) ran.\n\nThen it slept.")
    assert [(i.text, i.parent) for i in found.items] == [
        ("Over a month the team:", None),
        ("walked; and", 1),
        ("ran.", 1),
        ("Then it slept.", None),
    ]


FOOTER = "Force Delivery Report        Page {page} of 9"


def test_a_footer_in_mid_sentence_cuts_nothing_and_says_nothing() -> None:
    pages = "\n".join(FOOTER.format(page=n) for n in (4, 5))
    bullet = f"- Officers walked with the\n\n{FOOTER.format(page=3)}\n\nschool on 20 nights.\n\n{pages}\n"
    found = reading(f"{COVER}Priority 1 - Nights\n\nWe will:\n\nWalk.\n\n{bullet}")
    [item] = found.report.items
    assert item.text.endswith("school on 20 nights.")
    assert len(item.words) == len(item.text)
    assert "Page 3" not in item.words
    assert [f.value for f in found.figures] == [20]


def test_a_footer_with_the_number_of_its_page_ends_that_page() -> None:
    footers = [FOOTER.format(page=n) for n in (1, 2, 3)]
    body = (
        f"{footers[0]}\n\nPriority 1 - Nights\n\nWe will:\n\nWalk.\n\n- a\n\n{footers[1]}\n\n- b\n\n{footers[2]}\n\n- c"
    )
    assert [(i.text, i.page) for i in layout(COVER + body).items] == [("a", 2), ("b", 3), ("c", 4)]


@pytest.mark.parametrize("heading", ["Pledge 3: Walk the streets.", "Promise Two \u2013 Walk the streets."])
def test_a_promise_may_have_a_number_and_stand_on_its_line(heading: str) -> None:
    found = report(f"{heading}\n\nProgress this quarter\n\n- Walked.\n\nForce-wide\n\n- Ran.")
    assert [(c.id, c.text) for c in found.commitments] == [("1.1", "Walk the streets.")]
    assert [(i.commitment, i.text) for i in found.items] == [("1.1", "Walked."), ("1.1", "Ran.")]


def test_a_part_of_a_priority_with_a_number_is_a_promise_and_the_areas_begin_anew() -> None:
    found = report(
        "Outcome 1.1 Fewer people are\nhurt at night\n\nWhat we have done\n\n- a\n\nNorth LPA\n\n- b\n\n"
        "Outcome 1.2 Shops are safe\n\nWhat we have done\n\n- c\n"
    )
    assert [c.text for c in found.commitments] == ["Fewer people are\nhurt at night", "Shops are safe"]
    assert [(i.commitment, i.area.name, i.text) for i in found.items] == [
        ("1.1", "force", "a"),
        ("1.1", "North", "b"),
        ("1.2", "force", "c"),
    ]


def test_a_wrapped_line_that_begins_with_a_numbered_promise_goes_on_with_its_sentence() -> None:
    found = report("We will:\n\nWalk.\n\n- Officers kept the promise of\npledge 3 and walked.")
    assert [i.text for i in found.items] == ["Officers kept the promise of\npledge 3 and walked."]


def test_a_heading_that_begins_with_the_whole_force_ends_an_area() -> None:
    found = report("We will:\n\nWalk.\n\nNorth LPA\n\n- a\n\nForce-wide figures at a glance\n\n- b")
    assert [(i.area.name, i.heading) for i in found.items] == [
        ("North", ""),
        ("force", "Force-wide figures at a glance"),
    ]


def test_rows_may_begin_with_a_number_and_have_units_in_their_cells() -> None:
    rows = "999 calls\t41,870\t39,402\t+6.3%\nTime to answer\t7 seconds\t8 seconds\t-1 second"
    found = report(f"We will:\n\nWalk.\n\nMeasure\tNow\tBefore\tChange\n{rows}")
    assert [i.text.split("\t")[0] for i in found.items] == ["999 calls", "Time to answer"]


def test_a_numbered_line_that_leads_to_lettered_parts_is_their_item() -> None:
    parts = "(a) burglary \u2013 81%;\n(b) theft \u2013 70%."
    found = report(f"We will:\n\nWalk.\n\n3.1.3 Satisfaction among victims:\n{parts}")
    assert [(i.text, i.parent) for i in found.items] == [
        ("Satisfaction among victims:", None),
        ("burglary \u2013 81%;", 1),
        ("theft \u2013 70%.", 1),
    ]


def under(found: Report) -> list[tuple[str, str, str]]:
    return [(i.commitment, i.area.name, i.text) for i in found.items]


def test_promises_may_be_a_list_and_come_again_as_headings() -> None:
    found = report(
        "What we said we would do\n\u2022 Walk the streets of our towns\n\u2022 Ride\n\nWhat we did\n\u2022 Slept.\n\n"
        "Walk the streets\n\u2022 Walked.\n\nNorth LPA\n\u2022 Limped.\nRIDE\n\u2022 Rode."
    )
    assert [(c.id, c.text) for c in found.commitments] == [("1.1", "Walk the streets of our towns"), ("1.2", "Ride")]
    assert under(found) == [
        ("", "force", "Slept."),
        ("1.1", "force", "Walked."),
        ("1.1", "North", "Limped."),
        ("1.2", "force", "Rode."),
    ]


def test_areas_above_promises_that_come_again_hold_for_all_of_them() -> None:
    area = "{} LPA\n\nWalk\n\u2022 Walked.\n\nRide\n\u2022 Rode.\n\n"
    found = report("Our commitments:\n- Walk\n- Ride\n\nProgress\n\n" + area.format("North") + area.format("South"))
    assert [(i.commitment, i.area.name) for i in found.items] == [
        (promise, name) for name in ("North", "South") for promise in ("1.1", "1.2")
    ]


def test_a_list_under_a_promise_with_nothing_below_it_is_what_was_done() -> None:
    found = report("We will:\n\n- Walk.\n- Walked a mile.\n- Walked two.\n\nStrategic Objective 2: Days\n\n- Sat.")
    assert [c.text for c in found.commitments] == ["Walk."]
    assert [(i.commitment, i.text) for i in found.items] == [
        ("1.1", "Walked a mile."),
        ("1.1", "Walked two."),
        ("", "Sat."),
    ]


def test_a_sentence_may_promise_before_anything_is_reported() -> None:
    found = report("We will walk the streets.\n\nOfficers walked. They ran.\n\nWe will never rest.")
    assert [(c.lead, c.text) for c in found.commitments] == [("We will", "walk the streets.")]
    assert [i.text for i in found.items] == ["Officers walked. They ran.", "We will never rest."]


def test_paragraphs_under_a_heading_of_what_was_done_are_items_without_a_promise() -> None:
    assert under(report("Key achievements\n\nOfficers walked.")) == [("", "force", "Officers walked.")]


@pytest.mark.parametrize("heading", ["We did:", "Progress", "North LPA:"])
def test_a_heading_right_below_words_is_no_part_of_them(heading: str) -> None:
    found = report(f"You said: Walk the streets\n{heading}\n\u2022 Walked.\n\n\u2022 Ran.")
    assert [c.text for c in found.commitments] == ["Walk the streets"]
    assert [i.text for i in found.items] == ["Walked.", "Ran."]


def test_a_name_in_a_wrapped_line_is_no_heading() -> None:
    [item] = report("We will:\n\nWalk.\n\n\u2022 Officers walked in\nNorth LPA\n\n").items
    assert item.text == "Officers walked in\nNorth LPA"


def test_particulars_of_a_promise_are_neither_promise_nor_evidence() -> None:
    found = report("Commitment: Walk\nStatus: Green\nOwner: a superintendent\n\nProgress\n\n- Walked.")
    assert [c.text for c in found.commitments] == ["Walk"]
    assert [i.text for i in found.items] == ["Walked."]
    assert [u.text for u in found.unplaced] == ["Status: Green", "Owner: a superintendent"]


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        ("", "Priority 1\nSafer nights", "Priority 2\n\nSafer days"),
        ("", "Priority: Safer nights", "PRIORITY \u2013 Safer days"),
        ("", "Safer nights", "Safer days"),
        ("Contents\nPriority 1: Safer nights .... 2\nPriority 2: Safer days .... 3\n\n", "SAFER NIGHTS", "Safer days"),
    ],
)
def test_a_priority_may_be_known_by_more_than_a_numbered_line(before: str, first: str, second: str) -> None:
    body = "{}\n\nWe will:\n\nWalk.\n\nNorth LPA\n\n- Walked.\n\n"
    found = layout(f"{COVER}{before}{body.format(first)}{body.format(second)}{body.format(first)}")
    assert [(p.number, p.label.casefold()) for p in found.priorities] == [(1, "safer nights"), (2, "safer days")]
    assert [i.priority for i in found.items] == [1, 2, 1]
    assert all(found.document.text[p.span.start : p.span.end] == p.span.text for p in found.priorities)
