"""``build`` and ``ingest``: reports into the store."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from graph import build as building
from graph import loading
from graph.commands.base import DONE, FELL_SHORT, AddCommand, progress
from graph.errors import BadParameter
from graph.settings import Settings
from graph.stores.connection import shown_address


def add(command: AddCommand) -> None:
    """Add both commands to the command line."""
    sub = command("build", _build, "make a fresh store from the ontology, the vocabularies and reports")
    sub.add_argument(
        "reports", nargs="*", type=Path, metavar="REPORT", help="report files (default: the bundled sample)"
    )
    _options(sub)
    sub = command("ingest", _ingest, "add reports to the store; a report already there is replaced whole")
    sub.add_argument("reports", nargs="+", type=Path, metavar="REPORT")
    _options(sub)


def _options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--justifications",
        type=Path,
        metavar="FILE",
        help="Turtle file of the reasons that named people give for gaps (default $GOLDENTHREAD_JUSTIFICATIONS)",
    )
    sub.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that read reports (default 1)")


def _build(options: argparse.Namespace, settings: Settings) -> int:
    paths = options.reports or building.sample_reports()
    settings = _given(options, settings)
    with _workers(options.jobs) as executor:
        if settings.endpoint:
            outcome = loading.build(settings, paths, progress(options), executor)
        else:
            outcome = building.build(settings.store, paths, progress(options), executor, **_extra(settings))
    return _report_outcome(options, settings, outcome)


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    settings = _given(options, settings)
    with _workers(options.jobs) as executor:
        if settings.endpoint:
            outcome = loading.ingest(settings, options.reports, progress(options), executor)
        else:
            outcome = building.ingest(settings.store, options.reports, progress(options), executor, **_extra(settings))
    return _report_outcome(options, settings, outcome)


def _given(options: argparse.Namespace, settings: Settings) -> Settings:
    return replace(settings, justifications=options.justifications or settings.justifications)


def _extra(settings: Settings) -> dict[str, Path | None]:
    return {"forces": settings.forces, "justifications": settings.justifications}


def _report_outcome(options: argparse.Namespace, settings: Settings, outcome: building.Outcome) -> int:
    if sys.stderr.isatty() and not options.quiet:
        print("\r\x1b[K", end="", file=sys.stderr)
    for issue in outcome.issues:
        print(f"goldenthread: {issue.reason}", file=sys.stderr)
    if not options.quiet:
        place = shown_address(settings.endpoint) if settings.endpoint else settings.store
        print(f"{place}: {building.summary(outcome)}", file=sys.stderr)
    return FELL_SHORT if outcome.issues else DONE


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
