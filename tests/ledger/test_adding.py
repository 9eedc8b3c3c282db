"""Adding by hand: ids that are free, the same again, and what would become of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from domain.records.base import dump
from domain.records.registry import load_record
from ledger.adding import (
    NoFreeIdError,
    QuantityMissingError,
    RetractedIdError,
    RungOfKindError,
    add_action,
    add_under,
    would_add,
)
from ledger.appending import Outcome, Status
from ledger.conflicts import ConflictError
from ledger.facade import Ledger, open_ledger
from ledger.rules import UnknownActionError
from tests.making import act, two_sides

Way = Callable[[Ledger, str, dict[str, Any]], Outcome]
BASE = "usa-2020-01-01-expulsion"


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger("memory:", by="tester") as opened:
        opened.record(two_sides())
        yield opened


def payload(**fields: Any) -> dict[str, Any]:
    """An expulsion of one person, without an id."""
    given = {**dump(act("x")), **fields}
    del given["id"]
    return given


def people(number: int) -> dict[str, Any]:
    return payload(quantity={"value": number, "unit": "persons"})


def said(outcome: Outcome) -> tuple[str, str]:
    return outcome.status.value, outcome.record.stream().removeprefix("action:")


def test_content_decides_which_number_an_id_gets(ledger: Ledger) -> None:
    expected = [("new", BASE), ("new", f"{BASE}-2"), ("same", BASE), ("same", f"{BASE}-2")]
    assert [
        said(add_action(ledger, "expulsion", people(number))) for number in (1, 2, 1, 2)
    ] == expected


def test_what_would_be_added_is_what_is_added_and_is_not_written_before(ledger: Ledger) -> None:
    for number in (1, 2, 1):
        position = ledger.application.position()
        would = would_add(ledger, "expulsion", people(number))
        assert ledger.application.position() == position
        does = add_action(ledger, "expulsion", people(number))
        assert (would.status, would.record) == (does.status, does.record)


@pytest.mark.parametrize("way", [add_action, would_add])
def test_a_chosen_id_never_gives_way(ledger: Ledger, way: Way) -> None:
    add_action(ledger, "expulsion", {**people(1), "id": "mine"})
    with pytest.raises(ConflictError, match="mine is recorded already"):
        way(ledger, "expulsion", {**people(2), "id": "mine"})
    assert way(ledger, "expulsion", {**people(1), "id": "mine"}).status is Status.SAME


@pytest.mark.parametrize("way", [add_action, would_add])
def test_what_the_rules_refuse_is_raised(ledger: Ledger, way: Way) -> None:
    with pytest.raises(UnknownActionError):
        way(ledger, "expulsion", payload(cause=["no-such"]))


def test_a_corrected_action_is_the_same_as_it_was_and_as_it_is(ledger: Ledger) -> None:
    add_action(ledger, "expulsion", people(1))
    changes = {"quantity": {"value": 3, "unit": "persons"}}
    fields = {"action": BASE, "changes": changes, "reason": "x"}
    ledger.record(load_record("corrected", 1, fields, "test"))
    for number, name in ((1, BASE), (3, BASE), (2, f"{BASE}-2")):
        assert said(add_action(ledger, "expulsion", people(number)))[1] == name


def test_a_retracted_id_is_passed_over_by_other_content_only(ledger: Ledger) -> None:
    add_action(ledger, "expulsion", people(1))
    ledger.undo()
    with pytest.raises(RetractedIdError, match="never used again"):
        add_action(ledger, "expulsion", people(1))
    assert said(add_action(ledger, "expulsion", people(2))) == ("new", f"{BASE}-2")
    with pytest.raises(RetractedIdError) as caught:
        add_action(ledger, "expulsion", {**people(2), "id": BASE})
    assert caught.value.where == f"action {BASE}"
    assert "undo of position 2" in caught.value.why


def test_ids_run_out(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.adding.NUMBERS_MAX", 2)
    for number in (1, 2):
        add_action(ledger, "expulsion", people(number))
    with pytest.raises(NoFreeIdError):
        add_action(ledger, "expulsion", people(3))


def test_a_kind_that_is_counted_needs_a_number_and_only_retaliation_a_rung(ledger: Ledger) -> None:
    uncounted = payload()
    del uncounted["quantity"]
    with pytest.raises(QuantityMissingError):
        add_action(ledger, "expulsion", uncounted)
    with pytest.raises(RungOfKindError, match="recall has its own rung"):
        add_action(ledger, "recall", {**uncounted, "rung": 4})
    with pytest.raises(RungOfKindError, match="must be chosen"):
        add_action(ledger, "retaliation", {**uncounted, "cause": ["act:law@RUS"]})


def test_other_records_are_numbered_likewise(ledger: Ledger) -> None:
    def add(statement: str, **more: Any) -> str:
        fields = {"statement": statement, **more}
        return said(add_under(ledger, "coverage_stated", fields, "c"))[1].removeprefix("coverage:")

    assert [add("one"), add("two"), add("one"), add("two")] == ["c", "c-2", "c", "c-2"]
    assert add("one", id="mine") == "mine"
    with pytest.raises(ConflictError):
        add("two", id="mine")
