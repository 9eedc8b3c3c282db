"""Effects: which actions name an action, so that a change reaches what descends from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.causes import ActionCause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.dossiers import Dossier
    from domain.history import History
    from ledger.projections.rows import Batch, Row, Views

NAME = "effects"


class Effects:
    """`CAUSE/EFFECT` to how it is named: as a cause by some account, or by a link.

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
                views.put(NAME, f"{other}/{action}", how, position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Return every naming of the fold."""
        del sealed
        for dossier in history.dossiers.values():
            for other, how in named_by(dossier).items():
                yield f"{other}/{dossier.id}", how


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


def named_in(views: Views, action: str, how: str) -> tuple[str, ...]:
    """Return the actions that name this one in this way."""
    prefix = f"{action}/"
    return tuple(
        key.removeprefix(prefix) for key in views.keys(NAME, prefix) if how in views.get(NAME, key)
    )
