"""A layered layout: nothing overlaps, links run through free lanes, and the same input gives the same drawing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.layered import Layout, layered

GAP, LANE = 10.0, 4.0
NAMES = "abcdefghij"
graphs = st.tuples(
    st.dictionaries(st.sampled_from(NAMES), st.integers(20, 120).map(float), min_size=1),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20),
)


def laid_out(heights: dict[str, float], edges: list[tuple[str, str]]) -> Layout:
    return layered(heights, [(a, b) for a, b in edges if a in heights and b in heights], GAP, LANE)


@given(graphs)
def test_every_box_stands_once_and_none_overlaps(graph: tuple[dict[str, float], list[tuple[str, str]]]) -> None:
    heights, edges = graph
    layout = laid_out(heights, edges)
    assert sorted(node for column in layout.columns for node in column) == sorted(heights)
    for column in layout.columns:
        for above, below in pairwise(column):
            assert layout.tops[below] >= layout.tops[above] + heights[above] + GAP - 1e-6
    assert min(layout.tops.values()) >= 0
    assert all(layout.tops[node] + heights[node] <= layout.height + 1e-6 for node in heights)


@given(graphs)
def test_linked_boxes_stand_in_different_columns_with_a_lane_in_each_between(
    graph: tuple[dict[str, float], list[tuple[str, str]]],
) -> None:
    heights, edges = graph
    layout = laid_out(heights, edges)
    column = {node: i for i, nodes in enumerate(layout.columns) for node in nodes}
    for a, b in edges:
        if a in heights and b in heights and a != b:
            between = abs(column[a] - column[b]) - 1
            assert between >= 0
            assert len(layout.lanes.get((a, b), ())) == between
            first, last = sorted((column[a], column[b]))
            for number, y in zip(range(first + 1, last), sorted_lane(layout, a, b, column), strict=True):
                assert all(
                    not layout.tops[node] < y < layout.tops[node] + heights[node] for node in layout.columns[number]
                )


def sorted_lane(layout: Layout, a: str, b: str, column: dict[str, int]) -> tuple[float, ...]:
    lane = layout.lanes.get((a, b), ())
    return lane if column[a] < column[b] else lane[::-1]


@given(graphs)
def test_the_order_of_boxes_and_links_makes_no_difference(
    graph: tuple[dict[str, float], list[tuple[str, str]]],
) -> None:
    heights, edges = graph
    assert laid_out(heights, edges) == laid_out(dict(reversed(heights.items())), edges[::-1] + edges)


def test_a_chain_runs_from_left_to_right_on_one_level() -> None:
    layout = layered(dict.fromkeys("abc", 20.0), [("a", "b"), ("b", "c")], GAP, LANE)
    assert layout.columns == (("a",), ("b",), ("c",))
    assert len(set(layout.tops.values())) == 1


def test_two_links_that_need_not_cross_do_not() -> None:
    layout = layered(dict.fromkeys("abxy", 20.0), [("a", "y"), ("b", "x")], GAP, LANE)
    (left, right) = layout.columns
    assert [{"a": "y", "b": "x"}[node] for node in left] == list(right)


def test_a_cycle_is_laid_out_all_the_same() -> None:
    layout = layered(dict.fromkeys("abc", 20.0), [("a", "b"), ("b", "c"), ("c", "a")], GAP, LANE)
    assert len(layout.columns) == 3
    assert len(layout.lanes) == 1
