"""Why an answer has no rows, as pages and files tell it: asked within the limits that any query from outside has."""

from __future__ import annotations

from graph.explain.emptiness import Emptiness, why_empty
from graph.fenced import FencedStore
from webapp.presenters.explaining import known
from webapp.store import View, endpoint


def reason(view: View, query: str) -> Emptiness | None:
    """Return why ``query`` has no rows of ``view``, remembered; None where nothing can be told.

    Raises: StoreUnavailable; never because of limits.
    """
    guarded = FencedStore(endpoint(), view.version if view.fixed else "", fixed=view.fixed)
    return view.recall(("empty", query), lambda: why_empty(query, known(view), guarded.select))
