"""``why``: the rule, the premises and the sentences behind a derived link, a verdict or a statement."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

from graph import why
from graph.commands.base import DONE, AddCommand
from graph.errors import BadParameter
from graph.settings import Settings
from graph.stores import open_store
from graph.why import Reason


def add(command: AddCommand) -> None:
    """Add the command to the command line."""
    sub = command("why", _why, "tell by which rule and because of which sentences something holds")
    sub.add_argument("subject", metavar="THING", help="a derived link or figure check, or the subject of a statement")
    sub.add_argument("predicate", nargs="?", metavar="RELATION", help="with OBJECT: why is THING linked to it so?")
    sub.add_argument("object", nargs="?", metavar="OBJECT", help="addresses whole, or by what follows id/ or ns#")
    sub.add_argument("--format", choices=["text", "json"], default="text")


def _why(options: argparse.Namespace, settings: Settings) -> int:
    if (options.predicate is None) != (options.object is None):
        raise BadParameter("why takes a derived link or check, or THING RELATION OBJECT", param="predicate")
    subject, store = why.address(options.subject), open_store(settings)
    if options.object is None:
        found = why.of_thing(store, subject)
    else:
        relation = why.address("rdf:type" if options.predicate == "a" else options.predicate, term=True)
        # A class is one of our terms, anything else a thing.
        found = why.of_statement(store, subject, relation, why.address(options.object, term="/" not in options.object))
    if options.format == "json":
        print(json.dumps({"reasons": [asdict(reason) for reason in found]}, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join("\n".join(_lines(reason)) for reason in found))
    return DONE


def _lines(reason: Reason) -> Iterator[str]:
    yield f"{reason.says}  [{reason.origin}: {why.ORIGINS[reason.origin]}]"
    if reason.about:
        yield f"  {reason.about}"
    yield f"  rule {reason.rule}: {reason.rule_says}" if reason.about else f"  stands in {reason.rule}"
    for premise in reason.premises:
        words = f" \u201c{premise.words}\u201d at {premise.span[0]} to {premise.span[1]}" if premise.span else ""
        yield f"  because {premise.says}{words}{f' ({premise.basis})' if premise.basis else ''}"
    for sentence in reason.sentences:
        yield f"  {sentence.label}, characters {sentence.span[0]} to {sentence.span[1]}:"
        yield f"    \u201c{' '.join(sentence.quote.split())}\u201d"
