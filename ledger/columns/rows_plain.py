"""What the row engine says, as the same plain data as `ledger.columns.plain`.

Standings are what the stored projection holds; what is not stored is measured by the domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.measures.escalation import escalation
from domain.measures.replies import replies
from domain.measures.roots import standings
from domain.measures.tally import tally
from domain.roles import Role
from ledger.columns.plain import SIDE_FIELDS, Plain
from ledger.projections.standings import standing_row

if TYPE_CHECKING:
    from domain.amounts import Amount
    from domain.history import History
    from domain.measures.replies import Reply
    from domain.measures.tally import TallyLine
    from domain.measures.tally_cells import LineKey
    from domain.nets import Net
    from domain.reading import Reading
    from domain.worlds import World


def standing_rows(world: World) -> Plain:
    """Return where each action stands, by id."""
    actions = [dossier.id for dossier in world.actions()]
    found = standings(world, actions)
    return {action: standing_row(world, action, found[action]) for action in actions}


def escalation_rows(world: World) -> Plain:
    """Return the flags of each hostile action, by id."""
    rows: Plain = {}
    for dossier in world.actions():
        flags = escalation(world, dossier.id).flags
        if any(flag.value is not None for _, flag in flags):
            rows[dossier.id] = {
                "flags": {str(name): flag.value for name, flag in flags},
                "stepping_up": flags[-1][1].stepping_up,
                "against": list(flags[-1][1].against),
            }
    return rows


def reply_rows(world: World) -> Plain:
    """Return each reply, and each action that nobody answered, by id."""
    found = replies(world)
    rows: Plain = {it.action: _reply_row(it) for it in (*found.replies, *found.others)}
    for one in found.unanswered:
        rows[f"{one.action}/unanswered"] = "certain" if one.is_certain else "perhaps"
    return rows


def rate_rows(world: World) -> Plain:
    """Return how many replies each side gave, and of which kind."""
    return {
        one.side: {
            "responses": one.responses,
            "joinings": one.joinings,
            "undetermined": one.undetermined,
            "in_kind": [one.in_kind.yes, one.in_kind.no, one.in_kind.undetermined],
            "mirrored": [one.mirrored.yes, one.mirrored.no, one.mirrored.undetermined],
            "other_currency": [
                one.other_currency.yes,
                one.other_currency.no,
                one.other_currency.undetermined,
            ],
        }
        for one in replies(world).by_side
    }


def tally_rows(history: History, dispute: str, reading: Reading) -> Plain:
    """Return every line and total, by what it is about."""
    found = tally(history, dispute, reading)
    rows = {_name(line.key): _line_row(line) for line in (*found.lines, *found.totals)}
    sides = {
        f"{held.side}//{held.unit}": {name: _bounds(getattr(held, name)) for name in SIDE_FIELDS}
        for held in found.side_totals
    }
    packages = sorted({one.package for one in found.exceeded})
    return {**rows, **sides, "exceeded": packages, "unclassified": sorted(found.unclassified)}


def _name(key: LineKey) -> str:
    return f"{key.by}/{key.against}/{key.family}/{key.kind}/{key.unit}"


def _reply_row(reply: Reply) -> Plain:
    return {
        "role": "response" if reply.role is Role.RESPONSE else "joining",
        "hostile": reply.is_hostile,
        "in_kind": reply.in_kind,
        "mirrored": reply.mirrored,
        "other_currency": reply.other_currency,
        "lags": sorted(
            [it.member, None if it.lag is None else [it.lag.days_min, it.lag.days_max]]
            for it in reply.lags
        ),
    }


def _line_row(line: TallyLine) -> Plain:
    return {
        "actions": _bounds(line.actions),
        "imposed": _bounds(line.imposed),
        "suffered": _bounds(line.suffered),
        "net": _bounds(line.net),
        "reversed": _bounds(line.reversed),
        "outstanding": _bounds(line.outstanding),
        "in_force": None if line.in_force is None else str(line.in_force),
    }


def _bounds(amount: Amount | Net | None) -> list[int | None] | None:
    return None if amount is None else [amount.lo, amount.hi, amount.unknown_parts]
