"""Tellers as they are written: a party's code, or analyst:, press: or rule: and a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from domain.errors import InputError, require
from domain.quoting import quoted
from domain.records.accounts import ANALYST, compilers_for

if TYPE_CHECKING:
    from ledger.context import Context

NAMED: Final = re.compile(r"(analyst|press|rule):[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class AccountSyntaxError(InputError):
    """A text names no account."""


class InferredByNoAnalystError(InputError):
    """A word is to be inferred by an account that is no analyst's."""


def checked_account(text: str, context: Context) -> str:
    """Return an account as it is; raises AccountSyntaxError, UnknownPartyError.

    Rule: docs/semantics.md#accounts
    """
    if ":" not in text:
        context.check_party(text)
        return text
    require(
        NAMED.fullmatch(text),
        AccountSyntaxError(
            f"{quoted(text)} is not an account",
            why="an account is a party's code such as RUS, or analyst:NAME, press:NAME or "
            "rule:NAME",
            hint="reciprocity attribute --help",
        ),
    )
    return text


def inferring_account(account: str) -> str:
    """Return whose account an inferred word is: of a party, the analyst's who infers for it.

    Raises InferredByNoAnalystError for a medium or a rule.

    Rule: docs/semantics.md#accounts
    """
    if ":" not in account:
        return compilers_for(account)
    require(
        account.startswith(ANALYST),
        InferredByNoAnalystError(
            f"{account} is no analyst, and only analysts infer",
            why="what a medium or a rule says is stated",
            hint="--account analyst:NAME --inferred, or leave --inferred out",
        ),
    )
    return account
