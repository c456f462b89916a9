"""``make bench``: every section at every size, and docs/benchmarks.md and docs/sizing.md written from what was found.

    python -m tests.bench --sizes 1 16 172 --sections reading building questions http fence

Each section leaves build/bench/SECTION.json, so that one can be run again alone; the pages tell what all of them left.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from pathlib import Path
from types import ModuleType

from tests.bench import building, fence, http, profiles, questions, reading, sizing, targets
from tests.bench.base import ROOT, Bench, Json, machine
from tests.servers import NAMES, available, versions

SECTIONS: dict[str, ModuleType] = {
    "reading": reading, "building": building, "questions": questions, "http": http, "fence": fence,
    "profiles": profiles,
}  # fmt: skip
DOCS = ROOT / "docs"


def document(folder: Path) -> str:
    """Return docs/benchmarks.md from what the sections left in ``folder``."""
    text = """# Benchmarks

Written by `make bench`: ours and others in one run on one machine, over invented reports (`python -m tests.corpus`).
Read the ratios: single times are those of the machine below, with what else ran on it.
"""
    left = {name: folder / f"{name}.json" for name in SECTIONS}
    told = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in left.items() if path.exists()}
    text += f"\n## {targets.TITLE}\n\n{targets.page({name: found['found'] for name, found in told.items()})}"
    for name, module in SECTIONS.items():
        if name in told:
            found = told[name]
            text += f"\n## {module.TITLE}\n\n{_machine(found['machine'])}\n\n{module.page(found['found'])}"
    return text


def _machine(told: Json) -> str:
    of = ", ".join(f"{name} {number}" for name, number in told["versions"].items())
    return (
        f"{told['cores']} cores of {told['processor']}, {told['memory']}, {told['system']}; {of}. "
        f"Load average before: {told['load']}. It took {told['seconds']:,.0f} s."
    )


def main() -> int:
    """Measure the sections that are named at the sizes that are named, and write both pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 172], help="reports")
    parser.add_argument("--sections", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--rounds", type=int, default=5, help="of which the median is told")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--docs", type=Path, default=DOCS, help="where the pages are written")
    options = parser.parse_args()
    folder: Path = options.folder
    # Without building, the stores of the last run are asked again; servers are always filled anew.
    for kind in ("oxigraph", "virtuoso", "fuseki", *(("store", "raw") if "building" in options.sections else ())):
        for left in folder.glob(f"{kind}-*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    for name, here in available().items():
        if not here:
            print(f"without {NAMES[name]}: it is not here (.ci/servers.sh)", file=sys.stderr)
    bench = Bench(folder, tuple(sorted(set(options.sizes))), options.rounds)
    for name in options.sections:
        print(f"measuring {name}", file=sys.stderr)
        told, begun = machine(), time.perf_counter()
        told["versions"].update({f"{server} server": number for server, number in versions().items()})
        found = SECTIONS[name].measure(bench)
        told["seconds"] = time.perf_counter() - begun
        (folder / f"{name}.json").write_text(json.dumps({"machine": told, "found": found}, indent=1), encoding="utf-8")
    (options.docs / "benchmarks.md").write_text(document(folder), encoding="utf-8")
    built = folder / "building.json"
    if built.exists() and len(found := json.loads(built.read_text(encoding="utf-8"))["found"]) > 1:
        (options.docs / "sizing.md").write_text(sizing.page(found), encoding="utf-8")
    print(f"{options.docs / 'benchmarks.md'}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
