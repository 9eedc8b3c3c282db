"""What an error says was expected, in words of the language, and which word was likely meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from domain.kinds import KINDS, Polarity
from domain.nearest import nearest
from domain.reading import InitiatorReading
from domain.roles import Role
from ledger.claimtext.words import FLAGS, MEMBERSHIPS, ORGANS, WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

END_OF_TEXT: Final = "$END"
LITERAL: Final = re.compile(r'"([a-z][a-z ]*)"')
SPELLINGS: Final = {
    "KIND": tuple(row.name for row in KINDS),
    "ROLE": tuple(Role),
    "POLARITY": tuple(Polarity),
    "HOW": tuple(InitiatorReading),
    "FLAG": tuple(FLAGS),
    "MEMBERSHIP": tuple(MEMBERSHIPS),
    "ORGAN": ORGANS,
}
"""Terminals that stand for any of several words."""

SELECTING_MIN: Final = 5
"""From so many words of a filter on they are named together, by examples."""

EXAMPLES: Final = ("_ACTION", "KIND", "_BY", "_AGAINST", "_IN", "_FROM", "_BEFORE")


def expected(accepted: Collection[str]) -> str:
    """Say what may stand at a place where these terminals are accepted."""
    words = [word for word in WORDS if word.terminal in accepted]
    selecting = {word.terminal: word.said for word in words if word.selects}
    together = len(selecting) >= SELECTING_MIN
    said = [word.said for word in words if not (together and word.selects)]
    if together:
        examples = ", ".join(selecting[name] for name in EXAMPLES if name in selecting)
        said.append(f"words that select ({examples}, ...)")
    if END_OF_TEXT in accepted:
        said.append("the end")
    *firsts, last = dict.fromkeys(said)
    return f"{', '.join(firsts)} or {last}" if firsts else last


def spellings(accepted: Collection[str]) -> Iterator[str]:
    """Go through every word that the terminals accept."""
    for word in WORDS:
        if word.terminal in accepted:
            yield from SPELLINGS.get(word.terminal, LITERAL.findall(word.said))


def meant(text: str, accepted: Collection[str]) -> tuple[str, ...]:
    """Give the words likely meant at the beginning of the text, the likeliest first.

    A name of two or three words is looked for too: `staff cap` finds `staff_cap`.
    """
    if not text[:1].isalpha():
        return ()
    words = re.findall(r"[\w-]+", text)[:3]
    known = sorted(set(spellings(accepted)))
    folded = {name.replace("-", "_").casefold(): name for name in known}
    for count in range(len(words), 1, -1):
        joined = "_".join(words[:count]).replace("-", "_").casefold()
        for name in (joined, joined.removesuffix("s")):
            if name in folded:
                return (folded[name],)
    return nearest(words[0], known)
