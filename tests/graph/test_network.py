"""The network: what stands around a thing, how two things are connected, who holds it together."""

from __future__ import annotations

import pytest

from graph.analysis.connections import ways
from graph.analysis.network import TOGETHER, Link, Network, Thing, read
from graph.analysis.roles import roles
from graph.stores.oxigraph import OxigraphStore
from tests.reports import small_store

KINDS = {"o": "operation", "p": "partner", "a": "lpa", "t": "theme"}


def made(*links: str, generic: str = "") -> Network:
    """Return a network of ``links`` such as "o1 workedWith p1 2"; the first letter of a thing gives its kind."""
    found = Network()
    for text in links:
        subject, relation, object_, *items = text.split()
        for iri in (subject, object_):
            found.things.setdefault(iri, Thing(iri, KINDS[iri[0]], iri.upper(), iri == generic))
        found.add(Link(subject, relation, object_, int(items[0]) if items else 1))
    return found


HUB = tuple(f"o{n} carriedOutIn a1" for n in range(3, 40))


def test_a_way_through_a_shared_partner_comes_before_one_through_what_everything_lies_in() -> None:
    network = made("o1 carriedOutIn a1", "o2 carriedOutIn a1", *HUB, "o1 workedWith p1", "o2 workedWith p1")
    found = ways(network, "o1", "o2")
    assert [way.things for way in found] == [("o1", "p1", "o2"), ("o1", "a1", "o2")]
    # Two steps through a thing of two links: 2 + log2 2.
    assert found[0].length == 3
    assert [link.relation for link in found[0].links] == ["workedWith", "workedWith"]


def test_a_longer_way_through_little_comes_before_a_short_one_through_a_hub() -> None:
    network = made(
        "o1 carriedOutIn a1", "o2 carriedOutIn a1", *HUB, "o1 workedWith p1", f"p1 {TOGETHER} p2", "o2 workedWith p2"
    )  # fmt: skip
    assert ways(network, "o1", "o2")[0].things == ("o1", "p1", "p2", "o2")


def test_a_step_takes_the_link_that_most_items_say() -> None:
    network = made("o1 tacklesByHeading t1 3", "o1 tackles t1 4", "o1 about t1 4")
    assert [way.links[0].relation for way in ways(network, "t1", "o1")] == ["about"]


def test_kinds_of_bodies_are_no_way_but_may_be_an_end() -> None:
    network = made("o1 workedWith p1", "o2 workedWith p1", generic="p1")
    assert ways(network, "o1", "o2") == []
    assert len(ways(network, "o1", "p1")) == 1


@pytest.mark.parametrize(("start", "end"), [("o1", "o2"), ("o1", "o1")])
def test_there_may_be_no_way(start: str, end: str) -> None:
    assert ways(made("o1 workedWith p1", "o2 workedWith p2"), start, end) == []


def test_around_a_thing_stands_the_best_evidenced_first_and_the_rest_is_counted() -> None:
    network = made(
        "o1 workedWith p1 1", "o1 workedWith p2 5", "o1 workedWith p3 2", "o2 workedWith p2", "p1 activeIn a1"
    )
    one = network.around("o1", 1, 3)
    assert [thing.iri for thing in one.things] == ["o1", "p2", "p3"]
    assert one.left_out == 1
    two = network.around("o1", 2, 60)
    assert dict(two.steps) == {"o1": 0, "p2": 1, "p3": 1, "p1": 1, "a1": 2, "o2": 2}
    assert two.left_out == 0


def test_what_lies_two_steps_away_counts_less_through_a_hub() -> None:
    network = made("o1 carriedOutIn a1", *HUB, "o1 workedWith p1", "o2 workedWith p1")
    assert [t.iri for t in network.around("o1", 2, 4).things] == ["o1", "a1", "p1", "o2"]


def test_roles_of_a_chain_are_those_that_a_hand_counts() -> None:
    found = roles(made("o1 workedWith p1", f"p1 {TOGETHER} p2", "o2 workedWith p2", "o3 workedWith p9", generic="p9"))
    assert (found.things, found.links, found.pieces) == (4, 3, 1)
    assert [(c.iri, c.operations, c.bodies) for c in found.connected] == [("p1", 1, 1), ("p2", 1, 1)]
    # Of the three pairs of others, two ways run through each inner thing.
    assert [(b.iri, round(b.share, 3), b.parted) for b in found.brokers] == [("p1", 0.667, 1), ("p2", 0.667, 1)]


def test_two_triangles_on_a_bridge_are_two_communities() -> None:
    triangles = [
        f"{a} {TOGETHER} {b}"
        for n in "xy"
        for a, b in ((f"p{n}1", f"p{n}2"), (f"p{n}2", f"p{n}3"), (f"p{n}1", f"p{n}3"))
    ]
    found = roles(made(*triangles, f"px1 {TOGETHER} py1"))
    assert [set(c) for c in found.communities] == [{"px1", "px2", "px3"}, {"py1", "py2", "py3"}]
    # Newman's Q by hand: 6/7 of the links inside, and half of all ends in each.
    assert found.modularity == pytest.approx(6 / 7 - 1 / 2, abs=0.005)


def test_an_empty_network_has_no_roles() -> None:
    found = roles(Network())
    assert (found.things, found.connected, found.brokers, found.communities) == (0, (), (), ())


def test_the_order_in_which_links_are_told_changes_nothing() -> None:
    links = ["o1 workedWith p1", "o1 workedWith p2", "o2 workedWith p2", f"p2 {TOGETHER} p3", "o2 workedWith p4"]
    assert roles(made(*links)) == roles(made(*reversed(links)))
    assert ways(made(*links), "p1", "p4") == ways(made(*reversed(links)), "p1", "p4")


def test_the_network_of_a_store_joins_what_rules_derive_and_who_is_in_the_same_evidence() -> None:
    store: OxigraphStore = small_store()
    found = read(store)
    relations = {link.relation for link in found.links}
    assert {"workedWith", "carriedOutIn", "servesCommitment", TOGETHER} <= relations
    assert all(link.items > 0 and {link.subject, link.object} <= found.things.keys() for link in found.links)
