"""The command line: each command, its exit status, what goes to which output, and inputs made to upset it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

from graph.__main__ import main
from graph.commands.base import DONE, FELL_SHORT, UNAVAILABLE, USAGE
from graph.namespaces import GT
from graph.stores.generations import current
from tests.graph.conftest import Endpoint
from tests.reports import OTHER_FORCE, SMALL

ROOT = Path(__file__).resolve().parents[2]
Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process; returns exit status, standard output and standard error."""
    for name in [name for name in os.environ if name.startswith("GOLDENTHREAD_")]:
        monkeypatch.delenv(name)

    def run_(*arguments: object) -> Ran:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 1
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return status, out, err

    return run_


def process(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "graph", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, **more}, timeout=60,
    )  # fmt: skip


def test_build_makes_a_store_and_prints_nothing_on_standard_output(run: Run, tmp_path: Path) -> None:
    status, out, err = run("build", *SMALL, "--store", tmp_path / "s")
    assert (status, out) == (DONE, "")
    assert "2 report(s), 12 items" in err.splitlines()[-1]
    assert current(tmp_path / "s") is not None


def test_in_quiet_nothing_is_said(run: Run, copy_of_built: Path) -> None:
    assert run("ingest", OTHER_FORCE, "--store", copy_of_built, "--quiet") == (DONE, "", "")


def test_ingest_adds_a_report(run: Run, copy_of_built: Path) -> None:
    status, out, err = run("ingest", OTHER_FORCE, "--store", copy_of_built)
    assert (status, out) == (DONE, "")
    assert "1 report(s), 6 items" in err


