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
