"""Sweeping: what no manifest names is taken away: leftovers at once, the rest after a while."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledger.columns.manifest import NAME, Manifest

if TYPE_CHECKING:
    from pathlib import Path

KEPT_S: Final = 900.0
"""How long a segment stays after its rows moved: a reader that opened it is done by then."""

KEPT: Final = frozenset({NAME, "lock"})


def swept(folder: Path, manifest: Manifest, now: float) -> Manifest:
    """Take away leftovers and what retired long ago; return the manifest without the latter.

    Only the writer may sweep, since what another is writing looks like a leftover.
    """
    retired = tuple(file for file in manifest.retired if now - file.at < KEPT_S)
    named = {segment.path for segment in manifest.segments} | {file.path for file in retired}
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            if name != "spill" and not any(path.iterdir()):
                path.rmdir()
        elif name not in named and name not in KEPT and not name.startswith("spill/"):
            path.unlink(missing_ok=True)
    return replace(manifest, retired=retired)
