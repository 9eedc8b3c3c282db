"""One action is shown whole: its facts, every account of it, and what each account comes to."""

from __future__ import annotations

from domain.records.accounts import Attributed, AttributionWithdrawn
from domain.records.amendments import Corrected, Retracted, SourceAdded
from domain.records.base import Source
from ledger.answers.show import Shown, shown
from ledger.facade import Ledger
from tests.ledger.answers.support import asked_of, ledger_of
from tests.making import act, calls, said


def ledger_with(*records: object) -> Ledger:
    return ledger_of(
        act("u1", "USA", "RUS", "2020-01-01", answers=["ext:meddling@RUS"], quantity=35),
        act("r1", "RUS", "USA", "2020-01-05", answers=["u1"], quantity=40),
        *records,  # type: ignore[arg-type]
    )


def shown_of(ledger: Ledger, action: str, **fields: object) -> Shown:
    return shown(asked_of(ledger, **fields), action, ledger.stream(action))


def values(found: Shown, account: str, basis: str = "stated-only") -> dict[str, str]:
    return {
        row.question: row.value
        for row in found.weighed
        if (row.teller.account, row.teller.basis) == (account, basis)
    }


def test_an_action_comes_to_something_in_every_account() -> None:
    ledger = ledger_with(said("u1", "RUS", "unprovoked"))
    found = values(shown_of(ledger, "r1"), "RUS")
    assert found["role"] == "response"
    assert found["answered set"] == "u1"
    assert found["roots"] == "u1 (opening)"
    assert found["initiated by, grievance blamed"] == "USA"
    assert found["escalation: over-response"] == "true"
    assert found["escalation: vertical"] == "false"
    assert found["escalates, as this reading counts"] == "true"
    assert found["proportion"] == "8/7"
    assert found["law: cause precedes"] == "true"
    assert found["law: notice given"] == "not known"
    assert values(shown_of(ledger, "r1"), "USA")["initiated by, grievance blamed"] == "RUS"


def test_which_flags_count_is_the_readings_choice() -> None:
    found = values(shown_of(ledger_with(), "r1", flags=["vertical"]), "RUS")
    assert found["escalates, as this reading counts"] == "false"


def test_every_statement_is_shown_with_its_place_in_time() -> None:
    first = said("r1", "USA", "none_stated", stated_on="2020-01-06")
    later = said("r1", "USA", "unprovoked", stated_on="2020-02-01", note="at a briefing")
    again = said("r1", "USA", ["u1"], stated_on="2020-03-01")
    ledger = ledger_with(first, later, again, calls("r1", "USA", kind="staff_cap"))
    rows = shown_of(ledger, "r1").statements
    assert [(row.account, row.says, row.is_last) for row in rows] == [
        ("RUS", "answers u1", True),
        ("USA", "no cause stated", False),
        ("USA", "unprovoked", False),
        ("USA", "answers u1", True),
        ("USA", "calls it staff cap", True),
    ]
    assert rows[0].sources == ("A page, A paper, 2020-01-01",)


def test_a_withdrawn_statement_is_shown_as_withdrawn() -> None:
    ledger = ledger_with()
    made = said("r1", "USA", "unprovoked")
    outcome = ledger.record(made)
    assert isinstance(outcome.record, Attributed)
    ledger.record(
        AttributionWithdrawn(
            action="r1", account="USA", statement=outcome.record.key(), reason="a slip"
        )
    )
    (_, gone) = shown_of(ledger, "r1").statements
    assert (gone.says, gone.is_withdrawn, gone.is_last) == ("unprovoked", True, False)


def test_sources_corrections_and_links_are_shown() -> None:
    ledger = ledger_with(
        act("p", "USA", "RUS", "2020-01-01", part_of="u1"),
        SourceAdded(action="u1", source=Source(title="Another page")),
        Corrected.model_validate(
            {
                "action": "u1",
                "changes": {"quantity": {"value": 34, "unit": "persons"}},
                "reason": "a recount",
            }
        ),
    )
    found = shown_of(ledger, "u1")
    assert [(row.source.title, row.is_added) for row in found.sources] == [
        ("A page", False),
        ("Another page", True),
    ]
    assert [(link.how, link.action) for link in found.links] == [("has the part", "p")]
    (correction,) = found.corrections
    assert correction.reason == "a recount"
    assert correction.change.words() == "quantity: 35 persons -> 34 persons"
    assert correction.recorded_by == ledger.by
    assert ("quantity", "34 persons") in found.fields
    assert [(link.how, link.action) for link in shown_of(ledger, "p").links] == [("part of", "u1")]


def test_a_retracted_action_is_shown_and_comes_to_nothing() -> None:
    ledger = ledger_with(Retracted(action="r1", reason="a mistake"))
    found = shown_of(ledger, "r1")
    assert ("retracted", "a mistake") in found.fields
    assert found.weighed == ()
    assert found.statements


def test_what_is_empty_is_left_out() -> None:
    names = [name for name, _ in shown_of(ledger_with(), "u1").fields]
    assert "effective" not in names
    assert "retracted" not in names
