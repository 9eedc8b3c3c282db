"""Links between actions, followed: which row stands for an act, and which packages are around it.

No link is ever a cause; they only keep one act from being counted twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.history import History


def packages_around(history: History, name: str, part_of: str | None) -> Iterator[str]:
    """Go through the packages that hold an action, the innermost first.

    A package recorded twice (`same_as`) is one package. Links that run in a circle are cut at the
    smallest id, so that no package is inside itself.
    """
    path = [name]
    step = _package(history, part_of)
    while step is not None and step not in path:
        path.append(step)
        step = _package(history, history.dossiers[step].action.part_of)
    if step is not None:
        circle = path[path.index(step) :]
        path = path[: path.index(min(circle)) + 1]
    yield from path[1:]


def act_recorded(history: History, name: str) -> str:
    """Return the one row that stands for an act: itself, or the row that it is the same as.

    Links to rows that do not stand are passed over; of rows that name each other the smallest id
    stands for all.

    Rule: docs/semantics.md#links
    """
    path = [name]
    while True:
        held = history.dossiers[path[-1]].action.same_as
        step = next((other for other in held if history.standing(other) is not None), None)
        if step is None:
            return path[-1]
        if step in path:
            return min(path[path.index(step) :])
        path.append(step)


def _package(history: History, part_of: str | None) -> str | None:
    """Return the package that a link names, by the row that stands for it; None: none stands."""
    if part_of is None or history.standing(part_of) is None:
        return None
    return act_recorded(history, part_of)
