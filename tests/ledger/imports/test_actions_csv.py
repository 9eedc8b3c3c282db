"""A row of the CSV of actions: the records that it stands for, and what is refused of it."""

from __future__ import annotations

import pytest

from domain.causes import Form, Said
from domain.errors import LedgerError
from domain.records.accounts import Attributed, Basis, Characterised, Stance
from domain.records.action import Action
from domain.records.base import Record
from ledger.imports.actions_csv import COLUMNS, records_of_row
from tests.ledger.imports.desk import Desk, actions, cells, problem

HERE = "x.csv, line 2"
RETALIATION = {"kind": "retaliation", "actor_causes": "act:x@RUS", "unit": "", "quantity": ""}


def records(**given: str) -> tuple[Record, ...]:
    row = cells(given.pop("id", "usa-1"), **given)
    return records_of_row(dict(zip(COLUMNS, row, strict=True)), HERE)


def action(**given: str) -> Action:
    found = records(**given)[0]
    assert isinstance(found, Action)
    return found


def attributions(**given: str) -> list[Attributed]:
    return [record for record in records(**given) if isinstance(record, Attributed)]


def characterisations(**given: str) -> list[Characterised]:
    return [record for record in records(**given) if isinstance(record, Characterised)]


def test_a_row_is_its_action_then_what_the_target_says() -> None:
    found = records(target_causes="unprovoked", target_basis="stated", target_kind="recall")
    assert [record.stored_name for record in found] == [
        "action.expulsion",
        "attributed",
        "characterised",
    ]


def test_an_empty_quantity_with_a_unit_is_unknown_and_without_a_unit_is_none() -> None:
    unknown = action(quantity="").quantity
    assert unknown is not None
    assert unknown.value.is_unknown
    assert action(kind="consultation", quantity="", unit="").quantity is None


def test_zero_is_zero_and_not_unknown() -> None:
    zero = action(kind="statement", quantity="0").quantity
    assert zero is not None
    assert zero.value.is_exact
    assert zero.value.lo == 0


def test_a_family_is_kept_only_where_it_is_not_the_kinds_own() -> None:
    assert action(family="mission_staff").family is None
    assert action(family="un_mission").family == "un_mission"


@pytest.mark.parametrize("word", [form.value for form in (Form.NONE_STATED, Form.UNKNOWN)])
def test_which_silence_of_the_actor_it_was_is_kept(word: str) -> None:
    assert action(actor_causes=word).cause == Said(Form(word))


def test_nothing_is_a_cell_that_says_so() -> None:
    assert action(actor_causes="nothing").cause == Said(Form.CAUSES, ())


def test_an_inferred_account_is_the_analysts_and_a_stated_one_the_targets() -> None:
    [inferred] = attributions(target_causes="unprovoked", target_basis="inferred")
    assert (inferred.account, inferred.basis) == ("analyst:compilers-for-RUS", Basis.INFERRED)
    [stated] = attributions(target_causes="unprovoked", target_basis="stated")
    assert (stated.account, stated.basis) == ("RUS", Basis.STATED)


def test_each_target_that_did_not_act_has_an_account_of_its_own() -> None:
    found = attributions(
        targets="RUS;USA;BLR;RUS", target_causes="unprovoked", target_basis="stated"
    )
    assert [one.account for one in found] == ["RUS", "BLR"]


def test_a_stance_leaves_the_causes_alone() -> None:
    [said] = attributions(
        target_causes="none_stated", target_basis="stated", target_stance="unjustified"
    )
    assert (said.causes, said.stance) == (Said(Form.NONE_STATED), Stance.UNJUSTIFIED)


def test_what_an_action_is_called_without_a_stated_basis_is_the_analysts_word() -> None:
    for basis in ("", "inferred"):
        [called] = characterisations(
            target_kind="recall", target_causes="unknown", target_basis=basis
        )
        assert (called.account, called.basis) == ("analyst:compilers-for-RUS", Basis.INFERRED)


def test_an_empty_account_of_the_target_records_none() -> None:
    assert attributions() == []


def test_a_joint_act_has_the_account_of_all_who_act() -> None:
    joint = {"actors": "USA;RUS", "targets": "USA;RUS", "kind": "consultation", "unit": ""}
    assert len(records(**joint, quantity="", target_causes="none_stated")) == 1


