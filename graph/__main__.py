"""The command line: each command calls one function and says what it printed where.

Results go to standard output, everything else to standard error. Exit status: 0 done; 1 something in
the input was refused or fell short; 2 wrong usage; 3 store or endpoint unavailable.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from graph import build as building
from graph import evaluation, export, queries, tables
from graph.errors import AddressInUse, BadParameter, GoldenThreadError, QueryNotFound, StoreUnavailable
from graph.extract import as_json
from graph.guard import read_only
from graph.settings import Settings
from graph.statements import VERSION
from graph.stores import open_store
from graph.vocabulary import load_vocabulary

DONE, FELL_SHORT, USAGE, UNAVAILABLE = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of ``goldenthread`` and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment()
        settings = replace(
            settings,
            store=options.store or settings.store,
            endpoint=options.endpoint or settings.endpoint,
        )
        command: Callable[[argparse.Namespace, Settings], int] = options.run
        return command(options, settings)
    except (StoreUnavailable, AddressInUse) as error:
        return _fail(error, UNAVAILABLE)
    except (QueryNotFound, BadParameter) as error:
        return _fail(error, USAGE)
    except GoldenThreadError as error:
        return _fail(error, FELL_SHORT)
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; leave without a message.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return FELL_SHORT


def _fail(error: GoldenThreadError, status: int) -> int:
    print(f"goldenthread: {' '.join(error.message.split())}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="goldenthread", description="A graph of what a police force promises and reports."
    )
    parser.add_argument("--version", action="version", version=f"goldenthread {VERSION}")
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument(
        "--store", type=Path, metavar="DIR", help="folder of the store (default $GOLDENTHREAD_STORE or ./.goldenthread)"
    )
    everywhere.add_argument("--endpoint", metavar="URL", help="ask a SPARQL 1.1 endpoint in place of the store")
    everywhere.add_argument("--quiet", action="store_true", help="no progress on standard error")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace, Settings], int], help_: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[everywhere], help=help_, description=help_)
        sub.set_defaults(run=run)
        return sub

    def jobs(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that read reports (default 1)")

    sub = command("build", _build, "make a fresh store from the ontology, the vocabularies and reports")
    sub.add_argument(
        "reports", nargs="*", type=Path, metavar="REPORT", help="report files (default: the bundled sample)"
    )
    jobs(sub)
    sub = command("ingest", _ingest, "add reports to the store; a report already there is replaced whole")
    sub.add_argument("reports", nargs="+", type=Path, metavar="REPORT")
    jobs(sub)
    sub = command("extract", _extract, "print what a report says as JSON; touches no store")
    sub.add_argument("report", type=Path, metavar="REPORT")
    sub.add_argument("--format", choices=["json"], default="json")
    sub = command("evaluate", _evaluate, "precision and recall of extract against a gold file, kind by kind")
    sub.add_argument("report", type=Path, metavar="REPORT")
    sub.add_argument("gold", type=Path, metavar="GOLD.json")
    sub.add_argument("--misses", action="store_true", help="list every miss below the table")
    sub.add_argument("--format", choices=["table", "json"], default="table")
    sub = command("query", _query, "run a question of the catalogue")
    sub.add_argument("name", nargs="?", metavar="NAME")
    sub.add_argument("--list", action="store_true", help="list the questions and their parameters")
    sub.add_argument(
        "--param", action="append", default=[], metavar="KEY=VALUE", help="a parameter; may be given again"
    )
    sub.add_argument("--sparql", action="store_true", help="print the SPARQL that would run, with the values in place")
    sub.add_argument("--format", choices=["table", "json", "csv", "tsv", "xml"], default="table")
    sub = command("sparql", _sparql, "run SPARQL, read-only")
    sub.add_argument("query", nargs="?", metavar="QUERY", help="the query (default: read from standard input)")
    sub.add_argument("-f", "--file", type=Path, help="read the query from a file")
    sub.add_argument("--format", choices=["table", "json", "csv", "tsv", "xml", "turtle"], default="table")
    command("check", _check, "check the store: shapes, checks, and vocabulary rules")
    sub = command("export", _export, "write the graph to a file or standard output")
    sub.add_argument("--format", choices=list(export.FORMATS), default="nquads")
    sub.add_argument("-o", "--output", type=Path, metavar="FILE")
    sub = command("serve", _serve, "serve the web application")
    sub.add_argument("--host", metavar="H", help="address to listen at (default $GOLDENTHREAD_HOST or 127.0.0.1)")
    sub.add_argument("--port", type=int, metavar="P", help="port to listen at (default $GOLDENTHREAD_PORT or 8000)")
    return parser


def _progress(options: argparse.Namespace) -> building.Progress:
    """Return what shows progress: one line rewritten on a terminal, a line a step elsewhere, nothing if quiet."""
    if options.quiet:
        return lambda _: None
    if sys.stderr.isatty():
        return lambda message: print(f"\r\x1b[K{message[:78]}", end="", file=sys.stderr, flush=True)
    return lambda message: print(message, file=sys.stderr, flush=True)


def _report_outcome(options: argparse.Namespace, settings: Settings, outcome: building.Outcome) -> int:
    if sys.stderr.isatty() and not options.quiet:
        print("\r\x1b[K", end="", file=sys.stderr)
    for issue in outcome.issues:
        print(f"goldenthread: {issue.reason}", file=sys.stderr)
    if not options.quiet:
        print(f"{settings.store}: {building.summary(outcome)}", file=sys.stderr)
    return FELL_SHORT if outcome.issues else DONE


def _build(options: argparse.Namespace, settings: Settings) -> int:
    paths = options.reports or building.sample_reports()
    with _workers(options.jobs) as executor:
        outcome = building.build(settings.store, paths, _progress(options), executor)
    return _report_outcome(options, settings, outcome)


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    with _workers(options.jobs) as executor:
        outcome = building.ingest(settings.store, options.reports, _progress(options), executor)
    return _report_outcome(options, settings, outcome)


@contextmanager
def _workers(jobs: int) -> Iterator[Executor | None]:
    """Give a pool of ``jobs`` processes, or nothing where one is enough."""
    if jobs < 1:
        raise BadParameter(f"--jobs is a number of processes, at least 1, not {jobs}")
    if jobs == 1:
        yield None
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield pool


def _extract(options: argparse.Namespace, _: Settings) -> int:
    vocabulary = load_vocabulary()
    reading = building.read_mentions(building.read_report(options.report, vocabulary), vocabulary)
    json.dump(as_json(reading, vocabulary), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return DONE


def _evaluate(options: argparse.Namespace, _: Settings) -> int:
    try:
        gold = json.loads(options.gold.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldenThreadError(f"{options.gold}: it is not a gold file: {error}") from error
    if not isinstance(gold, dict) or "items" not in gold:
        raise GoldenThreadError(f"{options.gold}: it is not a gold file: it has no list of items")
    vocabulary = load_vocabulary()
    reading = building.read_mentions(building.read_report(options.report, vocabulary), vocabulary)
    scores = evaluation.evaluate(as_json(reading, vocabulary), gold, vocabulary)
    if options.format == "json":
        print(json.dumps(evaluation.as_json(scores), ensure_ascii=False, indent=1))
        return DONE
    print(evaluation.as_table(scores))
    if options.misses:
        for kind, score in scores.items():
            for miss in score.missed:
                print(f"missed {kind}: {miss}")
            for wrong in score.wrong:
                print(f"wrong {kind}: {wrong}")
    return DONE


def _query(options: argparse.Namespace, settings: Settings) -> int:
    if options.list or not options.name:
        for query in queries.catalogue().values():
            params = ", ".join(p.name + (f"={p.default}" if p.default is not None else "") for p in query.params)
            print(f"{query.name}\n    {query.summary}\n    parameters: {params or 'none'}")
        return DONE if options.list else USAGE
    query = queries.question(options.name)
    values: dict[str, list[str]] = {}
    for given in options.param:
        name, equals, value = given.partition("=")
        if not equals:
            raise BadParameter(f"--param takes KEY=VALUE, not {given!r}", param=given)
        values.setdefault(name, []).append(value)
    store = open_store(settings)
    text = queries.bind(store, query, values)
    if options.sparql:
        print(text, end="")
        return DONE
    return _print_results(text, options.format, settings)


def _sparql(options: argparse.Namespace, settings: Settings) -> int:
    if options.file is not None:
        try:
            text = options.file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadParameter(f"{options.file}: cannot be read: {error}") from error
    else:
        text = options.query if options.query is not None else sys.stdin.read()
    return _print_results(read_only(text), options.format, settings)


def _print_results(query: str, format_: str, settings: Settings) -> int:
    store = open_store(settings)
    if format_ == "table":
        print(tables.as_text(store.select(query)))
    elif format_ == "turtle":
        print(export.as_turtle(store.construct(query)), end="")
    else:
        sys.stdout.buffer.write(store.results(query, format_))
        if format_ in ("json", "xml"):
            print(flush=True)
    return DONE


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from graph.check import check_store  # noqa: PLC0415  pySHACL takes a second to load; no other command needs it

    faults = check_store(open_store(settings), _progress(options))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} fault(s) found" if faults else "no fault found", file=sys.stderr)
    return FELL_SHORT if faults else DONE


def _export(options: argparse.Namespace, settings: Settings) -> int:
    content = export.export(open_store(settings), options.format)
    if options.output is None:
        sys.stdout.buffer.write(content)
        return DONE
    try:
        options.output.write_bytes(content)
    except OSError as error:
        raise GoldenThreadError(f"{options.output}: cannot be written: {error.strerror}") from error
    return DONE


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from graph.server import serve  # noqa: PLC0415  the server library is needed by no other command

    serve(
        replace(
            settings, host=options.host or settings.host, port=settings.port if options.port is None else options.port
        )
    )
    return DONE


if __name__ == "__main__":
    sys.exit(main())
