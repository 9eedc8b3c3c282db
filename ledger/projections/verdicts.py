"""Verdicts: what every claim comes to in each whole account, under the default reading.

They are kept item by item. A change re-evaluates the changed actions and what descends from them by
anybody's account, each from its own dossier, its causes and the stored standings; the verdict is
adjusted by the difference. So it goes for *every*, *no*, *exists* and *not exists* with whatever is
said of an action; for *is answered* also at the causes of what changed. Counts and sums are kept
bundle by bundle, and *all of*, *any of*, *not* and *if* follow from the tests in them. A root, a
cause or a kind of one action is judged again where that action is reached.

Evaluated whole, over the whole dispute: a budget, in which all responses share the triggers; *is
answered* where an action changes that may answer anything, for its answered set is not wholly
known; a filter that places actions before or after one that changed; new claims and new sides.

Of mixed worlds what ranks decide is kept (`verdicts_ranks`); the rest is the solvers', each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.claims.itemwise import FORMS
from domain.claims.judging import judge
from domain.claims.language import Budgeted, CauseOf, Compare, Every, KindOf, No, RootOf
from domain.claims.mentions import filters_of, leaves, mentions, predicate_of
from domain.claims.predicates import Answers, IsAnswered
from domain.claims.selecting import may_select
from domain.history import History
from domain.records.stocks import StockObserved
from ledger.projections.bundles import bundles
from ledger.projections.dossiers import MEMBERS
from ledger.projections.subjects import NAME as SUBJECTS
from ledger.projections.subjects import restored_claim
from ledger.projections.tallies import LEADERS
from ledger.projections.verdicts_answers import amend_answered
from ledger.projections.verdicts_changed import Changed
from ledger.projections.verdicts_items import amend_items
from ledger.projections.verdicts_ranks import amend_ranks, rank_rows
from ledger.projections.verdicts_rows import (
    NAME,
    POLICIES,
    policies_of,
    row_key,
    stored_whole,
    summary_row,
)
from ledger.projections.verdicts_scratch import scratch_rows
from ledger.projections.verdicts_sight import sights_of, stored_sights
from ledger.projections.verdicts_sums import amend_sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from domain.claims.claim import Claim
    from domain.claims.language import Test
    from ledger.projections.rows import Batch, Row, Views
    from ledger.projections.verdicts_rows import Stored
    from ledger.projections.verdicts_sight import Sights


class Verdicts:
    """Claims, their tests, accounts and items to what they come to: see `verdicts_rows`.

    Rule: docs/semantics.md#verdicts
    """

    name = NAME

    def update(self, batch: Batch, views: Views) -> None:
        """Bring the claims up to date that look at something that changed."""
        changed = Changed(batch, views)
        if not (changed.claims or changed.own or changed.stocks or batch.disputes):
            return
        updating = _Updating(changed)
        for key in views.keys(SUBJECTS, "claim/"):
            updating.claim(restored_claim(views.get(SUBJECTS, key)))

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Evaluate every claim in every account."""
        del sealed
        claims = [claim for one in history.disputes for claim in history.claims_in(one)]
        if not claims:
            return
        leaders = {name: min(held) for held in bundles(history) for name in held}
        for dispute in sorted(history.disputes):
            sights = sights_of(history, dispute)
            for claim in history.claims_in(dispute):
                for number, variant in enumerate(claim.recorded.variants, start=1):
                    place = dispute, claim.id, number
                    yield from _rows(history, sights, place, variant.test, leaders.__getitem__)


Place = tuple[str, str, int]
"""A dispute, a claim about it, and the number of one of its tests."""


def _rows(
    history: History,
    sights: Iterable[Sights],
    place: Place,
    test: Test,
    leader_of: Callable[[str], str],
) -> Iterator[Row]:
    for held in sights:
        yield from scratch_rows(held, test, _account_key(place, held), leader_of)
    yield from rank_rows(history, *place, test)


def _account_key(place: Place, sights: Sights) -> str:
    world = sights[POLICIES[0]].world
    return row_key(*place, world.reading.bases[0], world.name)


