"""Effects: which actions name an action, so that a change reaches what descends from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.causes import ActionCause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from domain.dossiers import Dossier
    from domain.history import History
    from ledger.projections.rows import Batch, Row, Views

NAME = "effects"


class Effects:
    """`CAUSE/EFFECT` to how it is named: as a cause by some account, or by a link; and by what.

    Of the action that names it: its dispute, and whether it is a joint act.

    Rule: docs/semantics.md#links
    """

    name = NAME

    def update(self, batch: Batch, views: Views) -> None:
        """Replace what the changed actions name."""
        for action, position in batch.actions.items():
            before = batch.before[action]
            named = named_by(before) if before is not None else {}
            now = named_by(batch.history.dossiers[action])
            for other in named.keys() - now.keys():
                views.put(NAME, f"{other}/{action}", None, position)
            for other, how in now.items():
                row = naming_row(batch.history.dossiers[action], how)
                views.put(NAME, f"{other}/{action}", row, position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Return every naming of the fold."""
        del sealed
        for dossier in history.dossiers.values():
            for other, how in named_by(dossier).items():
                yield f"{other}/{dossier.id}", naming_row(dossier, how)


def naming_row(dossier: Dossier, how: list[str]) -> dict[str, object]:
    """Return the row that says how an action names another one."""
    action = dossier.action
    return {"how": how, "dispute": action.dispute, "joint": len(action.actors) > 1}


def named_by(dossier: Dossier) -> dict[str, list[str]]:
    """Return the actions that a dossier names, each with how; accounts in force only."""
    found: dict[str, set[str]] = {}
    for said in (dossier.action.cause, *(held.causes for held in dossier.attributions)):
        for cause in said.causes:
            if isinstance(cause, ActionCause):
                found.setdefault(cause.action, set()).add("cause")
    action = dossier.action
    links = {
        "part_of": (action.part_of,) if action.part_of else (),
        "executes": action.executes,
        "carries_out": action.carries_out,
        "same_as": action.same_as,
        "reverses": action.reverses,
    }
    for how, linked in links.items():
        for other in linked:
            found.setdefault(other, set()).add(how)
    return {other: sorted(how) for other, how in sorted(found.items())}


def descendants(views: Views, changed: Mapping[str, int], how: str = "cause") -> dict[str, int]:
    """Return the changed actions and all that descend from them by this way of naming.

    Each with the position of the change that reaches it.
    """
    found = dict(changed)
    waiting = list(changed)
    while waiting:
        cause = waiting.pop()
        for effect in named_in(views, cause, how):
            if found.get(effect, 0) < found[cause]:
                found[effect] = found[cause]
                waiting.append(effect)
    return found


@dataclass(frozen=True, slots=True)
class Descent:
    """What descends from a change by anybody's account, in an order that serves every account.

    `order` has causes before effects; `rest` is what may go in a round, and what descends from
    that. `disputes` are those of the effects; `has_joint` says that a joint act is among these.
    """

    order: tuple[str, ...]
    rest: tuple[str, ...]
    effects: Mapping[str, tuple[str, ...]]
    disputes: frozenset[str]
    has_joint: bool


def descent(views: Views, reached: Collection[str]) -> Descent:
    """Put actions with all that descends from them in order. Linear in namings."""
    effects: dict[str, tuple[str, ...]] = {}
    rows: list[Any] = []
    for name in reached:
        namings = _namings(views, name, "cause")
        effects[name] = tuple(namings)
        rows += namings.values()
    open_causes = dict.fromkeys(reached, 0)
    for named in effects.values():
        for effect in named:
            open_causes[effect] += 1
    order = [name for name in reached if not open_causes[name]]
    for name in order:
        for effect in effects[name]:
            open_causes[effect] -= 1
            if not open_causes[effect]:
                order.append(effect)
    done = set(order)
    rest = tuple(name for name in reached if name not in done)
    return Descent(
        tuple(order),
        rest,
        effects,
        disputes=frozenset(row["dispute"] for row in rows),
        has_joint=any(row["joint"] for row in rows),
    )


def named_in(views: Views, action: str, how: str) -> tuple[str, ...]:
    """Return the actions that name this one in this way."""
    return tuple(_namings(views, action, how))


def _namings(views: Views, action: str, how: str) -> dict[str, Any]:
    prefix = f"{action}/"
    rows = ((key, views.get(NAME, key)) for key in views.keys(NAME, prefix))
    return {key.removeprefix(prefix): row for key, row in rows if how in row["how"]}
