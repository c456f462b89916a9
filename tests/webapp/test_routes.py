"""All addresses stand in a golden list, so that none vanishes unnoticed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask


def test_routes_are_those_of_the_list(app: Flask, golden: Callable[[str, str], None]) -> None:
    lines = []
    for rule in app.url_map.iter_rules():
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        lines.append(f"{rule.rule} {','.join(methods)}\n")
    golden("webapp/routes.txt", "".join(sorted(lines)))
