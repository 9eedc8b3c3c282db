"""What an import brings to light: reported, and nothing refused for it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.records.base import Record
from ledger.imports.findings import Findings, look_through
from tests.making import DISPUTE, act, make_history, said
from tests.real import DISPUTE as REAL
from tests.real import real_history

pytestmark = pytest.mark.usefixtures("way")


def found_in(*records: Record) -> Findings:
    return look_through(make_history(*records), [DISPUTE])


def test_the_real_history_has_one_exchange_under_every_account() -> None:
    found = look_through(real_history(), [REAL])
    [exchange] = found.exchanges
    assert exchange.members == ("rus-2021-10-nuland-unban", "usa-2021-10-vorontsov-visa")
    assert exchange.accounts == ("USA", "USA, with inferred", "RUS", "RUS, with inferred")


def test_the_real_history_has_one_package_that_is_less_than_its_parts() -> None:
    # 27, 28 and the minister-counsellor are said to be inside the 55.
    [exceeded] = look_through(real_history(), [REAL]).exceeded_packages
    assert exceeded.package == "usa-2021-09-list55"
    assert (str(exceeded.whole), str(exceeded.parts)) == ("55", "56")


def test_nothing_in_the_real_history_is_impossible_or_cannot_be_dated() -> None:
    found = look_through(real_history(), [REAL])
    assert (found.impossible, found.undatable) == ((), ())


def test_an_exchange_that_one_account_alone_sees_is_told_with_that_account() -> None:
    found = found_in(
        act("a", answers=["b"]),
        act("b", by="RUS", against="USA", answers="none_stated"),
        said("b", "USA", ["a"]),
        said("b", "RUS", []),
    )
    assert [(one.members, one.accounts) for one in found.exchanges] == [
        (("a", "b"), ("USA", "USA, with inferred"))
    ]


def test_an_exchange_by_inference_is_told_as_such() -> None:
    found = found_in(
        act("a", answers=["b"]),
        act("b", by="RUS", against="USA", answers="none_stated"),
        said("b", "RUS", ["a"], inferred=True),
    )
    assert found.exchanges[0].accounts == ("USA, with inferred", "RUS, with inferred")


def test_an_impossible_cause_is_told_of_the_teller_and_not_of_whoever_inherits_it() -> None:
    found = found_in(
        act("late", on="2021-01-01"),
        act("fine", on="2019-01-01"),
        act("early", answers=["late", "fine"]),
        said("early", "press:tass", ["late"]),
    )
    assert [(one.action, one.cause, one.teller) for one in found.impossible] == [
        ("early", "late", "USA"),
        ("early", "late", "press:tass"),
    ]


def test_an_account_that_cannot_be_dated_is_told_with_the_days() -> None:
    found = found_in(
        act("a", on="2020-03-01"),
        act("b", by="RUS", against="USA", on="2020-01/2020-12", answers=["a"]),
        act("c", on="2020-02", answers=["b"]),
    )
    [one] = found.undatable
    assert (one.action, one.earliest, one.latest) == ("c", date(2020, 3, 1), date(2020, 2, 29))
    assert one.accounts == ("USA", "USA, with inferred", "RUS", "RUS, with inferred")


def test_a_package_is_exceeded_in_the_unit_of_its_parts() -> None:
    whole = act("whole", quantity=3)
    parts = [act("one", quantity=2, part_of="whole"), act("two", quantity=2, part_of="whole")]
    other = act("three", kind="visa_refusal", quantity=9, part_of="whole")
    found = found_in(whole, *parts, other)
    assert [(one.package, one.parts.lo) for one in found.exceeded_packages] == [("whole", 4)]
    assert found_in(whole, parts[0], other).exceeded_packages == ()


def test_disputes_that_are_not_there_or_were_not_touched_are_left_alone() -> None:
    assert look_through(real_history(), []) == Findings()
    assert look_through(real_history(), ["nowhere"]) == Findings()
