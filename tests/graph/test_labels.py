"""Labels that begin what a report tells, and paragraphs that are a line each."""

from __future__ import annotations

import pytest

from graph.errors import UnreadableDocument
from graph.model import Item
from tests.reports import COVER, layout

HEAD = COVER + "Priority 1 - Safer Nights\n\n"


def items(body: str) -> list[tuple[str, str]]:
    found: tuple[Item, ...] = layout(HEAD + body).items
    return [(i.commitment, i.text) for i in found]


def test_lines_that_begin_with_one_label_are_items_without_it() -> None:
    body = (
        "Commitment: Cut theft\nStatus: AMBER (last quarter: RED)\n\n"
        "Field notes: Officers met forty owls in the wood.\n"
        "Field notes: They counted nine badgers beside it,\nand a fox.\n"
        "Field notes: A hedge was planted by volunteers.\n\n"
    )
    assert items(body) == [
        ("1.1", "Officers met forty owls in the wood."),
        ("1.1", "They counted nine badgers beside it,\nand a fox."),
        ("1.1", "A hedge was planted by volunteers."),
    ]


def test_a_label_that_says_what_was_done_needs_no_second() -> None:
    body = "Commitment: Cut theft\n\nDelivery update: Officers met forty owls in the wood.\n"
    assert items(body) == [("1.1", "Officers met forty owls in the wood.")]


@pytest.mark.parametrize("line", ["Note: Officers met forty owls in the wood.", "Next steps: A hedge will be planted."])
def test_a_label_met_once_is_part_of_its_sentence_and_plans_stay_plans(line: str) -> None:
    found = layout(f"{HEAD}Commitment: Cut theft\n\n- Officers walked.\n\n{line}\n")
    assert line not in {i.text.partition(": ")[2] for i in found.items}
    told = [*(i.text for i in found.items), *(p.span.text for p in found.plans)]
    assert line in told


def test_promises_in_the_first_person_are_promises() -> None:
    found = layout(f"{HEAD}I promised that: owls would be counted\n\n- Officers counted nine owls.\n")
    assert [(c.id, c.text) for c in found.commitments] == [("1.1", "owls would be counted")]


def test_where_text_is_not_wrapped_each_line_is_a_paragraph() -> None:
    long = "Officers and volunteers {} walked the length of the wood every night, and counted by lamplight what {}."
    ends = ("from the north", "from the south", "of the west", "of the east", "in the hills", "at sea")
    lines = [long.format(end, f"there was to be counted of owls {end}") for end in ends]
    found = layout(f"{HEAD}I promised that: owls would be counted\n\n" + "\n".join(lines) + "\n")
    assert [i.text for i in found.items] == lines


def test_where_text_is_wrapped_lines_go_on() -> None:
    told = "Officers walked the wood every night.\nThey counted nine owls in it."
    assert items(f"I promised that: owls would be counted\n\n{told}\n") == [("1.1", told)]


@pytest.mark.parametrize(
    ("heading", "area"),
    [("Moorland Command", "Moorland"), ("Serious Crime Command", ""), ("Eastern Division", "Eastern")],
)
def test_a_command_is_an_area_unless_its_name_tells_what_it_does(heading: str, area: str) -> None:
    found = layout(f"{HEAD}I promised that: owls would be counted\n\n{heading}\n\n- Officers counted nine owls.\n")
    assert [i.area.name for i in found.items] == [area or "force"]


PARTS = "PART A - SUMMARY\n\n1. Officers met forty owls in the wood.\n\nPART B - OWLS\n\n2. Nine owls were counted.\n"
TOPICS = "1. Where we stand\n\nOfficers met forty owls in the wood.\n\n2. Owls\n\nNine owls were counted.\n"


@pytest.mark.parametrize("body", [PARTS, TOPICS])
def test_a_report_that_follows_no_plan_is_read_by_its_sections(body: str) -> None:
    found = layout(COVER + body)
    assert [p.label.casefold() for p in found.priorities][1] == "owls"
    told = [(i.priority, i.commitment, i.text) for i in found.items]
    assert told == [(1, "", "Officers met forty owls in the wood."), (2, "", "Nine owls were counted.")]


@pytest.mark.parametrize("text", [TOPICS, COVER + "1. Where we stand\n\nOfficers met forty owls in the wood.\n"])
def test_sections_alone_make_no_report_without_force_and_quarter_or_with_one_of_them(text: str) -> None:
    with pytest.raises(UnreadableDocument, match="no priorities"):
        layout(text)
