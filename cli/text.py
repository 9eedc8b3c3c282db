"""Text as it may be shown: harmless on a terminal, measured and folded in terminal columns.

Titles, quotations and notes come from anywhere. A terminal obeys control characters and escape
sequences in them, and a bidirectional override reorders what is read; so both are shown as visible
escapes. What is stored, and what JSON and CSV carry, stays exactly as it was given.
"""

from __future__ import annotations

import unicodedata

UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's control, format, surrogate, line separator and paragraph separator characters."""

JOINERS = frozenset("\u200c\u200d")
"""Format characters that Persian, Indic scripts and emoji are spelled with: harmless."""

BRANCHES = "│├└─"
GOING_ON = str.maketrans({"├": "│", "└": " ", "─": " "})
"""What the branches in front of a line are in front of the next one."""

ZERO_WIDTH_CATEGORIES = frozenset({"Mn", "Me", "Cf"})


def harmless(text: str) -> str:
    r"""Give the text with everything a terminal would obey turned into a visible escape.

    Escape sequences, newlines, bidirectional overrides and lone surrogates become `\x1b`, `\n`,
    `\u202e`, `\udc80`; letters of every script stay as they are. The result is one line.
    """
    if text.isprintable():
        return text
    return "".join(_escaped(char) for char in text)


def harmless_lines(text: str) -> tuple[str, ...]:
    """Give each line of the text harmless: for talk, where the line breaks are our own."""
    return tuple(harmless(line) for line in text.split("\n"))


def _escaped(char: str) -> str:
    """Give one character as it may be shown."""
    if unicodedata.category(char) not in UNSAFE_CATEGORIES or char in JOINERS:
        return char
    return char.encode("unicode_escape").decode("ascii")


def columns_of(text: str) -> int:
    """Count the terminal columns of harmless text: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns_of_char(char) for char in text)


def _columns_of_char(char: str) -> int:
    """Count the terminal columns of one character (Unicode annex 11, East Asian width)."""
    if unicodedata.category(char) in ZERO_WIDTH_CATEGORIES:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def folded(text: str, columns_max: int) -> tuple[str, ...]:
    """Break harmless text between words into lines of at most so many columns.

    Spaces in front stand in front of each line, and so do the branches of a tree, drawn on where
    they go on; a word longer than a line is cut. Nothing but the spaces at the breaks is lost.
    """
    if columns_of(text) <= columns_max:
        return (text,)
    body = text.lstrip(f" {BRANCHES}")
    front = text[: len(text) - len(body)]
    room = max(1, columns_max - len(front))
    lines: list[str] = []
    line = ""
    for word in body.split(" "):
        candidate = f"{line} {word}" if line else word
        if columns_of(candidate) <= room:
            line = candidate
            continue
        if line:
            lines.append(line)
        *whole, line = _cut(word, room)
        lines.extend(whole)
    first, *others = (*lines, line)
    return (front + first, *(front.translate(GOING_ON) + other for other in others))


def _cut(word: str, columns_max: int) -> list[str]:
    """Cut a word into pieces of at most so many columns."""
    pieces = [""]
    for char in word:
        if pieces[-1] and columns_of(pieces[-1] + char) > columns_max:
            pieces.append("")
        pieces[-1] += char
    return pieces
