"""What verdicts cost to keep up: what a change reaches, however much there is beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.canonical import FrozenJson
from domain.checks.logs import check_resumed
from domain.records.amendments import Corrected
from domain.truth import Truth
from ledger.projections import (
    verdicts,
    verdicts_answers,
    verdicts_items,
    verdicts_ranks,
    verdicts_sums,
)
from ledger.projections.catchup import catch_up
from ledger.projections.dossiers import DOSSIERS
from ledger.projections.verdicts_items import Counts
from ledger.projections.verdicts_rows import NAME
from ledger.replay import ReplayDiffersError, verify
from ledger.store.memory_views import MemoryViews
from tests.ledger.ledgers import small_ledger
from tests.ledger.projections.test_verdicts import BEGUN, EVERY, claim
from tests.ledger.rows import scratch_rows, stored_rows
from tests.making import act, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from domain.records.base import Record
    from ledger.facade import Ledger
    from ledger.projections.verdicts_rows import Stored

LONG = 4
"""So many actions a round has: each answers the one before it."""

CLAIMS: dict[str, Any] = {
    "solely": BEGUN,
    "jointly": {"form": "no", "of": EVERY, "holds": {"form": "initiated", "by": "USA"}},
    "role": {"form": "exists", "of": {"roles": ["opening"], "actors": ["RUS"]}},
    "flags": {"form": "not_exists", "of": {"flags": ["over-response"]}},
    "answers": {"form": "every", "of": EVERY, "holds": {"form": "answers"}},
    "answered": {"form": "every", "of": EVERY, "holds": {"form": "is_answered", "by": "USA"}},
    "within": {"form": "every", "of": EVERY, "holds": {"form": "within", "k": "2"}},
    "both": {"form": "all_of", "tests": [BEGUN, {"form": "exists", "of": EVERY}]},
    "a budget that nothing touches": {
        "form": "budgeted",
        "by": "RUS",
        "of": {"kinds": ["visa_refusal"]},
        "unit": "visas",
        "k": "1",
    },
    "count": {
        "form": "compare",
        "left": {"form": "count", "of": {**EVERY, "roles": ["response"]}},
        "how": ">",
        "right": {"form": "number", "value": 10},
    },
    "sum": {
        "form": "compare",
        "left": {"form": "sum", "of": EVERY, "units": ["persons"]},
        "how": "<=",
        "times": "2",
        "right": {"form": "sum", "of": {"actors": ["USA"]}, "units": ["persons"]},
    },
}
CHANGES: dict[str, Record] = {
    "a new answer": act("new", "USA", "RUS", "2020-02-01", answers=["e9"]),
    "a changed cause": said("e5", "USA", ["ext:spies@RUS"]),
    "another answer": said("e6", "RUS", ["e4"]),
    "a corrected quantity": Corrected(
        action="e5",
        changes=FrozenJson.of({"quantity": {"value": 7, "unit": "persons"}}),
        reason="x",
    ),
}
REACHED = {
    "a new answer": {"new", "e9"},
    "a changed cause": {"e5", "e6", "e7"},
    "another answer": {"e5", "e6", "e7"},
    "a corrected quantity": {"e5", "e6", "e7"},
}
"""What each change reaches: what descends from it, and what that answers or answered."""


class Looked(MemoryViews):
    """Views that remember whose dossiers were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.dossiers: set[str] = set()

    def get(self, projection: str, key: str) -> str | None:
        if projection == DOSSIERS:
            self.dossiers.add(key)
        return super().get(projection, key)


def rounds(count: int, *claims: str) -> Ledger:
    """Open a ledger of many rounds, of which nobody's answers another's, and claims about them."""
    ledger = small_ledger()
    for number in range(count * LONG):
        by, against = ("RUS", "USA") if number % 2 else ("USA", "RUS")
        answers = [f"e{number - 1}"] if number % LONG else []
        ledger.append(
            [act(f"e{number}", by, against, f"2020-01-0{number % LONG + 1}", answers=answers)]
        )
    ledger.append([claim(name.replace(" ", "-"), CLAIMS[name]) for name in claims])
    return ledger


