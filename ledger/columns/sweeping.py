"""Sweeping: what no manifest names is taken away: leftovers at once, the rest after a while."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledger.columns.manifest import NAME, Manifest

if TYPE_CHECKING:
    from pathlib import Path

KEPT_S: Final = 900.0
"""How long a segment stays after its rows moved: a reader that opened it is done by then."""

KEPT: Final = frozenset({NAME, "lock"})


SPILL: Final = "spill"
SPILL_KEPT_S: Final = 86_400.0
"""How long what an engine put aside for want of memory is taken to be in use."""


def swept(folder: Path, manifest: Manifest, now: float) -> Manifest:
    """Take away leftovers and what retired long ago; return the manifest without the latter.

    Only the writer may sweep, since what another is writing looks like a leftover.
    """
    retired = tuple(file for file in manifest.retired if now - file.at < KEPT_S)
    named = {segment.path for segment in manifest.segments} | {file.path for file in retired}
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if name.split("/", 1)[0] == SPILL:
            _sweep_spilled(path, now)
        elif path.is_dir():
            with suppress(OSError):
                path.rmdir()
        elif name not in named and name not in KEPT:
            path.unlink(missing_ok=True)
    return replace(manifest, retired=retired)


def _sweep_spilled(path: Path, now: float) -> None:
    """Take away what an engine left that ended without taking it away."""
    with suppress(OSError):
        if now - path.stat().st_mtime > SPILL_KEPT_S:
            path.rmdir() if path.is_dir() else path.unlink()
