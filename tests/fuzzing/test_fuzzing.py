"""A little of the fuzzing in every run, and all that ever fell; ``make fuzz`` does it for long."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzzing.__main__ import CORPUS, fell
from tests.fuzzing.targets import spoilt, targets

FEW, SLOW = 40, {"document.pdf": 4, "document.docx": 15, "document.txt": 15, "address": 25}
"""Examples of each target; fewer of those that take long."""


def test_what_fell_once_falls_no_more() -> None:
    known = targets()
    for path in sorted(CORPUS.iterdir()):
        if path.suffix != ".md":
            target, _ = known[path.name.rpartition("-")[0]]
            target(path.read_bytes())


@pytest.mark.parametrize("name", sorted(targets()))
def test_what_comes_from_outside_is_answered_or_refused(name: str) -> None:
    target, inputs = targets()[name]
    few = settings(max_examples=SLOW.get(name, FEW), suppress_health_check=list(HealthCheck), deadline=None)
    few(given(inputs)(target))()


def test_a_target_that_fails_is_seen_and_its_input_made_small() -> None:
    def target(content: bytes) -> None:
        assert b"{" not in content

    found = fell(target, spoilt((b"a long and harmless beginning",)), start=1, until=float("inf"))
    assert found is not None
    assert b"{" in found[0]
    assert "assert" in found[1]
