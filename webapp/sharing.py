"""Short links to a query: the query and the data version that it was asked of, packed into the address itself.

Nothing is kept on the server, so a link works for as long as the site does, in every process and after every restart
(docs/adr/0019-links-that-hold-their-query.md).
"""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadParameter

WORDS = Path(__file__).with_name("sharing.txt").read_bytes()
"""What queries are likely to hold. Links that were given out are unpacked with it, so it never changes."""
LONGEST = 16 * 1024
"""Bytes that a link may hold, for an address holds no more; a few hundred can be made to unpack to gigabytes."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a short link holds."""

    query: str
    version: str
    """The data version that was asked; "" where versions are not told apart."""


def pack(shared: Shared) -> str | None:
    """Return ``shared`` as a word of letters, digits, hyphens and underscores, with a checksum inside.

    None if it is longer than ``LONGEST``.
    """
    text = f"{shared.version}\n{shared.query}".encode()
    if len(text) > LONGEST:
        return None
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, WORDS)
    packed = packer.compress(text) + packer.flush()
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def unpack(word: str) -> Shared:
    """Return what ``pack`` made ``word`` of. Raises: BadParameter if it is not whole, or of another make."""
    try:
        packed = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj(zlib.MAX_WBITS, WORDS)
        text = unpacker.decompress(packed, LONGEST)
        if not unpacker.eof or unpacker.unused_data:
            raise BadParameter("this link is cut short, or too long", param="q")
        version, _, query = text.decode("utf-8").partition("\n")
    except (zlib.error, binascii.Error, ValueError) as error:
        raise BadParameter("this link is damaged: a part of it is missing or was changed", param="q") from error
    return Shared(query, version)
