"""Undo: the opposite of the last record is appended; undone twice, it is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from domain.canonical import FrozenJson
from domain.reading import Reading
from domain.records.accounts import AttributionWithdrawn, CharacterisationWithdrawn
from domain.records.amendments import Corrected, Reinstated, Retracted, SourceAdded
from domain.records.stocks import StockObserved
from domain.records.subjects import CoverageStated, PartyRegistered, SidesChanged
from domain.sides import Side
from ledger.undo import NoOppositeError, NothingToUndoError
from tests.ledger.ledgers import new_bench, small_ledger
from tests.making import SOURCE, act, calls, said, two_sides
from tests.strategies import record_lists

if TYPE_CHECKING:
    from domain.records.base import Record
    from ledger.facade import Ledger

SAYS = said("a", "RUS", "unprovoked")
DENIES = calls("a", "RUS", denied=True)
WITHDRAWN = AttributionWithdrawn(action="a", account="RUS", statement=SAYS.key(), reason="no more")
DENIED_NO_MORE = CharacterisationWithdrawn(action="a", account="RUS", statement=DENIES.key())
RETRACTED = Retracted(action="a", reason="a slip")
TAKEN_APART = SidesChanged(dispute="a-b", sides=(Side(name="USA", parties=("USA",)),))


def correction(**changes: object) -> Corrected:
    return Corrected(action="a", changes=FrozenJson.of(changes), reason="misread")


OPPOSITES: dict[str, tuple[tuple[Record, ...], str]] = {
    "an action": ((act("a"),), "retracted"),
    "an attribution": ((act("a"), SAYS), "attribution_withdrawn"),
    "a characterisation": ((act("a"), DENIES), "characterisation_withdrawn"),
    "a withdrawal": ((act("a"), SAYS, WITHDRAWN), "attribution_withdrawn"),
    "a denial withdrawn": ((act("a"), DENIES, DENIED_NO_MORE), "characterisation_withdrawn"),
    "a correction": ((act("a"), correction(occurred="2020-02-02")), "corrected"),
    "a correction of what was absent": ((act("a"), correction(note="seen")), "corrected"),
    "a correction to absent": ((act("a", note="seen"), correction(note=None)), "corrected"),
    "another kind": (
        (
            act("a"),
            correction(kind="retaliation", rung=5, cause=["act:raid@RUS"], quantity=None),
        ),
        "corrected",
    ),
    "another dispute": ((two_sides("c-d"), act("a"), correction(dispute="c-d")), "corrected"),
    "a correction of a cause retracted since": (
        (
            act("c"),
            act("a", answers=["c"]),
            Retracted(action="c", reason="a slip"),
            correction(cause=[]),
        ),
        "corrected",
    ),
    "a retraction": ((act("a"), RETRACTED), "reinstated"),
    "a reinstatement": ((act("a"), RETRACTED, Reinstated(action="a", reason="ok")), "retracted"),
    "sides drawn anew": ((TAKEN_APART,), "sides_changed"),
}


def state(ledger: Ledger) -> dict[str, object]:
    """What the ledger holds to be so, without the mending that it took."""
    history = ledger.history(Reading())
    dossiers = {
        name: (held.action, held.attributions, held.characterisations)
        for name, held in history.dossiers.items()
        if held.stands
    }
    return {"dossiers": dossiers, "sides": {key: history.sides(key) for key in history.disputes}}


@pytest.mark.parametrize(("records", "opposite"), OPPOSITES.values(), ids=OPPOSITES.keys())
def test_every_opposite_takes_back_and_undone_brings_again(
    records: tuple[Record, ...], opposite: str
) -> None:
    ledger = small_ledger()
    ledger.append(records[:-1])
    before = state(ledger)
    assert ledger.append(records[-1:])[0].error is None
    after = state(ledger)
    undone, outcome = ledger.undo()
    assert (undone.record, outcome.record.stored_name) == (records[-1], opposite)
    assert state(ledger) == before != after
    for expected in (after, before, after):
        ledger.undo()
        assert state(ledger) == expected
    assert ledger.application.position() == 1 + len(records) + 4


@pytest.mark.parametrize(
    "record",
    [
        two_sides("c-d"),
        PartyRegistered(code="X-BLOC", title="A bloc", nature="group"),
        CoverageStated(id="all", statement="all expulsions"),
        SourceAdded.model_validate({"action": "a", "source": SOURCE}),
        StockObserved.model_validate(
            {
                "id": "s",
                "teller": "USA",
                "whose": "RUS",
                "where": "USA",
                "quantity": {"value": 455, "unit": "posts"},
                "on": "2017-09-01",
                "sources": [SOURCE],
            }
        ),
    ],
    ids=lambda record: record.stored_name,
)
def test_what_only_adds_knowledge_has_no_opposite_and_says_so(record: Record) -> None:
    ledger = small_ledger()
    ledger.append([act("a"), record])
    with pytest.raises(NoOppositeError, match=f"{record.stored_name} has no opposite"):
        ledger.undo()
    assert ledger.application.position() == 3


def test_in_an_empty_ledger_there_is_nothing_to_undo() -> None:
    with new_bench(None).open() as ledger, pytest.raises(NothingToUndoError):
        ledger.undo()


def test_a_withdrawal_undone_leaves_the_last_word_the_last() -> None:
    ledger = small_ledger()
    later = said("a", "RUS", ["ext:war"])
    ledger.append([act("a"), SAYS, later, WITHDRAWN])
    ledger.undo()
    assert ledger.history(Reading()).dossiers["a"].attributions == (SAYS, later)


def test_a_withdrawal_undone_can_be_said_again() -> None:
    ledger = small_ledger()
    ledger.append([act("a"), SAYS, WITHDRAWN])
    ledger.undo()
    ledger.record(WITHDRAWN)
    assert ledger.history(Reading()).dossiers["a"].attributions == ()


def test_an_undone_word_of_one_of_two_repetitions_brings_back_that_one() -> None:
    ledger = small_ledger()
    ledger.append([act("a"), SAYS, said("a", "RUS", ["ext:war"])])
    ledger.record(SAYS)
    before = state(ledger)
    ledger.record(WITHDRAWN)
    assert state(ledger) != before
    ledger.undo()
    assert state(ledger) == before


@given(record_lists())
@example((two_sides(), act("a"), SAYS, said("a", "RUS", ["ext:war"]), WITHDRAWN))
def test_undone_is_as_before_and_undone_again_as_it_was(records: tuple[Record, ...]) -> None:
    with new_bench(None).open() as ledger:
        ledger.append(records[:-1])
        before = state(ledger)
        ledger.append(records[-1:])
        after = state(ledger)
        try:
            ledger.undo()
        except NoOppositeError:
            return
        assert state(ledger) == before
        ledger.undo()
        assert state(ledger) == after
