"""A layered drawing: boxes in columns, so that links run from left to right with few crossings.

The method of Sugiyama, Tagawa and Toda (1981): take out cycles, give each box a column, order each column by the middle
of its neighbours, then let boxes slide as near to their neighbours as they can without touching.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

SWEEPS = 16
"""How often columns are ordered anew, to and fro; the order with the fewest crossings is kept."""
SLIDES = 24
"""How often boxes move towards their neighbours."""

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where boxes stand, in the units of their heights."""

    columns: tuple[tuple[str, ...], ...]
    """Boxes of each column from top to bottom, the leftmost column first."""
    tops: Mapping[str, float]
    """Box to its upper edge; the highest is at 0."""
    lanes: Mapping[Edge, tuple[float, ...]]
    """Link that passes columns in between, to the height at which it passes each, from its source to its target."""
    height: float


def layered(heights: Mapping[str, float], edges: Iterable[Edge], gap: float, lane: float) -> Layout:
    """Lay out boxes of these ``heights`` (by name), ``gap`` apart, with links that pass others ``lane`` apart.

    The same boxes and links, in any order, give the same layout. A link from a box to itself takes no part in it, and
    a box without links stands at the bottom of the shortest column.
    """
    links = sorted({(a, b) for a, b in edges if a != b})
    linked = {node for edge in links for node in edge}
    forwards = _without_cycles(links)
    column = _columns(forwards)
    for node in sorted(set(heights) - linked):
        column[node] = min(range(max(column.values(), default=0) + 1), key=lambda c: (_filled(column, heights, c), c))
    chains, nodes = _chains(forwards, column)
    sizes = {node: heights.get(node, lane) for node in [*sorted(heights), *nodes]}
    numbers = range(max(column.values(), default=0) + 1)
    order = _order([[node for node in sizes if _place(node, column) == c] for c in numbers], chains)
    tops = _slide(order, chains, sizes, gap, lane)
    lanes = {}
    for edge, chain in chains.items():
        passed = tuple(tops[node] + sizes[node] / 2 for node in chain[1:-1])
        if passed:
            lanes[edge if edge in links else edge[::-1]] = passed if edge in links else passed[::-1]
    return Layout(
        tuple(tuple(n for n in each if n in heights) for each in order),
        {node: tops[node] for node in heights},
        lanes,
        max((tops[node] + sizes[node] for node in sizes), default=0),
    )


def _without_cycles(links: Sequence[Edge]) -> list[Edge]:
    """Return the links with those turned round that would close a cycle, seen from the boxes in order of name."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(links)
    state: dict[str, int] = {}
    turned: set[Edge] = set()

    def visit(node: str) -> None:
        state[node] = 1
        for other in sorted(graph.successors(node)):
            if state.get(other) == 1:
                turned.add((node, other))
            elif other not in state:
                visit(other)
        state[node] = 2

    roots = sorted(graph, key=lambda n: (graph.in_degree(n) - graph.out_degree(n), n))
    for node in roots:
        if node not in state:
            visit(node)
    return sorted({(b, a) if (a, b) in turned else (a, b) for a, b in links})


def _columns(links: Sequence[Edge]) -> dict[str, int]:
    """Return the column of each box: as far left as its links allow, then as near to what it links to as they allow."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(links)
    column = {node: c for c, nodes in enumerate(nx.topological_generations(graph)) for node in nodes}
    for node in reversed(list(nx.lexicographical_topological_sort(graph))):
        if after := [column[other] for other in graph.successors(node)]:
            column[node] = min(after) - 1
    first = min(column.values(), default=0)
    return {node: c - first for node, c in column.items()}


def _filled(column: Mapping[str, int], heights: Mapping[str, float], number: int) -> float:
    return sum(heights[node] for node, c in column.items() if c == number)


def _chains(links: Sequence[Edge], column: Mapping[str, int]) -> tuple[dict[Edge, list[str]], list[str]]:
    """Return for each link the boxes and lanes it runs through, and all lanes."""
    chains: dict[Edge, list[str]] = {}
    lanes: list[str] = []
    for a, b in links:
        between = [f"{a}\0{b}\0{c}" for c in range(column[a] + 1, column[b])]
        chains[a, b] = [a, *between, b]
        lanes += between
    return chains, lanes


def _place(node: str, column: Mapping[str, int]) -> int:
    return column[node] if node in column else int(node.rpartition("\0")[2])


