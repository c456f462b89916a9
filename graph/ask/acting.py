"""Questions for who does something for us: "who trained the officers", "who is Safer Streets funded by".

Answered by what sentences say that a body does, which is less than that it takes part; where no sentence says so there
is no answer here, and the question is read like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.ask import cues
from graph.ask.accounting import unaccounted
from graph.ask.conditions import conditions
from graph.ask.doubts import Problem
from graph.ask.known import Known
from graph.ask.lexicon import folded
from graph.ask.model import ANSWERED, ROWS, UNREAD, Answer, Form, Linked
from graph.ask.saved import saved
from graph.ask.suggesting import unread
from graph.namespaces import mint
from graph.stores.base import Store

_ASKED: Final = ("who", "whom", "which", "what")
_NOUNS: Final = ("partner", "body", "bodies", "organisation", "agency", "agencies", "charity", "charities", "company")
_BETWEEN: Final = frozenset("is are was were has have had been being do does did also currently now".split())


def of_role(store: Store, known: Known, linked: Linked) -> Answer | None:
    """Return the bodies that sentences say do what the question asks who does, None where it or they do not."""
    said = _verb(linked)
    if said is None:
        return None
    role, subject, place = said
    taken = {*range(subject, place + 1), *([place + 1] if _by(linked, place) else [])}
    rest = replace(
        linked,
        spans=tuple(s for s in linked.spans if not taken & set(range(s.first, s.last))),
        unknown=tuple(s for s in linked.unknown if s.first not in taken),
    )
    if rest.unknown or rest.having("not") or rest.having("unanswerable"):
        return None
    found = tuple(c for c in conditions(rest, "partner", known.forces) if c.entities or c.words)
    form = Form(ROWS, "partner", found, catalogue="partner-roles", values=(("role", str(mint("partner-role", role))),))
    if not found or unaccounted(rest, form):
        return None
    made = saved(store, known, linked, form)
    if made.status != ANSWERED and any(c.kind == "partner" for c in found):
        # "Who trained the volunteers": whoever stands beside them need not be who did.
        return unread(store, linked, Problem(UNREAD, "no sentence says who did that", (linked.words[place].raw,)))
    return made if made.status == ANSWERED else None


def _verb(linked: Linked) -> tuple[str, int, int] | None:
    """Return the role that a question asks who has, and where its subject and its verb stand."""
    norms = [w.norm for w in linked.words]
    roles = {norm: role for role, text in cues.ROLES.items() for norm in folded(text)}
    for place, norm in enumerate(norms):
        if norm not in roles or not place:
            continue
        if _by(linked, place):
            return roles[norm], place, place
        subject = place - 1
        while subject >= 0 and norms[subject] in _BETWEEN:
            subject -= 1
        if subject >= 0 and norms[subject] in _NOUNS:
            subject -= 1
        if subject == 0 and norms[0] in _ASKED and (norms[0] in ("who", "whom") or place > 1):
            return roles[norm], subject, place
    return None


def _by(linked: Linked, place: int) -> bool:
    """Whether the verb at ``place`` is passive, and by whom is asked: "who is it funded by", "funded by whom"."""
    norms = [w.norm for w in linked.words]
    after = norms[place + 1 : place + 2] == ["by"]
    return after and (
        (norms[0] in ("who", "whom") and place + 2 == len(norms)) or norms[place + 2 : place + 3] == ["whom"]
    )
