"""From what PostgreSQL says to what a reader can act on: one table of SQLSTATEs.

Source: https://www.postgresql.org/docs/current/errcodes-appendix.html. A duplicate (stream,
version) stays the library's IntegrityError, because that is how a lost race shows. While a
connection is being made the driver knows no SQLSTATE, and the text of the server decides; a server
that speaks another language than English gets the general name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

import psycopg
from eventsourcing.persistence import IntegrityError, ProgrammingError

from domain.errors import LedgerError
from ledger.store.addresses import ServerAddress
from ledger.store.errors import (
    DatabaseMissingError,
    DiskFullError,
    ReadOnlyStoreError,
    RecordNotStorableError,
    RoleRefusedError,
    ServerLostError,
    ServerNotReadyError,
    ServerUnreachableError,
    StoreAddressError,
    StoreDamagedError,
    StoreFailedError,
    StoreLockedError,
)

DOCTOR: Final = "reciprocity doctor"
AGAIN: Final = "run the same command again; see `reciprocity doctor`"


class Meaning(NamedTuple):
    """What one SQLSTATE, class of SQLSTATEs or text means to the user."""

    error: type[LedgerError]
    what: str
    hint: str = DOCTOR


LOCKED: Final = Meaning(
    StoreLockedError,
    "the ledger is locked by another writer",
    "wait for it to finish, then run the same command again; see `reciprocity doctor`",
)
LOST: Final = Meaning(ServerLostError, "the database server was lost", AGAIN)
NOT_READY: Final = Meaning(
    ServerNotReadyError, "the database server takes no connection just now", AGAIN
)
UNREACHABLE: Final = Meaning(
    ServerUnreachableError,
    "the database server cannot be reached",
    "see that it runs, and that host and port are right; then `reciprocity doctor`",
)
REFUSED: Final = Meaning(
    RoleRefusedError,
    "the database server does not let this role in",
    "give the password in the address, PGPASSWORD or ~/.pgpass; then `reciprocity doctor`",
)
NO_RIGHT: Final = Meaning(
    RoleRefusedError,
    "this role may not do that in the database",
    "ask the owner for the rights that docs/postgresql.md lists; then `reciprocity doctor`",
)
MALFORMED: Final = Meaning(
    StoreAddressError, "the address of the store says something that the driver does not know"
)
MISSING: Final = Meaning(
    DatabaseMissingError,
    "the server has no such database",
    "make it with `createdb`, then the ledger with `reciprocity init`",
)
FULL: Final = Meaning(
    DiskFullError,
    "the server's disk is full: nothing of this step was kept",
    "make room, then run the same command again; see `reciprocity doctor`",
)
READ_ONLY: Final = Meaning(
    ReadOnlyStoreError,
    "the ledger cannot be written",
    "name the primary server with --store, then `reciprocity doctor`",
)
DAMAGED: Final = Meaning(
    StoreDamagedError,
    "the ledger's tables are damaged",
    "keep the database, take up a copy, and compare: `reciprocity replay --verify`",
)
TOO_BIG: Final = Meaning(
    RecordNotStorableError, "the record cannot be stored", "reciprocity add --help"
)
FAILED: Final = Meaning(StoreFailedError, "the database server refused to read or write the ledger")

MEANINGS: Final[dict[str, Meaning]] = {
    "08": LOST,
    "22": TOO_BIG,
    "25006": READ_ONLY,
    "25P03": LOST,
    "28": REFUSED,
    "3D000": MISSING,
    "40001": NOT_READY,
    "40P01": LOCKED,
    "42501": NO_RIGHT,
    "42703": DAMAGED,
    "42P01": DAMAGED,
    "53100": FULL,
    "53300": NOT_READY,
    "54": TOO_BIG,
    "55P03": LOCKED,
    "57P": LOST,
    "57P03": NOT_READY,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""The longest beginning of a SQLSTATE that is listed decides."""

BY_TEXT: Final[tuple[tuple[str, Meaning], ...]] = (
    ("the database system is ", NOT_READY),
    ("too many clients", NOT_READY),
    ("too many connections", NOT_READY),
    ("remaining connection slots", NOT_READY),
    ("terminating connection", NOT_READY),
    ("authentication failed", REFUSED),
    ("no pg_hba.conf entry", REFUSED),
    ("no password supplied", REFUSED),
    ("is not permitted to log in", REFUSED),
    ("permission denied for database", REFUSED),
    ("does not exist", MISSING),
)
NO_ROLE: Final = 'FATAL:  role "'


def named(error: psycopg.Error, address: ServerAddress, *, is_lost: bool = False) -> Exception:
    """Return the named error that stands for an error of the driver on an open connection.

    `is_lost` says that the connection is of no use any more.
    """
    if isinstance(error, psycopg.IntegrityError):
        return IntegrityError(address.scrubbed(str(error)))
    state = error.sqlstate or ""
    found = (MEANINGS.get(state[:length]) for length in (5, 3, 2))
    meaning = next((one for one in found if one), None)
    if meaning is None and isinstance(error, psycopg.DataError):
        meaning = TOO_BIG
    if meaning in {None, FAILED, NOT_READY} and is_lost:
        meaning = LOST
    if meaning is None and isinstance(error, psycopg.ProgrammingError):
        return ProgrammingError(address.scrubbed(str(error)))
    return _told(meaning or FAILED, error, address)


def refused(error: psycopg.Error, address: ServerAddress) -> LedgerError:
    """Return the named error that says why no connection could be made."""
    text = str(error)
    if isinstance(error, psycopg.ProgrammingError):
        return _told(MALFORMED, error, address)
    if NO_ROLE in text:
        return _told(REFUSED, error, address)
    meaning = next((found for part, found in BY_TEXT if part in text), UNREACHABLE)
    return _told(meaning, error, address)


def _told(meaning: Meaning, error: psycopg.Error, address: ServerAddress) -> LedgerError:
    said = " ".join(address.scrubbed(str(error)).split())
    return meaning.error(
        meaning.what, where=address.public, why=f"PostgreSQL: {said}", hint=meaning.hint
    )


@contextmanager
def named_errors(connection: psycopg.Connection, address: ServerAddress) -> Iterator[None]:
    """Let no error of the driver out without its name."""
    try:
        yield
    except psycopg.Error as error:
        raise named(error, address, is_lost=connection.closed) from error
