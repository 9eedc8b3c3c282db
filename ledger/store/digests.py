"""One digest per stored event, over all that is stored of it."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from eventsourcing.persistence import StoredEvent

LENGTH_BYTES: Final = 8

# In canonical form "salt" is the last key of the state, so that it is found without parsing.
SALT: Final = re.compile(rb'"salt":"([0-9a-f]{32})"\}')
TAIL_BYTES: Final = 42


def digest(stored: StoredEvent) -> str:
    """Return the hex SHA-256 (FIPS 180-4) that a single changed byte would change.

    Over the 16 bytes of the salt, then stream, version as decimal digits, topic and state, each
    preceded by its length in 8 bytes, most significant first. Where the state holds no salt in
    its place, nothing stands for it. Never raises: what was tampered with must have a digest too.

    Rule: docs/semantics.md#digests
    """
    state = _as_bytes(stored.state)
    salt = SALT.fullmatch(state[-TAIL_BYTES:])
    result = hashlib.sha256(bytes.fromhex(salt[1].decode()) if salt else b"")
    for part in (stored.originator_id, stored.originator_version, stored.topic):
        _add(result, _as_bytes(part))
    _add(result, state)
    return result.hexdigest()


def _add(result: hashlib._Hash, part: bytes) -> None:
    result.update(len(part).to_bytes(LENGTH_BYTES, "big"))
    result.update(part)


def _as_bytes(part: object) -> bytes:
    """Return bytes as they are and anything else, also of a type that was never stored, as text."""
    return part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