def test_a_good_report_beside_a_bad_one_goes_in_and_the_status_says_it_fell_short(
    run: Run, copy_of_built: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("Dear all,", encoding="utf-8")
    status, out, err = run("ingest", bad, OTHER_FORCE, "--store", copy_of_built, "--quiet")
    assert (status, out) == (FELL_SHORT, "")
    assert str(bad) in err
    assert "no priorities" in err
    assert run("query", "operations", "--param", "operation=x", "--store", copy_of_built)[0] == USAGE
    assert "SANDPIPER" in run("query", "operations", "--format", "csv", "--store", copy_of_built)[1]


def test_ingest_reads_in_as_many_processes_as_it_is_told(copy_of_built: Path) -> None:
    done = process("ingest", OTHER_FORCE, SMALL[0], "--jobs", "2", "--store", copy_of_built)
    assert done.returncode == DONE, done.stderr
    assert "2 report(s)" in done.stderr


def test_build_in_two_processes_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    done = process("build", *SMALL, "--jobs", "2", "--store", tmp_path / "s")
    assert done.returncode == DONE, done.stderr
    in_two, in_one = (process("export", "--store", store).stdout for store in (tmp_path / "s", built))
    assert in_two == in_one != ""


def test_extract_prints_what_a_report_says(run: Run) -> None:
    status, out, err = run("extract", SMALL[0])
    assert (status, err) == (DONE, "")
    said = json.loads(out)
    text = SMALL[0].read_text(encoding="utf-8")
    assert said["report"]["id"] == "essex-2022-23-q1"
    assert [c["id"] for c in said["commitments"]] == ["1.1", "2.1"]
    assert all(text[i["start"] : i["end"]] == i["text"] for i in said["items"])
    assert set(said["operations"]) == {"HERON", "KESTREL", "WHEEL"}
    kestrel = said["operations"]["KESTREL"]
    assert (kestrel["lpas"], kestrel["districts"], kestrel["aliases"]) == (
        ["North"], ["Colchester", "Tendring"], ["KESTRELS"],
    )  # fmt: skip
    assert {p["name"] for p in kestrel["partners"]} == {"Colchester City Council", "Northfield Youth Trust"}
    assert said["operations"]["WHEEL"]["partner_linked"] is False


def test_extract_gives_every_key_of_the_contract(run: Run) -> None:
    said = json.loads(run("extract", SMALL[0])[1])
    assert set(said) >= {"report", "priorities", "commitments", "items", "operations", "checks", "unread"}
    assert set(said["items"][0]) >= set(
        "id number priority commitment area heading page start end text operations partners units themes "
        "heading_themes places districts schemes figures".split()
    )
    assert set(said["operations"]["HERON"]) >= set(
        "lpas districts themes heading_themes partners partner_linked volunteer_only items aliases".split()
    )
    assert set(said["report"]) >= set("id force title quarter period version produced source".split())


def test_query_lists_the_questions(run: Run) -> None:
    status, out, err = run("query", "--list")
    assert (status, err) == (DONE, "")
    assert "partner-operations-by-lpa\n" in out
    assert "theme=vawg" in out


def test_query_without_a_name_lists_them_and_is_wrong_usage(run: Run) -> None:
    assert run("query")[0] == USAGE


@pytest.mark.parametrize("format_", ["table", "json", "csv", "tsv", "xml"])
def test_query_answers_in_every_format(run: Run, built: Path, format_: str) -> None:
    status, out, err = run("query", "operations", "--format", format_, "--store", built)
    assert (status, err) == (DONE, "")
    assert out.count("KESTREL") >= 2
    if format_ == "json":
        assert len(json.loads(out)["results"]["bindings"]) == out.count('"operation":')
    if format_ == "csv":
        assert {row["operationLabel"] for row in csv.DictReader(io.StringIO(out))} >= {"Operation WHEEL"}
    if format_ == "table":
        assert out.splitlines()[-1].endswith("rows)")


def test_query_takes_a_parameter_more_than_once(run: Run, built: Path) -> None:
    given = ["--param", "lpa=North", "--param", "lpa=South", "--param", "quarter=2022-23 Q1"]
    out = run("query", "operations", *given, "--format", "csv", "--store", built)[1]
    assert {row["operationLabel"] for row in csv.DictReader(io.StringIO(out))} == {
        "Operation KESTREL",
        "Operation WHEEL",
    }


def test_query_shows_the_sparql_it_would_run(run: Run, built: Path) -> None:
    status, out, _ = run("query", "operations", "--sparql", "--param", "lpa=North", "--store", built)
    assert status == DONE
    assert "VALUES ?_lpa { <https://w3id.org/golden-thread/id/lpa/essex-north> }" in out
    assert run("sparql", out, "--store", built, "--format", "csv")[0] == DONE


@pytest.mark.parametrize("way", ["argument", "file", "standard input"])
def test_sparql_is_read_from_argument_file_or_standard_input(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO(query))
    sources = {"argument": [query], "file": ["-f", str(tmp_path / "q.rq")], "standard input": []}
    status, out, _ = run("sparql", *sources[way], "--store", built, "--format", "csv")
    assert status == DONE
    assert int(out.splitlines()[1]) > 1000


def test_a_fault_of_a_query_is_pointed_at_and_mended(run: Run, built: Path) -> None:
    status, _, err = run("sparql", "SELECT ?o {\n\t?o a gt:Operation }", "--store", built)
    assert status == FELL_SHORT
    said, line, caret, heading, *mended = err.splitlines()
    assert "line 2, column 7" in said
    assert (line, caret) == ("  \t?o a gt:Operation }", "  \t     ^")
    assert heading == "Likely meant:"
    assert mended[0] == f"  PREFIX gt: <{GT}>"
    assert run("sparql", "\n".join(one[2:] for one in mended), "--store", built)[0] == DONE


def test_an_answer_without_rows_is_explained(run: Run, built: Path) -> None:
    query = f"PREFIX gt: <{GT}> SELECT ?o WHERE {{ ?o a gt:Operatoin }}"
    status, out, _ = run("sparql", query, "--store", built)
    assert status == DONE
    assert "No rows: The ontology has no class gt:Operatoin. Did you mean gt:Operation?" in out
    assert "gt:Operation in place of gt:Operatoin" in out
    assert run("sparql", query, "--store", built, "--format", "csv")[1].split() == ["o"]


def test_sparql_constructs_turtle(run: Run, built: Path) -> None:
    query = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 5"
    status, out, _ = run("sparql", query, "--format", "turtle", "--store", built)
    assert status == DONE
    assert len(Graph().parse(data=out, format="turtle")) == 5


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "ASK { <urn:none> ?p ?o }"])
def test_sparql_answers_yes_or_no(run: Run, built: Path, query: str) -> None:
    status, out, _ = run("sparql", query, "--format", "json", "--store", built)
    assert status == DONE
    assert json.loads(out)["boolean"] is ("none" not in query)


def test_check_finds_no_fault_in_what_was_built(run: Run, built: Path) -> None:
    status, out, err = run("check", "--store", built)
    assert (status, out) == (DONE, "")
    assert "no fault found" in err


@pytest.mark.parametrize("format_", ["nquads", "graphml"])
def test_export_writes_to_standard_output_or_a_file(run: Run, built: Path, tmp_path: Path, format_: str) -> None:
    status, out, err = run("export", "--format", format_, "--store", built)
    assert (status, err) == (DONE, "")
    assert run("export", "--format", format_, "--store", built, "-o", tmp_path / "graph") == (DONE, "", "")
    assert (tmp_path / "graph").read_text(encoding="utf-8") == out != ""


