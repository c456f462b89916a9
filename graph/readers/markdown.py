"""Reads Markdown line by line: marks of headings, emphasis and links go, the words and the bullets stay.

Not by a CommonMark parser: reports use the plain parts of Markdown, whose lines already are the lines of the text.
"""

from __future__ import annotations

import html
import re

from graph.readers import text as plain
from graph.readers.stored_text import CELL, StoredText, without_controls

MEDIA_TYPE = "text/markdown"
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:={2,}|(?:[-*_][ \t]*){3,})$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]{1,200}\]:\s")
_QUOTE = re.compile(r"^(?: {0,3}> ?)+")
_TABLE_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|?)+[ \t]*$")
_TABLE_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,100}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,100}\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^ <>\n]{1,1000})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>|<!--(?:(?!-->)[^\n]){0,500}-->")
_CODE = re.compile(r"(`{1,3})([^`\n]{1,500})\1")
_EMPHASIS = (
    re.compile(r"(\*{1,3}|~~)(?=[^\s*])([^*~\n]{1,1000}?)(?<=\S)\1"),
    re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_\n]{1,1000}?)(?<=\S)\1(?!\w)"),
)
_ESCAPABLE = "\\`*_{}[]()#+.!|<>~-"
_ESCAPE = re.compile(rf"\\([{re.escape(_ESCAPABLE)}])")
# While marks are taken away, an escaped sign is a control character, of which stored text has none.
_SHIELDS = {sign: chr(n) for sign, n in zip(_ESCAPABLE, (*range(1, 9), *range(14, 32)), strict=False)}
_UNSHIELD = {ord(shield): sign for sign, shield in _SHIELDS.items()}


def read(name: str, content: bytes) -> StoredText:
    """Return the words of a Markdown file. Raises: UnreadableDocument if it is not text."""
    text, _ = plain.read(name, content)
    out: list[str] = []
    for line in text.split("\n"):
        if _FENCE.match(line) or _DEFINITION.match(line) or (_TABLE_RULE.match(line) and "|" in line):
            continue
        out.extend(_line(line))
    return "\n".join(out), ()


def _line(line: str) -> list[str]:
    """Return what a line stores: a heading stands alone, a rule is an empty line."""
    if _RULE.match(line):
        return [""]
    line = _QUOTE.sub("", line)
    if heading := _HEADING.match(line):
        return ["", _words(heading[1]), ""]
    if row := _TABLE_ROW.match(line):
        return ["", CELL.join(_words(cell.strip()) for cell in row[1].split("|") if cell.strip()), ""]
    return [_words(line.rstrip())]


def _words(line: str) -> str:
    """Return a line without marks of emphasis, code, links, pictures and tags."""
    # A mark of a list is no emphasis: the patterns look for one that closes.
    indent = line[: len(line) - len(line.lstrip())]
    bullet = re.match(r"[*+-][ \t]+", line[len(indent) :])
    head = indent + ("- " if bullet else "")
    rest = line[len(indent) + (bullet.end() if bullet else 0) :]
    rest = _ESCAPE.sub(lambda sign: _SHIELDS[sign[1]], rest)
    rest = _TAG.sub("", _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", _CODE.sub(r"\2", rest)))))
    for pattern in _EMPHASIS:
        for _ in range(2):
            rest = pattern.sub(r"\2", rest)
    return head + without_controls(html.unescape(rest).translate(_UNSHIELD))
