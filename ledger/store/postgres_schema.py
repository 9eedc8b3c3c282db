"""The tables of a ledger in a database: made by `init` only, and told from everybody else's.

All of a ledger stands in one PostgreSQL schema (a namespace), so that several share a database.
The table `ledger_identity` says whose it is and in which version; a schema that holds anything
without it is another program's, and is never touched.
"""

from __future__ import annotations

import shlex
from typing import Final, NamedTuple

from domain.errors import require
from ledger.store.errors import (
    LedgerNotFoundError,
    NewerLedgerError,
    NotALedgerError,
    RoleRefusedError,
    UnsupportedStoreError,
)
from ledger.store.postgres_errors import NO_RIGHT
from ledger.store.postgres_pool import Connection, PostgresDatastore, ServerInfo, server_info
from ledger.store.postgres_views import VIEW_TABLES

MARK: Final = "reciprocity ledger"
SCHEMA_VERSION: Final = 1

LOCK_OF_INIT: Final = 0x52435059
"""The letters RCPY: the advisory lock under which schemas are made, one after the other."""

IDENTITY_TABLE: Final = """
CREATE TABLE {s}.ledger_identity (
    one integer PRIMARY KEY CHECK (one = 1),
    mark text NOT NULL,
    version integer NOT NULL
)
"""
# As the library makes it, but that positions are given by the recorder and not by a sequence.
EVENTS_TABLE: Final = """
CREATE TABLE {s}.stored_events (
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL,
    PRIMARY KEY (originator_id, originator_version)
)
"""
EVENTS_INDEX: Final = (
    "CREATE UNIQUE INDEX stored_events_notification_id_idx ON {s}.stored_events (notification_id)"
)
IDENTIFY: Final = "INSERT INTO {s}.ledger_identity VALUES (1, %s, %s)"

STANDING: Final = """
SELECT current_setting('server_encoding'),
    EXISTS (SELECT FROM pg_namespace WHERE nspname = %(schema)s),
    (SELECT count(*) FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
        WHERE nspname = %(schema)s),
    EXISTS (SELECT FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
        WHERE nspname = %(schema)s AND relname = 'ledger_identity' AND relkind = 'r')
"""
READABLE: Final = ("ledger_identity", "stored_events", "views", "views_position")
WRITES: Final = (
    ("stored_events", "INSERT"),
    ("stored_events", "UPDATE"),
    ("views", "INSERT"),
    ("views", "UPDATE"),
    ("views", "DELETE"),
    ("views_position", "UPDATE"),
)
"""What a writer needs. UPDATE of the log is never used, but its lock is given to no less."""


class Standing(NamedTuple):
    """What stands at the place where the ledger should be."""

    encoding: str
    is_there: bool
    relations: int
    is_marked: bool


def prepare(datastore: PostgresDatastore, *, create: bool, read_only: bool) -> ServerInfo:
    """Make the ledger where that was asked for; refuse every schema that is not a ledger we know.

    Settles whether it can only be read, and why. Raises LedgerNotFoundError, NotALedgerError,
    NewerLedgerError, RoleRefusedError, UnsupportedStoreError and what the server raises.
    """
    info = datastore.run(server_info)
    if create and not read_only:
        datastore.run(lambda connection: _create(connection, datastore, info))
    datastore.run(lambda connection: _check(connection, datastore))
    datastore.why_read_only = (
        "it was opened for reading only"
        if read_only
        else _only_read_by_server(info) or datastore.run(lambda one: _forbidden(one, datastore))
    )
    return info


def _create(connection: Connection, datastore: PostgresDatastore, info: ServerInfo) -> None:
    """Make the tables in a schema that is empty or not there, in one transaction, under a lock."""
    standing = _standing(connection, datastore)
    if standing.is_marked:
        return
    datastore.why_read_only = _only_read_by_server(info)
    datastore.require_writable()
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK_OF_INIT,))
        standing = _standing(connection, datastore)
        if standing.is_marked:
            return
        _require_ours(standing, datastore)
        _require_utf8(standing, datastore)
        if not standing.is_there:
            connection.execute(datastore.sql("CREATE SCHEMA {s}"))
        for statement in (IDENTITY_TABLE, EVENTS_TABLE, EVENTS_INDEX, *VIEW_TABLES):
            connection.execute(datastore.sql(statement))
        connection.execute(datastore.sql(IDENTIFY), (MARK, SCHEMA_VERSION))


