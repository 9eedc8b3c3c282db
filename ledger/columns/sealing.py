"""Digests of stored events by the engine: the same that `ledger.store.digests` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventsourcing.persistence import StoredEvent

from ledger.columns.handing import hand_over
from ledger.store.digests import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.columns.engine import Engine
    from ledger.store.raw import RawEvent

NOT_TEXT: Final = (UnicodeDecodeError, TypeError, AttributeError, ValueError)
"""What handing over raises for events that were never stored so (ArrowInvalid is a ValueError)."""

MACROS: Final = (
    "CREATE OR REPLACE MACRO sized(part) AS unhex(format('{:016x}', octet_length(part))) || part",
    """
    CREATE OR REPLACE MACRO salt_of(raw) AS (
        CASE WHEN raw[-42:-35] = '"salt":"'::BLOB AND raw[-2:-1] = '"}'::BLOB
            AND regexp_full_match(try(decode(raw[-34:-3])), '[0-9a-f]{32}')
        THEN unhex(decode(raw[-34:-3])) ELSE ''::BLOB END
    )
    """,
    """
    CREATE OR REPLACE MACRO digest_of(stream, version, topic, state) AS unhex(sha256(
        salt_of(encode(state)) || sized(encode(stream)) || sized(encode(version::VARCHAR))
        || sized(encode(topic)) || sized(encode(state))
    ))
    """,
)


def digests(engine: Engine, events: Sequence[RawEvent]) -> dict[int, bytes]:
    """Return the digest of each event, by position; never raises for what an event holds."""
    try:
        hand_over(engine, events)
    except NOT_TEXT:
        return {event[0]: bytes.fromhex(digest_of(event)) for event in events}
    return dict(
        engine.execute(
            "SELECT position, digest_of(stream, version, topic, state) FROM told"
        ).fetchall()
    )


def digest_of(event: RawEvent) -> str:
    """Return the hex digest of a raw event."""
    _, stream, version, topic, state = event
    return digest(StoredEvent(stream, version, topic, state))
