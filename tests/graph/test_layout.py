from __future__ import annotations

import pytest

from graph.errors import UnreadableDocument
from graph.model import Item
from tests.reports import BODY, COVER, layout


def items(body: str, cover: str = COVER) -> tuple[Item, ...]:
    return layout(f"{cover}Priority 1 - Nights\n\nWe will:\n\nWalk the streets.\n\n{body}").items


def texts(body: str) -> list[str]:
    return [item.text for item in items(body)]


@pytest.mark.parametrize(
    ("heading", "number", "label"),
    [
        ("Priority 1 - Safer Nights", 1, "Safer Nights"),
        ("PRIORITY 2: SAFER NIGHTS", 2, "SAFER NIGHTS"),
        ("Priority Three \u2013 Safer Nights", 3, "Safer Nights"),
        ("Strategic Objective Four: Safer Nights", 4, "Safer Nights"),
        ("Pillar 12. Safer Nights", 12, "Safer Nights"),
        ("Theme 5 Safer Nights", 5, "Safer Nights"),
    ],
)
def test_a_priority_is_known_by_its_heading(heading: str, number: int, label: str) -> None:
    [priority] = layout(f"{heading}\n\nWe will:\n\nWalk.\n\n- Walked.").priorities
    assert (priority.number, priority.label, priority.span.text) == (number, label, heading)


def test_a_promise_is_numbered_under_its_priority_in_order() -> None:
    report = layout(
        "Priority 1 - Nights\n\nWe will:\n\nWalk.\n\n- a\n\nWe will:\n\nRun.\n\n- b\n\n"
        "Priority 2 - Days\n\nWe will:\n\nSit.\n\n- c"
    )
    assert [(c.id, c.text) for c in report.commitments] == [("1.1", "Walk."), ("1.2", "Run."), ("2.1", "Sit.")]
    assert [i.commitment for i in report.items] == ["1.1", "1.2", "2.1"]


def test_a_promise_printed_again_on_a_later_page_is_the_same_one() -> None:
    page = "Priority 1 - Nights\n\nWe will:\n\nWalk the\nstreets.\n\n{area}\n\n- {item}\n\n"
    report = layout(page.format(area="", item="a") + page.replace("the\n", "the ").format(area="North LPA", item="b"))
    assert [c.id for c in report.commitments] == ["1.1"]
    assert [i.commitment for i in report.items] == ["1.1", "1.1"]


@pytest.mark.parametrize(
    ("promise", "area"), [("Keep the promise of the plan.", "North"), ("Another promise.", "force")]
)
def test_a_promise_printed_again_keeps_the_area_that_another_would_end(promise: str, area: str) -> None:
    found = layout(f"{COVER}{BODY}North LPA\n\n- a\n\nPriority 1 - Safer Nights\n\nWe will:\n\n{promise}\n\n- b").items
    assert [i.area.name for i in found] == ["North", area]


def test_two_forces_may_each_have_an_area_of_the_same_name() -> None:
    mine = layout(f"Essex Police\n\n{BODY}Eastern Division\n\n- a").items[0].area
    theirs = layout(f"Kent Police\n\n{BODY}Eastern Division\n\n- a").items[0].area
    assert (mine.name, mine.key) == ("Eastern", "essex-eastern-division")
    assert (theirs.name, theirs.key) == ("Eastern", "kent-eastern-division")


@pytest.mark.parametrize(
    "lead",
    ["We will:", "Working with partners we will:", "What we said we would do:", "Our commitment:", "Our pledges:"],
)
def test_a_promise_may_stand_below_its_lead_or_on_the_same_line(lead: str) -> None:
    below = layout(f"Priority 1 - Nights\n\n{lead}\n\nWalk the\nstreets.\n\n- a").commitments[0]
    beside = layout(f"Priority 1 - Nights\n\n{lead} Walk the\nstreets.\n\n- a").commitments[0]
    assert (below.text, below.lead) == (beside.text, beside.lead) == ("Walk the\nstreets.", lead[:-1])


def test_a_promise_may_be_a_bullet() -> None:
    report = layout("Priority 1 - Nights\n\nWe will:\n\n- Walk the streets.\n\nNorth LPA\n\n- Walked.")
    assert report.commitments[0].text == "Walk the streets."
    assert [i.text for i in report.items] == ["Walked."]


@pytest.mark.parametrize(
    ("heading", "key", "name"),
    [
        ("North LPA", "essex-north", "North"),
        ("NORTH LPA:", "essex-north", "North"),
        ("West Local Policing Area", "essex-west", "West"),
        ("South", "essex-south", "South"),
        ("Eastern Division", "essex-eastern-division", "Eastern"),
        ("Vale of the Moor District", "essex-vale-of-the-moor-district", "Vale of the Moor"),
        ("Force-wide", "", "force"),
        ("Whole force:", "", "force"),
    ],
)
def test_an_area_is_known_by_the_vocabulary_or_by_form(heading: str, key: str, name: str) -> None:
    area = items(f"Eastern Hub\n\n- first\n\n{heading}\n\n- second")[1].area
    assert (area.key, area.name) == (key, name)


def test_without_a_heading_an_item_is_of_the_whole_force() -> None:
    assert items("- a")[0].area.key == ""


def test_a_new_priority_ends_the_area_and_the_topic() -> None:
    body = "North LPA\n\nSpecials\n\n- a\n\nPriority 2 - Days\n\nWe will:\n\nSit.\n\n- b"
    assert [(i.area.name, i.heading) for i in items(body)] == [("North", "Specials"), ("force", "")]


