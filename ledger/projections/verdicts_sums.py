"""Counts and sums of claims, kept bundle by bundle: what no link ties together adds up."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from typing import TYPE_CHECKING

from domain.claims.language import Count
from domain.claims.language import Sum as SumOf
from domain.claims.selecting import candidates, may_select
from domain.claims.terms import Value, extent_of, value_of
from ledger.projections.bundles import JOINING, Sum
from ledger.projections.effects import named_by
from ledger.projections.tallies import BUNDLES, LEADERS
from ledger.projections.verdicts_rows import NAME, TERMS, extent_amount, stored_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from domain.claims.language import Compare, Term
    from domain.claims.sight import Sight
    from ledger.projections.rows import Batch, Views
    from ledger.projections.verdicts_changed import Changed
    from ledger.projections.verdicts_rows import Stored


Shares = dict[str, Sum]
"""The first id of a bundle to what the bundle adds."""


def extent(sight: Sight, term: Count | SumOf) -> Sum:
    """Return what a count or a sum comes to, as something that can be taken apart again."""
    found = extent_of(sight, term)
    most = found.most
    return Sum(found.least, most.hi or 0, int(most.hi is None), most.unknown_parts)


def term_state(sight: Sight, term: Term, shares: Iterable[Sum]) -> Stored:
    """Return what a term comes to in a world, as the domain has it, beside the sum of shares."""
    found = stored_value(value_of(sight, term))
    if isinstance(term, (Count, SumOf)):
        found["sum"] = sum_of(shares).stored()
    return found


def sum_of(shares: Iterable[Sum]) -> Sum:
    """Add up what bundles come to."""
    return reduce(Sum.plus, shares, Sum())


def shares_of(sight: Sight, term: Term, leader_of: Callable[[str], str]) -> Shares:
    """Part the candidates of a count or a sum into bundles, and return what each adds."""
    if not isinstance(term, (Count, SumOf)):
        return {}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for held in candidates(sight, term.of):
        groups[leader_of(held.id)].append(held.id)
    return {leader: _share(sight, term, members) for leader, members in groups.items()}


def _share(sight: Sight, term: Count | SumOf, members: Iterable[str]) -> Sum:
    of = term.of.model_copy(update={"ids": tuple(sorted(members))})
    return extent(sight, term.model_copy(update={"of": of}))


def amend_sums(changed: Changed, sight: Sight, form: Compare, prefix: str, state: Stored) -> Stored:
    """Bring a comparison up to date: the bundles that a change touches, and stocks observed."""
    after = dict(state)
    for name in TERMS:
        term = getattr(form, name)
        if isinstance(term, (Count, SumOf)):
            total = Sum(*state[name]["sum"])
            total = _amended(changed, sight, term, f"{prefix}/{name}", total)
            amount = stored_value(Value(extent_amount(total)))
            after[name] = {**amount, "sum": total.stored()}
        elif changed.stocks:
            after[name] = stored_value(value_of(sight, term))
    return after


def _amended(changed: Changed, sight: Sight, term: Count | SumOf, prefix: str, total: Sum) -> Sum:
    touched = changed.selections(sight, term.of)
    for leader, members in bundles_around(changed.batch, changed.views, touched).items():
        found = [name for name in members if _may_be_counted(sight, term, name)]
        for name in members:
            key = f"{prefix}/{name}"
            before = changed.views.get(NAME, key)
            after = _share(sight, term, found) if found and name == leader else None
            if before is not None:
                total = total.plus(Sum(*before), -1)
            if after is not None:
                total = total.plus(after)
            changed.put(key, after.stored() if after else None)
    return total


def _may_be_counted(sight: Sight, term: Count | SumOf, name: str) -> bool:
    dossier = sight.dossier(name)
    return dossier is not None and may_select(sight, term.of, dossier)


def bundles_around(
    batch: Batch, views: Views, actions: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the bundles of actions, with all that their bundles were made of before the batch."""
    found: dict[str, tuple[str, ...]] = {}
    for action in actions:
        before = batch.before.get(action)
        linked = named_by(before) if before is not None else {}
        formerly = [name for name, how in linked.items() if set(how) & set(JOINING)]
        for name in (action, *formerly):
            leader = views.get(LEADERS, name) or name
            bundle = None if leader in found else views.get(BUNDLES, leader)
            if bundle is not None:
                found[leader] = tuple(bundle["members"])
    return found
