"""Replay by two engines: the columns are held against the rows, over the whole history.

Columns and rows read the same log and share no measure. So before anything is compared, the columns
are shown to be what was written, and the log to be what they read; then every measure of every
whole account is worked out twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import VerificationError
from domain.history import HistoryFold
from ledger.columns.checking import SegmentSpoiledError
from ledger.columns.compare import first_difference_between_engines
from ledger.columns.faults import named_errors
from ledger.columns.folder import ANOTHER_LOG, open_columns
from ledger.columns.measures.coding import code_history
from ledger.known_at import require_reached
from ledger.log_order import LogOrder
from ledger.replay import ReplayDiffersError, shortened

if TYPE_CHECKING:
    from domain.history import History
    from ledger.columns.folder import Columns
    from ledger.facade import Ledger

AGAIN = "reciprocity replay --verify --engine columns"
ROWS = "reciprocity replay --verify"


class EnginesDifferError(VerificationError):
    """Columns and rows say something else of the same history."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two engines that agree: the one that answered, the one beside it, as known at a position.

    `disputes` are those that were measured; `events` the events whose digests were held against
    what the columns had read, so those that this run was the first to read are not among them.
    """

    engine: str
    against: str
    position: int
    disputes: int
    events: int


def verify_columns(ledger: Ledger, until: int | None = None) -> Compared:
    """Bring the columns up to the log, and hold them against the rows, as known at a position.

    A store in memory has its columns in a folder that is lent. Raises SegmentSpoiledError, after
    which the columns are made again from the log when they are next used; ReplayDiffersError with
    the first event that is not what the columns read; EnginesDifferError with the first key of
    which the engines say something else; PositionAheadError, and StoreUnavailableErrors where
    the columns cannot be written.

    Rule: docs/semantics.md#replay
    """
    last = ledger.application.position()
    stop = last if until is None else until
    require_reached(stop, last, f"{AGAIN} --until {last}")
    with open_columns(ledger.store) as columns, named_errors(columns.folder):
        _require_sound(columns)
        read_before = columns.position
        columns.catch_up(stop)
        _require_sound(columns)
        _require_unchanged(columns)
        history = _folded(ledger, stop)
        with columns.connection(until=stop) as connection:
            code_history(connection)
            found = first_difference_between_engines(connection, history)
    if found is not None:
        raise EnginesDifferError(
            "columns and rows do not agree",
            where=f"projection {found.projection}, key {found.key}, position {stop}",
            why=f"columns say {shortened(found.columns)}, rows say {shortened(found.rows)}",
            hint=f"{ROWS} tells whether the rows are what the history comes to",
        )
    disputes = {one.action.dispute for one in history.dossiers.values()} | {*history.disputes}
    return Compared("columns", "rows", stop, len(disputes), read_before)


def _require_sound(columns: Columns) -> None:
    """Refuse columns that are not what was written, or not of this log; they are thrown away.

    What was made from the log holds nothing that the log has not: there is nothing to save.
    """
    noticed = columns.noticed
    try:
        columns.verify()
    except SegmentSpoiledError as error:
        noticed = (error.why,)
    if not noticed:
        return
    columns.discard()
    if ANOTHER_LOG in noticed:
        raise ReplayDiffersError(
            "the log is not the one that the columns were made from; they were thrown away",
            where=str(columns.folder),
            why="its first event, or the last that they read, is not there or not what it was",
            hint=f"{ROWS} names the event if one was changed; {AGAIN} makes the columns again",
        )
    raise SegmentSpoiledError(
        "the columns are not what was written, and were thrown away",
        where=str(columns.folder),
        why=noticed[0],
        hint=f"{AGAIN} makes them again from the ledger",
    )


def _require_unchanged(columns: Columns) -> None:
    changed = columns.first_changed_event()
    if changed is not None:
        kept, again = shortened(changed.kept), shortened(changed.recomputed)
        raise ReplayDiffersError(
            f"event {changed.position} is not what was recorded",
            where=f"digests of the columns, position {changed.position}",
            why=f"the columns read {kept}, recomputed {again}",
            hint="keep this file, and compare it with a copy or an export that verifies",
        )


def _folded(ledger: Ledger, until: int) -> History:
    fold, order = HistoryFold(), LogOrder()
    for entry in ledger.entries(0, until) if until else ():
        order.see(entry)
        fold.add(entry)
    return fold.history()