def test_a_topic_heading_names_the_items_below_it_until_the_next() -> None:
    assert [i.heading for i in items("- a\n\nSpecials\n\n- b\n- c\n\nThe Control Room:\n\n- d")] == [
        "", "Specials", "Specials", "The Control Room",
    ]  # fmt: skip


def test_a_line_that_wraps_belongs_to_its_bullet() -> None:
    assert texts("- one\n  two\nthree\n- four") == ["one\n  two\nthree", "four"]


def test_a_blank_line_ends_a_bullet() -> None:
    assert texts("- one\n\nThis paragraph reports another thing done.") == [
        "one",
        "This paragraph reports another thing done.",
    ]


@pytest.mark.parametrize("mark", ["-", "*", "\u2022", "\u25aa", "o", "\u2013", "1.", "(a)", "b)", "\uf0b7"])
def test_a_bullet_may_have_any_usual_mark_and_the_mark_is_no_part_of_it(mark: str) -> None:
    assert texts(f"{mark} one\n{mark} two") == ["one", "two"]


def test_a_deeper_bullet_is_a_sub_item_of_the_one_above() -> None:
    found = items("- one\n  - one a\n    - one a i\n  - one b\n- two\n\n  - two a")
    assert [(i.number, i.parent) for i in found] == [(1, None), (2, 1), (3, 2), (4, 1), (5, None), (6, 5)]


def test_an_area_heading_ends_sub_items() -> None:
    assert [i.parent for i in items("- one\n\nNorth LPA\n\n  - two")] == [None, None]


def test_a_paragraph_that_is_a_sentence_is_an_item() -> None:
    assert texts("A refuge opened in May. It has helped\nnine families.\n\n- b") == [
        "A refuge opened in May. It has helped\nnine families.", "b",
    ]  # fmt: skip


def test_words_that_lead_to_a_list_are_kept_as_not_read() -> None:
    lead = "A number of things that were done in the course of the long and busy year include these:"
    report = layout(f"{BODY}{lead}\n\n- a")
    assert [i.text for i in report.items] == ["a"]
    assert [s.text for s in report.unplaced] == [lead]


def test_a_bullet_above_the_first_priority_is_kept_as_not_read() -> None:
    report = layout(f"{COVER}Contents\n\nForeword\n- a stray bullet\n\n{BODY}- a")
    assert [i.text for i in report.items] == ["a"]
    assert [s.text for s in report.unplaced] == ["a stray bullet"]


@pytest.mark.parametrize(
    "line", ["Priority 1 - Nights\t3-7", "Priority 1 - Nights ........ 3", "Priority 1 - Nights     12"]
)
def test_a_contents_list_is_no_content(line: str) -> None:
    report = layout(f"{COVER}Contents\n\n{line}\nPriority 2 - Days\t8\n\n{BODY}- a")
    assert [(p.number, p.label) for p in report.priorities] == [(1, "Safer Nights")]
    assert len(report.items) == 1


HEADER = "Force Quarterly Report Q1"


def test_a_running_header_counts_the_pages() -> None:
    body = f"{HEADER}\n\n{BODY}- a\n\n{HEADER}\n\n- b\n\n{HEADER}\n\n- c"
    assert [(i.text, i.page) for i in layout(COVER + body).items] == [("a", 2), ("b", 3), ("c", 4)]


def test_a_running_header_does_not_join_the_item_it_interrupts() -> None:
    body = f"{HEADER}\n{BODY}- one\n{HEADER}\n- two\n{HEADER}\n- three"
    assert [i.text for i in layout(COVER + body).items] == ["one", "two", "three"]


def test_a_form_feed_counts_a_page() -> None:
    found = layout(f"{COVER}{BODY}- a\n\f\n- b\n\f- c\n\fgoes on\n\f\f  - d").items
    assert [(i.text, i.page) for i in found] == [("a", 1), ("b", 2), ("c\n\fgoes on", 3), ("d", 6)]


def test_where_form_feeds_part_the_pages_a_running_header_counts_none() -> None:
    body = f"{BODY}- a\n{HEADER}\n\f- b\n{HEADER}\n\f- c\n{HEADER}\n"
    assert [i.page for i in layout(COVER + body).items] == [1, 2, 3]


def test_a_text_without_pages_gives_no_page() -> None:
    assert layout(COVER + BODY + "- a").items[0].page is None


@pytest.mark.parametrize("number", ["3", "Page 3", "page 3 of 17"])
def test_a_page_number_is_no_heading(number: str) -> None:
    assert [(i.text, i.heading) for i in items(f"Specials\n\n- a\n\n{number}\n\n- b")] == [
        ("a", "Specials"),
        ("b", "Specials"),
    ]


def test_no_priority_is_refused_with_what_a_report_looks_like() -> None:
    with pytest.raises(UnreadableDocument, match="no priorities") as raised:
        layout("A letter.\n\n- with a bullet")
    assert "We will:" in str(raised.value)


def test_priorities_with_nothing_under_them_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="nothing reported under any"):
        layout("Priority 1 - Nights\n\nWe will:\n\nWalk.")


def test_a_report_without_a_quarter_is_known_by_the_digest_of_its_file() -> None:
    report = layout("Essex Police\n\n" + BODY + "- a")
    assert report.id == f"essex-{report.document.sha256[:12]}"
