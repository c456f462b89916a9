"""How a program gets the rows of a page: a few lines to copy, for the tools that analysts have."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """Lines to copy, and what runs them."""

    name: str
    text: str


def programs(name: str, csv: str, json_: str) -> list[Program]:
    """Return how to get the file at the address ``csv`` or ``json_``, kept under ``name``."""
    quoted = json.dumps(csv, ensure_ascii=False)
    return [
        Program("curl", f"curl --fail --silent --show-error --output {name}.csv {shlex.quote(csv)}"),
        Program(
            "Python",
            "import json\nfrom urllib.request import urlopen\n\n"
            f"with urlopen({json.dumps(json_, ensure_ascii=False)}) as answer:\n"
            f'    {name} = json.load(answer)["rows"]',
        ),
        Program("R", f'{name} <- read.csv({quoted}, encoding = "UTF-8")'),
    ]
