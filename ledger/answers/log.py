"""The log: what was recorded, when and by whom, in the order of the ledger."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from domain.claims.claim import ClaimRecorded
from domain.errors import InputError, require
from domain.nearest import did_you_mean
from domain.quoting import quoted
from domain.records.action import Action
from domain.records.amendments import Corrected
from domain.records.registry import RECORDS
from domain.records.stocks import StockObserved
from ledger.answers.corrections import changes_made
from ledger.answers.words import record_line
from ledger.asking import UnknownAccountError, unknown_action
from ledger.lookups import action_ids
from ledger.projections.dossiers import DOSSIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from domain.records.base import Record
    from domain.records.entry import Entry
    from ledger.facade import Ledger


CHANGE_MAX: Final = 160
"""So many characters are told of one changed field in the log; `show` tells all."""


class UnknownTypeError(InputError):
    """No record has this stored name, and no stored name begins with it."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry: where it stands, when and by whom it was recorded, what it is, in one line."""

    position: int
    recorded_at: datetime
    recorded_by: str
    type: str
    id: str
    line: str


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries are asked for; None asks for all.

    `action` is an id; `account` a teller, whose own actions count as its words; `type` a stored
    name or the beginning of one up to a dot (`action`); `since` a position that is left out;
    `limit` so many: the next after `since`, or else the last.
    """

    action: str | None = None
    account: str | None = None
    type: str | None = None
    since: int | None = None
    limit: int | None = None


def log_rows(ledger: Ledger, wanted: LogFilter) -> tuple[LogRow, ...]:
    """Return the entries that are asked for, in order of position.

    Of one action only the part of the log is read in which it was spoken of.

    Raises UnknownTypeError, UnknownActionError, UnknownAccountError.
    """
    last = ledger.application.position()
    wanted = replace(wanted, since=_at_most(wanted.since, last), limit=_at_most(wanted.limit, last))
    _check_type(wanted.type)
    found = (entry for entry in _entries(ledger, wanted) if _is_wanted(entry.record, wanted))
    chosen: Iterable[Entry] = found
    if wanted.limit is not None:
        is_onward = wanted.since is not None
        chosen = islice(found, wanted.limit) if is_onward else deque(found, wanted.limit)
    rows = tuple(_row(ledger, entry) for entry in chosen)
    if not rows and wanted.account is not None:
        _check_account(ledger, wanted.account)
    return rows


def _at_most(number: int | None, last: int) -> int | None:
    """No ledger is so long that a larger number would mean anything else."""
    return None if number is None else min(number, last)


def _entries(ledger: Ledger, wanted: LogFilter) -> Iterator[Entry]:
    since = wanted.since or 0
    if wanted.action is None:
        return ledger.entries(since)
    stored = ledger.views().get(DOSSIERS, wanted.action)
    if stored is None:
        raise unknown_action(wanted.action, action_ids(ledger))
    dossier = json.loads(stored)
    first = max(since, dossier["position"] - 1)
    found = ledger.entries(first, dossier["changed_at"]) if first < dossier["changed_at"] else ()
    return (entry for entry in found if entry.stream == f"action:{wanted.action}")


def _is_wanted(record: Record, wanted: LogFilter) -> bool:
    name = record.stored_name
    is_of_type = wanted.type is None or name == wanted.type or name.startswith(f"{wanted.type}.")
    return is_of_type and (wanted.account is None or wanted.account in tellers_of(record))


def tellers_of(record: Record) -> tuple[str, ...]:
    """Return whose words a record holds: an action is its actors' own account."""
    if isinstance(record, Action):
        return record.actors
    if isinstance(record, StockObserved):
        return (record.teller,)
    if isinstance(record, ClaimRecorded):
        return () if record.side is None else (record.side,)
    account = getattr(record, "account", None)
    return () if account is None else (account,)


def _check_type(name: str | None) -> None:
    known = set(RECORDS) | {stored.partition(".")[0] for stored in RECORDS}
    require(
        name is None or name in known,
        UnknownTypeError(
            f"no record is of type {quoted(name or '')}",
            where="--type",
            why=did_you_mean(name or "", known) or f"the types are {', '.join(sorted(known))}",
            hint="reciprocity log --type action",
        ),
    )


def _check_account(ledger: Ledger, account: str) -> None:
    """Say that an account is unknown where no entry at all holds its words."""
    known = {teller for entry in ledger.entries() for teller in tellers_of(entry.record)}
    require(
        account in known,
        UnknownAccountError(
            f"no record holds words or acts of {quoted(account)}",
            where="--account",
            why=did_you_mean(account, known) or f"the accounts are {', '.join(sorted(known))}",
            hint="reciprocity log --type attributed",
        ),
    )


def _row(ledger: Ledger, entry: Entry) -> LogRow:
    line = record_line(entry.record)
    if isinstance(entry.record, Corrected):
        changes = changes_made(entry, ledger.application.stream(entry.stream))
        words = "; ".join(_clipped(change.words()) for change in changes)
        line = f"corrects {words} ({entry.record.reason})"
    return LogRow(
        position=entry.position,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        type=entry.record.stored_name,
        id=entry.stream.partition(":")[2],
        line=line,
    )


def _clipped(words: str) -> str:
    return words if len(words) <= CHANGE_MAX else f"{words[:CHANGE_MAX]}..."
