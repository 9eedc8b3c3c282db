"""Corrections as they are told: each field as it stood before, and as it is since."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.canonical import FrozenJson
from domain.dossiers import amended, opened
from domain.records.amendments import Corrected
from domain.records.base import Amendment, dump
from ledger.field_words import change_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.records.entry import Entry


class Change(NamedTuple):
    """One field that a correction changed; values in stored form, None where it has none."""

    field: str
    before: object
    after: object

    def words(self) -> str:
        """Return it in words: "quantity: 35 persons -> 36 persons"."""
        return change_words(*self)


def changes_made(entry: Entry, stream: Sequence[Entry]) -> tuple[Change, ...]:
    """Return what a correction changed; `stream` holds all entries about its action.

    Rule: docs/semantics.md#corrections
    """
    if not isinstance(entry.record, Corrected):
        return ()
    dossier = opened(stream[0])
    for earlier in stream[1:]:
        if earlier.version < entry.version and isinstance(earlier.record, Amendment):
            dossier = amended(dossier, earlier)
    stood = FrozenJson.of({"kind": dossier.action.kind, **dump(dossier.action)}).thaw()
    changes = entry.record.changes.thaw()
    return tuple(Change(field, stood.get(field), changes[field]) for field in sorted(changes))