@pytest.mark.parametrize(
    ("given", "name", "place", "words"),
    [
        ({"kind": "expulsoin"}, "UnknownKindError", "column kind", "expulsion"),
        ({"target_kind": "x"}, "UnknownKindError", "column target_kind", ""),
        ({"quantity": "3", "unit": ""}, "QuantityWithoutUnitError", "column unit", "'3'"),
        ({"quantity": "-3"}, "NegativeQuantityError", "", ""),
        ({"quantity": "2.5"}, "FractionalQuantityError", "", ""),
        ({"quantity": "9" * 12}, "AbsurdQuantityError", "", ""),
        ({"quantity": "many"}, "QuantitySyntaxError", "", ""),
        ({"unit": "diplomats"}, "UnknownUnitError", "", ""),
        ({"unit": "visas"}, "UnitOfKindError", "", "persons"),
        ({"occurred": "2020-02-30"}, "DateDoesNotExistError", "", "2020-02-30"),
        ({"occurred": "30.2.2020"}, "DateSyntaxError", "", ""),
        ({"occurred": "2020-02-1X"}, "UnsupportedDateFormError", "", ""),
        ({"occurred": "2021/2020"}, "IntervalReversedError", "", ""),
        ({"occurred": ""}, "RecordInvalidError", "", "occurred"),
        ({"id": ""}, "RecordInvalidError", "", "id"),
        ({"id": "Not A Slug"}, "RecordInvalidError", "", "id"),
        ({"actors": ""}, "RecordInvalidError", "", "actors"),
        ({"actors": "Russia"}, "RecordInvalidError", "", "actors"),
        ({"sources": ""}, "SourceMissingError", "", ""),
        ({"actor_causes": ""}, "CauseNotSaidError", "column actor_causes", "nothing"),
        ({"actor_causes": " ; "}, "CauseNotSaidError", "column actor_causes", ""),
        ({"actor_causes": "ext:X Y"}, "CauseSyntaxError", "column actor_causes", ""),
        ({"actor_causes": "unprovoked"}, "ActorsCauseError", "", "unprovoked"),
        (
            {"target_causes": ";", "target_basis": "stated"},
            "CauseNotSaidError",
            "column target_causes",
            "",
        ),
        ({"target_causes": "unprovoked"}, "BasisMissingError", "", ""),
        ({"target_basis": "guessed"}, "WordNotKnownError", "column target_basis", "inferred"),
        ({"target_stance": "angry"}, "WordNotKnownError", "column target_stance", "justified"),
        ({"target_stance": "unjustified"}, "AccountLostError", "column target_causes", ""),
        (
            {"actors": "USA;RUS", "target_causes": "nothing", "target_basis": "stated"},
            "JointAccountError",
            "column target_causes",
            "",
        ),
        (
            {"actors": "USA;RUS", "target_kind": "recall"},
            "JointAccountError",
            "column target_kind",
            "",
        ),
        ({"kind": "retaliation", "unit": "", "quantity": ""}, "RecordInvalidError", "", "rung"),
        ({**RETALIATION, "rung": "9"}, "RecordInvalidError", "", "rung"),
        ({**RETALIATION, "rung": "high"}, "RecordInvalidError", "", "rung"),
        ({"rung": "4"}, "RungNotChosenError", "column rung", "retaliation"),
        ({"family": "mission"}, "RecordInvalidError", "", "family"),
    ],
)
def test_what_is_wrong_with_a_row_is_named_with_its_place(
    given: dict[str, str], name: str, place: str, words: str
) -> None:
    with pytest.raises(LedgerError) as caught:
        records(**given)
    assert type(caught.value).__name__ == name
    assert place in caught.value.where
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"actors": "XYZ"}, "UnknownPartyError"),
        ({"targets": "RUSSIA"}, "UnknownPartyError"),
        ({"actor_causes": "no-such-action"}, "UnknownActionError"),
        ({"part_of": "no-such-action"}, "UnknownActionError"),
        ({"executes": "no-such-action"}, "UnknownActionError"),
        ({"actor_causes": "ext:x@XYZ"}, "UnknownPartyError"),
        ({"actor_causes": "act:x@XYZ"}, "UnknownPartyError"),
        ({"dispute": "no-such-dispute"}, "UnknownDisputeError"),
        ({"target_causes": "no-such-action", "target_basis": "stated"}, "UnknownActionError"),
        ({"occurred": "2020-02-30"}, "DateDoesNotExistError"),
        ({"sources": ""}, "SourceMissingError"),
    ],
)
def test_a_row_that_is_refused_leaves_nothing_and_keeps_nobody_else_out(
    desk: Desk, given: dict[str, str], name: str
) -> None:
    before = len(desk.records())
    report = desk.bring(desk.file("x.csv", actions(cells("bad", **given), cells("good"))))
    assert HERE in problem(report, name)
    assert (report.new, report.rejected) == (1, 1)
    assert desk.ids() == ["good"]
    assert len(desk.records()) == before + 1


def test_a_cause_certainly_after_its_effect_is_recorded_and_reported(desk: Desk) -> None:
    late = cells("late", occurred="2021-01-01")
    early = cells("early", occurred="2020-01-01", actor_causes="late")
    report = desk.bring(desk.file("x.csv", actions(early, late)))
    assert report.new == 2
    assert [(one.action, one.cause, one.teller) for one in report.impossible] == [
        ("early", "late", "USA")
    ]


def test_escape_sequences_come_in_exactly_as_they_are(desk: Desk) -> None:
    nasty = "red \x1b[31m\x07 text \u202e"
    desk.bring(desk.file("x.csv", actions(cells("a", description=nasty))))
    found = desk.records()[-1]
    assert isinstance(found, Action)
    assert found.description == nasty
