"""The tokens of a query, looked at one after another, and the error that says where reading ended."""

from __future__ import annotations

from graph.errors import BadQuery
from graph.guard import place, tokens

DEEPEST = 50
"""Brackets within brackets that are followed."""
_PAIRS = frozenset({"&&", "||", "^^", "!=", "<=", ">="})


class Tokens:
    """A query's tokens without space: ``text`` is the one at hand, "" after the last."""

    def __init__(self, query: str) -> None:
        """Stand at the first token of ``query``."""
        self.query = query
        self._all: list[tuple[str, int, int]] = []
        for kind, start, end in tokens(query):
            last = self._all[-1] if self._all else None
            if kind == "sign" and last and last[0] == "sign" and last[2] == start and query[last[1] : end] in _PAIRS:
                self._all[-1] = ("sign", last[1], end)
            elif kind == "word" and query[start:end].endswith("."):
                # A name does not end in a full stop: that one ends the triple.
                bare = query[start:end].rstrip(".")
                self._all.append((kind, start, start + len(bare)))
                self._all += [("sign", at, at + 1) for at in range(start + len(bare), end)]
            elif kind != "space":
                self._all.append((kind, start, end))
        self._at = -1
        self._depth = 0
        self.kind, self.start, self.end = "", 0, 0
        self.before = 0
        """Where the token before this one ended."""
        self._next()

    def _next(self) -> None:
        if self._at >= 0:
            self.before = self.end
        self._at += 1
        self.kind, self.start, self.end = ("", len(self.query.rstrip()), len(self.query.rstrip()))
        if self._at < len(self._all):
            self.kind, self.start, self.end = self._all[self._at]
        self.text = self.query[self.start : self.end] if self.kind else ""

    def peek(self) -> str:
        """Return the token after the one at hand, "" if there is none."""
        if self._at + 1 >= len(self._all):
            return ""
        _, start, end = self._all[self._at + 1]
        return self.query[start:end]

    def word(self) -> str:
        """Return the keyword at hand in capitals, "" if there is none."""
        return self.text.upper() if self.kind == "word" and ":" not in self.text else ""

    def take(self) -> str:
        """Return the token at hand and go on. Raises: BadQuery at the end."""
        if not self.kind:
            raise self.error("something is missing at the end")
        text = self.text
        self._next()
        return text

    def accept(self, sign: str) -> bool:
        """Go on if ``sign`` is at hand; return whether it was."""
        if self.text == sign:
            self._next()
            return True
        return False

    def accept_word(self, word: str) -> bool:
        """Go on if the keyword ``word`` is at hand; return whether it was."""
        if self.word() == word:
            self._next()
            return True
        return False

    def expect(self, sign: str) -> None:
        """Go on from ``sign``. Raises: BadQuery if it is not at hand."""
        if not self.accept(sign):
            raise self.error(f"{sign!r} is needed here", insert=sign if sign in {")", "]", "}"} else "")

    def expect_word(self, word: str) -> None:
        """Go on from the keyword ``word``. Raises: BadQuery if it is not at hand."""
        if not self.accept_word(word):
            raise self.error(f"{word} is needed here", insert=f"{word} ")

    def deeper(self, step: int) -> None:
        """Note that a bracket opens or closes. Raises: BadQuery where there are too many."""
        self._depth += step
        if self._depth > DEEPEST:
            raise self.error(f"brackets stand deeper than {DEEPEST} in one another here")

    def error(self, reason: str, *, at: int | None = None, insert: str = "", close: str = "") -> BadQuery:
        """Return the error for the place at hand, or ``at``, with the query mended if something is to be inserted.

        ``close`` is what the end of the query lacks.
        """
        where = self.start if at is None else at
        line, column = place(self.query, where)
        rest = self.query[where:].split("\n", 1)[0].strip()[:60]
        here = f"near {rest!r}" if rest else "at its end"
        fields: dict[str, object] = {"line": line, "column": column, "reason": reason}
        if insert:
            fields["fix"] = f"{self.query[:where]}{insert}{self.query[where:]}"
            fields["hint"] = f"put {insert.strip()!r} there"
        if close:
            fields["fix"] = f"{self.query.rstrip()}\n{close}\n"
            fields["hint"] = f"put {close!r} at the end"
        return BadQuery(f"the query does not parse at line {line}, column {column}, {here}: {reason}", **fields)
