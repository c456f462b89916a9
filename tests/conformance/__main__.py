"""Run the W3C's SPARQL 1.1 test suites against a server of ours, and write what they find.

python -m tests.conformance

Writes docs/conformance.md and docs/conformance.ttl. The same code gives the same files, to the byte.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.conformance.report import earl, page
from tests.conformance.server import publish, served
from tests.conformance.suites import Client, Outcome, data_files, default_graph, protocol_data, run, states
from tests.conftest import shared_folder

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "conformance.md"
EARL = ROOT / "docs" / "conformance.ttl"


def suites_folder() -> Path | None:
    """Return the folder of the suites, None if there is none."""
    shared = shared_folder()
    folder = shared / "w3c-sparql11" if shared else None
    return folder if folder and folder.is_dir() else None


def outcomes(folder: Path, store: Path) -> list[Outcome]:
    """Return the outcome of every test, from a server over ``store``, which is written for it."""
    publish(store, {**data_files(folder), **protocol_data(folder)}, states(folder, default=False))
    with served(store) as address:
        client = Client(address)
        found = list(run(folder, client))
        # The default graph is the union of all, so what is expected of it alone needs a store of its own. The server
        # goes on to it by itself, as after any ingest.
        publish(store, {}, states(folder, default=True))
        found += default_graph(folder, client)
        client.close()
    return found


def main() -> int:
    """Run, write, and say what came out; 1 if the suites are not there."""
    folder = suites_folder()
    if folder is None:
        print("no test suites: neither $GOLDENTHREAD_SHARED nor ../shared holds w3c-sparql11", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        found = outcomes(folder, Path(scratch) / "store")
    PAGE.write_text(page(found), encoding="utf-8")
    EARL.write_text(earl(found), encoding="utf-8")
    counts = Counter(outcome.outcome for outcome in found)
    told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    print(f"{len(found)} tests: {told}. Written: {PAGE.relative_to(ROOT)}, {EARL.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
