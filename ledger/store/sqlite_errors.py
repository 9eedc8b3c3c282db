"""From what SQLite says to what a reader can act on: one table of result codes.

Source: https://www.sqlite.org/rescode.html. Two stay what the library calls them: a broken
constraint, because a duplicate (stream, version) is how a lost race shows, and a wrong use of the
engine, because that is a fault of this program and not of the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from eventsourcing.persistence import IntegrityError, ProgrammingError

from domain.errors import LedgerError
from ledger.store.engine import sqlite
from ledger.store.errors import (
    DiskFullError,
    NotALedgerError,
    ReadOnlyStoreError,
    RecordNotStorableError,
    StoreDamagedError,
    StoreFailedError,
    StoreLockedError,
)

DOCTOR: Final = "reciprocity doctor"


class Meaning(NamedTuple):
    """What one result code means to the user."""

    error: type[LedgerError]
    what: str
    hint: str


LOCKED: Final = Meaning(
    StoreLockedError,
    "the ledger is locked by another writer",
    "wait for it to finish, then run the same command again; see `reciprocity doctor`",
)
FULL: Final = Meaning(
    DiskFullError,
    "the disk is full: nothing of this step was kept",
    "make room, then run the same command again; see `reciprocity doctor`",
)
READ_ONLY: Final = Meaning(ReadOnlyStoreError, "the ledger cannot be written", DOCTOR)
NOT_A_LEDGER: Final = Meaning(
    NotALedgerError,
    "this is not a ledger",
    "name another with --store, or make one: `reciprocity init --store reciprocity.db`",
)
DAMAGED: Final = Meaning(
    StoreDamagedError,
    "the ledger's file is damaged",
    "keep the file, take up a copy, and compare: `reciprocity replay --verify`",
)
FAILED: Final = Meaning(StoreFailedError, "the system refused to read or write the ledger", DOCTOR)
TOO_BIG: Final = Meaning(
    RecordNotStorableError, "the record is too big to be stored", "reciprocity add --help"
)

MEANINGS: Final[dict[int, Meaning]] = {
    sqlite.SQLITE_BUSY: LOCKED,
    sqlite.SQLITE_LOCKED: LOCKED,
    sqlite.SQLITE_FULL: FULL,
    sqlite.SQLITE_READONLY: READ_ONLY,
    sqlite.SQLITE_NOTADB: NOT_A_LEDGER,
    sqlite.SQLITE_CORRUPT: DAMAGED,
    sqlite.SQLITE_TOOBIG: TOO_BIG,
}

# Faults that carry no result code of their own, or only the general one.
BY_TEXT: Final[tuple[tuple[str, Meaning], ...]] = (
    ("no such table", DAMAGED),
    ("no such column", DAMAGED),
    ("Could not decode to UTF-8", DAMAGED),
)


def named(error: sqlite.Error, where: str) -> Exception:
    """Return the named error that stands for an error of the engine."""
    if isinstance(error, sqlite.IntegrityError):
        return IntegrityError(error)
    if isinstance(error, sqlite.ProgrammingError):
        return ProgrammingError(error)
    # The low byte is the primary code; the rest says more exactly what happened.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    meaning = MEANINGS.get(code)
    if meaning is None:
        meaning = next((found for text, found in BY_TEXT if text in str(error)), FAILED)
    return meaning.error(meaning.what, where=where, why=f"SQLite: {error}", hint=meaning.hint)


@contextmanager
def named_errors(where: str) -> Iterator[None]:
    """Let no error of the engine out without its name."""
    try:
        yield
    except sqlite.Error as error:
        raise named(error, where) from error
