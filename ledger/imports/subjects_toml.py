"""TOML of all but actions: parties, disputes with sides, what is covered, stocks, claims.

    [[party]]
    code = "X-QUAD"
    title = "The Quad"

    [[dispute]]
    id = "us-russia"
    title = "US-Russia diplomatic measures"
    sides = [{ name = "USA", parties = ["USA"] }, { name = "RUS", parties = ["RUS"] }]

    [[coverage]]
    id = "us-russia-all"
    dispute = "us-russia"
    statement = "What is meant to be here, and from where it was taken"

    [[stock]]
    id = "usa-2021-10-27-posts-in-rus"
    teller = "USA"
    whose = "USA"
    where = "RUS"
    quantity = { value = 120, unit = "posts" }
    on = "2021-10-27"
    sources = ["Title | Publisher | 2021-10-27 | https://example.org/page"]

Each table is one record, with the fields of the record. Dates are texts. A `[[claim]]` is told in
`claims_toml.py`.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from domain.errors import InputError, LedgerError, require
from domain.nearest import did_you_mean
from domain.records.registry import load_record
from ledger.imports.claims_toml import claim_payload
from ledger.imports.lines import LINE_BYTES_MAX, NotUtf8Error
from ledger.imports.rows import Row, placed
from ledger.imports.sources import with_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

TABLES: Final = {
    "party": "party_registered",
    "dispute": "dispute_opened",
    "coverage": "coverage_stated",
    "stock": "stock_observed",
    "claim": "claim_recorded",
}
"""Table -> the record that it stands for, in the order in which they are recorded."""

PAYLOADS: Final[dict[str, Callable[[Mapping[str, Any], str], dict[str, Any]]]] = {
    "claim_recorded": claim_payload,
    "stock_observed": lambda fields, _where: with_sources(fields),
}
"""Records whose tables are written otherwise than they are stored."""

HEADING: Final = re.compile(r"^\s*\[\[?\s*\"?([A-Za-z0-9_-]+)\"?\s*\]\]?", re.MULTILINE)
HINT: Final = "mend the file, then: reciprocity import FILE"


class FileNotTomlError(InputError):
    """A file is not TOML, or too large to be one of these."""


class UnknownTableError(InputError):
    """A file has a table that stands for no record."""


def read(name: str, file: BinaryIO) -> Iterator[Row]:
    """Go through the tables of a file: parties, disputes, coverage, stocks, then claims.

    Raises FileNotTomlError, UnknownTableError, NotUtf8Error; nothing is taken from such a file.
    """
    text = _text(name, file)
    tables = _tables(name, text)
    lines = _lines(text)
    for table, stored_name in TABLES.items():
        for number, fields in enumerate(tables.get(table, [])):
            line = lines[table][number] if number < len(lines[table]) else 1
            yield _row(name, line, stored_name, fields)


def _row(name: str, line: int, stored_name: str, fields: dict[str, Any]) -> Row:
    raw = json.dumps(
        {"type": stored_name, "version": 1, **fields}, ensure_ascii=False, default=str
    ).encode()
    place = f"{name}, line {line}"
    try:
        payload = PAYLOADS[stored_name](fields, place) if stored_name in PAYLOADS else fields
        return Row(name, line, raw, (load_record(stored_name, 1, payload, place),))
    except LedgerError as error:
        return Row(name, line, raw, error=placed(error, place))


def _text(name: str, file: BinaryIO) -> str:
    data = file.read(LINE_BYTES_MAX + 1)
    require(
        len(data) <= LINE_BYTES_MAX,
        FileNotTomlError(
            "the file is too large",
            where=name,
            why=f"a file of disputes and parties has at most {LINE_BYTES_MAX} bytes",
            hint="bring large histories as JSONL: reciprocity import --from jsonl FILE",
        ),
    )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotUtf8Error(
            "the file is not UTF-8",
            where=f"{name}, byte {error.start}",
            why=error.reason,
            hint="save the file as UTF-8, then: reciprocity import FILE",
        ) from error


def _tables(name: str, text: str) -> dict[str, list[dict[str, Any]]]:
    try:
        read_in = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileNotTomlError(
            "the file is not TOML",
            where=name,
            why=str(error) or "it is nested too deeply",
            hint=HINT,
        ) from error
    found: dict[str, list[dict[str, Any]]] = {}
    for table, content in read_in.items():
        listed = content if isinstance(content, list) else [content]
        require(
            table in TABLES and all(isinstance(one, dict) for one in listed),
            UnknownTableError(
                f"[[{table}]] stands for no record"
                if table not in TABLES
                else f"{table} is no table",
                where=name,
                why=did_you_mean(table, TABLES) or f"there are: {', '.join(TABLES)}",
                hint=HINT,
            ),
        )
        found[table] = listed
    return found


def _lines(text: str) -> dict[str, list[int]]:
    """Find the line where each table begins, as far as it has a heading."""
    found: dict[str, list[int]] = {table: [] for table in TABLES}
    for heading in HEADING.finditer(text):
        if heading[1] in found:
            found[heading[1]].append(text.count("\n", 0, heading.start(1)) + 1)
    return found
