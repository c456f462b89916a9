"""What a line of a report does, by the words that the vocabulary of headings lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

NUMBER_WORDS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(), 1
    )
}
_DASH = r"[-\u2013\u2014:.]"
_SECTION = r"(?:(?:(?:section|chapter|part)\s+)?\d{1,2}(?:\.\d{1,2})*[.:]?\s+)?"
"""A section number before a heading."""


class Headings:
    """The words of ``ontology/schemes/headings.ttl``, ready to be matched against lines.

    ``words`` gives for each kind of heading ("priority", "promise", "done", "plans", "area", "whole-force",
    "particulars", "contents") the words that open it.
    """

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        number = rf"\d{{1,2}}|{'|'.join(NUMBER_WORDS)}|[A-H]"
        self._priority = re.compile(
            rf"^{_SECTION}{_any(words, 'priority')}\s+(?P<number>{number})\b(?!\.\d)"
            rf"(?:\s*{_DASH}\s*|\s+)(?P<label>\S.*)$",
            re.IGNORECASE,
        )
        self._priority_number = re.compile(
            rf"^{_SECTION}{_any(words, 'priority')}\s+(?P<number>{number})\s*{_DASH}?$", re.IGNORECASE
        )
        self._priority_name = re.compile(
            rf"^{_SECTION}(?=[A-Z]){_any(words, 'priority')}(?:\s*:|\s+[-\u2013\u2014])\s*(?P<label>\S.*)$",
            re.IGNORECASE,
        )
        promise = _any(words, "promise")
        either = _any({"": [*words.get("promise", ()), *words.get("priority", ())]}, "")
        self._numbered_promise = re.compile(
            rf"^{_SECTION}(?P<lead>{promise}\s+(?:{number})\b(?!\.\d)|{either}\s+\d{{1,2}}\.\d{{1,2}}\b)"
            rf"(?:\s*{_DASH}\s*|\s+|$)(?P<rest>.*)$",
            re.IGNORECASE,
        )
        self._promise = re.compile(rf"^(?P<lead>(?:.{{0,200}}?\b)?{promise})\s*:\s*(?P<rest>.*)$", re.IGNORECASE)
        self._promise_alone = re.compile(
            rf"^{_SECTION}(?P<lead>{promise}|.{{0,200}}\bwe\s+will)(?P<rest>)$", re.IGNORECASE
        )
        openings = [word for word in words.get("promise", ()) if word.startswith("We ") or word.endswith(" will")]
        self._promising = re.compile(rf"^(?P<lead>{_any({'': openings}, '')})\s+(?P<rest>[a-z].*)$", re.DOTALL)
        self._particulars = re.compile(rf"^{_any(words, 'particulars')}\s*:\s*\S", re.IGNORECASE)
        self._done = _alone(words, "done")
        self._plans = _alone(words, "plans")
        self._planning = re.compile(rf"^{_any(words, 'plans')}\s*:\s*\S", re.IGNORECASE)
        self._contents = _alone(words, "contents")
        self._whole_force = _alone(words, "whole-force")
        self._of_whole_force = re.compile(rf"^{_SECTION}{_any(words, 'whole-force')}\s+\w", re.IGNORECASE)
        self._area = re.compile(rf"^(?P<name>.+?)\s+{_any(words, 'area')}s?$", re.IGNORECASE)

    def priority(self, line: str) -> tuple[int, str] | None:
        """Return number and label of the priority that ``line`` begins, or None; letters count from A."""
        match = self._priority.match(line)
        if not match:
            return None
        return _count(match["number"]), match["label"].strip()

    def priority_number(self, line: str) -> int | None:
        """Return the number of the priority whose name stands in the next line, or None."""
        match = self._priority_number.match(line)
        return _count(match["number"]) if match else None

    def priority_name(self, line: str) -> str | None:
        """Return the name of a priority without a number, as in "Priority: Safer homes", or None."""
        match = self._priority_name.match(line)
        return match["label"].strip() if match and line[:1].isupper() else None

    def promise(self, line: str) -> tuple[str, int] | None:
        """Return the words that lead to a promise and where in ``line`` the promise itself begins, or None.

        "We will: ..." and "Our commitment" lead to one, and so do a promise with a number, "Pledge 3: ...", and a part
        of a priority with one, "Outcome 2.1 ...".
        """
        numbered = self._numbered_promise.match(line)
        if numbered and not numbered["lead"][0].isupper():
            # A wrapped line of prose may begin with "pledge 3".
            numbered = None
        match = numbered or self._promise.match(line) or self._promise_alone.match(line)
        return (match["lead"].strip(), match.start("rest")) if match else None

    def promising(self, text: str) -> tuple[str, int] | None:
        """Return the first words of a sentence that promises, "We will", and where in ``text`` the rest begins."""
        match = self._promising.match(text)
        return (match["lead"], match.start("rest")) if match else None

    def is_particulars(self, line: str) -> bool:
        """Return whether ``line`` tells a particular of a promise, such as "Status: Green"."""
        return bool(self._particulars.match(line))

    def known(self, line: str) -> bool:
        """Return whether ``line`` does something else than name a priority."""
        return (
            self.promise(line) is not None
            or any(
                pattern.match(line)
                for pattern in (self._done, self._plans, self._contents, self._whole_force, self._particulars)
            )
            or self.area_name(line) is not None
        )

    def is_done(self, line: str) -> bool:
        """Return whether ``line`` begins the part that reports what was done."""
        return bool(self._done.match(line))

    def is_plans(self, line: str) -> bool:
        """Return whether ``line`` begins the part that tells plans."""
        return bool(self._plans.match(line))

    def is_planning(self, text: str) -> bool:
        """Return whether ``text`` tells a plan by its first words: "Next steps: a second van will be bought"."""
        return bool(self._planning.match(text))

    def does_something(self, label: str) -> bool:
        """Return whether ``label``, as it stands before a colon, is known for something else than opening a report."""
        line = f"{label}: x"
        return (
            self.promise(line) is not None
            or self.priority_name(line) is not None
            or self.is_particulars(line)
            or self.is_planning(line)
        )

    def is_contents(self, line: str) -> bool:
        """Return whether ``line`` begins a contents list."""
        return bool(self._contents.match(line))

    def is_whole_force(self, line: str) -> bool:
        """Return whether ``line`` says that what follows is about the force as a whole."""
        return bool(self._whole_force.match(line))

    def is_about_whole_force(self, line: str) -> bool:
        """Return whether ``line`` begins with words for the force as a whole: "Force-wide figures at a glance"."""
        return bool(self._of_whole_force.match(line))

    def area_name(self, line: str) -> str | None:
        """Return the name before the word for an area ("Eastern" of "Eastern Division"), or None without that word."""
        match = self._area.match(line)
        return match["name"] if match else None


def _count(number: str) -> int:
    """Return the number that "3", "Three" or "C" stand for."""
    word = number.lower()
    return NUMBER_WORDS.get(word) or (int(word) if word.isdigit() else ord(word) - ord("a") + 1)


def _any(words: Mapping[str, Sequence[str]], kind: str) -> str:
    """Return a pattern for any of the words of ``kind``, longer ones first; spaces match any white space."""
    longest_first = sorted(words.get(kind, ()), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, w.split())) for w in longest_first) + r"|(?!))"


def _alone(words: Mapping[str, Sequence[str]], kind: str) -> re.Pattern[str]:
    """Return a pattern for a line that is nothing but words of ``kind``, a section number and a colon aside."""
    return re.compile(rf"^{_SECTION}{_any(words, kind)}\s*:?$", re.IGNORECASE)
