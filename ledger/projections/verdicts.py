"""Verdicts: what every claim comes to in each whole account, under the default reading.

A change re-evaluates the claims that look at what it touches, and no others: at the changed action
itself, at what descends from it by anybody's account, at what a package or a double ties to it.
Mixed worlds are not stored: they are many, and a solver has them at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.claims.judging import Item, Judged
from domain.claims.language import RootOf
from domain.claims.mentions import leaves, mentions, predicate_of
from domain.claims.predicates import Initiated, IsAnswered
from domain.claims.selecting import may_select
from domain.claims.sight import Sight
from domain.claims.verdicts import Finding, Method, Verdict, in_sight
from domain.history import History
from domain.reading import GrievancePolicy
from domain.records.stocks import StockObserved
from domain.truth import Truth
from ledger.projections.dossiers import MEMBERS
from ledger.projections.effects import descendants, named_by
from ledger.projections.standings import worlds_of
from ledger.projections.subjects import NAME as SUBJECTS
from ledger.projections.subjects import restored_claim
from ledger.solvers.flow import NetworkxFlow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.claims.claim import Claim
    from domain.claims.language import Test
    from domain.dossiers import Dossier
    from ledger.projections.rows import Batch, Row, Views

NAME: Final = "verdicts"
TYING: Final = ("part_of", "same_as")
"""Links by which one action changes how another is counted."""


class Verdicts:
    """`DISPUTE/CLAIM/TEST/BASIS/ACCOUNT` to the verdict and its items under each policy.

    Rule: docs/semantics.md#verdicts
    """

    name = NAME

    def update(self, batch: Batch, views: Views) -> None:
        """Evaluate again the claims that look at something that changed."""
        position = max((sealed.entry.position for sealed in batch.sealed), default=0)
        touched = tuple(_touched(batch, views))
        if not touched:
            return
        history = _whole_history(batch, views, touched)
        rows: dict[str, object] = {}
        for dispute in dict.fromkeys(claim.recorded.dispute for claim in touched):
            about = [c for c in touched if c.stands and c.recorded.dispute == dispute]
            rows |= dict(_rows(history, dispute, about))
        for claim in touched:
            for key in views.keys(NAME, f"{claim.recorded.dispute}/{claim.id}/"):
                if key not in rows:
                    views.put(NAME, key, None, position)
        for key, row in rows.items():
            views.put(NAME, key, row, position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Evaluate every claim in every account."""
        del sealed
        for dispute in sorted(history.disputes):
            yield from _rows(history, dispute, list(history.claims_in(dispute)))


def _rows(history: History, dispute: str, claims: list[Claim]) -> Iterator[Row]:
    if not claims:
        return
    for world in worlds_of(history, dispute):
        sights = {policy: Sight(world, policy, NetworkxFlow) for policy in GrievancePolicy}
        for claim in claims:
            for number, variant in enumerate(claim.recorded.variants, start=1):
                basis = world.reading.bases[0]
                key = row_key(dispute, claim.id, number, basis, world.name)
                yield key, _row(sights, variant.test)


def _row(sights: Mapping[GrievancePolicy, Sight], test: Test) -> dict[str, object]:
    """Evaluate a test under each policy; once, where no policy can matter to it."""
    if any(map(_asks_who_began, leaves(test))):
        return {policy: stored_finding(in_sight(sights[policy], test)) for policy in sights}
    found = stored_finding(in_sight(sights[GrievancePolicy.ACTOR], test))
    return dict.fromkeys(sights, found)


def _asks_who_began(form: Test) -> bool:
    return isinstance(form, RootOf) or isinstance(predicate_of(form), Initiated)


def _touched(batch: Batch, views: Views) -> Iterator[Claim]:
    """Go through the claims that look at something the batch changed."""
    said = {
        sealed.entry.stream.removeprefix("claim:")
        for sealed in batch.sealed
        if sealed.entry.stream.startswith("claim:")
    }
    changed = _changed(batch, views)
    stocks = any(isinstance(sealed.entry.record, StockObserved) for sealed in batch.sealed)
    if not (said or changed or stocks or batch.disputes):
        return
    for key in views.keys(SUBJECTS, "claim/"):
        claim = restored_claim(views.get(SUBJECTS, key))
        if claim.id in said or (claim.stands and _looks_at(claim, batch, changed, stocks=stocks)):
            yield claim


