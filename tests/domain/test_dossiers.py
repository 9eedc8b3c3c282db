"""Dossiers: what amendments do to an action, and that a stored view gives it back whole."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.causes import Said
from domain.dossiers import Dossier, amended, corrected_action, dump_dossier, opened
from domain.dossiers import restored_dossier as restored
from domain.errors import InputError
from domain.history import History
from domain.records.accounts import (
    Attributed,
    AttributionWithdrawn,
    CharacterisationWithdrawn,
)
from domain.records.action import UnitOfKindError
from domain.records.amendments import Corrected, Reinstated, Retracted, SourceAdded
from domain.records.base import Amendment, Record, Source
from domain.records.registry import RecordInvalidError
from tests.making import SOURCE, act, calls, entries_of, make_history, said, two_sides
from tests.small_worlds import histories

DAYS = ("2020-01-01", "2020-02-01", "2020-03-01", "2020-01/2020-03", None)


def dossier(*amendments: Record) -> Dossier:
    """The dossier of `own` after these amendments."""
    return make_history(act("own", answers=[]), *amendments).dossiers["own"]


def words(held: Dossier) -> list[object]:
    return [statement.causes.stored() for statement in held.attributions]


def test_it_opens_with_its_action_and_counts_versions() -> None:
    held = dossier(said("own", "RUS", "unprovoked"), Retracted(action="own", reason="x"))
    assert (held.id, held.version, held.stands) == ("own", 3, False)
    assert held.changed_at > held.position


def test_a_statement_withdrawn_is_gone_and_an_equal_later_one_stays() -> None:
    first = said("own", "RUS", "unprovoked")
    again = said("own", "RUS", "unprovoked", again=1)
    withdrawn = AttributionWithdrawn(action="own", account="RUS", statement=first.key())
    assert dossier(first, again, withdrawn).attributions == (again,)


def test_a_characterisation_withdrawn_is_gone() -> None:
    first, other = calls("own", "RUS", kind="protest"), calls("own", "RUS", denied=True)
    withdrawn = CharacterisationWithdrawn(action="own", account="RUS", statement=first.key())
    assert dossier(first, other, withdrawn).characterisations == (other,)


def test_statements_stand_in_the_order_in_which_they_were_made() -> None:
    held = dossier(
        said("own", "RUS", ["ext:b"], stated_on="2021"),
        said("own", "RUS", ["ext:a"], stated_on="2020-06-01"),
        said("own", "RUS", ["ext:c"], stated_on="2021-05-01/.."),
    )
    assert words(held) == [["ext:a"], ["ext:b"], ["ext:c"]]


def test_an_undated_statement_is_as_late_as_it_came() -> None:
    held = dossier(said("own", "RUS", ["ext:a"], stated_on="2021"), said("own", "RUS", ["ext:b"]))
    assert words(held) == [["ext:a"], ["ext:b"]]


def test_what_others_said_in_between_keeps_no_statement_from_its_place() -> None:
    held = dossier(
        said("own", "RUS", ["ext:late"], stated_on="2021"),
        said("own", "press:wire", ["ext:undated"]),
        said("own", "RUS", ["ext:early"], stated_on="2020-06-01"),
    )
    own = [it.causes.stored() for it in held.attributions if it.account == "RUS"]
    assert own == [["ext:early"], ["ext:late"]]


def test_what_others_said_later_moves_no_statement_before_an_undated_one() -> None:
    held = dossier(
        said("own", "press:wire", ["ext:other"], stated_on="2021"),
        said("own", "RUS", ["ext:undated"]),
        said("own", "RUS", ["ext:dated"], stated_on="2020-06-01"),
    )
    own = [it.causes.stored() for it in held.attributions if it.account == "RUS"]
    assert own == [["ext:undated"], ["ext:dated"]]


@given(st.lists(st.sampled_from(DAYS), max_size=6))
def test_no_statement_stands_after_one_that_was_certainly_made_later(
    days: list[str | None],
) -> None:
    statements = [
        said("own", ("RUS", "POL")[n % 2], [f"ext:g{n}"], stated_on=day)
        for n, day in enumerate(days)
    ]
    held = dossier(*statements).attributions
    assert sorted(words(dossier(*statements)), key=str) == sorted(
        (it.causes.stored() for it in statements), key=str
    )
    for place, later in enumerate(held):
        for earlier in held[:place]:
            if later.account == earlier.account and later.stated_on and earlier.stated_on:
                assert not later.stated_on.hi < earlier.stated_on.lo


def test_a_correction_replaces_fields_whole_and_is_kept() -> None:
    mended = Corrected.model_validate(
        {
            "action": "own",
            "changes": {"targets": ["POL"], "made_public": "2020-02-01"},
            "reason": "x",
        }
    )
    held = dossier(mended)
    assert held.action.targets == ("POL",)
    assert str(held.action.made_public) == "2020-02-01"
    assert held.corrections == (mended,)
    assert held.action.cause == Said.of([])


def correction(**changes: object) -> Corrected:
    return Corrected.model_validate({"action": "own", "changes": changes, "reason": "x"})


def test_null_takes_a_field_back_to_absent() -> None:
    held = dossier(correction(made_public="2020-02-01"), correction(made_public=None))
    assert held.action.made_public is None


def test_a_correction_may_change_the_kind_with_what_it_needs() -> None:
    held = dossier(correction(kind="property_closure", quantity={"value": 1, "unit": "properties"}))
    assert held.action.stored_name == "action.property_closure"
    back = dossier(
        correction(kind="retaliation", rung=4, quantity=None, cause=["act:x@RUS"]),
        correction(kind="protest", rung=None),
    )
    assert back.action.stored_name == "action.protest"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kind": "property_closure"}, UnitOfKindError),
        ({"targets": []}, RecordInvalidError),
        ({"quantity": None}, RecordInvalidError),
        ({"occurred": "2020-02-30"}, InputError),
    ],
)
def test_a_correction_to_a_wrong_action_raises_what_the_action_would(
    changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        corrected_action(act("own"), correction(**changes))


def test_a_retraction_hides_and_a_reinstatement_shows_it_as_it_stood() -> None:
    before = dossier(said("own", "RUS", []))
    after = dossier(
        said("own", "RUS", []),
        Retracted(action="own", reason="x"),
        Reinstated(action="own", reason="y"),
    )
    assert after.stands
    assert (after.action, after.attributions) == (before.action, before.attributions)


def test_added_sources_stand_in_order() -> None:
    pages = [Source.model_validate({**SOURCE, "title": title}) for title in ("one", "two")]
    held = dossier(*(SourceAdded(action="own", source=page) for page in pages))
    assert held.sources_added == tuple(pages)


def test_only_an_action_opens_a_dossier_and_only_amendments_amend_it() -> None:
    entries = entries_of(two_sides(), act("own"))
    with pytest.raises(TypeError):
        opened(entries[0])
    with pytest.raises(TypeError):
        amended(opened(entries[1]), entries[0])


def test_every_amendment_has_its_meaning() -> None:
    from domain.dossiers import HANDLERS
    from domain.records.registry import RECORDS

    assert set(HANDLERS) == {row for row in RECORDS.values() if issubclass(row, Amendment)}


@given(histories())
def test_a_stored_view_gives_every_dossier_back_whole(history: History) -> None:
    for held in history.dossiers.values():
        assert restored(json.loads(json.dumps(dump_dossier(held)))) == held


def test_a_stored_view_keeps_corrections_characterisations_and_sources() -> None:
    held = dossier(
        correction(tags=["core"]),
        calls("own", "RUS", kind="protest", quantity={"value": "2..3", "unit": "persons"}),
        SourceAdded(action="own", source=Source(title="A page")),
        Retracted(action="own", reason="x"),
    )
    assert restored(json.loads(json.dumps(dump_dossier(held)))) == held


def test_a_stored_view_that_opens_with_no_action_is_refused() -> None:
    stored = dump_dossier(dossier())
    statement = said("own", "RUS", [])
    broken = {**stored, "type": Attributed.stored_name, "action": statement.model_dump(mode="json")}
    with pytest.raises(TypeError):
        restored(broken)
