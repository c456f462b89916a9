"""What stands around a number in its sentence: what the rules for the roles of figures look at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model import Role

ABOUT = (
    r"(?:(?:almost|nearly|about|around|approximately|approx\.?|over|more\s+than|less\s+than|fewer\s+than|just"
    r"|under|some|roughly|"
    r"circa|c\.|up\s+to|at\s+least|only|between|another|a\s+further|a\s+total\s+of|an\s+average\s+of|an|a|the"
    r"|further|well)\s+)*"
)
"""A pattern for the words that may stand between what governs a number and the number."""
PREDICATE_AFTER = re.compile(
    r"\s+(?:[\w'’()-]+\s+){0,3}?(?:were|was|have|has|had|are|is|will|took|attended|received)\b", re.IGNORECASE
)
"""A verb of its own after a number: it is no more part of what went before."""
RELATIVE = frozenset({"percent", "ratio"})
TIMES = frozenset({"second", "hour", "day", "week", "month", "year", "decade"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a number in its sentence, and what the number before it was."""

    before: str
    """The sentence up to the number; brackets that closed before it left out."""
    inside: str
    """The part of ``before`` within the bracket that is still open, or all of it."""
    after: str
    """The sentence after the number."""
    gap: str | None = None
    """The words since the previous figure of the sentence, if there is one."""
    previous: Role | None = None
    previous_unit: str = ""
    bracketed: bool = False
    """Whether a bracket is open where the number stands."""
    earlier: bool = False
    """The words give the number an earlier period than the report's ("in the previous year")."""
    present: bool = False
    """The words give it the report's own period."""
