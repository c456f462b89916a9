"""What is too much is refused with a status of its own, and a client that asks without end is told to wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.settings import Settings
from webapp import create_app
from webapp.limits import ADDRESS, BODY, CLIENTS, DEAR, FREE, HEADERS, Buckets, client_of


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_request_has_a_size(client: FlaskClient) -> None:
    form = "application/x-www-form-urlencoded"
    sent = {
        413: client.post("/theme", data=b"choice=" + b"x" * BODY, content_type=form),
        414: client.get(f"/search?q={'x' * ADDRESS}"),
        # Of an address that nobody asks for: an answer that is ready costs nothing and is given to everybody.
        431: client.get("/search?q=padding", headers={"X-Padding": "x" * HEADERS}),
    }
    assert {status: answer.status_code for status, answer in sent.items()} == {s: s for s in sent}
    page = sent[431].get_data(as_text=True)
    assert "That is too much at once" in page
    assert "x" * 100 not in page
    assert client.get("/search.json?q=" + "x" * 1000).status_code == 200
    assert client.get("/", headers={"X-Padding": "x" * 4000}).status_code == 200


def test_a_bucket_empties_and_fills_at_its_rate() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    assert [buckets.take("a", 1) for _ in range(60)] == [0.0] * 60
    assert buckets.take("a", 1) == pytest.approx(1)
    assert buckets.take("b", 1) == 0, "another client has a bucket of its own"
    clock.now += 5
    assert buckets.take("a", 5) == 0
    assert buckets.take("a", 5) == pytest.approx(5)
    clock.now += 3600
    assert buckets.take("a", 1000) == 0, "what costs more than a bucket holds can be had from a full one"
    assert buckets.take("a", 1) > 0, "and a quiet hour fills it no further than full"


def test_the_memory_of_clients_is_bounded() -> None:
    buckets = Buckets(1, Clock())
    for number in range(CLIENTS + 10):
        buckets.take(str(number), 1)
    assert len(buckets._buckets) == CLIENTS
    assert buckets.take(str(CLIENTS + 9), 1) > 0
    assert buckets.take("0", 1) == 0


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("unknown", ""),
        (None, ""),
    ],
)
def test_a_client_is_an_address_or_a_network(address: str | None, client: str) -> None:
    assert client_of(address) == client


def asking(store: Path, rate: int, proxies: int = 0) -> FlaskClient:
    made = create_app(Settings(store=store, rate=rate, proxies=proxies))
    assert {*DEAR, *FREE} <= {rule.endpoint for rule in made.url_map.iter_rules()}
    return made.test_client()


def test_a_client_that_asks_without_end_is_told_when_to_come_again(sample_store: Path) -> None:
    client = asking(sample_store, rate=6)
    first = client.get("/operations")
    assert [client.get(f"/search.json?q=word{n}").status_code for n in range(6)] == [200] * 5 + [429]
    refused = client.get("/search.json?q=another")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 10
    assert refused.json
    assert refused.json["error"]["title"] == "Too many at once"
    assert "Content-Security-Policy" in refused.headers
    assert refused.headers["Cache-Control"] == "no-store"
    query = client.get("/sparql?query=ASK{}", headers={"Accept": "application/sparql-results+json"})
    assert (query.status_code, int(query.headers["Retry-After"]) > 10) == (429, True)
    # What is ready, what has not changed, and what tells that we live are still to be had.
    assert client.get("/operations").status_code == 200
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/operations", headers=tag).status_code == 304
    assert {client.get(path).status_code for path in ("/healthz", "/readyz", "/metrics")} == {200}
    assert client.get("/search.json?q=x", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200


def test_a_forwarded_address_counts_only_behind_proxies_that_were_announced(sample_store: Path) -> None:
    for proxies, last in ((0, 429), (1, 200)):
        client = asking(sample_store, rate=1, proxies=proxies)
        # The first of the two is what a client says of itself, and is believed of nobody.
        told = [{"X-Forwarded-For": f"198.51.100.1, 203.0.113.{n}"} for n in (1, 2)]
        answers = [client.get(f"/search.json?q={n}", headers=header) for n, header in enumerate(told)]
        assert [answer.status_code for answer in answers] == [200, last]
    client = asking(sample_store, rate=1, proxies=1)
    claimed = [
        client.get(f"/search.json?q={n}", headers={"X-Forwarded-For": f"10.0.0.{n}, 203.0.113.9"}) for n in (1, 2)
    ]
    assert [answer.status_code for answer in claimed] == [200, 429]


def test_there_is_no_limit_unless_one_is_set(client: FlaskClient) -> None:
    assert {client.get(f"/search.json?q=free{n}").status_code for n in range(80)} == {200}


def test_a_visitor_who_came_over_tls_is_to_come_so_again(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    answer = client.get("/operations?x=tls", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
