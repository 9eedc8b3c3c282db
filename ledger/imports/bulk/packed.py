"""A row as it goes from a worker to the import: its records in stored form, and what they need.

Everything is text, bytes, numbers and tuples, so that `marshal` carries it between processes of one
interpreter, and in and out of the spool, faster than anything that keeps objects.
"""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.canonical import canonical_bytes
from domain.causes import ActionCause, OutsideCause
from domain.errors import LedgerError
from domain.kinds import kind
from domain.records.accounts import Attributed, Characterised
from domain.records.action import Action, check_unit
from domain.records.registry import dump_record, load_record
from ledger.imports.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.causes import Said
    from domain.records.base import Record


class PackedRecord(NamedTuple):
    """A record as it is stored: `<stored name>:<version>`, its stream, its canonical payload."""

    topic: str
    stream: str
    payload: bytes


class Needs(NamedTuple):
    """What a plain row brings and what the rules of appending ask of it, by name.

    `opens` is the action that it brings, "" if none; `dispute` is that action's. `parties` must be
    known, `answers` be actions that stand, `links` actions that are there, and what it `speaks_of`
    both stand and be there first.
    """

    opens: str
    dispute: str
    parties: tuple[str, ...]
    answers: tuple[str, ...]
    links: tuple[str, ...]
    speaks_of: tuple[str, ...]


class Packed(NamedTuple):
    """One row. `raw` is where it stands in its file, by offset and length, or the row itself.

    `needs` is None where the row is not plain: its rules must be looked up record by record.
    """

    line: int
    raw: tuple[int, int] | bytes
    records: tuple[PackedRecord, ...]
    needs: Needs | None
    error: bytes | None
    meant: str


PLAIN: Final = (Action, Attributed, Characterised)


def packed(row: Row, raw: tuple[int, int] | bytes) -> Packed:
    """Pack a row; everything in it is of exactly the types that `marshal` knows."""
    return Packed(
        row.line,
        raw,
        tuple(packed_record(record) for record in row.records),
        needs_of(row.records) if row.records else None,
        pickle.dumps(row.error) if row.error is not None else None,
        row.meant,
    )


def packed_record(record: Record) -> PackedRecord:
    """Return the stored form of a record."""
    return PackedRecord(
        f"{record.stored_name}:{record.stored_version}",
        record.stream(),
        canonical_bytes(dump_record(record)),
    )


def unpacked(given: Packed, file: str, unit: str, raw: bytes = b"") -> Row:
    """Return the row that was packed, with its bytes where these are needed."""
    records = tuple(unpacked_record(record) for record in given.records)
    # It was pickled by a worker of our own, a moment ago.
    error: LedgerError | None = pickle.loads(given.error) if given.error is not None else None  # noqa: S301
    return Row(file, given.line, raw, records, error=error, meant=given.meant, unit=unit)


def unpacked_record(given: PackedRecord) -> Record:
    """Return the record that was packed."""
    name, _, version = given.topic.rpartition(":")
    return load_record(name, int(version), json.loads(given.payload), given.stream)


def needs_of(records: tuple[Record, ...]) -> Needs | None:
    """Say what the rules ask of a plain row: an action with accounts of it, or accounts alone.

    It says in names what `ledger.rules` looks up record by record; None where that depends on what
    the ledger holds of an action.
    """
    if len(records) == 1 and isinstance(records[0], Action):
        return _needs_of_action(records[0])
    if not all(isinstance(record, PLAIN) for record in records):
        return None
    actions = [record for record in records if isinstance(record, Action)]
    if len(actions) > 1 or (actions and records[0] is not actions[0]):
        return None
    opens = actions[0].id if actions else ""
    parties: dict[str, None] = {}
    answers: dict[str, None] = {}
    links: dict[str, None] = {}
    speaks_of: dict[str, None] = {}
    for record in records:
        if isinstance(record, Action):
            parties |= dict.fromkeys((*record.actors, *record.targets))
            links |= dict.fromkeys(record.linked_ids())
            _add_said(record.cause, parties, answers)
            continue
        if isinstance(record, Attributed):
            _add_said(record.causes, parties, answers)
        elif not (isinstance(record, Characterised) and _is_counted_rightly(record)):
            return None
        speaks_of |= dict.fromkeys((record.action,))
        parties |= dict.fromkeys((record.account,) if ":" not in record.account else ())
    return Needs(
        opens,
        actions[0].dispute if actions else "",
        tuple(parties),
        _without(opens, answers),
        _without(opens, links),
        _without(opens, speaks_of),
    )


def _needs_of_action(action: Action) -> Needs:
    """Say the same of an action alone, as most rows are."""
    parties = dict.fromkeys((*action.actors, *action.targets))
    answers: dict[str, None] = {}
    _add_said(action.cause, parties, answers)
    answers.pop(action.id, None)
    links = _without(action.id, dict.fromkeys(action.linked_ids()))
    return Needs(action.id, action.dispute, tuple(parties), tuple(answers), links, ())


def _add_said(said: Said, parties: dict[str, None], answers: dict[str, None]) -> None:
    for cause in said.causes:
        if isinstance(cause, ActionCause):
            answers[cause.action] = None
        elif isinstance(cause, OutsideCause):
            parties[cause.party] = None
        elif cause.blamed:
            parties[cause.blamed] = None


def _is_counted_rightly(record: Characterised) -> bool:
    """Whether its unit fits, as far as that is the record's own affair."""
    if record.quantity is None:
        return True
    if record.kind is None:
        return False
    try:
        check_unit(kind(record.kind), record.quantity, "")
    except LedgerError:
        return False
    return True


def _without(opens: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name != opens)
