"""Words that cannot be causes: a link to words becomes the words' own causes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ledger.columns.measures.arrays import rows_of, starts_of
from ledger.columns.measures.ground import ACTION
from ledger.columns.measures.tables import NONE
from ledger.columns.measures.world import UNKNOWN, Causes

if TYPE_CHECKING:
    from ledger.columns.measures.arrays import Flags, Ints
    from ledger.columns.measures.world import ColumnWorld


def without_words(world: ColumnWorld, is_words: Flags) -> ColumnWorld:
    """Return the world in which every link to words leads on to what the words answer.

    Words whose causes are undetermined leave an unknown cause.

    Rule: docs/semantics.md#worlds
    """
    causes, nodes = world.causes, world.ground.nodes
    leads_on = (causes.nature == ACTION) & np.append(is_words, [False])[causes.cause]
    if not leads_on.any():
        return world
    first = starts_of(causes.node, nodes)
    kept = np.flatnonzero(~leads_on)
    found = [np.stack([causes.node[kept], kept])]
    lost: list[Ints] = []
    own = np.flatnonzero(is_words)
    seen = own * nodes + own
    waiting = np.unique(causes.node[leads_on] * nodes + causes.cause[leads_on])
    while len(waiting := np.setdiff1d(waiting, seen)):
        seen = np.union1d(seen, waiting)
        starts, words = waiting // nodes, waiting % nodes
        is_lost = world.is_undetermined[words]
        lost.append(waiting[is_lost])
        rows, places = rows_of(first, words)
        starts = starts[places]
        goes_on = leads_on[rows]
        found.append(np.stack([starts[~goes_on], rows[~goes_on]]))
        waiting = np.unique(starts[goes_on] * nodes + causes.cause[rows[goes_on]])
    node, row = np.concatenate(found, axis=1)
    lost_nodes = np.concatenate(lost) if lost else seen[:0]
    return replace(world, causes=_put_together(causes, node, row, lost_nodes, nodes))


def _put_together(causes: Causes, node: Ints, row: Ints, lost: Ints, nodes: int) -> Causes:
    """Order causes by node, each once; `lost` are nodes with words of which nothing is known."""
    blank = np.full(len(lost), NONE)
    together = Causes(
        node=np.concatenate([node, lost // max(nodes, 1)]),
        nature=np.concatenate([causes.nature[row], np.full(len(lost), UNKNOWN)]),
        cause=np.concatenate([causes.cause[row], lost % max(nodes, 1)]),
        ending=np.concatenate([causes.ending[row], blank]),
        sides=np.concatenate([causes.sides[row], np.zeros(len(lost), dtype=causes.sides.dtype)]),
    )
    names = np.stack([together.node, together.nature, together.cause, together.ending])
    _, first = np.unique(names, axis=1, return_index=True)
    return Causes(
        together.node[first],
        together.nature[first],
        together.cause[first],
        together.ending[first],
        together.sides[first],
    )
