"""Where the site shows what an answer speaks of, for answers that are read elsewhere."""

from __future__ import annotations

import re

from graph.namespaces import BASE
from graph.settings import Settings

_ITEM = re.compile(r"report/([^/]+)/item/(\d+)")


def site(settings: Settings) -> str:
    """Return the address of the site, without a slash at its end: the one that is set, or where ``serve`` would be."""
    if settings.site:
        return settings.site.rstrip("/")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def page(site: str, iri: str, span: tuple[int, int] | None = None) -> str | None:
    """Return the page about the thing of ours at ``iri``; of an item, its place in the report, ``span`` marked.

    None for what is not ours: its own address is all there is to say.
    """
    path = iri.removeprefix(BASE)
    if path == iri or not path:
        return None
    if found := _ITEM.fullmatch(path):
        marked = f"?span={span[0]}-{span[1]}" if span else ""
        return f"{site}/reports/{found[1]}{marked}#item-{found[2]}"
    return f"{site}/id/{path}"
