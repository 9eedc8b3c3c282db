"""What is said where an id is taken by other content: the difference in words, and a way out."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from domain.errors import InputError
from domain.records.action import Action
from domain.records.base import dump
from domain.records.subjects import DisputeOpened
from ledger.field_words import assignments, value_words

if TYPE_CHECKING:
    from domain.records.base import Record


class ConflictError(InputError):
    """The id is taken by other content."""


def conflict(held: Record, given: Record) -> ConflictError:
    """Say in which fields a record differs from the one that has its id."""
    before = {"kind": held.stored_name, **dump(held)}
    after = {"kind": given.stored_name, **dump(given)}
    differing = [field for field in before | after if before.get(field) != after.get(field)]
    shown = "; ".join(
        f"{field}: recorded {value_words(field, before.get(field))}, "
        f"given {value_words(field, after.get(field))}"
        for field in differing
    )
    name = held.stream().partition(":")[2]
    return ConflictError(
        f"{name} is recorded already, with other content",
        where=held.stream(),
        why=shown,
        hint=_way_out(name, given, {field: after.get(field) for field in differing}),
    )


def _way_out(name: str, given: Record, changes: dict[str, object]) -> str:
    """Give the command that makes what is held what is given, or one that shows what is held."""
    if isinstance(given, Action):
        sets = " ".join(f"--set {shlex.quote(text)}" for text in assignments(changes))
        return (
            "choose another id, or mend what is recorded: "
            f"reciprocity correct {name} --reason WHY {sets}"
        )
    if isinstance(given, DisputeOpened):
        named = (f"{side.name}={','.join(side.parties)}" for side in given.sides)
        drawn = " ".join(f"--side {shlex.quote(text)}" for text in named)
        if changes.keys() == {"sides"} and drawn:
            return f"reciprocity dispute sides {name} {drawn}"
        return f"choose another id, or see what is recorded: reciprocity dispute show {name}"
    return "choose another id, or see what is recorded: reciprocity log"
