"""From dossiers to rows: the straightforward way, by the domain's own objects.

This is what the rows mean. The fast way of reading a long log must give the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.causes import ActionCause, Form, OutsideCause
from domain.records.accounts import Basis

if TYPE_CHECKING:
    from domain.causes import Cause, Said
    from domain.dates import UncertainDate
    from domain.dossiers import Dossier
    from domain.quantities import Quantity
    from domain.records.subjects import DisputeOpened, SidesChanged

Row = dict[str, Any]
Rows = dict[tuple[str, int], Row]
"""Table and `seq` to a row."""


def flatten(dossier: Dossier) -> Rows:
    """Return every row that an action has as its dossier stands, without `changed_at`."""
    whose = {"dispute": dossier.action.dispute, "position": dossier.position}
    rows: Rows = {("actions", 0): {**whose, **_action(dossier)}}
    for row in (*_own_words(dossier), *_attributions(dossier)):
        rows["options", row["seq"]] = {**whose, **row}
    for row in _characterisations(dossier):
        rows["called", row["seq"]] = {**whose, **row}
    return rows


@dataclass(frozen=True, slots=True)
class Changes:
    """What one entry does to the rows of its action: those that begin, those that end."""

    begun: tuple[tuple[str, Row], ...]
    ended: tuple[Row, ...]


class Unfolding:
    """The rows of one action from dossier to dossier, each written where it says something new."""

    def __init__(self) -> None:
        self._rows: Rows = {}
        self._since: dict[tuple[str, int], int] = {}

    def to(self, dossier: Dossier) -> Changes:
        """Return what changes with the entry that led to this dossier."""
        rows, now = flatten(dossier), dossier.changed_at
        ended = []
        for place, row in self._rows.items():
            if rows.get(place) != row:
                since = self._since.pop(place)
                ended.append(_ended(place, row, since, now))
        begun = []
        for place, row in rows.items():
            if place not in self._since:
                self._since[place] = now
                begun.append((place[0], {**row, "changed_at": now}))
        self._rows = rows
        return Changes(tuple(begun), tuple(ended))


def _ended(place: tuple[str, int], row: Row, since: int, at: int) -> Row:
    table, seq = place
    whose = {"dispute": row["dispute"], "in_table": table, "seq": seq}
    return {**whose, "changed_at": since, "ended_at": at}


def flatten_sides(stream: str, drawn: DisputeOpened | SidesChanged, position: int) -> Row:
    """Return the row of a dispute's sides as the record at this position draws them."""
    return {
        "dispute": stream.removeprefix("dispute:"),
        "changed_at": position,
        "sides": [{"name": side.name, "parties": list(side.parties)} for side in drawn.sides],
    }


def _action(dossier: Dossier) -> Row:
    action = dossier.action
    return {
        "action": action.id,
        "stands": dossier.stands,
        "kind": action.kind,
        "family": action.family_of.value,
        "rung": action.rung_of,
        "actors": list(action.actors),
        "targets": list(action.targets),
        **_days("occurred", action.occurred),
        **_days("public", action.made_public),
        **_days("effective", action.effective),
        **_counted(action.quantity),
        "cause_form": action.cause.form.value,
        "part_of": action.part_of,
        "executes": list(action.executes),
        "carries_out": list(action.carries_out),
        "same_as": list(action.same_as),
        "reverses": list(action.reverses),
        "organ": action.organ,
        "tags": list(action.tags),
    }


def _own_words(dossier: Dossier) -> list[Row]:
    """Return the actor's own causes under each acting party, unless it is silent."""
    said = dossier.action.cause
    if said.is_silent:
        return []
    return [
        {
            "seq": -place,
            "teller": party,
            "own": True,
            "inferred": False,
            **_days("stated_on", None),
            **_said(said),
        }
        for place, party in enumerate(dict.fromkeys(dossier.action.actors))
    ]


def _attributions(dossier: Dossier) -> list[Row]:
    return [
        {
            "seq": place,
            "teller": held.account,
            "own": False,
            "inferred": held.basis is Basis.INFERRED,
            **_days("stated_on", held.stated_on),
            **_said(held.causes),
        }
        for place, held in enumerate(dossier.attributions, start=1)
        if not held.causes.is_silent
    ]


def _characterisations(dossier: Dossier) -> list[Row]:
    return [
        {
            "seq": place,
            "teller": held.account,
            "inferred": held.basis is Basis.INFERRED,
            "kind": held.kind,
            **_counted(held.quantity),
            "denied": held.denied,
            **_days("stated_on", held.stated_on),
        }
        for place, held in enumerate(dossier.characterisations, start=1)
    ]


def _said(said: Said) -> Row:
    return {
        "unprovoked": said.form is Form.UNPROVOKED,
        "causes": [_cause(cause) for cause in said.causes],
    }


def _cause(cause: Cause) -> Row:
    if isinstance(cause, ActionCause):
        return {"nature": "action", "name": cause.action, "party": None}
    if isinstance(cause, OutsideCause):
        return {"nature": "outside", "name": cause.slug, "party": cause.party}
    return {"nature": "grievance", "name": cause.slug, "party": cause.blamed or None}


def _days(name: str, when: UncertainDate | None) -> Row:
    return {f"{name}_lo": when.lo if when else None, f"{name}_hi": when.hi if when else None}


def _counted(quantity: Quantity | None) -> Row:
    amount = quantity.value if quantity else None
    return {
        "quantity_lo": amount.lo if amount else None,
        "quantity_hi": amount.hi if amount else None,
        "quantity_unknown": amount.unknown_parts if amount else None,
        "unit": quantity.unit if quantity else None,
    }
