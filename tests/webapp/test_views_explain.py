"""A query in words on the pages: the sentence, its values, and the questions about a thing."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from flask.testing import FlaskClient

from graph.namespaces import BASE, GT
from tests.webapp.conftest import Get

QUERY = (
    f"PREFIX gt: <{GT}>\n"
    f"SELECT DISTINCT ?op WHERE {{ ?item gt:namesOperation ?op ; gt:aboutTheme <{BASE}theme/vawg> }} LIMIT 10"
)

PAGE = {"Accept": "text/html"}


def address(path: str = "/explain", **given: str) -> str:
    return f"{path}?{urlencode(given)}"


def test_an_empty_answer_says_why_and_links_to_what_has_rows(get: Get, client: FlaskClient) -> None:
    nothing = QUERY.replace("theme/vawg", "theme/vawgg")
    page = get(address("/sparql", query=nothing), headers=PAGE)
    assert "No theme here has that name: id:theme/vawgg." in page.words
    near = next(a for a in page.all("a") if "in place of id:theme/vawgg" in a.words)
    answer = client.get(near.attributes["href"], headers={"Accept": "text/csv"})
    assert len(answer.get_data(as_text=True).split()) > 1
    standard = client.get(address("/sparql", query=nothing, format="json")).get_json()
    assert standard == {"head": {"vars": ["op"]}, "results": {"bindings": []}}


def test_a_question_without_rows_says_why_on_its_page_and_in_json(get: Get, client: FlaskClient) -> None:
    asked = "/questions/partner-operations-by-lpa"
    values = client.get(f"{asked}.json?theme=theft-from-person").get_json()
    assert values["total"] == 0
    assert values["empty"]["cause"] in {"nothing-of-kind", "never-together"}
    assert values["empty"]["steps"][-1]["solutions"] == 0
    assert values["empty"]["nearest"]
    page = get(f"{asked}?theme=theft-from-person")
    assert values["empty"]["message"] in page.words
    assert "What has rows nearby" in page.words
    assert "empty" not in client.get(f"{asked}.json").get_json()


def test_a_query_is_told_and_each_value_offered_gives_the_rows_it_promises(client: FlaskClient) -> None:
    told = client.get(address("/explain.json", query=QUERY, slot="0")).get_json()
    assert told["exact"]
    assert told["sentence"].endswith("is about the theme “Violence against women and girls”. At most 10 rows.")
    assert QUERY[told["slots"][0]["start"] : told["slots"][0]["end"]] == f"<{BASE}theme/vawg>"
    assert told["values"]
    assert told["untried"] == 0
    for one in told["values"][:3]:
        changed = QUERY.replace(f"<{BASE}theme/vawg>", one["value"])
        found = client.get(address("/sparql", query=changed, format="json")).get_json()
        assert len(found["results"]["bindings"]) == one["rows"] > 0
    back = client.get(address("/explain.json", sentence=told["sentence"])).get_json()
    assert back["sentence"] == told["sentence"]


def test_the_page_offers_values_without_scripts_and_puts_the_chosen_one_in_place(get: Get, client: FlaskClient) -> None:
    page = get(address(query=QUERY, slot="0"))
    assert "In place of Violence against women and girls" in page.words
    chosen = next(link for link in page.links if link.startswith("/explain?query="))
    query = parse_qs(urlsplit(chosen).query)["query"][0]
    assert query.startswith(QUERY.split("<" + BASE, maxsplit=1)[0])
    assert query.endswith(" } LIMIT 10")
    moved = client.get(address(query=QUERY, slot="0", value="domestic abuse", run="1"))
    assert moved.status_code == 303
    assert f"{BASE}theme/domestic-abuse" in parse_qs(urlsplit(moved.location).query)["query"][0]
    assert client.get(address(query=QUERY, slot="0", value="no such theme")).status_code == 400
    assert client.get(address(query=QUERY, slot="7")).status_code == 400


def test_a_question_and_the_editor_and_ask_tell_what_is_asked(get: Get) -> None:
    for shown in ("/questions/partner-operations-by-lpa", address("/sparql", query=QUERY), "/ask?q=operations+on+vawg"):
        page = get(shown, headers=PAGE)
        assert "in words" in page.words, shown
        assert "Violence against women and girls" in page.words, shown
    values = get(address(question="partner-operations-by-lpa", param="partner_type"))
    assert any(link.startswith("/questions/partner-operations-by-lpa?partner_type=") for link in values.links)


def test_a_fault_has_its_place_and_a_remedy_everywhere(get: Get, client: FlaskClient) -> None:
    wrong = "SELECT ?x {\n  ?x a gt:Operation }"
    told = client.get(address("/explain.json", query=wrong))
    assert told.status_code == 400
    error = told.get_json()["error"]
    assert (error["line"], error["column"]) == (2, 8)
    assert error["fix"].endswith(wrong)
    for path in ("/explain", "/sparql"):
        page = get(address(path, query=wrong), 400, PAGE)
        assert "add PREFIX gt:" in page.words or "Mend it so" in page.words
        caret = "\n" + " " * 13 + "^"
        assert caret in client.get(address(path, query=wrong), headers=PAGE).get_data(as_text=True)
        mended = next(link for link in page.links if "PREFIX" in link)
        assert get(mended, headers=PAGE).links
    for hostile in ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "DROP ALL", "SELECT * {" + "(" * 5000):
        assert client.get(address(query=hostile)).status_code == 400


def test_a_thing_leads_to_the_questions_that_have_rows(get: Get, client: FlaskClient) -> None:
    link = next(link for link in get("/themes/vawg").links if link.startswith("/continue"))
    assert get(link).links
    told = client.get(link.replace("/continue", "/continue.json")).get_json()
    assert told["questions"]
    first = client.get(told["questions"][0]["address"].replace("?", ".json?")).get_json()
    assert len(first["rows"]) == told["questions"][0]["rows"]
    assert client.get("/continue?thing=operation/nothing-of-the-kind").status_code == 404
    assert client.get("/continue").status_code == 400


def test_a_misspelt_term_is_named_beside_rows_and_a_line_stands_before_the_sentence(get: Get) -> None:
    query = f"PREFIX gt: <{GT}>\nSELECT ?op ?x {{ ?op a gt:Operation . OPTIONAL {{ ?op gt:ofForse ?x }} }}"
    for path in ("/sparql", "/explain"):
        page = get(address(path, query=query), headers=PAGE)
        assert "The ontology has no term gt:ofForse. Did you mean gt:ofForce?" in page.words
        assert "Lists operations." in page.words
