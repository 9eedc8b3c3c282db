"""What a panel answers, what is late and what dangles is what the domain says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.accounts import is_impossible
from domain.causes import ActionCause
from domain.findings import panel
from domain.worlds import options as options_by_domain
from ledger.columns.measures.asking import ask, dispute_numbers
from ledger.columns.measures.options import Amiss, dangling_causes, late_causes, options
from tests.examples import many
from tests.ledger.columns.coded import columns_of
from tests.ledger.columns.measures.readings import some_readings
from tests.strategies import LONG, histories

if TYPE_CHECKING:
    from domain.history import History
    from domain.reading import Reading


def amiss(history: History, dispute: str) -> tuple[set[Amiss], set[Amiss]]:
    """Late and dangling causes, straight from all that is said."""
    late, dangling = set(), set()
    for held in history.in_dispute(dispute):
        for said in (held.action.cause, *(one.causes for one in held.attributions)):
            for cause in said.causes:
                found = Amiss(held.id, str(cause))
                if isinstance(cause, ActionCause) and history.standing(cause.action) is None:
                    dangling.add(found)
                elif is_impossible(history, held, (cause,)):
                    late.add(found)
    return late, dangling


def check(history: History, reading: Reading, other: str) -> None:
    with columns_of(history) as columns:
        for dispute, number in dispute_numbers(columns).items():
            asked = ask(columns, number)
            accounts = (*panel(history, dispute), other)
            found = options(asked, accounts, reading)
            for held in history.in_dispute(dispute):
                given_by_domain = options_by_domain(history, dispute, held, accounts, reading)
                assert found[held.id] == {
                    None if one.causes is None else tuple(sorted(str(it) for it in one.causes))
                    for one in given_by_domain
                }
            late, dangling = amiss(history, dispute)
            assert set(late_causes(asked)) == late
            assert set(dangling_causes(asked)) == dangling


@given(histories(), some_readings(), st.sampled_from(["GBR", "analyst:someone"]))
def test_options_of_a_panel_are_the_domains(history: History, reading: Reading, other: str) -> None:
    check(history, reading, other)


@pytest.mark.slow
@many(100)
@given(histories(LONG), some_readings(), st.sampled_from(["GBR", "analyst:someone"]))
def test_options_of_long_histories_are_the_domains(
    history: History, reading: Reading, other: str
) -> None:
    check(history, reading, other)
