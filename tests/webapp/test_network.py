"""The pages of the network: words for every number, sentences for every step, and a drawing that stays on its page."""

from __future__ import annotations

import gzip
import re
from itertools import islice

import networkx as nx
import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Get

WEIGHT = 250 * 1024
"""Bytes that the page with the drawing may weigh, compressed, with all that it loads."""


def test_the_network_as_a_whole_says_what_its_numbers_mean(get: Get, client: FlaskClient) -> None:
    page = get("/network")
    assert len(page.of_class("gt-means")) == 3
    told = client.get("/network.json").get_json()
    assert f"{told['things']} operations and bodies, {told['links']} links" in page.words
    assert told["connected"][0]["operations"] >= told["connected"][1]["operations"] > 0
    assert all(0 < broker["share"] <= 1 for broker in told["brokers"])
    assert len({key for group in told["communities"] for key in group}) == sum(map(len, told["communities"]))
    for link in islice((e for e in page.all("a") if e.words.startswith("Around it")), 3):
        get(str(link.attributes["href"]))


def test_everything_that_is_drawn_stands_in_the_list_too(get: Get, client: FlaskClient) -> None:
    for hops in (1, 2):
        address = f"thing=operation/vinka&hops={hops}"
        page, told = get(f"/network?{address}"), client.get(f"/network.json?{address}").get_json()
        listed = {e.attributes["data-key"] for e in page.all("li") if "data-key" in e.attributes}
        drawn = {one["key"] for one in told["things"]}
        assert drawn - listed == {"operation/vinka"}
        assert len(drawn) <= 60
        assert all({link["from"], link["to"]} <= drawn for link in told["links"])


def test_each_number_of_the_list_is_that_of_the_sentences(get: Get) -> None:
    page = get("/network?thing=partner/special-constabulary")
    numbers = [e for e in page.all("a") if " sentence" in e.words]
    assert numbers
    for number in numbers[:4]:
        ways = get(str(number.attributes["href"]))
        assert f"{number.words.split(':')[0]}" in ways.words


def test_a_connection_is_a_sentence_with_the_evidence_of_each_step(get: Get, client: FlaskClient) -> None:
    address = "thing=operation/vinka&to=partner/street-pastors"
    page, told = get(f"/network?{address}"), client.get(f"/network.json?{address}").get_json()
    way = told["ways"][0]
    assert way["sentence"] in page.words
    assert way["sentence"].startswith("Operation VINKA worked with Special Constabulary, which ")
    assert [way["length"] for way in told["ways"]] == sorted(way["length"] for way in told["ways"])
    for step in way["steps"]:
        assert step["items"] >= len(step["evidence"]) >= 1
        for evidence in step["evidence"]:
            assert evidence["quote"] in page.words
            assert evidence["href"] in page.links


def test_pages_of_things_lead_to_their_network_and_it_may_be_empty(get: Get) -> None:
    for address in ("/operations/vinka", "/areas/E07000077", "/themes/vawg", "/commitments/1.1"):
        link = next(e for e in get(address).all("a") if e.words == "Network around it")
        get(str(link.attributes["href"]))
    assert "Nothing is linked to it." in get("/network?thing=force/kent").words


def test_a_thing_is_not_connected_with_itself(get: Get) -> None:
    assert "They are one thing." in get("/network?thing=operation/vinka&to=operation/vinka").words


@pytest.mark.parametrize("named", ["operation/vinca", "vinka", "operation/", "/", "report/essex-2021-22-q4"])
def test_what_is_not_in_the_network_is_told_and_the_nearest_offered(get: Get, named: str) -> None:
    page = get(f"/network?thing={named}", status=404)
    if named == "operation/vinca":
        assert "/network?thing=operation/vinka" in [link.replace("%2F", "/") for link in page.links]


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_the_links_are_files_for_other_tools(client: FlaskClient, suffix: str) -> None:
    read = nx.parse_graphml if suffix == "graphml" else None
    sizes = []
    for address in (f"/network.{suffix}", f"/network.{suffix}?thing=operation/vinka"):
        answer = client.get(address)
        assert answer.content_type == f"application/{suffix}+xml"
        text = answer.get_data(as_text=True)
        sizes.append(len(read(text, force_multigraph=True)) if read else text.count("<node "))
    assert sizes[0] > sizes[1] == 9


def test_only_the_page_with_the_drawing_loads_it_and_it_keeps_to_its_weight(client: FlaskClient) -> None:
    for ordinary in ("/", "/operations/vinka", "/map", "/network"):
        head = client.get(ordinary).get_data(as_text=True).split("<body", maxsplit=1)[0]
        assert not re.search(r"/network-\w+\.js", head), ordinary
    page = client.get("/network?thing=operation/vinka&hops=2", headers={"Accept-Encoding": "identity"}).data
    loaded = re.findall(r"/static/dist/[\w./-]+", page.decode())
    assert any(re.search(r"/network-\w+\.js$", name) for name in loaded)
    files = [client.get(name, headers={"Accept-Encoding": "identity"}).data for name in dict.fromkeys(loaded)]
    files.append(client.get("/network.json?thing=operation/vinka&hops=2").data)
    assert sum(len(gzip.compress(file, 9)) for file in (page, *files)) <= WEIGHT
