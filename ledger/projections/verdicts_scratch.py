"""Verdicts from scratch: every test over the whole dispute, by the domain's own judging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.claims.itemwise import tallied
from domain.claims.judging import composed, judge
from domain.claims.language import Compare, Every, Exists, No, NotExists
from domain.claims.mentions import leaves
from domain.claims.predicates import IsAnswered
from domain.claims.selecting import selected
from domain.truth import Truth
from ledger.projections.verdicts_answers import answer_rows, answered_row
from ledger.projections.verdicts_items import item_row
from ledger.projections.verdicts_rows import (
    POLICIES,
    TERMS,
    place_of,
    policies_of,
    stored_finding,
    stored_items,
    stored_whole,
)
from ledger.projections.verdicts_sums import Shares, shares_of, term_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from domain.claims.itemwise import ItemWise
    from domain.claims.judging import Judged
    from domain.claims.language import Test
    from domain.claims.sight import Sight
    from ledger.projections.rows import Row
    from ledger.projections.verdicts_rows import Stored
    from ledger.projections.verdicts_sight import Sights


def scratch_rows(
    sights: Sights, test: Test, key: str, leader_of: Callable[[str], str]
) -> Iterator[Row]:
    """Return all rows of a test in one account; `leader_of` names the bundle of an action.

    What the test comes to is found by judging it, not by the counts that are stored beside it.
    """
    states: list[Stored] = []
    judged: list[Sequence[Judged]] = []
    for number, form in enumerate(leaves(test), start=1):
        prefix = f"{key}/{number}"
        found = [judge(sights[policy], form) for policy in policies_of(form)]
        judged.append(found)
        if isinstance(form, Compare):
            shares = {
                name: shares_of(sights[POLICIES[0]], getattr(form, name), leader_of)
                for name in TERMS
            }
            states.append(_sums_state(sights[POLICIES[0]], form, shares))
            yield from _share_rows(shares, prefix)
        elif isinstance(form, (Every, No, Exists, NotExists)):
            states.append(_items_state(sights, form, found))
            yield from _item_rows(sights, form, found, prefix)
        else:
            states.append(stored_whole(found))
    yield key, {"leaves": states, "findings": _findings(test, judged)}


def _findings(test: Test, judged: Sequence[Sequence[Judged]]) -> Stored:
    found: Stored = {}
    for policy in POLICIES:
        given = iter([values[place_of(policy, values)] for values in judged])
        # The default names the iterator of this policy, not of the last.
        whole = composed(test, lambda _, given=given: next(given))  # type: ignore[misc]
        found[policy] = stored_finding(test, whole)
    return found


def _sums_state(sight: Sight, form: Compare, shares: Mapping[str, Shares]) -> Stored:
    return {
        name: term_state(sight, getattr(form, name), found.values())
        for name, found in shares.items()
    }


def _share_rows(shares: Mapping[str, Shares], prefix: str) -> Iterator[Row]:
    for name, found in shares.items():
        for leader, share in found.items():
            yield f"{prefix}/{name}/{leader}", share.stored()


def _items_state(sights: Sights, form: ItemWise, found: Sequence[Judged]) -> Stored:
    is_in = selected(sights[POLICIES[0]], form.of)
    certain = sum(value is Truth.TRUE for _, value in is_in)
    return stored_items([tallied((item.value for item in one.items), certain) for one in found])


def _item_rows(
    sights: Sights, form: ItemWise, found: Sequence[Judged], prefix: str
) -> Iterator[Row]:
    sight = sights[POLICIES[0]]
    is_in = dict(selected(sight, form.of))
    values = zip(*(one.items for one in found), strict=True)
    rows = {
        items[0].action: item_row(is_in[items[0].action], [item.value for item in items])
        for items in values
    }
    if isinstance(form, (Every, No)) and isinstance(form.holds, IsAnswered):
        answers, of_answers = answer_rows(sight, form, prefix)
        rows = {name: answered_row(row, answers.get(name, {})) for name, row in rows.items()}
        yield from of_answers
    for name, row in rows.items():
        yield f"{prefix}/{name}", row
