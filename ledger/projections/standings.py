"""Standings: role, answered set, roots and initiators of every action, under each side's account.

Stored for the default reading, for every party of the declared sides, stated only and with
inferred. A change re-evaluates what descends from it, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.called import called
from domain.measures.answered import answered
from domain.measures.roles import role
from domain.measures.roots import Initiators, Root, RootNature, Standing, standings
from domain.reading import BasisOf, GrievancePolicy, Reading
from domain.worlds import World, default_panel, whole_account
from ledger.projections.dossiers import MEMBERS
from ledger.projections.effects import descendants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.history import History
    from ledger.projections.rows import Batch, Row, Views

NAME = "standings"


class Standings:
    """`DISPUTE/BASIS/ACCOUNT/ACTION` to where the action stands in that account's world.

    Rule: docs/semantics.md#roots
    """

    name = NAME

    def update(self, batch: Batch, views: Views) -> None:
        """Evaluate again what descends from a change, in every account of its dispute."""
        changed = dict(batch.actions)
        for dispute, position in batch.disputes.items():
            for key in views.keys(MEMBERS, f"{dispute}/"):
                changed.setdefault(key.partition("/")[2], position)
            self._drop_unheard(batch.history, dispute, position, views)
        self._drop_moved(batch, views)
        by_dispute: dict[str, dict[str, int]] = {}
        for action, position in descendants(views, changed).items():
            dossier = batch.history.dossiers.get(action)
            if dossier is not None:
                by_dispute.setdefault(dossier.action.dispute, {})[action] = position
        for dispute, actions in by_dispute.items():
            for world in worlds_of(batch.history, dispute):
                _evaluate(world, actions, views)

    def _drop_unheard(self, history: History, dispute: str, position: int, views: Views) -> None:
        """Take away the rows of accounts that are on the panel no more."""
        heard = {prefix_of(world) for world in worlds_of(history, dispute)}
        for key in views.keys(NAME, f"{dispute}/"):
            if not key.startswith(tuple(heard)):
                views.put(NAME, key, None, position)

    def _drop_moved(self, batch: Batch, views: Views) -> None:
        """Take away the rows of actions that another dispute holds now."""
        for action, position in batch.actions.items():
            before = batch.before[action]
            if before is None or before.action.dispute == _dispute(batch, action):
                continue
            for world in worlds_of(batch.history, before.action.dispute):
                views.put(NAME, prefix_of(world) + action, None, position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Evaluate every action in every account."""
        del sealed
        for dispute in sorted(history.disputes):
            for world in worlds_of(history, dispute):
                actions = [dossier.id for dossier in world.actions()]
                found = standings(world, actions)
                for action in actions:
                    yield prefix_of(world) + action, standing_row(world, action, found[action])


def _dispute(batch: Batch, action: str) -> str:
    return batch.history.dossiers[action].action.dispute


def worlds_of(history: History, dispute: str) -> Iterator[World]:
    """Go through the worlds whose standings are stored: each account on each basis."""
    for basis in BasisOf:
        reading = Reading(bases=(basis,))
        for account in default_panel(history, dispute):
            yield whole_account(history, dispute, account, reading)


def prefix_of(world: World) -> str:
    """Return what the keys of a world's rows begin with."""
    return f"{world.dispute}/{world.reading.bases[0]}/{world.name}/"


def _evaluate(world: World, actions: dict[str, int], views: Views) -> None:
    prefix = prefix_of(world)

    def known(action: str) -> Standing | None:
        stored = None if action in actions else views.get(NAME, prefix + action)
        return restored_standing(stored) if stored else None

    counting = [action for action in actions if world.dossier(action) is not None]
    found = standings(world, counting, known)
    for action, position in actions.items():
        standing = None if world.dossier(action) is None else found[action]
        row = standing_row(world, action, standing) if standing else None
        views.put(NAME, prefix + action, row, position)


def standing_row(world: World, action: str, standing: Standing) -> dict[str, object]:
    """Return where an action stands as plain data."""
    reached = answered(world, action)
    return {
        "role": role(world, action, reached),
        "hostile": called(world.history.dossiers[action], world.reading).is_hostile,
        "answered": sorted(str(node) for node in reached.members),
        "answers_more": reached.has_unknown,
        "roots": sorted([root.nature, root.name] for root in standing.roots),
        "initiators": {
            policy: {"sides": sorted(found.sides), "unknown": found.has_unknown}
            for policy, found in standing.initiators
        },
    }


def restored_standing(stored: dict[str, Any]) -> Standing:
    """Make roots and initiators again from plain data."""
    return Standing(
        frozenset(Root(RootNature(nature), name) for nature, name in stored["roots"]),
        tuple(
            (
                policy,
                Initiators(
                    frozenset(stored["initiators"][policy]["sides"]),
                    stored["initiators"][policy]["unknown"],
                ),
            )
            for policy in GrievancePolicy
        ),
    )
