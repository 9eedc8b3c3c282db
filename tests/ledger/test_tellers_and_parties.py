"""Tellers and parties as they are written, and those that are known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.parties import UnknownPartyError
from domain.records.subjects import PartyRegistered
from ledger.context import Context
from ledger.facade import open_ledger
from ledger.party_table import (
    Origin,
    StateIsKnownError,
    known_parties,
    known_party,
    require_registrable,
)
from ledger.tellers import (
    AccountSyntaxError,
    InferredByNoAnalystError,
    checked_account,
    inferring_account,
)

EU = PartyRegistered(code="EU", title="The Union", members=("FRA",))


@pytest.fixture
def context() -> Iterator[Context]:
    with open_ledger("memory:") as ledger:
        ledger.record(PartyRegistered(code="ECOWAS", title="T"))
        yield Context(ledger.application)


@pytest.mark.parametrize(
    "account", ["RUS", "SUN", "EU", "X-E3", "ECOWAS", "analyst:a", "press:the.paper", "rule:r-1"]
)
def test_an_account_is_a_party_or_a_named_teller(context: Context, account: str) -> None:
    assert checked_account(account, context) == account


@pytest.mark.parametrize("account", ["analyst:", "friend:me", "press:a b", "analyst:-a", ":x"])
def test_what_is_no_account_is_refused(context: Context, account: str) -> None:
    with pytest.raises(AccountSyntaxError):
        checked_account(account, context)
    with pytest.raises(UnknownPartyError):
        checked_account("ECOWSA", context)


def test_an_inferred_word_is_an_analysts() -> None:
    assert inferring_account("RUS") == "analyst:compilers-for-RUS"
    assert inferring_account("analyst:smith") == "analyst:smith"
    for account in ("press:paper", "rule:r"):
        with pytest.raises(InferredByNoAnalystError):
            inferring_account(account)


def test_what_is_registered_goes_before_what_is_known() -> None:
    first, *rest = known_parties({"EU": EU})
    assert (first.code, first.title, first.origin) == ("EU", "The Union", Origin.LEDGER)
    assert "EU" not in {row.code for row in rest}
    assert known_party("EU", {"EU": EU}).members == ("FRA",)
    assert known_party("EU", {}).origin is Origin.ORGANISATION
    assert known_party("X-MULTI", {}).origin is Origin.AD_HOC


@pytest.mark.parametrize("code", ["RUS", "SUN"])
def test_a_state_is_not_registered_again(code: str) -> None:
    with pytest.raises(StateIsKnownError):
        require_registrable(code)
    require_registrable("EU")
