from __future__ import annotations

from graph.model import Kind, Term, Vocabulary

TERMS = (
    Term(Kind.PARTNER, "fire-service", "Fire Service", ("fire crews",), ("FRS",), generic=True),
    Term(Kind.PARTNER, "owl-fire", "Owlshire Fire", ("fire service",), ("FRS",), force="owlshire"),
    Term(Kind.UNIT, "custody", "Custody", generic=True),
)


def test_a_name_of_a_forces_own_body_is_no_longer_one_of_a_kind_of_body() -> None:
    by_key = {t.key: t for t in Vocabulary(TERMS, ()).for_force("owlshire").terms}
    assert (by_key["fire-service"].name, by_key["fire-service"].aliases, by_key["fire-service"].hints) == (
        "fire crews", (), (),
    )  # fmt: skip
    assert by_key["owl-fire"] is TERMS[1]
    assert by_key["custody"] == TERMS[2]


def test_another_force_keeps_the_kind_and_not_the_body() -> None:
    assert Vocabulary(TERMS, ()).for_force("elsewhere").terms == (TERMS[0], TERMS[2])
