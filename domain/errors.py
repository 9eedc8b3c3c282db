"""Named errors of the ledger, and `require`, the one way a rule is enforced.

An error says what was wrong, where, why, and what to run next. It never exits, prints or logs:
the interface decides how it is shown. None of these is a `ValueError`, so that pydantic lets
them through unchanged and the name survives to the user.
"""

from __future__ import annotations


class LedgerError(Exception):
    """Something the user can understand and mend: what, where, why, and a hint with a command."""

    def __init__(self, what: str, *, where: str = "", why: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.hint = hint

    def located(self, where: str) -> LedgerError:
        """Return the same error, placed in a file, row or field if it had no place yet."""
        return type(self)(self.what, where=self.where or where, why=self.why, hint=self.hint)

    def __str__(self) -> str:
        """Everything known about the error in one line."""
        parts = [self.what, self.where and f"at {self.where}", self.why]
        return "; ".join(part for part in parts if part)


class InputError(LedgerError):
    """The input was understood and refused (exit code 3)."""


class UsageError(LedgerError):
    """The command was called in a way that means nothing (exit code 2)."""


class VerificationError(LedgerError):
    """The history does not say what the ledger says it says (exit code 4)."""


class StoreUnavailableError(LedgerError):
    """The store cannot be opened, read or written now (exit code 5)."""


def require(condition: object, error: LedgerError) -> None:
    """Raise `error` unless the condition holds: a rule, stated where it applies."""
    if not condition:
        raise error
