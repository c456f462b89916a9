"""`goldenthread mcp`, asked by the SDK's own client over real standard input and output."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, ListToolsResult, TextContent

from graph import queries
from graph.build import build, sample_reports
from graph.errors import BadParameter
from graph.settings import Settings
from graph.stores import open_store
from graph.tools import TOOLS, Tools
from tests.serving import free_port, run

ROOT = Path(__file__).resolve().parent.parent
FIRST = "partner-operations-by-lpa"
SITE = "https://thread.example"
QUESTION = "Which partner-linked operations tackle violence against women and girls, by local policing area?"

HOSTILE: list[tuple[str, dict[str, Any], str]] = [
    ("drop_everything", {}, "there is no such tool; there are: ask, list_questions, run_question, trace, search"),
    ("ask", {}, "ask: question is missing"),
    ("ask", {"question": "x" * 1_000_000}, "ask: question is longer than 300 characters"),
    ("ask", {"question": ["who", "where"]}, "ask: question is to be of type string"),
    ("ask", {"question": ""}, "ask: question is empty"),
    ("run_question", {"name": "../../../etc/passwd"}, "no question is called '../../../etc/passwd'"),
    ("run_question", {"name": "partner-operations-by-lp"}, "Did you mean partner-operations-by-lpa"),
    ("run_question", {"name": FIRST, "file": "/etc/passwd"}, "run_question has no argument 'file'; it takes: name"),
    ("run_question", {"name": FIRST, "parameters": "theme=vawg"}, "parameters is to be of type object"),
    ("run_question", {"name": FIRST, "parameters": {"theme": 7}}, "parameters.theme is to be of type string or array"),
    (
        "run_question",
        {"name": FIRST, "parameters": {"theme": ["vawg"] * 51}},
        "parameters.theme has more than 50 values",
    ),
    (
        "run_question",
        {"name": FIRST, "parameters": {"store": "elsewhere"}},
        "has no parameter 'store'; it takes: theme",
    ),
    (
        "run_question",
        {"name": FIRST, "parameters": {"narrower": "perhaps"}},
        "narrower is true or false, not 'perhaps'",
    ),
    ("run_question", {"name": FIRST, "limit": 10**9}, "limit is at most 500"),
    ("run_question", {"name": FIRST, "offset": -1}, "offset is at least 0"),
    ("run_question", {"name": FIRST, "limit": True}, "limit is to be of type integer"),
    (
        "run_question",
        {"name": FIRST, "parameters": {"theme": "vawg> } } ; DROP ALL ; SELECT * { ?s ?p <x"}},
        "theme: nothing of that kind is called",
    ),
    ("run_question", {"name": "why-linked", "parameters": {"subject": "<x> } SERVICE <y> {"}}, "subject"),
    ("trace", {"thing": "x> ?p ?o . } #"}, "is no address and no key"),
    ("trace", {"thing": "operation/vinka"}, "is neither a derived link nor a figure check"),
    ("trace", {"thing": "operation/vinka", "relation": "workedWith"}, "thing, relation and object"),
    ("search", {"words": "x", "limit": 0}, "limit is at least 1"),
    ("search", {"words": "x", "a" * 5000: 1}, "search has no argument 'aaaa"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp") / "store"
    build(folder, sample_reports())
    return folder


def command(store: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "graph", "mcp", "--store", str(store), *options]


@dataclass
class Session:
    """What one session with the server was told."""

    tools: ListToolsResult | None = None
    answers: dict[str, CallToolResult] = field(default_factory=dict)
    refused: list[CallToolResult] = field(default_factory=list)


@pytest.fixture(scope="module")
def session(store: Path) -> Session:
    """The server started as an assistant starts it, and asked everything."""
    program, *arguments = command(store)
    environment = {"PYTHONPATH": str(ROOT), "GOLDENTHREAD_SITE": SITE}
    started = StdioServerParameters(command=program, args=arguments, env=environment, cwd=ROOT)
    seen = Session()

    async def asking() -> None:
        async with Client(started, read_timeout_seconds=60) as client:
            seen.tools = await client.list_tools()
            told = seen.answers
            told["listed"] = await client.call_tool("list_questions")
            told["first"] = await client.call_tool("run_question", {"name": FIRST, "parameters": {"theme": "vawg"}})
            told["ask"] = await client.call_tool("ask", {"question": QUESTION})
            told["part"] = await client.call_tool("run_question", {"name": "figures", "limit": 2, "offset": 1})
            first = told["first"].structured_content["rows"][0]
            told["item"] = await client.call_tool("trace", {"thing": first["item"]["iri"]})
            parts = {"thing": first["operation"]["iri"], "relation": "workedWith", "object": first["partner"]["iri"]}
            told["why"] = await client.call_tool("trace", parts)
            seen.refused = [await client.call_tool(tool, arguments) for tool, arguments, _ in HOSTILE]
            told["search"] = await client.call_tool("search", {"words": first["operation"]["label"].lower()})

    run(asking())
    return seen


def text_of(answer: CallToolResult) -> str:
    assert [type(block) for block in answer.content] == [TextContent]
    return str(answer.content[0].text)  # type: ignore[union-attr]  # as the line before says


def test_an_assistant_asks_the_first_question_and_gets_rows_with_their_sentences(session: Session) -> None:
    assert session.tools
    assert [tool.name for tool in session.tools.tools] == [tool.name for tool in TOOLS]
    assert all(t.annotations and t.annotations.read_only_hint and t.description for t in session.tools.tools)
    assert {name: text_of(answer) for name, answer in session.answers.items() if answer.is_error} == {}
    told: dict[str, Any] = {name: answer.structured_content for name, answer in session.answers.items()}
    assert {name: json.loads(text_of(answer)) for name, answer in session.answers.items()} == told

    assert FIRST in {question["name"] for question in told["listed"]["questions"]}
    rows = told["first"]["rows"]
    assert rows
    assert told["first"]["total"] == len(rows)
    text = sample_reports()[0].read_text(encoding="utf-8")
    for row in rows:
        (said,) = row["evidence"]
        assert said["quote"] == row["quote"] == text[said["start"] : said["end"]]
        assert said["item"] == row["item"]["iri"]
        key, number = said["report"].rpartition("/")[2], said["number"]
        assert said["page"] == f"{SITE}/reports/{key}?span={said['start']}-{said['end']}#item-{number}"
        assert row["operation"]["page"].startswith(f"{SITE}/id/operation/")
    assert told["ask"]["status"] == "answered"
    # Plain English asks what the sentences themselves say, not what only the promise above them does.
    explicit = {row["operation"]["label"] for row in rows if row["how"] != "heading"}
    assert {row["operation"]["label"] for row in told["ask"]["rows"]} == explicit
    assert all(said["page"] and said["quote"] for row in told["ask"]["rows"] for said in row["evidence"])
    assert (len(told["part"]["rows"]), told["part"]["offset"]) == (2, 1)
    assert told["part"]["total"] > 2
    assert told["item"]["item"]["quote"] == rows[0]["quote"]
    assert rows[0]["operation"]["iri"] in {said["thing"]["iri"] for said in told["item"]["says"] if "thing" in said}
    assert rows[0]["item"]["iri"] in {s["item"] for reason in told["why"]["reasons"] for s in reason["sentences"]}
    assert told["search"]["names"][0]["iri"] == rows[0]["operation"]["iri"]
    assert all(said["quote"] for said in told["search"]["sentences"])


def test_rows_of_every_question_come_with_what_proves_them(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No limit of time is looked at here, and a busy machine may start the fence's processes late.
    monkeypatch.setattr("graph.tools.PROVING", 600.0)
    monkeypatch.setattr("graph.fence.pool.PATIENCE", 120.0)
    tools = Tools(Settings(store=store, query_seconds=120))
    try:
        for name in queries.catalogue():
            rows = tools.call("run_question", {"name": name, "limit": 1, "quotes": 2})["rows"]
            for row in rows:
                assert row["proof"] in {"named", "stated", "absent", "given"}, name
                assert len(row["evidence"]) == min(row["sentences"], 2), name
                assert row.get("smallest", True), name
                assert bool(row["evidence"]) == (row["proof"] in {"named", "stated"}), name
                assert all(said["quote"] and said["page"] for said in row["evidence"]), name
        counted = tools.call("run_question", {"name": "evidence-by-priority", "limit": 1})["rows"][0]
        assert (len(counted["evidence"]), counted["sentences"] > 3) == (3, True), "cut, and said so"
        (gone,) = tools.call("run_question", {"name": "partners-not-involved", "limit": 1})["rows"]
        assert "shows at work with the police" in gone["notFound"][0]
    finally:
        tools.close()


def test_hostile_arguments_are_refused_by_name_and_the_server_goes_on(session: Session) -> None:
    assert not session.answers["search"].is_error, "asked last"
    for (tool, arguments, reason), answer in zip(HOSTILE, session.refused, strict=True):
        said = text_of(answer)
        assert answer.is_error, (tool, str(arguments)[:100])
        assert reason in said, said[:400]
        assert "\n" not in said
        assert len(said) < 1500, "what was sent is not sent back"


def test_standard_output_holds_the_protocol_alone_and_the_end_of_input_ends_it(store: Path) -> None:
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "raw", "version": "1"},
    }
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "search", "arguments": {"words": "x"}}},
    ]
    sent = "this is no JSON\n" + "".join(json.dumps(line) + "\n" for line in lines)
    process = subprocess.Popen(
        command(store), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(sent)
        process.stdin.flush()
        answers: list[dict[str, Any]] = []
        while 2 not in {answer.get("id") for answer in answers}:
            answers.append(json.loads(process.stdout.readline()))
        process.stdin.close()
        assert process.stdout.read() == ""
        assert process.wait(timeout=20) == 0
    assert all(answer["jsonrpc"] == "2.0" for answer in answers)


def test_questions_of_assistants_run_within_the_limits_of_the_fence(store: Path) -> None:
    tools = Tools(Settings(store=store, query_rows=5))
    try:
        with pytest.raises(BadParameter, match="theme"):
            tools.call("run_question", {"name": FIRST, "parameters": {"theme": "'; DROP ALL"}})
        said = tools.call("list_questions", {})
        assert len(said["questions"]) > 40
        with pytest.raises(Exception, match="5 rows"):
            tools.call("run_question", {"name": "figures"})
    finally:
        tools.close()


def test_the_same_over_http_on_this_machine_and_not_for_other_hosts(store: Path) -> None:
    port = free_port()
    process = subprocess.Popen(command(store, "--http", str(port)), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    seen: list[CallToolResult] = []

    async def asking() -> None:
        async with Client(f"http://127.0.0.1:{port}/mcp", read_timeout_seconds=60) as client:
            seen.append(await client.call_tool("run_question", {"name": FIRST}))

    with process:
        try:
            for attempt in range(100):
                if not_there(port):
                    assert attempt < 99, "it never listened"
                    time.sleep(0.1)
            run(asking())
            foreign = HTTPConnection("127.0.0.1", port, timeout=20)
            headers = {"Host": "evil.example", "Content-Type": "application/json", "Accept": "application/json"}
            foreign.request("POST", "/mcp", b"{}", headers)
            assert foreign.getresponse().status == 421
            foreign.close()
        finally:
            process.terminate()
    assert not seen[0].is_error
    assert seen[0].structured_content["rows"]
    assert open_store(Settings(store=store)).version == seen[0].structured_content["version"]


def not_there(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
