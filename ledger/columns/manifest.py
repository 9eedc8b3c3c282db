"""The manifest: which segments there are, and at which position of which log they stand.

It is written beside and renamed into place: that rename is what commits. A file that it does not
name is a leftover. One that it no longer names is kept for a while, since another process may
still be reading it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import msgspec

from ledger.columns.schema import SCHEMA_VERSION
from ledger.columns.sealing import digest_of
from ledger.columns.segments import Segment

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.store.raw import RawLog

NAME: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Retired:
    """A file that is not named any more, and the time (seconds since 1970) from when."""

    path: str
    at: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the folder holds: all rows up to `position`, the digest of whose event is `digest`.

    `ledger` is the digest of the log's first event: it tells this ledger from any other.
    `made` is the next number for the name of a segment: none is used twice.
    """

    schema: int = SCHEMA_VERSION
    ledger: str = ""
    position: int = 0
    digest: str = ""
    made: int = 0
    segments: tuple[Segment, ...] = ()
    retired: tuple[Retired, ...] = ()

    def of(self, table: str) -> list[Segment]:
        """Return the segments of a table."""
        return [segment for segment in self.segments if segment.table == table]


def load(folder: Path) -> Manifest | None:
    """Read the manifest; None where there is none that this version understands."""
    try:
        found = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.schema == SCHEMA_VERSION else None


def commit(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the last, so that a crash leaves one or the other."""
    partial = folder / f"{NAME}.partial"
    with partial.open("wb") as file:
        file.write(msgspec.json.encode(manifest))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / NAME)
    _flush_folder(folder)


def fits(manifest: Manifest, log: RawLog) -> bool:
    """Tell whether the log is the one that the manifest was made from, and reaches as far.

    A log that was cut short, restored from elsewhere, or changed at its first event or at the
    manifest's position has other digests there.
    """
    if not manifest.position:
        return not manifest.segments
    first = log.page(0, rows=1)
    last = log.page(manifest.position - 1, manifest.position, rows=1)
    return (
        bool(first and last)
        and digest_of(first[0]) == manifest.ledger
        and digest_of(last[0]) == manifest.digest
    )


def faults(manifest: Manifest, folder: Path) -> tuple[str, ...]:
    """Name the segments that are missing or not as long as they were written."""
    found = []
    for segment in manifest.segments:
        try:
            size = (folder / segment.path).stat().st_size
        except OSError:
            found.append(f"segment {segment.path} is missing")
            continue
        if size != segment.bytes:
            found.append(f"segment {segment.path} has {size} bytes, not {segment.bytes}")
    return tuple(found)


def emptied(manifest: Manifest) -> Manifest:
    """Return a manifest of nothing that uses no name of a segment again."""
    return Manifest(made=manifest.made)


def moved(manifest: Manifest, gone: list[Segment], made: list[Segment], at: float) -> Manifest:
    """Return the manifest with some segments in the place of others, gone from a time on."""
    paths = {segment.path for segment in gone}
    kept = tuple(segment for segment in manifest.segments if segment.path not in paths)
    retired = tuple(Retired(segment.path, at) for segment in gone)
    return replace(
        manifest,
        segments=(*kept, *made),
        retired=(*manifest.retired, *retired),
        made=max([manifest.made, *(segment.number + 1 for segment in made)]),
    )


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