def test_of_hundreds_of_actions_only_those_that_a_change_reaches_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger, views = rounds(75, *CLAIMS), Looked()
    catch_up(ledger.sealed, views)
    monkeypatch.setattr(verdicts, "_whole_history", None)
    seen: set[str] = set()
    watch(monkeypatch, verdicts_items, "evaluated", lambda _sights, _test, action: {action}, seen)
    watch(monkeypatch, verdicts_answers, "_row", lambda _s, _t, action, _a, _o: {action}, seen)
    watch(monkeypatch, verdicts_ranks, "ranks", lambda _c, _a, actions, _k: set(actions), seen)
    for name, change in CHANGES.items():
        seen.clear()
        views.dossiers.clear()
        ledger.record(change)
        catch_up(ledger.sealed, views)
        assert seen == REACHED[name]
        assert len(views.dossiers) < 3 * LONG
    monkeypatch.undo()
    check_resumed(scratch_rows(ledger.sealed()), stored_rows(views))


def watch(
    monkeypatch: pytest.MonkeyPatch,
    where: ModuleType,
    name: str,
    actions: Callable[..., set[str]],
    seen: set[str],
) -> None:
    """Let a function say what it is called with."""
    watched = getattr(where, name)

    def calling(*given: object) -> object:
        seen.update(actions(*given))
        return watched(*given)

    monkeypatch.setattr(where, name, calling)


def test_states_are_followed_no_further_than_they_change(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = small_ledger()
    ledger.append([act("e0"), act("e1", "RUS", "USA", answers=["e0"])])
    for number in range(2, 100):
        by, against = ("RUS", "USA") if number % 2 else ("USA", "RUS")
        ledger.append([act(f"e{number}", by, against, answers=[f"e{number - 1}"])])
    ledger.append([said("e1", "USA", []), claim("c1", BEGUN)])
    views = MemoryViews()
    catch_up(ledger.sealed, views)
    seen: set[str] = set()
    watch(monkeypatch, verdicts_ranks, "ranks", lambda _c, _a, actions, _k: set(actions), seen)
    # That e3 answers e1 and e2 both changes nothing: e2 comes down to e1 alone.
    ledger.record(said("e3", "USA", ["e1", "e2"]))
    catch_up(ledger.sealed, views)
    assert seen == {"e3", "e4"}


def test_a_wrong_difference_is_found_by_verify(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = rounds(2, "solely")
    ledger.views()
    watched = Counts.count

    def forgetful(self: Counts, row: Stored | None, sign: int) -> None:
        if sign > 0:
            watched(self, row, sign)

    monkeypatch.setattr(Counts, "count", forgetful)
    ledger.record(said("e1", "RUS", ["ext:spies@USA"]))
    with pytest.raises(ReplayDiffersError, match="projection verdicts"):
        verify(ledger)


def test_a_sum_that_misses_a_bundle_is_found_by_verify(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = rounds(2, "sum")
    ledger.views()
    ledger.record(CHANGES["a corrected quantity"])
    monkeypatch.setattr(verdicts_sums, "bundles_around", lambda *_: {})
    ledger.views()
    with pytest.raises(ReplayDiffersError, match="projection verdicts"):
        verify(ledger)


def test_a_state_that_is_not_followed_down_is_found_by_verify(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger = rounds(2, "solely")
    ledger.views()
    ledger.record(said("e5", "USA", ["ext:spies@RUS"]))
    monkeypatch.setattr(verdicts_ranks._Amending, "_moves", lambda _self, _actions: False)
    ledger.views()
    monkeypatch.undo()
    with pytest.raises(ReplayDiffersError, match="projection verdicts"):
        verify(ledger)


def test_a_stored_value_that_was_changed_is_found_by_verify() -> None:
    ledger = rounds(2, "solely")
    views = ledger.views()
    key = next(key for key, _, _ in views.scan(NAME) if key.endswith("/USA/1/e1"))
    wrong = f'{{"in":"true","is":["{Truth.FALSE}","false","false"]}}'
    views.commit(
        expected=views.position(),
        position=views.position(),
        schema=views.schema(),
        changes={(NAME, key): wrong},
        positions={},
    )
    with pytest.raises(ReplayDiffersError, match="projection verdicts"):
        verify(ledger)
