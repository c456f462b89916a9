"""Fuzzes every target by turns until a time is over: ``make fuzz FUZZ_MINUTES=30``.

What falls is shrunk and kept in ``corpus``, which the tests replay in every run: it is mended with its file beside it.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
import traceback
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzzing.targets import Target, targets

CORPUS = Path(__file__).resolve().parent / "corpus"
AT_ONCE = 200
"""Examples of a target before it is the next one's turn."""
SLOW = {"document.txt": 40, "document.html": 40, "document.md": 40, "document.docx": 40, "document.pdf": 10}
"""Fewer of those that take long, so that all have about the same time."""


def main() -> int:
    """Fuzz for FUZZ_MINUTES (default 10), and return 1 if anything fell."""
    minutes = float(os.environ.get("FUZZ_MINUTES") or 10)
    known = targets()
    chosen = sys.argv[1:] or list(known)
    until, tried, fallen = time.monotonic() + 60 * minutes, dict.fromkeys(chosen, 0), set()
    drawing = random.Random()  # noqa: S311 - what is tried, not what is kept secret
    while time.monotonic() < until:
        for name in chosen:
            if name not in fallen and time.monotonic() < until:
                target, inputs = known[name]
                tried[name] += SLOW.get(name, AT_ONCE)
                if found := fell(target, inputs, drawing.getrandbits(64), until, SLOW.get(name, AT_ONCE)):
                    fallen.add(name)
                    path = CORPUS / f"{name}-{hashlib.sha256(found[0]).hexdigest()[:8]}"
                    path.write_bytes(found[0])
                    print(f"{name}: fell, kept as {path.name}\n{found[1]}", flush=True)
    print(f"{minutes:g} minutes of time, {time.process_time() / 60:.1f} of work")
    for name, number in tried.items():
        print(f"{name:16} {number:8,} examples {'FELL' if name in fallen else ''}")
    return 1 if fallen else 0


def fell(
    target: Target, inputs: st.SearchStrategy[bytes], start: int, until: float, examples: int = AT_ONCE
) -> tuple[bytes, str] | None:
    """Return the smallest input found that ``target`` fails on and how it does, or None."""
    last: list[tuple[bytes, str]] = []

    @seed(start)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def run(content: bytes) -> None:
        if time.monotonic() > until:
            return
        try:
            target(content)
        except Exception:
            last[:] = [(content, traceback.format_exc(limit=-4))]
            raise

    try:
        run()
    except Exception:  # noqa: BLE001 - whatever fell is the result
        return last[0]
    return None


if __name__ == "__main__":
    sys.exit(main())
