"""Items of claims, kept one by one: a row for each action that decides, and counts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.claims.itemwise import ORDER, Tallied, held_of, item_value
from domain.claims.language import Every, No
from domain.claims.predicates import Answers, Within
from domain.claims.selecting import depends, may_select
from domain.truth import Truth
from ledger.projections.verdicts_rows import NAME, policies_of, restored_items, stored_items

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.claims.itemwise import ItemWise
    from ledger.projections.verdicts_changed import Changed
    from ledger.projections.verdicts_rows import Stored
    from ledger.projections.verdicts_sight import Sights


class Counts:
    """Counts of items, as rows come and go."""

    def __init__(self, state: Stored) -> None:
        self._certain: int = state["certain"]
        self._items = [[one.true, one.false, one.undetermined] for one in restored_items(state)]

    def count(self, row: Stored | None, sign: int) -> None:
        """Add a row, or with sign -1 take it away."""
        if row is None:
            return
        self._certain += sign * (row["in"] == Truth.TRUE)
        for counts, value in zip(self._items, row["is"], strict=True):
            counts[ORDER.index(Truth(value))] += sign

    def state(self) -> Stored:
        """Return the counts as they are stored."""
        return stored_items(
            [
                Tallied(true, false, undetermined, self._certain)
                for true, false, undetermined in self._items
            ]
        )


def item_row(is_in: Truth, values: Sequence[Truth]) -> Stored:
    """Return the row of an item: how far it is selected, and its value under each policy."""
    return {"in": is_in, "is": list(values)}


def evaluated(sights: Sights, test: ItemWise, action: str) -> Stored | None:
    """Return the row of an action, None where the test does not speak of it.

    Looks at its dossier, at what it answers, and at where it stands; at nothing else.
    """
    is_in = how_selected(sights, test, action)
    if is_in is Truth.FALSE:
        return None
    values = [
        item_value(test, is_in, held_of(sights[policy], test, action))
        for policy in policies_of(test)
    ]
    return item_row(is_in, values)


def how_selected(sights: Sights, test: ItemWise, action: str) -> Truth:
    """Say how far a test's filter selects an action; the same under every policy."""
    sight = next(iter(sights.values()))
    dossier = sight.dossier(action)
    if dossier is None or not may_select(sight, test.of, dossier):
        return Truth.FALSE
    return depends(sight, test.of, dossier)


def amend_items(
    changed: Changed, sights: Sights, test: ItemWise, prefix: str, state: Stored
) -> Stored:
    """Evaluate the items that a change touches, and adjust the counts by the difference."""
    counts = Counts(state)
    for action in touched(changed, sights, test):
        key = f"{prefix}/{action}"
        before = changed.views.get(NAME, key)
        after = evaluated(sights, test, action)
        if before != after:
            counts.count(before, -1)
            counts.count(after, 1)
            changed.put(key, after)
    return counts.state()


def touched(changed: Changed, sights: Sights, test: ItemWise) -> Collection[str]:
    """Return the actions that the test may say something else of now.

    Where only role, answers and initiators count: those that stand elsewhere now. Where it matters
    what the answered are like: all that descends from the change.
    """
    sight = next(iter(sights.values()))
    if isinstance(test, (Every, No)) and isinstance(test.holds, (Answers, Within)):
        return changed.reached
    selections = changed.selections(sight, test.of)
    return selections if selections is changed.reached else changed.moved(sight)