def test_an_endpoint_is_asked_in_place_of_the_store(run: Run, sparql: Endpoint, tmp_path: Path) -> None:
    status, out, _ = run("query", "operations", "--endpoint", sparql.address, "--store", tmp_path, "--format", "csv")
    assert status == DONE
    assert "Operation WHEEL" in out
    assert sparql.asked


def test_the_environment_names_the_store(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDENTHREAD_STORE", str(built))
    assert run("query", "operations")[0] == DONE


def test_the_version_is_told(run: Run) -> None:
    status, out, _ = run("--version")
    assert status == DONE
    assert out.startswith("goldenthread ")


FILES = {
    "empty.txt": b"", "letter.txt": b"Dear all,", "binary.txt": bytes(range(256)) * 9, "page.xyz": b"words",
    "nothing.txt": b"Priority 1 - Nights\n\nWe will:\n\nWalk.\n", "bad.rq": b"SELECT \xff", "file": b"",
}  # fmt: skip
"""Files that are at fault, made for each case in a folder that the cases call TMP."""

REPORT, STORE, NONE = str(SMALL[0]), ("--store", "BUILT"), ("--store", "TMP/none")

HOSTILE: dict[str, tuple[int, list[str], str]] = {
    "empty file": (FELL_SHORT, ["extract", "TMP/empty.txt"], "it is empty"),
    "folder": (FELL_SHORT, ["extract", "TMP"], "it is a folder"),
    "missing file": (FELL_SHORT, ["extract", "TMP/gone.txt"], "there is no such file"),
    "wrong ending": (FELL_SHORT, ["extract", "TMP/page.xyz"], "are not read"),
    "not text": (FELL_SHORT, ["extract", "TMP/binary.txt"], "it is not text"),
    "no priorities": (FELL_SHORT, ["extract", "TMP/letter.txt"], "no priorities"),
    "nothing reported": (FELL_SHORT, ["extract", "TMP/nothing.txt"], "nothing reported"),
    "long name": (FELL_SHORT, ["extract", "TMP/" + "x" * 300 + ".txt"], "cannot be opened"),
    "build of nothing good": (FELL_SHORT, ["build", "TMP/letter.txt", *NONE], "no report could be read"),
    "ingest without a store": (UNAVAILABLE, ["ingest", REPORT, *NONE], "goldenthread build"),
    "query without a store": (UNAVAILABLE, ["query", "operations", *NONE], "goldenthread build"),
    "check without a store": (UNAVAILABLE, ["check", *NONE], "goldenthread build"),
    "export without a store": (UNAVAILABLE, ["export", *NONE], "goldenthread build"),
    "serve without a store": (UNAVAILABLE, ["serve", *NONE], "goldenthread build"),
    "store is a file": (UNAVAILABLE, ["build", REPORT, "--store", "TMP/file"], "cannot write here"),
    "store below a file": (UNAVAILABLE, ["build", REPORT, "--store", "TMP/file/s"], "cannot write here"),
    "store cannot be made": (UNAVAILABLE, ["build", REPORT, "--store", "/proc/none/s"], "cannot write here"),
    "store with a long name": (UNAVAILABLE, ["query", "operations", "--store", "x" * 300], "no store"),
    "no jobs": (USAGE, ["build", REPORT, "--jobs", "0", *NONE], "--jobs"),
    "unknown question": (USAGE, ["query", "operation", *STORE], "Did you mean operations"),
    "unknown parameter": (USAGE, ["query", "operations", "--param", "colour=red", *STORE], "it takes: theme"),
    "unknown value": (USAGE, ["query", "operations", "--param", "lpa=Nroth", *STORE], "Nearest: North"),
    "parameter without a value": (USAGE, ["query", "operations", "--param", "lpa", *STORE], "KEY=VALUE"),
    "unknown command": (USAGE, ["frobnicate"], "invalid choice"),
    "no command": (USAGE, [], "required"),
    "unknown format": (USAGE, ["query", "operations", "--format", "pdf"], "invalid choice"),
    "port that is no number": (USAGE, ["serve", "--port", "eighty"], "invalid int"),
    "port out of range": (UNAVAILABLE, ["serve", "--port", "99999", *STORE], "cannot serve"),
    "negative port": (UNAVAILABLE, ["serve", "--port", "-1", *STORE], "cannot serve"),
    "host that is none": (UNAVAILABLE, ["serve", "--host", "no host", *STORE], "cannot serve"),
    "sparql that does not parse": (FELL_SHORT, ["sparql", "SELECT", *STORE], "does not parse"),
    "sparql that writes": (FELL_SHORT, ["sparql", "DROP ALL", *STORE], "read-only"),
    "sparql that fetches": (FELL_SHORT, ["sparql", "ASK { SERVICE <http://a/> { } }", *STORE], "refused"),
    "sparql of another form": (FELL_SHORT, ["sparql", "ASK { }", *STORE], "SELECT"),
    "construct as rows": (FELL_SHORT, ["sparql", "CONSTRUCT WHERE { ?s a ?o }", "--format", "csv", *STORE], "SELECT"),
    "sparql file missing": (USAGE, ["sparql", "-f", "TMP/gone.rq", *STORE], "cannot be read"),
    "sparql file not text": (USAGE, ["sparql", "-f", "TMP/bad.rq", *STORE], "cannot be read"),
    "output cannot be written": (FELL_SHORT, ["export", "-o", "TMP", *STORE], "cannot be written"),
    "stratml of nobody": (USAGE, ["export", "--format", "stratml", "--force", "kent", *STORE], "Essex Police"),
    "force without stratml": (USAGE, ["export", "--force", "essex", *STORE], "--format stratml"),
    "endpoint down": (UNAVAILABLE, ["query", "operations", "--endpoint", "http://127.0.0.1:1/"], "no connection"),
    "endpoint that is none": (UNAVAILABLE, ["query", "operations", "--endpoint", "nonsense"], "is no address"),
    "export of an endpoint": (UNAVAILABLE, ["export", "--endpoint", "http://127.0.0.1:1/"], "no connection"),
}  # fmt: skip
"""What is given, the exit status it must have, and words that standard error must hold."""


@pytest.mark.parametrize("case", HOSTILE)
def test_an_input_at_fault_is_told_in_one_line_with_its_status(
    case: str, run: Run, built: Path, tmp_path: Path
) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    expected, arguments, words = HOSTILE[case]
    status, out, err = run(*(a.replace("TMP", str(tmp_path)).replace("BUILT", str(built)) for a in arguments))
    assert words in err
    assert (status, out) == (expected, "")
    assert "Traceback" not in err
    said = [line for line in err.splitlines() if line.startswith("goldenthread")]
    assert len(said) == 1
    # The place in a query is shown below the line that tells of it.
    others = [line for line in err.splitlines() if not line.startswith(("goldenthread", "  ", "Likely meant:"))]
    assert not others or err.startswith(("usage: ", "read"))
    assert len(err.splitlines()) == 1 or " line " in said[0] or others


def test_a_port_that_is_taken_is_told(run: Run, built: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, out, err = run("serve", "--store", built, "--port", port)
    assert (status, out) == (UNAVAILABLE, "")
    assert f"127.0.0.1:{port}" in err
    assert "--port" in err


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [("GOLDENTHREAD_PORT", "eighty", USAGE), ("GOLDENTHREAD_ENDPOINT", "http://127.0.0.1:1/", UNAVAILABLE)],
)
def test_a_setting_at_fault_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, status: int
) -> None:
    monkeypatch.setenv(name, value)
    found, out, err = run("query", "operations")
    assert (found, out) == (status, "")
    assert err.startswith("goldenthread: ")


