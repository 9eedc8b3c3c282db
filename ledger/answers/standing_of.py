"""Roots and initiators: read from the stored standings where they answer, else computed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from domain.measures.roots import standings
from domain.reading import Reading
from domain.worlds import default_panel
from ledger.projections.standings import NAME, prefix_of, restored_standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.measures.roots import Standing
    from domain.worlds import World
    from ledger.asking import Asked
    from ledger.facade import Ledger

OF_NO_ACCOUNT = (
    "dispute",
    "accounts",
    "bases",
    "grievances",
    "initiator",
    "flags",
    "k",
    "date_basis",
    "membership",
    "period",
    "families",
)
"""Fields of a reading that change what is selected or printed, and no account's causes."""


def standings_asked(
    ledger: Ledger, asked: Asked, world: World, actions: Sequence[str]
) -> Mapping[str, Standing]:
    """Return where each of the actions stands in the world.

    The stored rows are of the latest state, so they answer only where the views stand at the
    position that was asked about, and a row for every action is there.

    Rule: docs/semantics.md#roots
    """
    found = _stored(ledger, asked, world, actions) if is_stored(asked, world) else None
    return standings(world, actions) if found is None else found


def is_stored(asked: Asked, world: World) -> bool:
    """Whether the standings of a world are kept: a side's own party, in the standard reading."""
    standard = Reading()
    plain = asked.reading.model_copy(
        update={name: getattr(standard, name) for name in OF_NO_ACCOUNT}
    )
    return plain == standard and world.name in default_panel(asked.history, asked.dispute)


def _stored(
    ledger: Ledger, asked: Asked, world: World, actions: Sequence[str]
) -> dict[str, Standing] | None:
    views = ledger.views()
    if views.position() != asked.position:
        return None
    prefix = prefix_of(world)
    found = views.get_many(NAME, [prefix + action for action in actions])
    if len(found) < len(actions) or views.position() != asked.position:
        return None
    return {
        key.removeprefix(prefix): restored_standing(json.loads(text)) for key, text in found.items()
    }
