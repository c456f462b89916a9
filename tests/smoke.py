"""Give `make run` twice, as a newcomer would: the first page answers, and the second time within five seconds."""

from __future__ import annotations

import sys
import time
import urllib.request

from tests.serving import free_port, serving

LIMIT = 5.0
"""Seconds until the first answer when everything has been set up before."""


def start() -> float:
    """Run the site, read its first page, stop it; return the seconds until it answered."""
    port = free_port()
    begun = time.monotonic()
    with serving(["make", "run", f"PORT={port}"], port) as address:
        taken = time.monotonic() - begun
        with urllib.request.urlopen(address, timeout=30) as page:  # noqa: S310 our own address
            title = "Golden Thread" in page.read().decode()
    if not title:
        raise RuntimeError(f"the first page at {address} does not name Golden Thread")
    return taken


def main() -> int:
    """Start twice and say how long each took; 1 if the second start was slow."""
    first, second = start(), start()
    print(f"make run answered after {first:.1f} s, the second time after {second:.1f} s (limit {LIMIT:.0f} s)")
    return int(second > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
