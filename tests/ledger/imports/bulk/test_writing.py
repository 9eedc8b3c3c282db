"""A batch is written only as it was judged: what others write meanwhile is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.records.amendments import Retracted
from ledger.imports.bulk.batch import BatchJudge
from ledger.imports.bulk.shelf import Held, Shelf
from ledger.store.errors import StoreLockedError
from tests.ledger.imports.bulk.test_same import came_of
from tests.ledger.imports.desk import Desk, jsonl, new_ledger
from tests.ledger.imports.ways import WAYS, going
from tests.making import act, said, two_sides


@pytest.fixture(autouse=True)
def bulk() -> Iterator[None]:
    with going(WAYS[1]):
        yield


def in_between(desk: Desk, *writes: Callable[[], object]) -> None:
    """Let somebody write, once each, just before a batch would be."""
    put = desk.ledger.application.put_stored
    waiting = list(writes)
    busy: list[bool] = []

    def late(*args: object, **kwargs: object) -> object:
        if waiting and not busy:
            busy.append(True)
            waiting.pop(0)()
            busy.clear()
        return put(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came

    desk.ledger.application.put_stored = late  # type: ignore[method-assign, assignment]


def test_a_cause_that_is_retracted_meanwhile_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path, new_ledger(two_sides(), act("a")))
    file = desk.file("x.jsonl", jsonl(act("b", answers=["a"]), act("c")))
    in_between(desk, lambda: desk.ledger.record(Retracted(action="a", reason="a slip")))
    report = desk.bring(file)
    assert (report.new, report.rejected) == (1, 1)
    assert type(report.problems[0].error).__name__ == "RetractedActionError"
    assert desk.ids() == ["a", "c"]


def test_what_concerns_nobody_here_is_written_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    judged = 0
    look_again = BatchJudge.look_again

    def counted(judge: BatchJudge) -> None:
        nonlocal judged
        judged += 1
        look_again(judge)

    monkeypatch.setattr(BatchJudge, "look_again", counted)
    in_between(desk, lambda: desk.ledger.record(act("z")))
    report = desk.bring(desk.file("x.jsonl", jsonl(act("b"), said("b", "RUS", "unprovoked"))))
    assert (report.new, report.records, desk.ids()) == (2, 2, ["z", "b"])
    # Once when it was made, and once for its one batch.
    assert judged == 2


def test_an_action_that_another_opened_meanwhile_is_amended_behind_it(tmp_path: Path) -> None:
    with_dispute = new_ledger()
    desk = Desk(tmp_path, with_dispute)
    lines = jsonl(two_sides(), act("b"), said("b", "RUS", "unprovoked"))
    in_between(desk, lambda: desk.ledger.append([two_sides(), act("b")]))
    report = desk.bring(desk.file("x.jsonl", lines))
    assert (report.same, report.new) == (2, 1)
    assert [entry.version for entry in desk.ledger.stream("b")] == [1, 2]


def test_stamps_never_go_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    later = datetime(2030, 1, 1, tzinfo=UTC)
    now = desk.ledger.clock
    desk.ledger._appender._clock = lambda: later
    desk.ledger.record(act("a"))
    desk.ledger._appender._clock = now
    desk.bring(desk.file("x.jsonl", jsonl(act("b"))))
    assert [entry.recorded_at for entry in desk.ledger.entries(1)] == [later, later]


def test_an_import_that_is_always_too_late_gives_up_and_says_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ledger.record(act("a"))
    writes = [
        lambda number=number: desk.ledger.record(said("a", f"press:p{number}", "unprovoked"))
        for number in range(20)
    ]
    in_between(desk, *writes)
    with pytest.raises(StoreLockedError) as caught:
        desk.bring(desk.file("x.jsonl", jsonl(said("a", "RUS", "unprovoked"))))
    assert caught.value.hint


LINES = jsonl(
    act("c", answers=["a"]),
    act("a"),
    act("b"),
    act("d", by="XYZ"),
    act("e", answers=["d"]),
    said("a", "RUS", "unprovoked"),
)


@pytest.mark.parametrize(
    ("method", "blind"),
    [
        ("held", lambda *_: Held.STANDS),
        ("unknown_parties", lambda *_: []),
        ("events_of", lambda *_: ()),
    ],
)
def test_a_shelf_that_does_not_look_is_found_out(
    monkeypatch: pytest.MonkeyPatch, method: str, blind: Callable[..., object]
) -> None:
    held = jsonl(act("a"), act("b"), Retracted(action="a", reason="x"))
    expected = came_of(WAYS[0], LINES, held)
    assert came_of(WAYS[1], LINES, held) == expected
    monkeypatch.setattr(Shelf, method, blind)
    found: object = None
    with suppress(StoreLockedError, TypeError):
        found = came_of(WAYS[1], LINES, held)
    assert found != expected
