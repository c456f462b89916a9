"""Short links: what is packed comes back, links that were given out stay good, damaged ones are told apart."""

from __future__ import annotations

import base64
import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import queries
from graph.errors import BadParameter
from webapp.sharing import LONGEST, WORDS, Shared, pack, unpack

GIVEN_OUT = "ePleq3-aM9c1TDRKMk42SYE2FXHlwloABb4NUA"
"""A link as the first version made it."""


@given(st.text(max_size=2_000), st.from_regex(r"[0-9]{1,6}-[0-9a-f]{8}|", fullmatch=True))
def test_what_is_packed_comes_back(query: str, version: str) -> None:
    word = pack(Shared(query, version))
    assert word is not None
    assert unpack(word) == Shared(query, version)
    assert word.replace("-", "").replace("_", "").isalnum()


def test_words_that_links_are_packed_with_never_change() -> None:
    assert hashlib.sha256(WORDS).hexdigest() == ("3c7379c2bc6e562d807e18736f1a9c28c0695952841f53a838c431c1fdb98986")


def test_a_link_that_was_given_out_stays_good() -> None:
    assert unpack(GIVEN_OUT) == Shared("ASK { ?item a gt:EvidenceItem }", "7-1a2b3c4d")


@pytest.mark.parametrize("query", queries.catalogue().values(), ids=lambda query: str(query.name))
def test_a_question_of_the_catalogue_fits_a_link_that_can_be_sent(query: queries.Query) -> None:
    word = pack(Shared(query.sparql, "123-1a2b3c4d"))
    assert word is not None
    assert len(word) < 1_600
    assert len(word) < len(query.sparql) / 2


@pytest.mark.parametrize(
    "word",
    [
        GIVEN_OUT[:-1],
        GIVEN_OUT[:20],
        "A" + GIVEN_OUT[1:],
        GIVEN_OUT[:30] + "x" + GIVEN_OUT[31:],
        GIVEN_OUT + "AAAA",
        "",
        "?",
        "é",
    ],
)
def test_a_damaged_link_is_refused(word: str) -> None:
    with pytest.raises(BadParameter, match="link"):
        unpack(word)


def test_what_is_too_long_for_an_address_gets_no_link() -> None:
    assert pack(Shared("x" * (LONGEST - 1), "")) is not None
    assert pack(Shared("x" * LONGEST, "")) is None


def test_a_link_does_not_unpack_to_more_than_a_query_may_have() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, WORDS)
    bomb = packer.compress(b"1-1a2b3c4d\n" + b" " * (LONGEST * 100)) + packer.flush()
    assert len(bomb) < LONGEST
    with pytest.raises(BadParameter, match="cut short, or too long"):
        unpack(base64.urlsafe_b64encode(bomb).rstrip(b"=").decode())
