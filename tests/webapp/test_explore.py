"""Collections to explore: every count is the rows after the click, and the query that is shown gives the same rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from graph.stores import Table
from graph.stores.oxigraph import OxigraphStore
from tests.webapp.conftest import Get, getter
from webapp.presenters.choosing import VIEWS, State, state
from webapp.presenters.collections import COLLECTIONS, Collection
from webapp.presenters.explore import NUMBERS, Explored, facets_of
from webapp.presenters.facts import natural
from webapp.store import view

collections = pytest.mark.parametrize("collection", COLLECTIONS.values(), ids=list(COLLECTIONS))
sites = pytest.mark.parametrize("site", ["app", "small_site"])


def unfiltered(collection: Collection) -> State:
    return state(MultiDict(), facets_of(view(), collection), {}, [collection.columns[0].name])


def explored(collection: Collection, chosen: State) -> Explored:
    return Explored(view(), collection, chosen)


@pytest.fixture
def there(request: pytest.FixtureRequest, site: str) -> Iterator[Flask]:
    """A request to the site over the sample, or to the one of two quarters and two forces."""
    app: Flask = request.getfixturevalue(site)
    with app.test_request_context("/"):
        yield app


@sites
@collections
@pytest.mark.usefixtures("there")
def test_every_count_is_the_number_of_rows_after_the_click(collection: Collection) -> None:
    start = unfiltered(collection)
    first = explored(collection, start)
    most = max((option for option in first.facets[0].options), key=lambda option: option.count)
    for before in (start, start.with_value(first.facets[0].name, most.key)):
        for facet in explored(collection, before).facets:
            others = replace(before, chosen={**before.chosen, facet.name: ()})
            for option in facet.options:
                after = explored(collection, others.with_value(facet.name, option.key))
                assert len(after.rows) == option.count, (facet.name, option.key)


@sites
@collections
@pytest.mark.usefixtures("there")
def test_the_query_that_is_shown_gives_the_same_rows(collection: Collection) -> None:
    start = unfiltered(collection)
    first = explored(collection, start)
    tried = [start]
    for facet in first.facets:
        ordered = sorted(facet.options, key=lambda option: -option.count)
        # The two most frequent values together, and the rarest.
        both = start
        for option in ordered[:2]:
            both = both.with_value(facet.name, option.key)
        tried += [both, *(start.with_value(facet.name, option.key) for option in ordered[-1:])]
    # Several filters at once are met by one sentence, in the query too.
    item_facets = [f for f, of in zip(first.facets, collection.facets, strict=True) if not of.whole and f.options]
    for one, other in pairwise(item_facets):
        at = start.with_value(one.name, max(one.options, key=lambda o: o.count).key)
        tried.append(at.with_value(other.name, max(other.options, key=lambda o: o.count).key))
    if first.rows:
        tried.append(replace(start, q=first.rows[-1].label.split()[-1].lower()))
    for chosen in tried:
        found = explored(collection, chosen)
        told = {str(row[0]) for row in view().select(found.sparql).rows}
        assert told == {str(entry.iri) for entry in found.rows}, chosen.query()


@collections
def test_numbers_of_the_query_are_those_of_the_table(app: Flask, collection: Collection) -> None:
    with app.test_request_context("/"):
        found = explored(collection, unfiltered(collection))
        table = view().select(found.sparql)
        counted = [c for c in collection.columns if c.form in {"tags", *NUMBERS} and c.name in table.columns]
        assert counted
        rows = {str(row[0]): dict(zip(table.columns, row, strict=True)) for row in table.rows}
        for entry in found.rows:
            for column in counted:
                assert int(str(rows[str(entry.iri)][column.name])) == found.number(column, entry), (
                    entry.key,
                    column.name,
                )


@collections
def test_every_view_says_how_many_and_how_to_get_them(get: Get, client: FlaskClient, collection: Collection) -> None:
    pages = [get(f"/{collection.name}" if name == "table" else f"/{collection.name}?view={name}") for name in VIEWS]
    total = json.loads(client.get(f"/{collection.name}.json").data)["total"]
    for page in pages:
        status = next(e.words for e in page.all("p") if e.attributes.get("role") == "status")
        assert int(status.split()[0]) == total
        for suffix in ("csv", "json", "xlsx", "ttl"):
            assert f"/{collection.name}.{suffix}" in page.links
        text = "".join(e.words for e in page.all("pre"))
        for said in ("SELECT", "curl --fail", "urlopen", "read.csv"):
            assert said in text
        assert any(link.startswith("/sparql?query=") for link in page.links)


@collections
def test_a_second_page_asks_the_store_nothing(
    client: FlaskClient, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(f"/{collection.name}")
    asked: list[str] = []
    real = OxigraphStore.select

    def listened(store: OxigraphStore, query: str) -> Table:
        asked.append(query)
        return real(store, query)

    monkeypatch.setattr(OxigraphStore, "select", listened)
    assert client.get(f"/{collection.name}?q=zebra").status_code == 200
    assert asked == []


@collections
def test_the_address_is_the_state_in_one_order(client: FlaskClient, get: Get, collection: Collection) -> None:
    name = f"/{collection.name}"
    # A form without scripts sends its empty fields, a person a page that is not there.
    answer = client.get(f"{name}?q=&page=9999&view=table&sort={collection.columns[0].name}")
    assert answer.status_code == 303
    assert not answer.location.endswith("9999")
    assert "view" not in answer.location
    last = get(answer.location)
    for link in last.links:
        if link.startswith(f"{name}?"):
            assert client.get(link).status_code in {200, 303}, link
    for asked, named in [("x=1", "'x'"), ("view=x", "view"), ("sort=x", "sort"), ("page=x", "page")]:
        assert named in get(f"{name}?{asked}", status=400).words
    for facet in collection.facets:
        assert f"{facet.name} has no value 'nowhere'" in get(f"{name}?{facet.name}=nowhere", status=400).words


def test_chips_take_one_value_away(get: Get) -> None:
    page = get("/operations?lpa=essex-south&lpa=essex-west&theme=vawg&sort=-evidence")
    chips = {e.words: e.attributes["href"] for e in page.of_class("gt-chip")}
    assert chips["Remove Local Policing Area: West ×"] == "/operations?lpa=essex-south&theme=vawg&sort=-evidence"
    left = chips["Remove Theme: Violence against women and girls ×"]
    assert left == "/operations?lpa=essex-south&lpa=essex-west&sort=-evidence"


def test_several_values_in_another_order_are_the_same_page(client: FlaskClient) -> None:
    answer = client.get("/operations?theme=vawg&lpa=essex-west&lpa=essex-south")
    assert (answer.status_code, answer.location) == (303, "/operations?lpa=essex-south&lpa=essex-west&theme=vawg")


def test_htmx_gets_the_part_that_changes_and_the_address_to_keep(client: FlaskClient) -> None:
    answer = client.get("/operations?theme=vawg&view=", headers={"HX-Request": "true"})
    body = answer.get_data(as_text=True)
    assert body.lstrip().startswith('<div class="gt-work" id="work">')
    assert "<html" not in body
    assert "HX-Request" in answer.headers["Vary"]
    assert answer.headers["HX-Push-Url"] == "/operations?theme=vawg"
    restored = client.get("/operations", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.get_data(as_text=True)


def test_counts_on_the_page_are_those_of_the_rows_after_the_click(get: Get) -> None:
    page = get("/operations?lpa=essex-west")
    boxes = [e for e in page.all("input") if e.attributes.get("type") == "checkbox"]
    numbers = [int(e.words.split()[-1]) for e in page.of_class("gt-check")]
    assert 0 in numbers
    tried = [(b, n) for b, n in zip(boxes, numbers, strict=True) if b.attributes["name"] != "lpa"]
    for box, number in tried[::29]:
        after = get(address_of(page.links, "/operations", box.attributes)).of_class("gt-summary__count")[0].words
        assert int(after.split()[0]) == number, box.attributes


def address_of(links: list[str], path: str, box: dict[str, str | None]) -> str:
    """The address that the form gives with one more box ticked, as the page orders it."""
    del links
    before, after = ("partners",), ("priority", "quarter", "theme", "district", "partner-type", "partner", "commitment")
    name, own = str(box["name"]), f"{box['name']}={box['value']}"
    assert name in before + after
    return f"{path}?{own}&lpa=essex-west" if name in before else f"{path}?lpa=essex-west&{own}"


def test_sorting_by_evidence_puts_the_most_first_and_can_be_turned(get: Get) -> None:
    def numbers(address: str) -> list[int]:
        return [int(row.words.rsplit(" Read", 1)[0].split()[-1]) for row in get(address).table_rows()[0]]

    most_first = numbers("/operations?sort=-evidence")
    assert most_first == sorted(most_first, reverse=True)
    fewest_first = numbers("/operations?sort=evidence")
    assert fewest_first == sorted(fewest_first)


def test_measures_begin_with_those_of_most_figures_on_the_page_in_files_and_in_the_query(
    get: Get, client: FlaskClient
) -> None:
    rows = client.get("/measures.json").get_json()["rows"]
    assert [row["figures"] for row in rows] == sorted((row["figures"] for row in rows), reverse=True)
    assert rows[-1]["figures"] == 0
    names = [row["measure"]["label"] for row in rows if row["figures"] == 0]
    assert names == sorted(names, key=natural)
    page = get("/measures")
    for shown, told in zip(page.table_rows()[0], rows, strict=False):
        assert shown.words.startswith(told["measure"]["label"])
    (head,) = [e for e in page.all("th") if e.attributes.get("aria-sort")]
    assert (head.words, head.attributes["aria-sort"]) == ("Figures↓", "descending")
    assert "/measures?sort=figures" in page.links
    assert "/measures?sort=measure" in page.links


def test_long_lists_are_cut_into_pages_that_join_up(get: Get) -> None:
    first, second = get("/partners").table_rows()[0], get("/partners?page=2").table_rows()[0]
    assert len(first) == 25
    assert not {row.words for row in first} & {row.words for row in second}


@pytest.mark.parametrize("address", ["/operations{}?partners=any&theme=vawg", "/partners{}?lpa=essex-west"])
def test_lists_and_their_files_hold_the_same_rows(get: Get, client: FlaskClient, address: str) -> None:
    page = get(address.format(""))
    answer = client.get(address.format(".csv"))
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))
    told = json.loads(client.get(address.format(".json")).data)
    name = list(rows[0])[1]
    assert [r[name] for r in rows] == [r[name.removesuffix("Label")]["label"] for r in told["rows"]]
    assert answer.headers["X-Total-Count"] == str(told["total"]) == str(len(rows))
    assert answer.headers["X-Data-Version"] == told["version"]
    for row, seen in zip(rows, page.table_rows()[0], strict=False):
        assert seen.words.startswith(row[name])
    window = json.loads(client.get(f"{address.format('.json')}&limit=2&offset=1").data)
    assert window["rows"] == told["rows"][1:3]
    assert client.get(address.format(".xlsx")).data[:2] == b"PK"
    assert f"rs:size {len(rows)}" in client.get(address.format(".ttl")).get_data(as_text=True)


def test_a_file_without_rows_still_names_its_columns(client: FlaskClient) -> None:
    body = client.get("/operations.csv?q=zebra").get_data(as_text=True)
    assert body.startswith("operation,operationLabel,themes,areas,")
    assert client.get("/operations.csv?lpa=nowhere").status_code == 400


def test_commitments_say_where_their_evidence_is(get: Get, client: FlaskClient) -> None:
    rows = json.loads(client.get("/commitments.json").data)["rows"]
    told = {row["commitment"]["label"].split()[0]: row["told"] for row in rows}
    assert told["1.2"] == ["areas"]
    page = get("/commitments?told=force-wide")
    assert int(page.of_class("gt-summary__count")[0].words.split()[0]) == list(told.values()).count(["force-wide"])
    assert "force-wide only, none for" in page.words


def test_evidence_files_hold_the_words_and_where_they_stand(client: FlaskClient) -> None:
    rows = json.loads(client.get("/evidence.json?lpa=essex-west&limit=3").data)["rows"]
    assert [len(row["quote"]) for row in rows] == [row["end"] - row["start"] for row in rows]


def test_a_partner_is_new_or_continuing_against_the_report_before(small_site: Flask) -> None:
    page = getter(small_site.test_client())("/partners?change=continuing")
    assert re.match(r"[1-9]\d* partners?", page.of_class("gt-summary__count")[0].words)
    assert "Kent Police" in page.words


def test_the_network_view_draws_the_rows_that_meet_the_filters(get: Get) -> None:
    table, drawn = get("/operations?lpa=essex-west"), get("/operations?lpa=essex-west&view=network")
    named, listed = ({a for a in page.links if a.startswith("/operations/")} for page in (drawn, table))
    assert named
    assert named <= listed
    # What is chosen is what every drawn row is linked to.
    assert sum(row.words.startswith("Operation") and "West" in row.words for row in drawn.table_rows()[0]) == len(named)
    unlinked = get("/operations?q=nothing-is-called-this&view=network")
    assert "None of the" in unlinked.words
