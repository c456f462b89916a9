"""``extract`` and ``evaluate``: what a report says, and how well that was read; no store is touched."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from graph import build as building
from graph import evaluation
from graph.commands.base import DONE, AddCommand
from graph.errors import GoldenThreadError
from graph.extract import as_json
from graph.settings import Settings
from graph.vocabulary import load_vocabulary


def add(command: AddCommand) -> None:
    """Add both commands to the command line."""
    sub = command("extract", _extract, "print what a report says as JSON; touches no store")
    sub.add_argument("report", type=Path, metavar="REPORT")
    sub.add_argument("--format", choices=["json"], default="json")
    sub = command("evaluate", _evaluate, "precision and recall of extract against a gold file, kind by kind")
    sub.add_argument("report", type=Path, metavar="REPORT")
    sub.add_argument("gold", type=Path, metavar="GOLD.json")
    sub.add_argument("--misses", action="store_true", help="list every miss below the table")
    sub.add_argument("--format", choices=["table", "json"], default="table")


def _extract(options: argparse.Namespace, settings: Settings) -> int:
    vocabulary = load_vocabulary(forces=settings.forces)
    reading = building.read_mentions(building.read_report(options.report, vocabulary), vocabulary)
    json.dump(as_json(reading, vocabulary), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return DONE


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    try:
        gold = json.loads(options.gold.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldenThreadError(f"{options.gold}: it is not a gold file: {error}") from error
    if not isinstance(gold, dict) or "items" not in gold:
        raise GoldenThreadError(f"{options.gold}: it is not a gold file: it has no list of items")
    vocabulary = load_vocabulary(forces=settings.forces)
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
