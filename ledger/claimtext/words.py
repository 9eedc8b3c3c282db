"""The words of the claim language: one row each, with how an error calls it.

The rules stand in claim.lark. Words are read without regard to case, and only where the rules allow
them, so that a party may be called AND (Andorra) and an action `every`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.kinds import KINDS, Polarity
from domain.reading import EscalationFlag, InitiatorReading, MembershipRule
from domain.roles import Role

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

ACTION_WORDS: Final = ("action", "actions")
ROLE_WORDS: Final = {
    **{f"{role}s": role for role in Role if role is not Role.UNDETERMINED},
    **{str(role): role for role in Role},
}


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
"""Sign or words -> sign."""

TESTS_BEGIN: Final = (
    *("every", "no", "exists", "not", "if", "all", "any"),
    *("count", "sum", "stock", "root", "cause", "kind", "responses"),
)
"""After one of these words an `or` joins tests, not names."""

SILENT: Final = (
    *("if", "then", "or", "and", "not", "all", "any", "of", "every", "no", "exists"),
    *("count", "sum", "stock", "times", "on", "root", "cause", "includes", "is", "side"),
    *("initiated", "answers", "answered", "within", "days", "mirrored", "each", "to"),
    *("responses", "what", "they", "it", "answer", "budgeted", "testable"),
    *("family", "dispute", "organ"),
)
"""Words that say nothing beside their place: `_IF` in the rules, and so on."""

SELECTING: Final = (
    *("by", "against", "in", "from", "before", "after", "until"),
    *("tagged", "reversing", "executing", "answering", "namely"),
)
"""Silent words with which a part of a filter begins."""

SIGNS: Final = {
    "_OPEN": "(",
    "_CLOSE": ")",
    "_SEMICOLON": ";",
    "_COMMA": ",",
    "_STOP": ".",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A terminal of the grammar: its pattern, and what an error says may stand there.

    `selects` marks what a filter is made of; errors name those together. Among the terminals that
    fit at a place the one of the highest priority is read, a name only where no word fits.
    """

    terminal: str
    pattern: str
    said: str
    priority: int = 2
    selects: bool = False


def _one_of(words: Iterable[str]) -> str:
    """Give the pattern of any of these words; a space in them is any white space."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    spelt = (re.escape(word).replace(r"\ ", SPACES) for word in longest_first)
    return f"(?:{'|'.join(spelt)}){END}"


def _word(terminal: str, text: str, *, selects: bool = False) -> Word:
    return Word(terminal, _one_of([text]), f'"{text}"', selects=selects)


def _or_before(terminal: str, words: Iterable[str]) -> Word:
    """Make the `or` of a list: one that another word of the list follows."""
    return Word(terminal, f"or{END}(?={SPACES}{_one_of(words)})", '"or"', priority=3)


_SPELT_OUT: Final = _one_of(text for text in COMPARISONS if text.isascii() and text[0].isalpha())
_COMPARE: Final = f"<=|>=|<|>|=|{_SPELT_OUT}"
_TEST_BEGINS: Final = rf"\(|{_one_of(TESTS_BEGIN)}|{NUMBER_FORM}(?:{SPACES})?(?:{_COMPARE})"

WORDS: Final[tuple[Word, ...]] = (
    *(_word(f"_{text.upper()}", text) for text in SILENT),
    *(_word(f"_{text.upper()}", text, selects=True) for text in SELECTING),
    *(Word(terminal, re.escape(sign), f'"{sign}"') for terminal, sign in SIGNS.items()),
    _word("_KIND_WORD", "kind"),
    _word("ONLY", "only"),
    _word("ANYTHING", "anything"),
    _word("ALIKE", "alike"),
    _word("ESCALATING", "escalating", selects=True),
    Word("_NOT_EXISTS", f"not{END}{SPACES}exists{END}", '"not exists"', priority=3),
    Word("HOW", _one_of(InitiatorReading), '"solely", "jointly", "directly"'),
    Word("COMPARE", _COMPARE, 'a comparison (">", "=", "is more than", ...)', priority=3),
    Word("_ACTION", _one_of(ACTION_WORDS), '"action"', selects=True),
    Word("POLARITY", _one_of(Polarity), '"hostile"', selects=True),
    Word("ROLE", _one_of(ROLE_WORDS), '"response"', selects=True),
    Word("KIND", _one_of(KIND_WORDS), 'a kind such as "expulsion"', selects=True),
    Word("MEMBERSHIP", _one_of(MEMBERSHIPS), '"certainly"', selects=True),
    Word("FLAG", _one_of(FLAGS), '"vertically", "horizontally", "by over-response", "by opening"'),
    Word("ORGAN", _one_of(ORGANS), '"executive", "legislature", "court", "private"'),
    _or_before("_POLARITY_OR", Polarity),
    _or_before("_ROLE_OR", ROLE_WORDS),
    _or_before("_KIND_OR", KIND_WORDS),
    _or_before("_FLAG_OR", FLAGS),
    _or_before("_ORGAN_OR", ORGANS),
    Word("_NAME_OR", f"or{END}(?!{SPACES}(?:{_TEST_BEGINS}))", '"or"', priority=3),
    Word("DATE", DATE_FORM, "a date such as 2016-12-29"),
    Word("NUMBER", NUMBER_FORM, "a number", priority=1),
    Word("NAME", NAME_FORM, "a name", priority=1),
    Word("STRING", STRING_FORM, 'a text in "quotes"', priority=1),
    Word("SPACE", SPACES, "white space", priority=1),
)

RESERVED: Final = frozenset(
    {*SILENT, *SELECTING, "kind", "only", "anything", "alike", "escalating"}
    | {*ACTION_WORDS, *Polarity, *ROLE_WORDS, *KIND_WORDS, *MEMBERSHIPS, *InitiatorReading}
    | {*ORGANS, *(text for text in (*FLAGS, *COMPARISONS) if text.isalpha())}
)
"""Names that are words of the language too; the printer puts them in quotes."""


def terminals() -> str:
    """Give all words as terminals of a lark grammar."""
    return "\n".join(f"{word.terminal}.{word.priority}: /{word.pattern}/i" for word in WORDS)
