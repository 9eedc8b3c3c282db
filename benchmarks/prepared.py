"""What measurements start from, made once and kept in a folder: files of a generated history."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measuring import measure, serve

if TYPE_CHECKING:
    from collections.abc import Callable

MODULE: Final = "benchmarks.prepared"
BATCH: Final = 50_000
INSERT: Final = "INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)"


def prepared(folder: Path, form: str, actions: int) -> Path:
    """Return the file of this form for a history of this size; it is made where it is missing.

    `.db` is a ledger whose log is filled and whose views are not, `.views.db` one with both.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"history-{drawn_by()}-{actions}{form}"
    if not path.exists():
        needed = {".parquet": ".csv", ".views.db": ".db"}.get(form)
        source = prepared(folder, needed, actions) if needed else path
        measure(MODULE, "make", form=form, path=str(path), actions=actions, source=str(source))
    return path


def drawn_by() -> str:
    """Name the program that draws histories: files of an older one are not taken for new ones."""
    here = Path(__file__).parent
    found = hashlib.sha256()
    for name in ("history_drawing.py", "history_tables.py", "histories.py"):
        found.update((here / name).read_bytes())
    return found.hexdigest()[:8]


def make(form: str, path: str, actions: int, source: str) -> dict[str, Any]:
    """Make a file under another name and move it where it belongs: a half-made one is none."""
    half = Path(f"{path}.half{Path(path).suffix}")
    half.unlink(missing_ok=True)
    MAKERS[form](half, actions, Path(source))
    half.rename(path)
    return {}


def _text(path: Path, actions: int, source: Path) -> None:
    from benchmarks.histories import write

    del source
    write(path, actions)


def _sides(path: Path, actions: int, source: Path) -> None:
    """Write which party stands on which side of which dispute, the first of a side first."""
    from benchmarks.histories import disputes_for, history

    del source
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("dispute", "side", "party", "is_first"))
        for row in islice(history(actions), disputes_for(actions)):
            opened = json.loads(row.payload)
            for side in opened["sides"]:
                for party in side["parties"]:
                    is_first = int(party == side["name"])
                    out.writerow((opened["id"], side["name"], party, is_first))


def _parquet(path: Path, actions: int, source: Path) -> None:
    import duckdb

    del actions
    duckdb.connect().execute(
        f"COPY (SELECT * FROM read_csv('{source}', all_varchar=true, header=true))"  # noqa: S608
        f" TO '{path}' (FORMAT parquet)"
    )


def _log(path: Path, actions: int, source: Path) -> None:
    """Fill the log of a new ledger with finished rows, past all checks."""
    from benchmarks.histories import finished, history
    from ledger import open_ledger
    from ledger.store.engine import sqlite

    del source
    open_ledger(str(path), create=True).close()
    connection = sqlite.connect(str(path))
    connection.execute("PRAGMA synchronous=OFF")
    rows = finished(history(actions))
    while batch := list(islice(rows, BATCH)):
        with connection:
            connection.executemany(INSERT, batch)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _views(path: Path, actions: int, source: Path) -> None:
    from ledger import open_ledger

    del actions
    shutil.copy(source, path)
    with open_ledger(str(path)) as ledger:
        ledger.views()


MAKERS: Final[dict[str, Callable[[Path, int, Path], None]]] = {
    ".jsonl": _text,
    ".csv": _text,
    ".toml": _text,
    ".sides.csv": _sides,
    ".parquet": _parquet,
    ".db": _log,
    ".views.db": _views,
}


if __name__ == "__main__":
    serve({"make": make})
