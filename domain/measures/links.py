"""Links between actions, followed: which row stands for an act, and which packages are around it.

No link is ever a cause; they only keep one act from being counted twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.history import History


def package_links(history: History, parts: Mapping[str, str | None]) -> dict[str, str]:
    """Return the package that directly holds each action, and each package around one.

    `parts` are ids with the package that each names. A package recorded twice (`same_as`) is one
    package. Links that run in a circle are cut at the smallest id, so that no package is inside
    itself. Linear in links.

    Rule: docs/semantics.md#links
    """
    found: dict[str, str | None] = {}
    for name in parts:
        path: dict[str, str | None] = {}
        step: str | None = name
        while step is not None and step not in found and step not in path:
            named = parts[step] if step in parts else history.dossiers[step].action.part_of
            path[step] = _package(history, named)
            step = path[step]
        if step is not None and step in path:
            walked = list(path)
            path[min(walked[walked.index(step) :])] = None
        found.update(path)
    return {name: package for name, package in found.items() if package is not None}


def packages_around(history: History, name: str, part_of: str | None) -> Iterator[str]:
    """Go through the packages that hold an action, the innermost first."""
    links = package_links(history, {name: part_of})
    step = links.get(name)
    while step is not None:
        yield step
        step = links.get(step)


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
