"""The reader shows the stored text whole and exact, however mentions overlap."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from graph.namespaces import mint
from webapp.presenters.reader import Block, Heading, Marked, Node, Passage, blocks, folded, nest, without_skips
from webapp.presenters.reports import report_page
from webapp.store import view
from webapp.terms import solutions, text


def words(nodes: Iterable[Node]) -> str:
    """The text that nodes show: marked ones through the nodes inside them."""
    return "".join(words(n.nodes) if n.mark else n.text for n in nodes)


def shown(found: Iterable[Block]) -> str:
    return "".join(b.lead + words(b.nodes) for b in found)


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[Marked]]:
    stored = draw(st.text(alphabet="ab \n-'é", max_size=40))
    spans = draw(st.lists(st.tuples(st.integers(0, len(stored)), st.integers(0, len(stored))), max_size=6))
    kinds = st.sampled_from(["operation", "partner", "area", "theme"])
    return stored, [Marked(a, b, draw(kinds)) for a, b in spans if a < b]


@given(texts_with_marks())
def test_marked_words_joined_are_the_text(case: tuple[str, list[Marked]]) -> None:
    stored, marked = case
    assert words(nest(stored, 0, len(stored), marked)) == stored


def covers(nodes: Iterable[Node], at: int, above: frozenset[str]) -> list[frozenset[str]]:
    """The marks over each character."""
    found: list[frozenset[str]] = []
    for node in nodes:
        if node.mark:
            found += covers(node.nodes, at + len(found), above | {node.mark})
        else:
            found += [above] * len(node.text)
    return found


@given(texts_with_marks())
def test_each_character_carries_exactly_the_marks_over_it(case: tuple[str, list[Marked]]) -> None:
    stored, marked = case
    expected = [frozenset(m.mark for m in marked if m.start <= i < m.end) for i in range(len(stored))]
    assert covers(nest(stored, 0, len(stored), marked), 0, frozenset()) == expected


@given(texts_with_marks(), st.lists(st.integers(0, 40), max_size=8, unique=True))
def test_blocks_joined_are_the_text(case: tuple[str, list[Marked]], edges: list[int]) -> None:
    stored, marked = case
    inside = sorted(e for e in edges if e <= len(stored))
    pairs = zip(inside[::2], inside[1::2], strict=False)
    passages = [Passage(f"item-{n}", start, end, n) for n, (start, end) in enumerate(pairs, start=1)]
    headings = {"a": Heading("area", 4, "a")}
    assert shown(blocks(stored, passages, headings, marked)) == stored


def test_overlap_without_nesting_is_cut_at_the_edge_of_the_earlier_one() -> None:
    found = nest("abcdef", 0, 6, [Marked(0, 4, "partner"), Marked(2, 6, "area")])
    assert [(n.text, n.mark) for n in found] == [("abcd", "partner"), ("ef", "area")]
    assert [(n.text, n.mark) for n in found[0].nodes] == [("ab", ""), ("cd", "area")]


def test_two_things_of_one_kind_in_the_same_words_are_marked_once() -> None:
    found = nest("abc", 0, 3, [Marked(0, 3, "theme"), Marked(0, 3, "theme")])
    assert [(n.mark, [inner.mark for inner in n.nodes]) for n in found] == [("theme", [""])]


def test_a_heading_printed_again_on_the_next_page_is_a_running_line() -> None:
    text_ = "North\n- One\nNorth\n- Two\nSouth\n- Three\nNorth\n- Four\n"
    starts = [text_.index(w) for w in ("One", "Two", "Three", "Four")]
    passages = [Passage(f"item-{n}", s, text_.index("\n", s), n) for n, s in enumerate(starts, start=1)]
    headings = {"north": Heading("area", 4, "North"), "south": Heading("area", 4, "South")}
    kinds = [b.kind for b in blocks(text_, passages, headings, []) if b.kind != "gap"]
    assert kinds == ["heading", "item", "running", "item", "heading", "item", "heading", "item"]


def test_heading_levels_never_skip() -> None:
    made = [Block("heading", 0, 0, (), level=level) for level in (4, 4, 2)]
    assert [b.level for b in without_skips(made)] == [2, 3, 2]


def test_a_bullet_belongs_to_the_item_after_it() -> None:
    (item,) = [b for b in blocks("- One\n", [Passage("item-1", 2, 5, 1)], {}, []) if b.kind == "item"]
    assert item.lead == "- "


def test_folded_lines_differ_in_words_only() -> None:
    assert folded("Priority 1 – Safer  Streets:") == folded("priority 1 - safer streets")


def test_the_sample_report_is_shown_whole(app: Flask) -> None:
    report = mint("report", "essex-2021-22-q4")
    with app.test_request_context("/"):
        page = report_page(view(), report, None)
        stored = text(next(solutions(view().page("report", report=report))), "text")
    assert page is not None
    assert shown(page.blocks) == stored
    assert [b.number for b in page.blocks if b.anchor and b.kind == "item"] == list(range(1, 135))
    assert len(page.contents) >= 7


def test_figures_are_marked_and_implied_ones_are_not(small_site: Flask) -> None:
    with small_site.test_request_context():
        page = report_page(view(), mint("report", "essex-2022-23-q1"), None)
        assert page
        figures = [tuple(row.values())[1:3] for row in solutions(view().page("report-figures", report=page.iri))]
        marked = [node for block in page.blocks for node in flat(block.nodes) if node.mark == "figure"]
    assert figures
    assert len(marked) == len(set(figures))
    assert all(any(c.isdigit() for c in node.text) or node.text.isalpha() for node in marked)


def flat(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from flat(node.nodes)


def test_lines_that_are_no_item_can_be_led_to() -> None:
    [line] = blocks("Prose.", [], {}, [])
    assert (line.kind, line.anchor) == ("line", "at-0")


def test_the_number_before_an_item_is_its_lead() -> None:
    stored = "1.1.3\tOwls flew.\nOur promise: fly."
    found = blocks(stored, [Passage("item-1", 6, 16, 1), Passage("commitment-1", 30, 34)], {}, [])
    assert [(b.kind, b.lead) for b in found if b.kind != "gap"] == [("item", "1.1.3\t"), ("line", ""), ("promise", "")]
    assert shown(found) == stored


def test_headings_of_any_force_are_set_as_headings(small_site: Flask) -> None:
    with small_site.test_request_context():
        page = report_page(view(), mint("report", "harbourshire-2023-24-q3"), None)
        assert page
        headings = {"".join(n.text for n in b.nodes).strip(): b.of for b in page.blocks if b.kind == "heading"}
    assert headings["Strategic Objective One: Confident Communities"] == "priority"
    assert headings["Eastern Division"] == "area"
