"""The words of the claim language: one row each, with how an error calls it.

The rules stand in claim.lark. Words are read without regard to case, and only where the rules allow
them, so that a party may be called AND (Andorra) and an action `every`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.kinds import KINDS, Polarity
from domain.measures.roles import Role
from domain.reading import EscalationFlag, InitiatorReading, MembershipRule

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACES: Final = r"(?:\s|#[^\n]*(?:\n|$))+"
"""White space and comments."""

END: Final = r"(?![\w@:-]|\.\w)"
"""What follows a word: nothing that could belong to it."""

NAME_FORM: Final = r"\w(?:[\w.:@-]*[\w-])?"
STRING_FORM: Final = r'"(?:[^"\\]|\\.)*"'
NUMBER_FORM: Final = r"\d+(?:\/\d+|\.\d+)?"
DATE_FORM: Final = r"(?:\.\.|-?\d)(?:[\w?~%:+\/-]|\.\.)*"

FLAGS: Final = {
    "by opening": EscalationFlag.OPENING,
    "vertically": EscalationFlag.VERTICAL,
    "by over-response": EscalationFlag.OVER_RESPONSE,
    "horizontally": EscalationFlag.HORIZONTAL,
}
"""How each flag is written after `escalating`."""

MEMBERSHIPS: Final = {
    "certainly": MembershipRule.CERTAIN,
    "possibly": MembershipRule.POSSIBLE,
}
ORGANS: Final = ("executive", "legislature", "court", "private")
IRREGULAR_PLURALS: Final = {
    "denial_of_access": "denials_of_access",
    "talks_cancelled": "talks_cancelled",
    "breaking_relations": "breaking_relations",
    "other": "others",
}


def plural(kind: str) -> str:
    """Give the plural of a kind's stored name, as the text form writes it."""
    return IRREGULAR_PLURALS.get(kind, f"{kind}s")


KIND_WORDS: Final = {
    **{plural(row.name): row.name for row in KINDS},
    **{row.name: row.name for row in KINDS},
}
"""Singular or plural -> stored name."""

ROLE_WORDS: Final = {
    **{f"{role}s": role for role in Role if role is not Role.UNDETERMINED},
    **{str(role): role for role in Role},
}


@dataclass(frozen=True, slots=True)
class Word:
    """A terminal of the grammar: its pattern, and what an error says may stand there.

    `selects` marks the words that a filter is made of; errors name them together.
    """

    terminal: str
    pattern: str
    said: str
    priority: int = 2
    selects: bool = False


