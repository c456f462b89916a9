"""Audit packs: what is in one, and what ``verify`` finds in one that was made here, changed, or made to do harm."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph import queries
from graph.__main__ import main
from graph.commands.base import DONE, FELL_SHORT, UNAVAILABLE, USAGE
from graph.errors import UnreadablePack
from graph.pack import file
from graph.pack.content import Content, as_json, content, digest
from graph.settings import Settings
from graph.stores import open_store

ROOT = Path(__file__).resolve().parent.parent.parent
REPORT = """Police and Crime Plan
Quarter 1 2022/23
Essex Police

Priority 1 - Nights

We will:

Keep the promise.

- Calls rose by 20%, from 500 to 590, under Operation HERON with Kent Police.
- Visits rose by 10%, from 500 to 550.
"""
Edit = Callable[[Content], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report, its store, and two packs of it."""
    made = tmp_path_factory.mktemp("packs")
    (made / "report.txt").write_text(REPORT, encoding="utf-8")
    assert main(["build", str(made / "report.txt"), "--store", str(made / "store"), "--quiet"]) == DONE
    where = ["--store", str(made / "store"), "-o"]
    assert main(["audit", "--format", "pack", *where, str(made / "audit.html")]) == DONE
    assert main(["pack", "operations", "--param", "partner=kent-police", *where, str(made / "operations.html")]) == DONE
    return made


def data_of(path: Path) -> dict[str, Any]:
    return file.read(path)[0]


def verify(capsys: pytest.CaptureFixture[str], pack: Path, store: Path) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["verify", str(pack), "--store", str(store)])
    return status, *capsys.readouterr()


def changed(folder: Path, tmp_path: Path, edit: Edit, *, sealed: bool = True) -> Path:
    """Return a copy of the audit pack whose data ``edit`` has changed; ``sealed``: as somebody does who knows how."""
    data = data_of(folder / "audit.html")
    edit(data)
    if sealed:
        data["digest"] = digest(data)
    (tmp_path / "changed.html").write_bytes(file.page(data))
    return tmp_path / "changed.html"


def test_a_pack_holds_question_rows_sentences_checks_and_digests(folder: Path) -> None:
    data = data_of(folder / "audit.html")
    text = (folder / "report.txt").read_text(encoding="utf-8")
    assert data["question"]["name"] == "figure-checks"
    assert [row["verdictLabel"]["value"] for row in data["rows"]] == ["Does not add up", "Adds up"]
    assert [check["arithmetic"] for check in data["checks"]] == [row["arithmetic"]["value"] for row in data["rows"]]
    for passage in data["passages"]:
        assert text[passage["start"] : passage["end"]] == passage["quote"]
    assert {len(report[name]) for report in data["reports"] for name in ("fileDigest", "textDigest")} == {64}
    assert {rule["rule"].rpartition("/")[2] for rule in data["rules"]} == set(queries.rules())


def test_the_page_is_read_alone_and_asks_for_nothing(folder: Path) -> None:
    page = (folder / "audit.html").read_text(encoding="utf-8")
    body = page.partition('<script type="application/json"')[0]
    assert "default-src 'none'" in body
    assert re.findall(r"<(?:script|link|img|iframe|object|embed|base)\b|@import|url\(|\bsrc=", body) == []
    assert set(re.findall(r'href="([^"]*)', body)) == {"#sentence-1", "#sentence-2"}
    assert "(590 − 500) ÷ 500 = 18 %" in body


def test_equal_stores_give_equal_bytes_and_verify_in_a_fresh_process(folder: Path, tmp_path: Path) -> None:
    main(["build", str(folder / "report.txt"), "--store", str(tmp_path / "again"), "--quiet"])
    for pack in ("audit", "operations"):
        given = [str(folder / f"{pack}.html"), "--store", str(tmp_path / "again")]
        call = [sys.executable, "-m", "graph", "verify", *given]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (DONE, "")
        assert done.stdout.startswith("identical: ")
    again = content(open_store(Settings(store=tmp_path / "again")), queries.question("figure-checks"))
    assert file.page(again) == (folder / "audit.html").read_bytes()