def _neighbours(chains: Mapping[Edge, Sequence[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for chain in chains.values():
        for a, b in pairwise(chain):
            after.setdefault(a, []).append(b)
            before.setdefault(b, []).append(a)
    return before, after


def _order(columns: list[list[str]], chains: Mapping[Edge, Sequence[str]]) -> list[list[str]]:
    before, after = _neighbours(chains)
    best, fewest = columns, _crossings(columns, after)
    for sweep in range(SWEEPS):
        columns = [list(each) for each in columns]
        rightwards = sweep % 2 == 0
        for number in range(len(columns)) if rightwards else reversed(range(len(columns))):
            beside = number - 1 if rightwards else number + 1
            if 0 <= beside < len(columns):
                at = {node: i for i, node in enumerate(columns[beside])}
                near = before if rightwards else after
                columns[number] = _by_middle(columns[number], near, at)
        if (crossings := _crossings(columns, after)) < fewest:
            best, fewest = columns, crossings
    return best


def _by_middle(nodes: Sequence[str], near: Mapping[str, Sequence[str]], at: Mapping[str, int]) -> list[str]:
    """Return ``nodes`` by the mean place of their neighbours; one without any keeps the place it has."""
    middle = {}
    for i, node in enumerate(nodes):
        places = [at[other] for other in near.get(node, ()) if other in at]
        middle[node] = sum(places) / len(places) if places else i * max(1, len(at)) / max(1, len(nodes))
    return sorted(nodes, key=lambda node: (middle[node], nodes.index(node)))


def _crossings(columns: Sequence[Sequence[str]], after: Mapping[str, Sequence[str]]) -> int:
    total = 0
    for left, right in pairwise(columns):
        at = {node: i for i, node in enumerate(right)}
        ends = [(i, at[b]) for i, a in enumerate(left) for b in after.get(a, ()) if b in at]
        total += sum(a < c and b > d for a, b in ends for c, d in ends)
    return total


def _slide(
    columns: Sequence[Sequence[str]],
    chains: Mapping[Edge, Sequence[str]],
    sizes: Mapping[str, float],
    gap: float,
    lane: float,
) -> dict[str, float]:
    before, after = _neighbours(chains)
    tops: dict[str, float] = {}
    for nodes in columns:
        top = 0.0
        for node in nodes:
            tops[node] = top
            top += sizes[node] + gap
    both = [
        (nodes, [sizes[a] + (lane if "\0" in a and "\0" in b else gap) for a, b in pairwise(nodes)])
        for nodes in columns
        if nodes
    ]
    # No column is drawn out beyond the fullest: links may bend more, but the whole stays in view.
    tallest = max((sum(apart) + sizes[nodes[-1]] for nodes, apart in both), default=0)
    for slide in range(SLIDES):
        near = (before, after)[slide % 2]
        for nodes, apart in both if slide % 2 == 0 else reversed(both):
            wanted = []
            for node in nodes:
                others = [tops[o] + sizes[o] / 2 for o in near.get(node, ())] or [tops[node] + sizes[node] / 2]
                wanted.append(sum(others) / len(others) - sizes[node] / 2)
            tops.update(zip(nodes, _spread(wanted, apart, tallest - sizes[nodes[-1]]), strict=True))
    highest = min(tops.values(), default=0)
    return {node: top - highest for node, top in tops.items()}


def _spread(wanted: Sequence[float], apart: Sequence[float], last: float) -> list[float]:
    """Return the places nearest to ``wanted`` (least squares) of which each is at least ``apart`` from the one before.

    None is less than 0 or more than ``last``, which leaves room for all.

    Pooling of adjacent violators: places too near to one another move together as a block.
    """
    offset = [0.0]
    for distance in apart:
        offset.append(offset[-1] + distance)
    blocks: list[tuple[float, int]] = []
    for place, start in zip(wanted, offset, strict=False):
        block = (place - start, 1)
        while blocks and blocks[-1][0] > block[0]:
            mean, size = blocks.pop()
            block = ((mean * size + block[0] * block[1]) / (size + block[1]), size + block[1])
        blocks.append(block)
    room = last - offset[-1]
    level = [min(max(mean, 0.0), room) for mean, size in blocks for _ in range(size)]
    return [place + start for place, start in zip(level, offset, strict=False)]
