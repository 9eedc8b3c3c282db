"""Checking: every segment is what was written, and every event of the log is what was read.

The columns keep a digest of each event as it was when they read it. So a byte that changed in the
log since then is named, also deep inside a history of millions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.errors import VerificationError
from ledger.columns.manifest import faults
from ledger.columns.sealing import MACROS, digests

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.columns.engine import Engine
    from ledger.columns.manifest import Manifest
    from ledger.store.raw import RawLog


class SegmentSpoiledError(VerificationError):
    """A segment of the columns is missing, or is not what was written."""


KEPT: Final = "SELECT position, digest FROM stored_log WHERE position > ? AND position <= ?"


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """The first event that differs: its digest as the columns read it, and as the log gives it now.

    None where there is no such event.
    """

    position: int
    kept: str | None
    recomputed: str | None


def spoiled(manifest: Manifest, folder: Path) -> tuple[str, ...]:
    """Name the segments that are missing, or whose bytes are not those that were written."""
    found = faults(manifest, folder)
    if found:
        return found
    return tuple(
        f"segment {segment.path} is not what was written"
        for segment in manifest.segments
        if _sha256(folder / segment.path) != segment.sha256
    )


def first_changed(engine: Engine, log: RawLog, position: int) -> ChangedEvent | None:
    """Digest the whole log up to a position, and name the first event that differs.

    The engine shows what the columns keep as `stored_log`.
    """
    for macro in MACROS:
        engine.execute(macro)
    after = 0
    while after < position:
        page = log.page(after, position)
        last = page[-1][0] if page else position
        again = digests(engine, page) if page else {}
        kept = dict(engine.execute(KEPT, [after, last]).fetchall())
        if kept != again:
            first = min(one for one in {*kept, *again} if kept.get(one) != again.get(one))
            return ChangedEvent(first, _hex(kept.get(first)), _hex(again.get(first)))
        after = last
    return None


def _hex(digest: bytes | None) -> str | None:
    return None if digest is None else digest.hex()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
