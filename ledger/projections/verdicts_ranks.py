"""Verdicts over mixed worlds that ranks decide, kept up: the extremal states of every action.

A changed attribution is followed down its effects, causes first, and no further than where states
stop changing. Where options may form a cycle no state is kept, of the members or of what goes back
to them, and a claim that speaks of one of these is left to the solvers, as any other claim is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.claims.choices import Choices
from domain.claims.extremal import of_every, of_none, possible_values, rank_form, ranked
from domain.claims.language import Every, No, RootOf
from domain.claims.ranks import ROUND, ranks
from domain.claims.selecting import candidates, may_select
from domain.claims.sight import Sight
from domain.claims.verdicts import MIXED
from domain.reading import BasisOf, Reading
from domain.worlds import default_panel
from ledger.projections.verdicts_rows import NAME, POLICIES, row_key, stored_possible
from ledger.solvers.flow import NetworkxFlow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.claims.extremal import RankForm
    from domain.claims.language import Test
    from domain.claims.ranks import States
    from domain.history import History
    from domain.truth import Truth
    from ledger.projections.rows import Row
    from ledger.projections.verdicts_changed import Changed
    from ledger.projections.verdicts_rows import Stored

READING = Reading()
Counted = list[dict[str, int]]
"""Under each policy: a state, as text, to how many of the actions that are spoken of have it."""


def rank_rows(history: History, dispute: str, claim: str, number: int, test: Test) -> Iterator[Row]:
    """Return the rows of a test over mixed worlds, from scratch; none where it is not of ranks."""
    form = rank_form(test, READING.initiator)
    if form is None:
        return
    for choices in _choices(history, dispute):
        key = _key(choices, claim, number)
        spoken = _spoken_of(choices, test)
        actions = [held.id for held in history.in_dispute(dispute)]
        found = ranks(choices, form.asked, [*actions, *sorted(spoken)])
        counts = _no_counts()
        for action in {*actions, *spoken}:
            row = {"selected": action in spoken, "states": list(found[action])}
            _count(counts, row, 1)
            yield f"{key}/1/{action}", row
        findings = {}
        for policy in POLICIES:
            sight = Sight(choices.world({}), policy, NetworkxFlow)
            claimed = ranked(choices, test, sight)
            values = possible_values(choices, policy, claimed) if claimed else None
            findings[policy] = stored_possible(values)
        yield key, {"counts": counts, "findings": findings}


def _choices(history: History, dispute: str) -> Iterator[Choices]:
    panel = default_panel(history, dispute)
    for basis in BasisOf if panel else ():
        yield Choices(history, dispute, panel, Reading(bases=(basis,)))


def _key(choices: Choices, claim: str, number: int) -> str:
    return row_key(choices.dispute, claim, number, choices.reading.bases[0], MIXED)


def _spoken_of(choices: Choices, test: Test) -> frozenset[str]:
    if isinstance(test, (Every, No)):
        sight = Sight(choices.world({}), POLICIES[0], NetworkxFlow)
        return frozenset(held.id for held in candidates(sight, test.of))
    named = isinstance(test, RootOf) and choices.history.standing(test.action) is not None
    return frozenset({test.action}) if named and isinstance(test, RootOf) else frozenset()


def amend_ranks(
    changed: Changed, history: History, place: tuple[str, str, int], test: Test
) -> None:
    """Bring the rows of a test over mixed worlds up to date."""
    dispute, claim, number = place
    form = rank_form(test, READING.initiator)
    if form is None or not changed.own:
        return
    for choices in _choices(history, dispute):
        _Amending(changed, choices, test, form, _key(choices, claim, number)).run()


class _Amending:
    """One test over the mixed worlds of one basis, brought up to date."""

    def __init__(
        self, changed: Changed, choices: Choices, test: Test, form: RankForm, key: str
    ) -> None:
        self._changed = changed
        self._choices = choices
        self._test = test
        self._form = form
        self._key = key
        self._sight = Sight(choices.world({}), POLICIES[0], NetworkxFlow)
        self._counts: Counted = changed.views.get(NAME, key)["counts"]

    def run(self) -> None:
        """Go down from the change, causes first; together where that order does not exist."""
        changed, descent = self._changed, self._changed.descent
        touched = set(changed.own)
        for action in changed.own:
            touched.update(descent.effects[action])
        for action in descent.order:
            if action in touched and self._moves([action]):
                touched.update(descent.effects[action])
        self._moves(descent.rest)
        findings = {policy: self._finding(place) for place, policy in enumerate(POLICIES)}
        changed.put(self._key, {"counts": self._counts, "findings": findings})

    def _moves(self, actions: Iterable[str]) -> bool:
        """Evaluate some actions together; say whether a state changed of what is kept of them."""
        again = frozenset(actions)

        def known(action: str) -> States | None:
            row = None if action in again else self._row(action)
            return tuple(row["states"]) if row else None

        counting = [name for name in again if self._choices.history.standing(name) is not None]
        found = ranks(self._choices, self._form.asked, counting, known)
        moved = [name for name in again if self._replace(name, found.get(name))]
        return bool(moved)

    def _row(self, action: str) -> Any:  # noqa: ANN401  as stored
        return self._changed.views.get(NAME, f"{self._key}/1/{action}")

    def _replace(self, action: str, states: States | None) -> bool:
        before, after = self._row(action), None
        dossier = self._choices.history.standing(action)
        if dossier is not None and states is not None:
            is_spoken_of = self._speaks_of(action)
            if is_spoken_of or dossier.action.dispute == self._choices.dispute:
                after = {"selected": is_spoken_of, "states": list(states)}
        if before != after:
            _count(self._counts, before, -1)
            _count(self._counts, after, 1)
            self._changed.put(f"{self._key}/1/{action}", after)
        # Of an action that is not kept it is not known whether its state is another one.
        return before is None or after is None or before["states"] != after["states"]

    def _speaks_of(self, action: str) -> bool:
        if isinstance(self._test, (Every, No)):
            dossier = self._choices.history.dossiers[action]
            return may_select(self._sight, self._test.of, dossier)
        return isinstance(self._test, RootOf) and action == self._test.action

    def _finding(self, place: int) -> Stored | None:
        counts = self._counts[place]
        if not counts or str(ROUND) in counts:
            return None
        held = [int(state) for state in counts]
        values: frozenset[Truth] | None = of_none(held) if self._form.none else of_every(held)
        return stored_possible(values)


def _no_counts() -> Counted:
    return [{} for _ in POLICIES]


def _count(counts: Counted, row: Stored | None, sign: int) -> None:
    """Add an action that is spoken of to the counts of its states, or take it away."""
    if row is None or not row["selected"]:
        return
    states = row["states"] or [ROUND] * len(POLICIES)
    for held, state in zip(counts, states, strict=True):
        name = str(state)
        held[name] = held.get(name, 0) + sign
        if not held[name]:
            del held[name]
