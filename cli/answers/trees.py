"""Branches of a tree, drawn from the depths of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST = "└─ "
NEXT = "├─ "
PASSING = "│  "
NOTHING = "   "


def branches(depths: Sequence[int]) -> tuple[str, ...]:
    """Return what stands before each line; a line of depth 0 is a root and has nothing before it.

    `depths` are those of a tree walked from its root, each line right below its parent's.
    """
    drawn: list[str] = []
    goes_on: set[int] = set()
    for depth in reversed(depths):
        before = "".join(PASSING if level in goes_on else NOTHING for level in range(1, depth))
        own = (NEXT if depth in goes_on else LAST) if depth else ""
        drawn.append(before + own)
        goes_on = {level for level in goes_on if level < depth} | {depth}
    return tuple(reversed(drawn))
