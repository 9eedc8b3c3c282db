"""What there is of a store's columns, told from their manifest: nothing is opened or changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.columns.manifest import NAME, faults, fits, load
from ledger.columns.places import folder_for

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.store.store import Store

UNREADABLE = "this version cannot read them"
NOT_OF_THIS_LOG = "they were made from another log, or from one that was longer"


@dataclass(frozen=True, slots=True)
class StandingFolder:
    """A folder of columns: the position it stands at, its segments, their size on the disk.

    `problem` is why it will be made again when the columns are next used; empty if it will not.
    """

    folder: Path
    position: int
    segments: int
    bytes: int
    problem: str = ""


def standing_folder(store: Store) -> StandingFolder | None:
    """Look at the folder of a store's columns; None if there is none yet, or never will be."""
    folder = folder_for(store)
    if folder is None or not (folder / NAME).exists():
        return None
    manifest = load(folder)
    if manifest is None:
        return StandingFolder(folder, 0, 0, 0, UNREADABLE)
    problem = next(iter(faults(manifest, folder)), "")
    if not problem and not fits(manifest, store.raw):
        problem = NOT_OF_THIS_LOG
    size = sum(segment.bytes for segment in manifest.segments)
    return StandingFolder(folder, manifest.position, len(manifest.segments), size, problem)
