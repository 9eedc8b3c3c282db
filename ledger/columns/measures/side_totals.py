"""Side totals: what each declared side comes to over all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.columns.measures.tables import FLOWS, UNIT_NAMES
from ledger.columns.measures.tally_lines import ALL, Bounds, Key, Line, SideSum, net_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def side_totals(
    lines: Mapping[Key, Line], declared: frozenset[str]
) -> dict[tuple[str, str], SideSum]:
    """Add up a declared side's pairs with other declared sides, by side and unit.

    Rule: docs/semantics.md#tally
    """
    held: dict[tuple[str, str], list[Line]] = {}
    for key, line in lines.items():
        adds_up = bool(key.unit) and FLOWS[UNIT_NAMES.index(key.unit)]
        is_between = key.by != key.against and {key.by, key.against} <= declared
        if key.family == ALL and adds_up and is_between:
            held.setdefault((key.by, key.unit), []).append(line)
    return {place: _summed(found) for place, found in held.items()}


def _summed(lines: Iterable[Line]) -> SideSum:
    listed = list(lines)
    imposed = _total(line.imposed for line in listed)
    suffered = _total(line.suffered for line in listed)
    return SideSum(
        imposed=imposed,
        suffered=suffered,
        net=net_of(imposed, suffered),
        reversed=_total(line.reversed for line in listed),
        outstanding=_total(line.outstanding for line in listed),
    )


def _total(amounts: Iterable[Bounds | None]) -> Bounds:
    listed = [amount for amount in amounts if amount is not None]
    bounds = [amount.hi for amount in listed if amount.hi is not None]
    return Bounds(
        sum(amount.lo for amount in listed),
        sum(bounds) if len(bounds) == len(listed) else None,
        sum(amount.unknown for amount in listed),
    )
