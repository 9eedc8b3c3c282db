"""Errors of the text form: where in the text, what was found there, and what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.errors import InputError, LedgerError

if TYPE_CHECKING:
    from lark import Token

HINT: Final = "reciprocity claim --help"
SHOWN_BEFORE: Final = 60
SHOWN_AFTER: Final = 30
"""So many characters of a long line are shown before and after the place."""


class ClaimSyntaxError(InputError):
    """The text cannot be read as a claim."""


class ClaimNameError(InputError):
    """A name in a claim is not written as names of its sort are."""


class UnknownFamilyError(InputError):
    """No family has this name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text: from `start` to before `end`, in characters from 0."""

    text: str
    start: int
    end: int

    @property
    def line(self) -> int:
        """The number of the line, from 1."""
        return self.text.count("\n", 0, self.start) + 1

    @property
    def column(self) -> int:
        """The number of the character in its line, from 1."""
        return self.start - self._line_start + 1

    @property
    def _line_start(self) -> int:
        return self.text.rfind("\n", 0, self.start) + 1

    def __str__(self) -> str:
        """Give line and column in words."""
        return f"line {self.line}, column {self.column}"

    def excerpt(self) -> str:
        """Give the line, cut where it is long, and carets under the place."""
        line_end = self.text.find("\n", self.start)
        line_end = len(self.text) if line_end < 0 else line_end
        first = max(self._line_start, self.start - SHOWN_BEFORE)
        last = min(line_end, self.end + SHOWN_AFTER, self.start + SHOWN_BEFORE)
        before = "..." if first > self._line_start else ""
        after = "..." if last < line_end else ""
        carets = "^" * max(1, min(self.end, last) - self.start)
        shown = before + _one_wide(self.text[first:last]) + after
        return f"{shown}\n{' ' * (len(before) + self.start - first)}{carets}"


def _one_wide(text: str) -> str:
    """Show each control character as one space, so that the carets stand right."""
    return "".join(char if char.isprintable() else " " for char in text)


class MisreadError(Exception):
    """An error found while building, and the token it is about; the parser says where that is."""

    def __init__(self, token: Token, error: LedgerError) -> None:
        super().__init__(str(error))
        self.token = token
        self.error = error


def placed(error: LedgerError, place: Place, where: str) -> LedgerError:
    """Give the same error with its place in the text and the place of the text, and an excerpt."""
    return type(error)(
        f"{error.what}\n{place.excerpt()}",
        where=f"{where}, {place}" if where else str(place),
        why=error.why,
        hint=error.hint or HINT,
    )
