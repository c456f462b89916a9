"""What is told to whoever gets no answer."""

from __future__ import annotations

from typing import Any

from graph.errors import BadQuery, GoldenThreadError, LimitExceeded, NotAcceptable, ServiceBusy, StoreUnavailable

RETRY = 2
"""Seconds after which to try again, for those who are sent away."""


def busy() -> ServiceBusy:
    """Return the error for a question that there is no place for."""
    return ServiceBusy("all places for queries are taken: try again soon", retry_after=RETRY)


def exceeded(limit: str, value: float) -> LimitExceeded:
    """Return the error for a question that reached ``limit``: "seconds", "memory", "rows" or "bytes"."""
    told = {
        "seconds": f"the query takes longer than {value:g} s",
        "memory": f"the query needs more memory than {value / 2**20:g} MiB",
        "rows": f"the answer has more than {value:,} rows",
        "bytes": f"the answer is longer than {value / 2**20:g} MiB",
    }
    message = f"{told[limit]}, the limit of this service. Ask for less, or add LIMIT"
    return LimitExceeded(message, limit=limit, value=value)


def refusal(told: dict[str, Any]) -> GoldenThreadError:
    """Return the error that a worker told in a frame ``REFUSAL``."""
    if told["kind"] == "limit":
        return exceeded(told["limit"], told["value"])
    if told["kind"] == "query":
        return BadQuery(told["message"], **told["fields"])
    if told["kind"] == "format":
        return NotAcceptable(told["message"], holds=told["holds"])
    return StoreUnavailable(told["message"])