def test_a_store_built_anew_and_more_reports_are_notes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(REPORT.replace("Quarter 1", "Quarter 2").split("- Calls")[0] + "- Nothing rose.\n", "utf-8")
    reports = [str(folder / "report.txt"), str(other)]
    main(["build", *reports, "--store", str(tmp_path / "store"), "--quiet"])
    status, out, _ = verify(capsys, folder / "audit.html", tmp_path / "store")
    assert status == DONE
    assert "identical: 2 rows" in out
    assert "note: report essex-2022-23-q2: it has come since the pack was made" in out
    assert "note: data version: was " in out


def test_one_changed_byte_of_a_source_is_named_with_its_digest_and_the_row(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "report.txt"
    source.write_text(REPORT.replace("20%", "28%"), encoding="utf-8")
    main(["build", str(source), "--store", str(tmp_path / "store"), "--quiet"])
    status, out, _ = verify(capsys, folder / "audit.html", tmp_path / "store")
    was = data_of(folder / "audit.html")["reports"][0]["fileDigest"]
    assert status == FELL_SHORT
    assert f"report essex-2022-23-q1: its source file changed: SHA-256 was {was}, is " in out
    assert re.search(r"row 1: .*stated: the pack has “20”, and the store “28”", out)
    assert "row 2" not in out


def _of_row(name: str, value: str) -> Edit:
    def edit(data: Content) -> None:
        data["rows"][1][name]["value"] = value

    return edit


def _remove_row(data: Content) -> None:
    del data["rows"][0]


def _swap_rows(data: Content) -> None:
    data["rows"].reverse()


def _of_quote(data: Content) -> None:
    data["passages"][0]["quote"] = "Nothing rose."


def _of_engine(data: Content) -> None:
    data["engine"]["goldenthread"] = "9.9.9"


TAMPERED: list[tuple[Edit, int, str]] = [
    (_of_row("stated", "11"), FELL_SHORT, "row 2: stated: the pack has “11”, and the store “10”"),
    (_remove_row, FELL_SHORT, "a row that the pack does not have: arithmetic “(590"),
    (_swap_rows, FELL_SHORT, "row 1: from here on the rows are in another order"),
    (_of_quote, FELL_SHORT, "sentence essex-2022-23-q1/item/1: quote: was Nothing rose., is Calls rose"),
    (_of_engine, DONE, "note: engine: goldenthread was 9.9.9, is "),
]


@pytest.mark.parametrize(("edit", "status", "told"), TAMPERED)
def test_what_was_changed_in_a_pack_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], edit: Edit, status: int, told: str
) -> None:
    found, out, _ = verify(capsys, changed(folder, tmp_path, edit), folder / "store")
    assert found == status
    assert told in out


def test_data_without_their_digest_and_a_page_without_its_data_are_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unsealed = changed(folder, tmp_path, _of_row("stated", "11"), sealed=False)
    assert "the pack: its data were changed after it was made" in verify(capsys, unsealed, folder / "store")[1]
    page = (folder / "audit.html").read_bytes()
    (tmp_path / "page.html").write_bytes(page.replace(b"Does not add up</span>", b"Adds up</span>", 1))
    status, out, _ = verify(capsys, tmp_path / "page.html", folder / "store")
    assert (status, out.splitlines()[0]) == (FELL_SHORT, "the pack: its page says something else than its data")


def _asking(sparql: str) -> Edit:
    def edit(data: Content) -> None:
        data["question"]["sparql"] = sparql

    return edit


