"""What can go wrong, one class per thing a caller could act on.

Every error carries fields as well as a sentence, so that the command line, the web
application and a log can each say it their own way. No HTTP numbers here:
``webapp/errors.py`` holds that table.
"""

from __future__ import annotations

from pathlib import Path


class GoldenThreadError(Exception):
    """Base of all errors that are the fault of an input, a setting or the surroundings."""

    def __init__(self, message: str, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields


class UnreadableDocument(GoldenThreadError):
    """A document that cannot be read as a report: which one, and why."""

    def __init__(self, path: Path | str, reason: str, remedy: str = "") -> None:
        super().__init__(
            f"{path}: {reason}{'. ' + remedy if remedy else ''}", path=str(path), reason=reason, remedy=remedy
        )


class UnreadablePack(GoldenThreadError):
    """A file that cannot be read as an audit pack: which one, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}", path=str(path), reason=reason)


class VocabularyError(GoldenThreadError):
    """Our own Turtle, shape or query file is at fault: file, line where known, reason."""


class QueryNotFound(GoldenThreadError):
    """No question of that name is in the catalogue."""


class BadParameter(GoldenThreadError):
    """A parameter that the question does not take, or a value it cannot use."""


class BadQuery(GoldenThreadError):
    """SPARQL that does not parse, or that asks for what is not allowed."""


class LimitExceeded(GoldenThreadError):
    """A query that takes more than one from outside may: which limit (seconds, memory, rows, bytes), and its value."""


class ServiceBusy(GoldenThreadError):
    """All places for queries are taken; ``retry_after`` says in how many seconds to try again."""


class NotAcceptable(GoldenThreadError):
    """None of the formats that were asked for can hold the answer."""


class NotFound(GoldenThreadError):
    """No such thing in the graph."""


class StoreUnavailable(GoldenThreadError):
    """The store or endpoint cannot be opened, read or written."""


class StoreChanged(StoreUnavailable):
    """The data of an endpoint changed while a question was being answered; ask again."""


class AddressInUse(GoldenThreadError):
    """The address to serve at is taken."""


class InvalidGraph(GoldenThreadError):
    """The graph that a build would publish violates the shapes or the checks."""


class ReasonerUnavailable(GoldenThreadError):
    """There is no Java for HermiT to run in."""
