"""``python -m tests.corpus --forces 43 --quarters 40 --seed 1 --out DIR``: see ``tests.corpus.made``."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.corpus.made import write_corpus

parser = argparse.ArgumentParser(
    prog="python -m tests.corpus",
    description="Write invented reports, the folders of their forces, and what a person finds in each report.",
)
parser.add_argument("--forces", type=int, default=43)
parser.add_argument("--quarters", type=int, default=40)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--out", type=Path, default=Path("build/corpus"))
options = parser.parse_args()
corpus = write_corpus(options.out, options.forces, options.quarters, options.seed)
print(f"{options.out}: {len(corpus.reports)} reports of {options.forces} forces, {corpus.characters:,} characters, "
      f"{corpus.items:,} items, {corpus.errors:,} errors planted")  # fmt: skip
