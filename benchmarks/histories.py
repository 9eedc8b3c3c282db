"""Generated histories of any length, as real ones are: uneven, contested, and not fully known.

    python -m benchmarks.histories --actions 1000000 --seed 1 history.jsonl

Records come one by one, and what is kept in memory does not grow with them. The same seed gives
the same bytes. What is drawn:

- disputes of very uneven size (Zipf and Mandelbrot): the largest is a tenth of all actions;
- chains of answers of the one side to the other, openings, outside causes, grievances and silence;
- accounts of the targets that agree, name other causes, or call it unprovoked, inferred ones too,
  and a few by the press; actions that the target calls another kind, or denies;
- quantities that are exact, a range, at least so many, or unknown; days, months, about a day, and
  intervals; several actions of a dispute on one day;
- packages with their parts, reversals, acts told twice; a few corrections and retractions.
"""

from __future__ import annotations

import argparse
import csv
import json
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, TextIO

from benchmarks.history_drawing import Row, drawn
from ledger.imports.actions_csv import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEED: Final = 20161229
SIZE: Final = 100_000
STAMPED_FROM: Final = datetime(2026, 1, 1, tzinfo=UTC)
Finished = tuple[int, str, int, str, bytes]
"""Position, stream, version, topic and state: a row of the log as the store keeps it."""


def history(size: int, seed: int = SEED, disputes: int | None = None) -> Iterator[Row]:
    """Go through a history with so many actions, in the order in which it was recorded."""
    return drawn(size, seed, disputes or disputes_for(size))


def disputes_for(size: int) -> int:
    """Return how many disputes a history of this size has."""
    return min(2_000, max(50, size // 50))


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Write rows as JSONL, the form that loses nothing, without stamps."""
    for row in rows:
        yield f'{{"type":"{row.name}","version":1,{row.payload[1:]}\n'


def finished(rows: Iterable[Row], seed: int = SEED) -> Iterator[Finished]:
    """Make of each row what the store holds of it, stamp and salt included."""
    salt = Random(seed).getrandbits
    for position, row in enumerate(rows, start=1):
        seconds, rest = divmod(position, 1_000)
        if rest == 0 or position == 1:
            at = (STAMPED_FROM + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
        state = (
            f'{{"at":"{at}.{rest * 1_000:06d}Z","by":"generator","record":{row.payload},'
            f'"salt":"{salt(128):032x}"}}'
        )
        yield position, row.stream, row.version, f"{row.name}:1", state.encode()


def write_jsonl(rows: Iterable[Row], file: TextIO) -> None:
    """Write every record."""
    file.writelines(lines(rows))


def write_csv(rows: Iterable[Row], file: TextIO) -> None:
    """Write the actions with their targets' accounts; what the form cannot say is left out.

    These are the disputes, which come as TOML, words of the press, and later amendments.
    """
    out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    out.writeheader()
    out.writerows(cells(rows))


def cells(rows: Iterable[Row]) -> Iterator[dict[str, str]]:
    """Put each action and what was said of it at once into the cells of one row."""
    for stream, group in groupby(rows, key=lambda row: row.stream):
        first, *told = group
        if stream.startswith("action:") and first.version == 1:
            yield _cells(first, told)


def _cells(row: Row, told: list[Row]) -> dict[str, str]:
    action = json.loads(row.payload)
    found = dict.fromkeys(COLUMNS, "")
    for name in COLUMNS:
        value = action.get(name, "")
        found[name] = ";".join(value) if isinstance(value, list) and name != "sources" else value
    found["kind"] = row.name.removeprefix("action.")
    found["actor_causes"] = _said(action["cause"])
    found["sources"] = _source(action["sources"][0])
    quantity = action.get("quantity", {"value": "", "unit": ""})
    found["quantity"], found["unit"] = str(quantity["value"]), quantity["unit"]
    for other in told:
        word = json.loads(other.payload)
        if word["account"].startswith("press:"):
            continue
        if other.name == "attributed":
            found["target_causes"] = _said(word["causes"])
            found["target_basis"] = word["basis"]
        elif "kind" in word:
            found["target_kind"] = word["kind"]
    return found


def _said(stored: list[str] | str) -> str:
    return (";".join(stored) or "nothing") if isinstance(stored, list) else stored


def _source(source: dict[str, str]) -> str:
    return " | ".join(source[key] for key in ("title", "publisher", "date", "address"))


def write_toml(rows: Iterable[Row], file: TextIO) -> None:
    """Write the disputes, which a file of actions only names."""
    for row in rows:
        if row.name != "dispute_opened":
            return
        opened = json.loads(row.payload)
        file.write(f'[[dispute]]\nid = "{opened["id"]}"\ntitle = "{opened["title"]}"\n')
        for side in opened["sides"]:
            parties = json.dumps(side["parties"])
            file.write(f'[[dispute.sides]]\nname = "{side["name"]}"\nparties = {parties}\n')


WRITERS: Final = {".jsonl": write_jsonl, ".csv": write_csv, ".toml": write_toml}


def write(path: Path, size: int, seed: int = SEED) -> None:
    """Write a history in the form that the file's ending names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        WRITERS[path.suffix](history(size, seed), file)


def main() -> None:
    """Write the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=SIZE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("files", type=Path, nargs="+", help="ending in .jsonl, .csv or .toml")
    given = parser.parse_args()
    for path in given.files:
        write(path, given.actions, given.seed)


if __name__ == "__main__":
    main()
