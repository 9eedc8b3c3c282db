"""Conflicts: told with their difference, and settled as corrections where somebody says so."""

from __future__ import annotations

import pytest

from domain.reading import Reading
from domain.records.accounts import Attributed
from domain.records.amendments import Corrected, Retracted
from ledger.imports.review import Choice, Conflict
from tests.ledger.imports.desk import Desk, actions, cells, jsonl, numbered, problem
from tests.making import act, two_sides

pytestmark = pytest.mark.usefixtures("way")


def test_other_content_under_an_id_that_is_taken_is_a_conflict_and_shows_the_difference(
    desk: Desk,
) -> None:
    desk.bring(desk.file("x.csv", actions(cells("a", quantity="1"))))
    changed = cells("a", quantity="2", target_causes="unprovoked", target_basis="stated")
    report = desk.bring(desk.file("y.csv", actions(changed)))
    assert (report.conflict, report.new) == (1, 0)
    assert "recorded 1 person, given 2 persons" in problem(report, "ConflictError")
    # Nothing of the row was taken, its account of the target neither.
    assert not any(isinstance(record, Attributed) for record in desk.records())


def test_the_same_id_twice_in_a_file_with_other_content_is_a_conflict(desk: Desk) -> None:
    report = desk.bring(desk.file("x.csv", actions(cells("a"), cells("a", quantity="2"))))
    assert (report.new, report.conflict) == (1, 1)
    assert "x.csv, line 3" in problem(report, "ConflictError")


def test_conflicts_are_recorded_as_corrections_where_a_reason_is_given(desk: Desk) -> None:
    desk.bring(desk.file("x.csv", actions(cells("a", quantity="1", effective="2020-02-01"))))
    changed = cells(
        "a", kind="rotation_departure", quantity="2", target_causes="unknown", note="read again"
    )
    file = desk.file("y.csv", actions(changed))
    report = desk.bring(file, correct="the list was published")
    assert (report.corrected, report.conflict) == (1, 0)
    corrected, attributed = desk.records()[-2:]
    assert isinstance(corrected, Corrected)
    assert isinstance(attributed, Attributed)
    assert corrected.reason == "the list was published"
    assert corrected.changes.thaw() == {
        "kind": "rotation_departure",
        "quantity": {"value": 2, "unit": "persons"},
        "effective": None,
        "note": "read again",
    }
    assert desk.bring(file).same == 1


def test_the_original_file_stays_the_same_after_a_correction(desk: Desk) -> None:
    original = desk.file("x.csv", actions(cells("a")))
    desk.bring(original)
    desk.bring(desk.file("y.csv", actions(cells("a", quantity="2"))), correct="read again")
    assert desk.bring(original).same == 1


def test_a_correction_that_was_overtaken_can_be_made_again(desk: Desk) -> None:
    one = desk.file("x.csv", actions(cells("a", note="one")))
    two = desk.file("y.csv", actions(cells("a", note="two")))
    three = desk.file("z.csv", actions(cells("a", note="three")))
    desk.bring(one)
    for file in (two, three, two):
        assert desk.bring(file, correct="again").corrected == 1
    found = desk.ledger.history(Reading()).dossiers["a"].action.note
    assert found == "two"


def test_sides_that_differ_are_drawn_anew_where_a_reason_is_given(desk: Desk) -> None:
    redrawn = two_sides(USA=["USA"], RUS=["RUS", "BLR"])
    file = desk.file("x.jsonl", jsonl(redrawn))
    assert desk.bring(file).conflict == 1
    assert desk.bring(file, correct="Belarus joined").corrected == 1
    assert desk.bring(file).same == 1
    history = desk.ledger.history(Reading())
    assert history.sides("a-b").side_of("BLR") == "RUS"


def test_what_nothing_can_correct_stays_a_conflict(desk: Desk) -> None:
    file = desk.file("x.jsonl", jsonl(two_sides().model_copy(update={"title": "Another"})))
    assert desk.bring(file, correct="a better title").conflict == 1


def test_a_retracted_action_is_not_corrected_by_an_import(desk: Desk) -> None:
    desk.bring(desk.file("x.csv", actions(cells("a"))))
    desk.ledger.record(Retracted(action="a", reason="a mistake"))
    report = desk.bring(desk.file("y.csv", actions(cells("a", quantity="2"))), correct="read again")
    assert "retracted" in problem(report, "RetractedActionError")


def test_a_row_that_differs_only_in_what_a_row_cannot_say_is_the_same(desk: Desk) -> None:
    source = {"title": "A page", "publisher": "A paper", "date": "2020-01-01"}
    rich = act(
        "a",
        organ="court",
        provenance={"row": 1},
        sources=[{**source, "archive": "https://example.org/copy", "digest": "sha256:ab"}],
    )
    desk.ledger.record(rich)
    plain = "A page | A paper | 2020-01-01 | "
    assert desk.bring(desk.file("x.csv", actions(cells("a", sources=plain)))).same == 1
    changed = actions(cells("a", sources=plain, note="read again"))
    told = problem(desk.bring(desk.file("y.csv", changed)), "ConflictError")
    assert "note: recorded nothing, given 'read again'" in told
    assert "court" not in told
    report = desk.bring(desk.file("y.csv", changed), correct="read again")
    assert report.corrected == 1
    corrected = desk.records()[-1]
    assert isinstance(corrected, Corrected)
    assert corrected.changes.thaw() == {"note": "read again"}


def test_a_review_is_asked_for_each_conflict_and_obeyed(desk: Desk) -> None:
    desk.bring(desk.file("x.csv", numbered(3)))
    rows = [cells(f"a-000{number}", quantity="2") for number in range(3)]
    asked: list[Conflict] = []

    def answer(conflict: Conflict) -> Choice:
        asked.append(conflict)
        return Choice.THEIRS if conflict.name == "a-0001" else Choice.OURS

    report = desk.bring(desk.file("y.csv", actions(*rows)), review=answer)
    assert [one.name for one in asked] == ["a-0000", "a-0001", "a-0002"]
    assert asked[0].differing == {
        "quantity": ({"value": 1, "unit": "persons"}, {"value": 2, "unit": "persons"})
    }
    assert (report.corrected, report.conflict) == (1, 2)
    last = desk.records()[-1]
    assert isinstance(last, Corrected)
    assert last.action == "a-0001"
    assert "y.csv, line 3" in last.reason


def test_a_reviewer_who_quits_keeps_what_was_done(desk: Desk) -> None:
    desk.bring(desk.file("x.csv", actions(cells("b"))))
    rows = [cells("a"), cells("b", quantity="2"), cells("c")]
    report = desk.bring(desk.file("y.csv", actions(*rows)), review=lambda _: Choice.QUIT)
    assert (report.new, report.conflict, report.is_whole) == (1, 0, False)
    assert desk.ids() == ["b", "a"]
