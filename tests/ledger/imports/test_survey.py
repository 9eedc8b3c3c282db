"""The first pass: what will come, what will not, and in which order it goes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.records.accounts import Attributed
from domain.records.action import Action
from domain.records.subjects import DisputeOpened, PartyRegistered
from ledger.imports.rows import Row
from ledger.imports.run import never
from ledger.imports.survey import Survey, survey
from tests.ledger.imports.desk import Desk, actions, cells, jsonl, new_ledger, problem
from tests.making import act, said, two_sides


def party(code: str, *members: str) -> PartyRegistered:
    return PartyRegistered(code=code, title=code, nature="group", members=members)


def surveyed(*records: Any) -> Survey:
    rows = [Row("x", number, b"", (record,)) for number, record in enumerate(records, start=1)]
    return survey(rows, new_ledger(two_sides()).application, never)


def test_what_comes_is_promised_and_what_falls_is_told_with_its_place() -> None:
    found = surveyed(act("a", answers=["b"]), act("b", answers=["nowhere"]), act("c"))
    assert found.promised == {"c"}
    assert found.fallen == {"a": "x, line 1", "b": "x, line 2"}
    assert found.sweeps == 1


def test_a_dispute_and_its_parties_may_stand_behind_what_needs_them(desk: Desk) -> None:
    records = [
        said("a", "RUS", "unprovoked"),
        act("a", by="QUAD", against="RUS", dispute="x-y"),
        DisputeOpened.model_validate(
            {
                "id": "x-y",
                "title": "A contest",
                "sides": [{"name": "Quad", "parties": ["QUAD"]}],
            }
        ),
        party("QUAD", "USA", "PAIR"),
        party("PAIR", "IND", "JPN"),
    ]
    assert surveyed(*records).sweeps == 5
    report = desk.bring(desk.file("x.jsonl", jsonl(*records)))
    assert (report.new, report.rejected) == (5, 0)
    assert [type(record).__name__ for record in desk.records()[1:]] == [
        "PartyRegistered",
        "PartyRegistered",
        "DisputeOpened",
        "Expulsion",
        "Attributed",
    ]


def test_parties_that_are_members_of_each_other_are_refused_and_all_that_needs_them(
    desk: Desk,
) -> None:
    records = [
        party("ONE-A", "TWO-B"),
        party("TWO-B", "ONE-A"),
        party("SELF-C", "SELF-C"),
        act("a", by="ONE-A"),
        act("b", answers=["a"]),
        act("c"),
    ]
    report = desk.bring(desk.file("x.jsonl", jsonl(*records)))
    assert (report.new, report.rejected) == (1, 5)
    assert desk.ids() == ["c"]


def test_words_of_an_action_keep_their_order_where_they_stand_around_it(desk: Desk) -> None:
    first, second = said("a", "RUS", "unprovoked"), said("a", "RUS", "unknown")
    withdrawn = {
        "type": "attribution_withdrawn",
        "version": 1,
        "action": "a",
        "account": "RUS",
        "statement": first.key(),
    }
    report = desk.bring(desk.file("x.jsonl", jsonl(first, act("a"), withdrawn, second)))
    assert (report.new, report.rejected) == (4, 0)
    assert [record.stored_name for record in desk.records()[1:]] == [
        "action.expulsion",
        "attributed",
        "attribution_withdrawn",
        "attributed",
    ]


def test_a_row_that_cites_what_the_ledger_has_retracted_is_refused_with_what_needs_it(
    desk: Desk,
) -> None:
    desk.ledger.record(act("gone"))
    desk.bring(
        desk.file(
            "r.jsonl",
            jsonl({"type": "retracted", "version": 1, "action": "gone", "reason": "a mistake"}),
        )
    )
    rows = [cells("b", actor_causes="a"), cells("a", actor_causes="gone")]
    report = desk.bring(desk.file("x.csv", actions(*rows)))
    assert (report.new, report.rejected) == (0, 2)


def test_an_id_brought_twice_falls_only_when_both_fall(desk: Desk) -> None:
    rows = [cells("a", actors="XYZ"), cells("a"), cells("b", actor_causes="a")]
    report = desk.bring(desk.file("x.csv", actions(*rows)))
    assert (report.new, report.rejected) == (2, 1)
    assert "XYZ" in problem(report, "UnknownPartyError")


NAMES = tuple("abcdefgh")


@st.composite
def tangles(draw: st.DrawFn) -> list[Action | Attributed]:
    """Actions and accounts in any order, some of them broken or naming what is not there."""
    records: list[Action | Attributed] = [act("first")]
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=8, unique=True)):
        causes = draw(st.lists(st.sampled_from((*NAMES, "nowhere")), max_size=2, unique=True))
        by = draw(st.sampled_from(["USA", "USA", "USA", "XYZ"]))
        records.append(act(name, by=by, answers=causes))
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=4)):
        causes = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
        records.append(said(name, "RUS", causes))
    return list(draw(st.permutations(records)))


def expected(records: list[Action | Attributed]) -> list[Action | Attributed]:
    """Take away whatever names what is not there, until nothing more must go."""
    kept = list(records)
    while True:
        there = {record.id for record in kept if isinstance(record, Action)}
        good = [record for record in kept if _named(record) <= there and _is_sound(record)]
        if len(good) == len(kept):
            return kept
        kept = good


def _is_sound(record: Action | Attributed) -> bool:
    return not isinstance(record, Action) or "XYZ" not in record.actors


def _named(record: Action | Attributed) -> set[str]:
    if isinstance(record, Action):
        return {str(cause) for cause in record.cause.causes}
    return {record.action, *(str(cause) for cause in record.causes.causes)}


@given(tangles())
def test_exactly_what_names_nothing_missing_comes_in_whatever_the_order(
    records: list[Action | Attributed],
) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        report = desk.bring(desk.file("x.jsonl", jsonl(*records)))
        taken = desk.records()[1:]
    wanted = expected(records)
    assert sorted({record.key() for record in taken}) == sorted({one.key() for one in wanted})
    assert report.new + report.same == len(wanted)
    assert report.rejected == len(records) - len(wanted)
    # What was said of one action stands in the order in which it was said.
    for name in NAMES:
        assert [r.key() for r in taken if isinstance(r, Attributed) and r.action == name] == list(
            dict.fromkeys(r.key() for r in wanted if isinstance(r, Attributed) and r.action == name)
        )
    assert json.dumps(report.counts.rows) == str(len(records))