def test_a_store_that_cannot_be_read_is_told(run: Run, copy_of_built: Path) -> None:
    generation = current(copy_of_built)
    assert generation is not None
    for path in generation.rdf.glob("*"):
        path.write_bytes(b"not a store")
    status, out, err = run("query", "operations", "--store", copy_of_built)
    assert (status, out) == (UNAVAILABLE, "")
    assert "cannot open the store" in err


def test_who_closes_our_output_early_is_not_told_of_it(built: Path) -> None:
    command = [sys.executable, "-m", "graph", "export", "--store", str(built)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.read(100)
        writer.stdout.close()
        told = writer.stderr.read()
        writer.wait(timeout=30)
    assert (writer.returncode, told) == (DONE, b"")


def test_a_process_ends_with_the_status_and_nothing_on_standard_output(tmp_path: Path) -> None:
    done = process("extract", tmp_path / "gone.txt")
    assert (done.returncode, done.stdout) == (FELL_SHORT, "")
    assert done.stderr == f"goldenthread: {tmp_path / 'gone.txt'}: there is no such file\n"


def test_an_interrupted_build_leaves_no_trace(copy_of_built: Path) -> None:
    before = current(copy_of_built)
    command = [sys.executable, "-m", "graph", "build", "--store", str(copy_of_built), *map(str, SMALL)]
    # Whoever runs the tests in the background has them ignore it, and so would the command.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as builder:
        assert builder.stderr is not None
        line = builder.stderr.readline()
        builder.send_signal(signal.SIGINT)
        told = line + builder.stderr.read()
        builder.wait(timeout=30)
    assert builder.returncode == FELL_SHORT
    assert "Traceback" not in told
    assert current(copy_of_built) == before
