"""A history that comes back as it was: every line with its stamp, in its order, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import InputError, UsageError, require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.records.entry import Entry
    from ledger.facade import Ledger
    from ledger.imports.files import Incoming
    from ledger.imports.rows import Row


class RestoreUsageError(UsageError):
    """What was asked for is no restoring of a history."""


class NotRestorableError(InputError):
    """A file does not hold a whole history with its stamps."""


class LedgerNotEmptyError(InputError):
    """The ledger holds something else than the beginning of the history that is restored."""


def require_restorable(ledger: Ledger, files: tuple[Incoming, ...]) -> None:
    """Refuse, before anything is written, what is not one whole history for an empty ledger.

    Raises RestoreUsageError, NotRestorableError, LedgerNotEmptyError.
    """
    require(
        len(files) == 1 and files[0].importer.name == "jsonl",
        RestoreUsageError(
            "--restore takes one JSONL file",
            where=", ".join(str(file.path) for file in files),
            why="only the loss-free form keeps when, by whom and with which salt was recorded",
            hint="reciprocity export --to jsonl -o history.jsonl",
        ),
    )
    for _ in not_held(ledger, stamped(files[0].rows())):
        pass


def stamped(rows: Iterator[Row]) -> Iterator[Row]:
    """Go through the rows; raise NotRestorableError at the first that cannot stand as it was."""
    last = None
    for row in rows:
        if row.error is not None:
            raise _not_restorable(row, row.error.what, row.error.why)
        if row.stamp is None:
            raise _not_restorable(
                row, "the line has no stamp", "it lacks recorded_at, recorded_by or salt"
            )
        if last is not None and row.stamp.recorded_at < last:
            raise _not_restorable(
                row,
                "the line was recorded before the one above it",
                "recorded_at never decreases in a ledger",
            )
        last = row.stamp.recorded_at
        yield row


def not_held(ledger: Ledger, rows: Iterator[Row]) -> Iterator[Row | None]:
    """Go through the rows; None for each that an interrupted restoring has brought already.

    Raises LedgerNotEmptyError where the ledger holds anything else.
    """
    held = ledger.entries()
    for row in rows:
        entry = next(held, None)
        if entry is None:
            yield row
            continue
        require(_is_of(entry, row), _not_empty(f"position {entry.position} is not {row.place}"))
        yield None
    require(next(held, None) is None, _not_empty("it holds more than the file"))


def not_taken(row: Row, why: str) -> NotRestorableError:
    """Say that a line cannot be appended after all."""
    return _not_restorable(row, "the line cannot be appended", why)


def _is_of(entry: Entry, row: Row) -> bool:
    stamp = row.stamp
    return (
        stamp is not None
        and row.records == (entry.record,)
        and (stamp.recorded_at, stamp.recorded_by, stamp.salt)
        == (entry.recorded_at, entry.recorded_by, entry.salt)
    )


def _not_restorable(row: Row, what: str, why: str) -> NotRestorableError:
    return NotRestorableError(
        f"this history cannot be restored: {what}",
        where=row.place,
        why=why,
        hint="import it without --restore: reciprocity import FILE takes what can be taken",
    )


def _not_empty(why: str) -> LedgerNotEmptyError:
    return LedgerNotEmptyError(
        "only an empty ledger can be restored",
        why=why,
        hint="reciprocity init --store restored.db, then: reciprocity import --restore FILE "
        "--store restored.db",
    )