def _check(connection: Connection, datastore: PostgresDatastore) -> None:
    standing = _standing(connection, datastore)
    where = datastore.address.public
    require(
        standing.relations,
        LedgerNotFoundError(
            "there is no ledger here",
            where=where,
            why=f"the database has no schema {datastore.address.schema!r}"
            if not standing.is_there
            else f"the schema {datastore.address.schema!r} is empty",
            hint=f"reciprocity init --store {shlex.quote(where)}",
        ),
    )
    _require_ours(standing, datastore)
    _require_readable(connection, datastore)
    row = connection.execute(datastore.sql("SELECT mark, version FROM {s}.ledger_identity"))
    mark, version = row.fetchone() or ("", 0)
    require(mark == MARK, _not_a_ledger(datastore, "its ledger_identity is another program's"))
    require(
        version <= SCHEMA_VERSION,
        NewerLedgerError(
            "the ledger was written by a newer version",
            where=where,
            why=f"its schema version is {version}, this program knows {SCHEMA_VERSION}",
            hint="upgrade reciprocity-ledger, then look again: `reciprocity doctor`",
        ),
    )


def _standing(connection: Connection, datastore: PostgresDatastore) -> Standing:
    row = connection.execute(STANDING, {"schema": datastore.address.schema}).fetchone()
    return Standing(*(row or ("", False, 0, False)))


def _only_read_by_server(info: ServerInfo) -> str:
    if info.is_standby:
        return "the server is a standby: it repeats what its primary writes"
    return "the server takes no writes (default_transaction_read_only)" * info.is_read_only


def _forbidden(connection: Connection, datastore: PostgresDatastore) -> str:
    """Say which right this role lacks to write; empty if none."""
    for table, right in WRITES:
        if not _may(connection, datastore, table, right):
            return f"this role lacks the right {right} on {table}"
    return ""


def _require_readable(connection: Connection, datastore: PostgresDatastore) -> None:
    for table in READABLE:
        require(
            _may(connection, datastore, table, "SELECT"),
            RoleRefusedError(
                NO_RIGHT.what,
                where=datastore.address.public,
                why=f"it lacks USAGE on the schema {datastore.address.schema!r}, "
                f"or SELECT on its table {table}",
                hint=NO_RIGHT.hint,
            ),
        )


def _may(connection: Connection, datastore: PostgresDatastore, table: str, right: str) -> bool:
    """Tell whether this role has a right; a table that is gone forbids nothing: it is damage."""
    row = connection.execute(
        "SELECT bool_and(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, %s)) "
        "FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace "
        "WHERE nspname = %s AND relname = %s",
        (right, datastore.address.schema, table),
    ).fetchone()
    return row is None or row[0] is not False


def _require_ours(standing: Standing, datastore: PostgresDatastore) -> None:
    require(
        standing.is_marked or not standing.relations,
        _not_a_ledger(
            datastore,
            f"the schema {datastore.address.schema!r} holds another program's tables",
        ),
    )


def _not_a_ledger(datastore: PostgresDatastore, why: str) -> NotALedgerError:
    return NotALedgerError(
        "this is not a ledger",
        where=datastore.address.public,
        why=why,
        hint="name another schema with ?schema=NAME in the address, then `reciprocity init`",
    )


def _require_utf8(standing: Standing, datastore: PostgresDatastore) -> None:
    require(
        standing.encoding == "UTF8",
        UnsupportedStoreError(
            "a ledger needs a database in UTF-8",
            where=datastore.address.public,
            why=f"the encoding of this one is {standing.encoding}",
            hint="make one: `createdb --encoding UTF8 --template template0 NAME`, "
            "then `reciprocity init`",
        ),
    )
