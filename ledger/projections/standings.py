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
from ledger.projections.effects import descendants, descent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.history import History
    from ledger.projections.effects import Descent
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
        reached = descendants(views, changed)
        if _only_words_changed(batch):
            steps = descent(views, reached)
            if not steps.has_joint:
                _follow(batch, reached, steps, views)
                return
        for dispute, actions in _by_dispute(batch.history, reached).items():
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


def _by_dispute(history: History, actions: dict[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for action, position in actions.items():
        dossier = history.dossiers.get(action)
        if dossier is not None:
            found.setdefault(dossier.action.dispute, {})[action] = position
    return found


def _only_words_changed(batch: Batch) -> bool:
    """Whether nothing changed but what is said of the causes of actions that stay as they were."""
    return not batch.disputes and all(
        before is not None
        and before.stands is batch.history.dossiers[action].stands
        and before.action == batch.history.dossiers[action].action
        for action, before in batch.before.items()
    )


def _follow(batch: Batch, reached: dict[str, int], steps: Descent, views: Views) -> None:
    """Go down from changed words, causes first, and no further than where standings change.

    An action stands where its own words, and where its direct causes stand, put it. What is not in
    that is the same while nothing changed but words: who acted, when, and against whom. Of a joint
    act it is not so, for it looks through steps of each of its sides; so there must be none.
    """
    own = {batch.history.dossiers[action].action.dispute for action in batch.actions}
    together = _by_dispute(batch.history, {name: reached[name] for name in steps.rest})
    for dispute in sorted(steps.disputes | own):
        for world in worlds_of(batch.history, dispute):
            touched = set(batch.actions)
            for action in steps.order:
                if action in touched and _moves(world, action, reached[action], views):
                    touched.update(steps.effects[action])
            _evaluate(world, together.get(dispute, {}), views)


def _moves(world: World, action: str, position: int, views: Views) -> bool:
    """Evaluate an action again; say whether it stands elsewhere now.

    That is not known of an action of another dispute, which has no row in this world.
    """
    key = prefix_of(world) + action
    before = views.get(NAME, key)
    if before is None:
        return True
    _evaluate(world, {action: position}, views)
    return bool(views.get(NAME, key) != before)


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
