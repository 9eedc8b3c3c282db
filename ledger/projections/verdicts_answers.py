"""Claims that actions are answered, kept from the side of what answers them.

What a changed action answers, and answered before, is looked at again with it. An action whose
answered set is not wholly known may answer anything: where such a one comes, goes or is changed
itself, the test is evaluated whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.claims.holding import is_answer
from domain.claims.itemwise import item_value
from domain.claims.predicates import IsAnswered
from domain.dates import certainly_before
from domain.truth import Truth, any_of
from ledger.projections.verdicts_items import Counts, how_selected, item_row
from ledger.projections.verdicts_rows import ANSWERS, NAME, OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.claims.language import Every, No
    from domain.claims.sight import Sight
    from ledger.projections.rows import Row
    from ledger.projections.verdicts_changed import Changed
    from ledger.projections.verdicts_rows import Stored
    from ledger.projections.verdicts_sight import Sights

Answering = tuple[bool, dict[str, Truth]]
"""Whether there may be more than is known, and which actions are answered, or may be."""


def answering(sight: Sight, action: str, said: IsAnswered) -> Answering:
    """Say what an action answers as the test asks, if it is by the side in question."""
    dossier = sight.dossier(action)
    is_heard = dossier is not None and dossier.action.dispute == sight.world.dispute
    if not is_heard or said.by not in sight.world.acting(action):
        return False, {}
    reached = sight.answered(action)
    found: dict[str, Truth] = {}
    for node in reached.members:
        if isinstance(node, ActionCause):
            value = _pair(sight, node.action, action, said)
            if value is not Truth.FALSE:
                found[node.action] = value
    return reached.has_unknown, found


def answer_rows(
    sight: Sight, test: Every | No, prefix: str
) -> tuple[dict[str, dict[str, Truth]], list[Row]]:
    """Return which actions answer which, and the rows of those that answer or may do so."""
    by_answered: dict[str, dict[str, Truth]] = {}
    rows: list[Row] = []
    if isinstance(test.holds, IsAnswered):
        for dossier in sight.world.actions():
            is_open, found = answering(sight, dossier.id, test.holds)
            for answered, value in found.items():
                by_answered.setdefault(answered, {})[dossier.id] = value
            rows += _rows(prefix, dossier.id, is_open=is_open, found=found)
    return by_answered, rows


def _rows(prefix: str, action: str, *, is_open: bool, found: Mapping[str, Truth]) -> Iterator[Row]:
    if found:
        yield f"{prefix}/{ANSWERS}/{action}", sorted(found)
    if is_open:
        yield f"{prefix}/{OPEN}/{action}", True


def amend_answered(
    changed: Changed, sights: Sights, test: Every | No, prefix: str, state: Stored
) -> Stored | None:
    """Bring the items up to date; None where the test is to be evaluated whole."""
    if not isinstance(test.holds, IsAnswered):
        return None
    sight = next(iter(sights.values()))
    answers: dict[str, dict[str, Truth]] = {}
    touched = dict.fromkeys(changed.own)
    touched |= dict.fromkeys(changed.selections(sight, test.of))
    for action in changed.reached:
        is_open, found = answering(sight, action, test.holds)
        was_open = bool(changed.views.get(NAME, f"{prefix}/{OPEN}/{action}"))
        if is_open is not was_open or (is_open and action in changed.own):
            return None
        before = changed.views.get(NAME, f"{prefix}/{ANSWERS}/{action}") or ()
        changed.put(f"{prefix}/{ANSWERS}/{action}", sorted(found) or None)
        touched |= dict.fromkeys((*before, *found))
        for answered, value in found.items():
            answers.setdefault(answered, {})[action] = value
    counts = Counts(state)
    open_ones = _open_ones(changed, prefix)
    for action in touched:
        key = f"{prefix}/{action}"
        before_row = changed.views.get(NAME, key)
        held = _held(changed, before_row, answers.get(action, {}))
        after = _row(sights, test, action, held, open_ones)
        if before_row != after:
            counts.count(before_row, -1)
            counts.count(after, 1)
            changed.put(key, after)
    return counts.state()


def _held(changed: Changed, row: Stored | None, found: Mapping[str, Truth]) -> dict[str, Truth]:
    """Return what answers an action: as stored, but for what was looked at again."""
    before = row["by"] if row else {}
    kept = {name: Truth(value) for name, value in before.items() if not changed.is_reached(name)}
    return kept | dict(found)


def _open_ones(changed: Changed, prefix: str) -> tuple[str, ...]:
    at = f"{prefix}/{OPEN}/"
    return tuple(key.removeprefix(at) for key in changed.views.keys(NAME, at))


def _row(
    sights: Sights,
    test: Every | No,
    action: str,
    answers: Mapping[str, Truth],
    open_ones: tuple[str, ...],
) -> Stored | None:
    is_in = how_selected(sights, test, action)
    if is_in is Truth.FALSE or not isinstance(test.holds, IsAnswered):
        return None
    sight = next(iter(sights.values()))
    held = any_of(answers.values())
    said = test.holds
    if held is Truth.FALSE and any(
        _pair(sight, action, name, said) is not Truth.FALSE for name in open_ones
    ):
        held = Truth.UNDETERMINED
    return answered_row(item_row(is_in, [item_value(test, is_in, held)]), answers)


def answered_row(row: Stored, answers: Mapping[str, Truth]) -> Stored:
    """Return the row of an item, with what answers it, or may do so."""
    return {**row, "by": dict(sorted(answers.items()))}


def _pair(sight: Sight, action: str, response: str, said: IsAnswered) -> Truth:
    """Say whether one action answers another; never, where it certainly comes before it."""
    asked, answer = sight.dossier(action), sight.dossier(response)
    if asked is None or answer is None:
        return Truth.FALSE
    if certainly_before(answer.action.occurred, asked.action.occurred):
        return Truth.FALSE
    return is_answer(sight, action, response, said)