HOSTILE = [
    ("DELETE WHERE { ?s ?p ?o }", "DELETE at line 1"),
    ("INSERT DATA { <urn:x> <urn:y> 1 }", "INSERT at line 1"),
    ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE at line 1"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "no SELECT"),
    ("SELECT * { ?s ?p ?o", "line 1"),
    ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "more than"),
]


@pytest.mark.parametrize(("sparql", "told"), HOSTILE)
def test_a_query_that_does_more_than_read_or_takes_too_much_is_refused(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    sparql: str,
    told: str,
) -> None:
    monkeypatch.setenv("GOLDENTHREAD_QUERY_ROWS", "100")
    status, out, err = verify(capsys, changed(folder, tmp_path, _asking(sparql)), folder / "store")
    assert (status, out) == (FELL_SHORT, "")
    assert told in err
    assert err.count("\n") == 1


def _without(name: str) -> Edit:
    def edit(data: Content) -> None:
        del data[name]

    return edit


def test_what_is_no_pack_is_refused_in_a_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = data_of(folder / "audit.html")
    opens = '<script type="application/json" id="golden-thread-pack">'
    wrong = {
        "no blocks": "<p>Nothing</p>",
        "holds 2 blocks": f"{opens}{{}}</script>{opens}{{}}</script>",
        "no JSON": f"{opens}{{,}}</script>",
        "no golden-thread-audit-pack": f"{opens}[]</script>",
        "no number of JSON": f'{opens}{{"a": NaN}}</script>',
        "cannot be read": f"{opens}{'[' * 100_000}</script>",
        "version 7": f"{opens}{as_json({**whole, 'formatVersion': 7}).replace('<', '')}</script>",
    }
    wrong |= {
        told: f"{opens}{as_json({**whole, part: value}).replace('<', '')}</script>"
        for part, value, told in (
            ("rows", [{"x": 1}], "row 1 is no solution"),
            ("rows", None, "rows must be a list"),
            ("passages", [{"passage": "x"}], "passages, number 1, must have report"),
            ("question", {}, "question must tell name"),
            ("columns", [1], "columns must be"),
        )
    }
    path = tmp_path / "wrong.html"
    for told, text in wrong.items():
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadablePack, match=re.escape(told)):
            file.read(path)
    path.write_bytes(b"\xff")
    status, out, err = verify(capsys, path, folder / "store")
    assert (status, out, err) == (FELL_SHORT, "", f"goldenthread: {path}: it is no UTF-8: byte 0\n")
    assert verify(capsys, tmp_path / "none.html", folder / "store")[0] == FELL_SHORT
    monkeypatch.setattr(file, "LARGEST", 1024**2)
    path.write_bytes(b" " * (1024**2 + 1))
    with pytest.raises(UnreadablePack, match="larger than 1 MiB"):
        file.read(path)


def test_words_of_a_report_cannot_become_markup_or_end_the_data(folder: Path) -> None:
    harm = "</script><img src=x onerror=alert(1)>\"'&\u2028"
    data = data_of(folder / "audit.html")
    data["rows"][0]["reportLabel"]["value"] = harm
    data["passages"][0]["quote"] = data["question"]["summary"] = harm
    page = file.page(data).decode()
    assert "<img" not in page
    assert page.count("</script>") == 1
    block = page.partition('id="golden-thread-pack">')[2].partition("</script>")[0]
    assert json.loads(block) == data


def test_wrong_usage_and_no_store_have_their_statuses(folder: Path, tmp_path: Path) -> None:
    store = ["--store", str(folder / "store")]
    assert main(["pack", "no-such-question", *store]) == USAGE
    assert main(["pack", "operations", "--param", "partner", *store]) == USAGE
    assert main(["audit", "--format", "csv", "-o", str(tmp_path / "x"), *store]) == USAGE
    assert main(["pack", "operations", *store, "-o", str(tmp_path / "none" / "x")]) == USAGE
    assert main(["verify", str(folder / "audit.html"), "--store", str(tmp_path / "empty")]) == UNAVAILABLE