def _one_of(words: Iterable[str]) -> str:
    """Give the pattern of any of these words; spaces in them are any white space."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", SPACES) for word in longest_first)


def _word(terminal: str, text: str = "", *, selects: bool = False) -> Word:
    text = text or terminal.strip("_").lower()
    return Word(terminal, f"(?:{_one_of([text])}){END}", text, selects=selects)


def _words(terminal: str, words: Iterable[str], said: str, *, selects: bool = False) -> Word:
    return Word(terminal, f"(?:{_one_of(words)}){END}", said, selects=selects)


def _or_before(terminal: str, words: Iterable[str]) -> Word:
    """Make an `or` inside a list: one that another word of the list follows."""
    return Word(terminal, rf"or{END}(?={SPACES}(?:{_one_of(words)}){END})", "or", priority=3)


TESTS_BEGIN: Final = (
    *("every", "no", "exists", "not", "if", "all", "any"),
    *("count", "sum", "stock", "root", "cause", "kind", "responses"),
)
COMPARISONS: Final = {
    ">": ">",
    "is more than": ">",
    "exceeds": ">",
    ">=": ">=",
    "is at least": ">=",
    "=": "=",
    "equals": "=",
    "is equal to": "=",
    "<=": "<=",
    "is at most": "<=",
    "<": "<",
    "is less than": "<",
    "is fewer than": "<",
}
_SIGNS: Final = ("<=", ">=", "<", ">", "=")
_COMPARE: Final = (
    "|".join(_SIGNS)
    + f"|(?:{_one_of(word for word in COMPARISONS if word not in _SIGNS)}){END}"
)
_NAME_OR: Final = (
    rf"or{END}(?!{SPACES}(?:\(|(?:{'|'.join(TESTS_BEGIN)}){END}"
    rf"|{NUMBER_FORM}(?:{SPACES})?(?:{_COMPARE})))"
)

WORDS: Final[tuple[Word, ...]] = (
    *(_word(f"_{text.upper()}", text) for text in ("if", "then", "or", "and", "not")),
    _word("_EVERY"),
    _word("_NO"),
    _word("_EXISTS"),
    Word("_NOT_EXISTS", rf"not{END}{SPACES}exists{END}", "not exists", priority=3),
    *(_word(f"_{text.upper()}", text) for text in ("all", "any", "of", "count", "sum", "stock")),
    *(_word(f"_{text.upper()}", text) for text in ("root", "cause", "includes", "is", "side")),
    _word("_KIND_WORD", "kind"),
    *(_word(f"_{text.upper()}", text) for text in ("responses", "what", "they", "it", "answer")),
    *(_word(f"_{text.upper()}", text) for text in ("budgeted", "times", "on", "testable", "to")),
    *(_word(f"_{text.upper()}", text) for text in ("initiated", "answers", "answered", "within")),
    *(_word(f"_{text.upper()}", text) for text in ("days", "mirrored", "each")),
    *(_word(text.upper(), text) for text in ("only", "anything", "alike")),
    _words("HOW", InitiatorReading, "solely, jointly or directly"),
    Word("COMPARE", _COMPARE, "a comparison (>, >=, =, <=, <, is more than, equals, ...)", 3),
    _words("_ACTION", ("action", "actions"), "action", selects=True),
    _words("POLARITY", Polarity, "hostile, conciliatory, words, ...", selects=True),
    _words("ROLE", ROLE_WORDS, "opening, response, ...", selects=True),
    _words("KIND", KIND_WORDS, "a kind (expulsion, staff_cap, ...)", selects=True),
    *(_word(f"_{text.upper()}", text, selects=True) for text in ("by", "against", "in", "from")),
    *(_word(f"_{text.upper()}", text, selects=True) for text in ("before", "after", "until")),
    *(_word(f"_{text.upper()}", text, selects=True) for text in ("tagged", "reversing")),
    *(_word(f"_{text.upper()}", text, selects=True) for text in ("executing", "answering")),
    _word("_NAMELY", selects=True),
    _word("ESCALATING", selects=True),
    _words("MEMBERSHIP", MEMBERSHIPS, "certainly or possibly", selects=True),
    _words("FLAG", FLAGS, "vertically, horizontally, by over-response or by opening"),
    _word("_FAMILY"),
    _word("_DISPUTE"),
    _word("_ORGAN"),
    _words("ORGAN", ORGANS, "executive, legislature, court or private"),
    _or_before("_POLARITY_OR", Polarity),
    _or_before("_ROLE_OR", ROLE_WORDS),
    _or_before("_KIND_OR", KIND_WORDS),
    _or_before("_FLAG_OR", FLAGS),
    _or_before("_ORGAN_OR", ORGANS),
    Word("_NAME_OR", _NAME_OR, "or", 3),
    Word("DATE", DATE_FORM, "a date (2016-12-29, 2016-12, 2016, ...)"),
    Word("NUMBER", NUMBER_FORM, "a number", 1),
    Word("NAME", NAME_FORM, "a name", 1),
    Word("STRING", STRING_FORM, 'a text in "quotes"', 1),
    Word("_OPEN", r"\(", "(", 1),
    Word("_CLOSE", r"\)", ")", 1),
    Word("_SEMICOLON", ";", ";", 1),
    Word("_COMMA", ",", ",", 1),
    Word("_STOP", r"\.", ".", 1),
    Word("SPACE", SPACES, "white space", 1),
)

RESERVED: Final = frozenset(
    {word.said for word in WORDS if word.said.isalpha()}
    | {*KIND_WORDS, *ROLE_WORDS, *Polarity, *InitiatorReading, *MEMBERSHIPS, *ORGANS}
    | {"opening", "action", "actions", "certainly", "possibly"}
)
"""Names that are words of the language too; the printer puts them in quotes."""


def terminals() -> str:
    """Give all words as terminals of a lark grammar."""
    return "\n".join(f"{word.terminal}.{word.priority}: /{word.pattern}/i" for word in WORDS)
