"""What is fuzzed: each target takes bytes, and fails (with any error) if they do what they must not.

Bytes come from ``inputs``: something well made, with a few places spoilt. Everything that comes from outside has a
target: documents, SPARQL, values of parameters, questions in English, arguments of tools, addresses of pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from urllib.parse import quote

from flask.testing import FlaskClient
from hypothesis import strategies as st

from graph import ask, queries
from graph.arguments import checked
from graph.ask.model import AMBIGUOUS, ANSWERED, EMPTY, UNREAD
from graph.build import build, read_mentions
from graph.errors import BadParameter, BadQuery, UnreadableDocument
from graph.guard import read
from graph.settings import Settings
from graph.tools import TOOLS
from graph.vocabulary import load_vocabulary
from tests.documents.made import as_html, as_markdown, as_pdf, as_word, blocks, report_of
from tests.reports import SMALL, small_store
from webapp import create_app

Target = Callable[[bytes], None]
SOON = 10.0
"""Seconds of work within which anything must be answered or refused."""
_SPOILERS = (
    *(b"", b"\x00", b"\xff\xfe", b"\n", b"\r", b"\x0c", b"'", b'"', b"<", b">", b"&", b"{", b"}", b"%", b"#", b"\\"),
    *(b"99999999999999999999", b"-1", b"\xef\xbb\xbf", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"<w:p>", b"stream"),
    *(b"SERVICE <urn:x> {", b"UNDEF }", b"../../", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"Priority 2", b"- ", b"| "),
)


@st.composite
def spoilt(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """One of ``seeds`` with up to eight stretches cut out, doubled or replaced."""
    content = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        end = min(len(content), at + draw(st.sampled_from((0, 1, 2, 8, 64, 1024))))
        piece = draw(st.sampled_from(_SPOILERS) | st.binary(max_size=6) | st.just(content[at:end] * 2))
        content = content[:at] + piece + content[end:]
    return content


def _document(ending: str) -> Target:
    def target(content: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"report{ending}"
            path.write_bytes(content)
            began = process_time()
            try:
                report = report_of(path)
            except UnreadableDocument as error:
                assert "\n" not in str(error)  # noqa: PT017 - only sometimes raised
            else:
                text = report.document.text
                found = read_mentions(report, load_vocabulary())
                spans = [(part.start, part.end, part.text) for part in report.items]
                spans += [(part.start, part.end, part.text) for part in found.mentions]
                assert all(text[start:end] == words for start, end, words in spans)
            assert process_time() - began < SOON

    return target


@cache
def _documents() -> dict[str, tuple[bytes, ...]]:
    """Return one small report in each form."""
    text = SMALL[0].read_text(encoding="utf-8")
    parts = blocks(text)
    with TemporaryDirectory() as folder:
        word = as_word(Path(folder) / "report.docx", parts).read_bytes()
        pdf = as_pdf(Path(folder) / "report.pdf", parts).read_bytes()
    return {
        ".txt": (text.encode(), text.encode("utf-16")),
        ".html": (as_html(parts).encode(),),
        ".md": (as_markdown(parts).encode(),),
        ".docx": (word,),
        ".pdf": (pdf,),
    }


@cache
def _folder() -> TemporaryDirectory[str]:
    kept = TemporaryDirectory()
    build(Path(kept.name) / "store", SMALL)
    return kept


@cache
def _known() -> ask.Known:
    return ask.know(small_store())


@cache
def _client() -> FlaskClient:
    return create_app(Settings(store=Path(_folder().name) / "store")).test_client()


def guard(content: bytes) -> None:
    """SPARQL: read or refused, soon; what passes for SELECT runs or is refused by the store, and fetches nothing."""
    query = content.decode("utf-8", "replace")
    began = process_time()
    try:
        reading = read(query)
    except BadQuery as error:
        assert error.fields["line"]  # noqa: PT017 - only sometimes raised
    else:
        assert reading.form in {None, "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
    assert process_time() - began < SOON


def parameter(content: bytes) -> None:
    """A question's name, a parameter's name and a value, a line each: refused by name, or an answer."""
    name, given, value = (*content.decode("utf-8", "replace").split("\n", 2), "", "")[:3]
    if name not in queries.catalogue():
        return
    try:
        bound = queries.bind(small_store(), queries.question(name), {given: value})
    except BadParameter as error:
        assert error.fields["param"] == given  # noqa: PT017 - only sometimes raised
    else:
        assert small_store().select(bound).columns


def english(content: bytes) -> None:
    """A question in English: one of four ends, never an error."""
    answer = ask.answer(small_store(), content.decode("utf-8", "replace"), _known())
    assert answer.status in {ANSWERED, EMPTY, AMBIGUOUS, UNREAD}


def arguments(content: bytes) -> None:
    """Arguments of a tool as JSON: refused in one line that does not repeat them, or as they are to be."""
    try:
        given = json.loads(content)
    except ValueError:
        return
    if not isinstance(given, dict):
        return
    for tool in TOOLS:
        try:
            assert checked(tool.name, tool.arguments, given).keys() <= tool.arguments["properties"].keys()
        except BadParameter as error:
            assert len(error.message) < 300  # noqa: PT017 - only sometimes raised


def address(content: bytes) -> None:
    """A path and a query string, a line each: never our fault."""
    path, query = (*content.decode("utf-8", "replace").split("\n", 1), "")[:2]
    answer = _client().get(quote(f"/{path.lstrip('/')}"), query_string=quote(query, safe="=&+%"))
    assert answer.status_code < 500, (path, query)
    answer.close()


_QUERIES = (
    b"SELECT ?s WHERE { ?s ?p 'a \\' string' . FILTER(?a<?b) } # comment\nLIMIT 5",
    b'PREFIX a: <urn:a> CONSTRUCT { ?s a:b """long"""@en } FROM <urn:g> WHERE { GRAPH ?g { ?s a:b/a:c* 1e5 } }',
    b"ASK { ?s ?p ?o . OPTIONAL { SELECT ?s { VALUES ?s { <urn:x> UNDEF } } } }",
)
_VALUES = (
    b"partner-operations-by-lpa\ntheme\nvawg",
    b"evidence-in-words\nwords\nknife crime",
    b"figures\nlpa\nNorth",
    b"item-trace\nitem\n5",
    b"why-linked\nsubject\nhttps://w3id.org/golden-thread/id/operation/vinka",
)
_ENGLISH = (
    b"Which operations tackle violence against women and girls without partners, by local policing area?",
    b"How many sentences mention the council since Q1 2022/23?",
    b"What changed compared with last quarter in the number of Special Constables?",
)
_ARGUMENTS = (
    b'{"question": "Which operations?", "limit": 5, "offset": 0}',
    b'{"name": "figures", "parameters": {"lpa": ["North", "West"], "measure": "x"}, "limit": 5}',
    b'{"thing": "operation/vinka", "relation": "workedWith", "object": "partner/x"}',
)
_ADDRESSES = (
    b"operations\ntheme=vawg&lpa=north&page=2",
    b"questions/figures.json\nlimit=5&offset=2",
    b"reports/essex-2022-23-q1\nspan=10-40",
    b"search\nq=operation&kind=evidence",
    b"ask.json\nq=Which operations are there?",
    b"sparql\nquery=ASK { ?s ?p ?o }&format=json",
    b"id/report/essex-2022-23-q1/item/1.ttl\n",
    b"compare\nfrom=essex-2022-23-q1&to=essex-2022-23-q2",
)


def targets() -> dict[str, tuple[Target, st.SearchStrategy[bytes]]]:
    """Return each target by name, and what it is given."""
    documents = {f"document{ending}": (_document(ending), spoilt(seeds)) for ending, seeds in _documents().items()}
    return {
        **documents,
        "guard": (guard, spoilt(_QUERIES)),
        "parameter": (parameter, spoilt(_VALUES)),
        "english": (english, spoilt(_ENGLISH)),
        "arguments": (arguments, spoilt(_ARGUMENTS)),
        "address": (address, spoilt(_ADDRESSES)),
    }