def _changed(batch: Batch, views: Views) -> tuple[str, ...]:
    """Return the changed actions, what is tied to them, and all that descends from any."""
    found = dict(batch.actions)
    waiting = list(found)
    while waiting:
        name = waiting.pop()
        for other in _tied(batch, views, name):
            if other not in found:
                found[other] = found[name]
                waiting.append(other)
    return tuple(descendants(views, found))


def _tied(batch: Batch, views: Views, name: str) -> Iterator[str]:
    for dossier in (batch.history.dossiers.get(name), batch.before.get(name)):
        if dossier is not None:
            for other, how in named_by(dossier).items():
                if set(how) & set(TYING):
                    yield other
    for link in TYING:
        yield from descendants(views, {name: 0}, link)


def _looks_at(claim: Claim, batch: Batch, changed: tuple[str, ...], *, stocks: bool) -> bool:
    return any(
        _test_looks_at(claim.recorded.dispute, variant.test, batch, changed, stocks=stocks)
        for variant in claim.recorded.variants
    )


def _test_looks_at(
    dispute: str, test: Test, batch: Batch, changed: tuple[str, ...], *, stocks: bool
) -> bool:
    named = mentions(test)
    if dispute in batch.disputes or (stocks and named.stocks):
        return True
    if set(named.actions) & set(changed):
        return True
    waits = any(isinstance(predicate_of(form), IsAnswered) for form in leaves(test))
    world = next(worlds_of(batch.history, dispute), None)
    if world is None:
        return False
    sight = Sight(world, GrievancePolicy.ACTOR, NetworkxFlow)
    return any(
        (waits and dossier.action.dispute == dispute)
        or any(may_select(sight, which, dossier) for which in named.filters)
        for name in changed
        for dossier in _before_and_after(batch, name)
    )


def _before_and_after(batch: Batch, name: str) -> Iterator[Dossier]:
    for dossier in (batch.before.get(name), batch.history.dossiers.get(name)):
        if dossier is not None:
            yield dossier


def _whole_history(batch: Batch, views: Views, claims: Iterable[Claim]) -> History:
    """Return a history that holds all actions of the disputes that the claims look at."""
    disputes = {claim.recorded.dispute for claim in claims}
    for claim in claims:
        for variant in claim.recorded.variants:
            disputes |= set(mentions(variant.test).disputes)
    for dispute in sorted(disputes):
        for key in views.keys(MEMBERS, f"{dispute}/"):
            batch.history.dossiers.get(key.partition("/")[2])
    stocks = [views.get(SUBJECTS, key) for key in views.keys(SUBJECTS, "stock/")]
    held = [StockObserved.model_validate(stored) for stored in stocks]
    return History(
        dossiers=batch.history.dossiers,
        disputes=batch.history.disputes,
        stocks={one.id: one for one in held},
    )


def row_key(dispute: str, claim: str, number: int, basis: str, account: str) -> str:
    """Return the key of a test's row in an account."""
    return f"{dispute}/{claim}/{number}/{basis}/{account}"


def stored_finding(found: Finding) -> dict[str, object]:
    """Return a finding in one account as plain data."""
    judged = found.judged
    return {
        "verdict": found.verdict,
        "method": found.method,
        "value": judged.value if judged else None,
        "vacuous": judged.is_vacuous if judged else False,
        "items": [[item.action, item.value] for item in judged.items] if judged else [],
        "why": list(found.why),
    }


def restored_finding(stored: dict[str, Any]) -> Finding:
    """Make a finding again from plain data."""
    why = tuple(stored["why"])
    judged = None
    if stored["value"] is not None:
        items = tuple(Item(action, Truth(value)) for action, value in stored["items"])
        judged = Judged(Truth(stored["value"]), stored["vacuous"], items, why)
    return Finding(Verdict(stored["verdict"]), Method(stored["method"]), judged, why=why)