class _Updating:
    """One batch: worlds are made once for each dispute, and shared by its claims."""

    def __init__(self, changed: Changed) -> None:
        self._changed = changed
        self._views = changed.views
        self._history = _history(changed.batch, changed.views, with_stocks=changed.stocks)
        self._stored: dict[str, tuple[Sights, ...]] = {}

    def claim(self, claim: Claim) -> None:
        """Bring one claim up to date."""
        dispute = claim.recorded.dispute
        is_new = claim.id in self._changed.claims or dispute in self._changed.batch.disputes
        for number, variant in enumerate(claim.recorded.variants, start=1):
            place = dispute, claim.id, number
            if not claim.stands:
                if is_new:
                    self._put_all(place, {})
            elif is_new or not self._amend(place, variant.test):
                self._evaluate_whole(place, variant.test)

    def _amend(self, place: Place, test: Test) -> bool:
        """Adjust a test to what changed; False where it is to be evaluated whole."""
        if any(self._needs_whole(place[0], form) for form in leaves(test)):
            return False
        for sights in self._sights(place[0]):
            key = _account_key(place, sights)
            before = self._views.get(NAME, key)["leaves"]
            after = [
                self._leaf(sights, form, f"{key}/{number}", state)
                for number, (form, state) in enumerate(
                    zip(leaves(test), before, strict=True), start=1
                )
            ]
            if None in after:
                return False
            if after != before:
                self._changed.put(key, summary_row(test, [one for one in after if one]))
        amend_ranks(self._changed, self._history, place, test)
        return True

    def _leaf(self, sights: Sights, form: Test, prefix: str, state: Stored) -> Stored | None:
        """Return the state of one test that is made of no others as it is now; None: unknown."""
        if isinstance(form, (Every, No)) and isinstance(form.holds, IsAnswered):
            return amend_answered(self._changed, sights, form, prefix, state)
        if isinstance(form, FORMS):
            return amend_items(self._changed, sights, form, prefix, state)
        if isinstance(form, Compare):
            return amend_sums(self._changed, sights[POLICIES[0]], form, prefix, state)
        if isinstance(form, (RootOf, CauseOf, KindOf)) and self._changed.is_reached(form.action):
            return stored_whole([judge(sights[policy], form) for policy in policies_of(form)])
        return state

    def _needs_whole(self, dispute: str, form: Test) -> bool:
        """Whether what changed decides of all actions at once."""
        changed = self._changed
        if _placing(form) & changed.own.keys():
            return True
        if not isinstance(form, Budgeted):
            return False
        sight = next((held[POLICIES[0]] for held in self._sights(dispute)), None)
        return sight is not None and any(
            may_select(sight, form.of, dossier)
            for name in changed.tied
            for dossier in changed.dossiers(name)
        )

    def _sights(self, dispute: str) -> tuple[Sights, ...]:
        if dispute not in self._stored:
            self._stored[dispute] = stored_sights(self._history, dispute, self._views)
        return self._stored[dispute]

    def _evaluate_whole(self, place: Place, test: Test) -> None:
        history = _whole_history(self._changed.batch, self._views, place[0], test)
        sights = stored_sights(history, place[0], self._views)

        def leader_of(action: str) -> str:
            return str(self._views.get(LEADERS, action) or action)

        self._put_all(place, dict(_rows(history, sights, place, test, leader_of)))

    def _put_all(self, place: Place, rows: dict[str, Any]) -> None:
        """Put the rows of a test in the place of those that it had."""
        dispute, claim, number = place
        for key in self._views.keys(NAME, f"{dispute}/{claim}/{number}/"):
            if key not in rows:
                self._changed.put(key, None)
        for key, row in rows.items():
            self._changed.put(key, row)


def _placing(form: Test) -> frozenset[str]:
    """Return the actions by whose dates others are told apart, or may answer them or not."""
    filters = filters_of(form)
    placed = {name for of in filters for name in (of.before, of.after, of.until) if name}
    answered = {name for of in filters for name in of.answers}
    predicate = predicate_of(form)
    if isinstance(predicate, Answers) and predicate.what is not None:
        answered |= set(predicate.what.ids)
    return frozenset(placed | answered)


def _history(batch: Batch, views: Views, *, with_stocks: bool) -> History:
    """Return the history after the batch: actions as they are asked for, and what was observed."""
    stocks = views.keys(SUBJECTS, "stock/") if with_stocks else ()
    held = [StockObserved.model_validate(views.get(SUBJECTS, key)) for key in stocks]
    return History(
        dossiers=batch.history.dossiers,
        disputes=batch.history.disputes,
        stocks={one.id: one for one in held},
    )


def _whole_history(batch: Batch, views: Views, dispute: str, test: Test) -> History:
    """Return a history that holds all actions of the disputes that a test looks at."""
    for name in sorted({dispute, *mentions(test).disputes}):
        for key in views.keys(MEMBERS, f"{name}/"):
            batch.history.dossiers.get(key.partition("/")[2])
    return _history(batch, views, with_stocks=True)
