"""JSONL: one record a line, every record type; the form that loses nothing.

`{"type": stored name, "version": 1, "seq": 1, "recorded_at": ..., "recorded_by": ..., "salt": ...}`
and the record's own fields. Lines of older versions are brought up to the version of today. Where
`seq` is given it counts the lines from 1, so that a line that was lost is noticed. In a file of
rejected rows a line has `rejected` beside its fields, which says why; a line that could not even be
parted into fields stands there whole, as the text `line`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn

from domain.errors import InputError, LedgerError, require
from domain.quoting import quoted
from domain.records.registry import load_record
from ledger.appending import Stamp
from ledger.imports.lines import Line, read_lines
from ledger.imports.rows import Row, placed
from ledger.store.mapper import SALT
from ledger.store.upcasting import upcast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STAMP: Final = ("recorded_at", "recorded_by", "salt")
REJECTED: Final = "rejected"
"""What a file of rejected rows says of a line: passed over when it comes in again."""

WHOLE: Final = "line"
DEPTH_MAX: Final = 64
HINT: Final = "mend the line, then: reciprocity import FILE"


class LineNotJsonError(InputError):
    """A line is not JSON, or not an object."""


class SequenceError(InputError):
    """The numbers of the lines jump: some were lost, repeated or moved."""


class StampInvalidError(InputError):
    """What a line says of when, by whom or with which salt it was recorded cannot be so."""


class RecordTypeMissingError(InputError):
    """A line does not say which type of record it holds, or of which version."""


def read(name: str, file: BinaryIO) -> Iterator[Row]:
    """Go through the lines of a file; blank ones are passed over."""
    return rows_of(name, read_lines(file), Sequence())


@dataclass(slots=True)
class Sequence:
    """The `seq` that the next line must have, where it has one; and the first that was met.

    `first` is how many lines stood before the one that had it, and what it was.
    """

    expected: int = 1
    lines: int = 0
    first: tuple[int, object] | None = None

    def went_past(self, given: dict[str, Any]) -> None:
        """Count a line with these fields."""
        if self.first is None and "seq" in given:
            self.first = (self.lines, given["seq"])
        self.lines += 1
        seq = given.get("seq")
        self.expected = 1 + (seq if isinstance(seq, int) else self.expected)


def rows_of(name: str, lines: Iterable[Line], sequence: Sequence) -> Iterator[Row]:
    """Go through lines, which may be a piece of a file; blank ones are passed over."""
    for line in lines:
        if line.is_blank:
            continue
        place = f"{name}, line {line.number}"
        given: dict[str, Any] = {}
        try:
            given |= _object(line)
            yield _row(name, line, given, sequence.expected, place)
        except LedgerError as error:
            meant = str(given.get("id", "")) if is_action(given) else ""
            yield Row(name, line.number, line.data, error=placed(error, place), meant=meant)
        sequence.went_past(given)


def parse_object(text: str) -> dict[str, Any]:
    """Read a JSON object strictly: no NaN, no key twice, no lone surrogate, no endless nesting.

    Raises LineNotJsonError.
    """
    try:
        _refuse_mark(text)
        found = STRICT.decode(text)
        # What has few brackets is not deep, and without an escape no surrogate stands alone.
        if text.count("{") + text.count("[") > DEPTH_MAX:
            _refuse_depth(found)
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise LineNotJsonError(
            "the line is not JSON", why=str(error) or "it is nested too deeply", hint=HINT
        ) from error
    if not isinstance(found, dict):
        raise LineNotJsonError(
            "the line is not a JSON object",
            why=f"it is {type(found).__name__}; a record is an object",
            hint=HINT,
        )
    return found


def _object(line: Line) -> dict[str, Any]:
    """The fields of a line, without what a file of rejected rows says of it."""
    if line.error is not None:
        raise line.error
    found = parse_object(line.text)
    found.pop(REJECTED, None)
    if found.keys() == {WHOLE} and isinstance(found[WHOLE], str):
        found = parse_object(found[WHOLE])
        found.pop(REJECTED, None)
    return found


def _row(name: str, line: Line, given: dict[str, Any], expected: int, place: str) -> Row:
    fields = dict(given)
    _require_sequence(fields.pop("seq", None), expected)
    stamp = _stamp({key: fields.pop(key) for key in STAMP if key in fields})
    stored_name, version = _type(fields.pop("type", None), fields.pop("version", None))
    version, payload = upcast(stored_name, version, fields)
    record = load_record(stored_name, version, payload, place)
    return Row(name, line.number, line.data, (record,), stamp)


def is_action(given: dict[str, Any]) -> bool:
    """Whether the fields of a line say that it is an action."""
    return str(given.get("type", "")).startswith("action.")


def _type(stored_name: object, version: object) -> tuple[str, int]:
    if isinstance(stored_name, str) and _is_number(version):
        return stored_name, int(str(version))
    raise RecordTypeMissingError(
        "the line does not say which record it is",
        why=f'got "type": {quoted(str(stored_name))}, "version": {quoted(str(version))}; expected '
        'such as "type": "action.expulsion", "version": 1',
        hint="reciprocity export --to jsonl prints lines of the right form",
    )


def _require_sequence(seq: object, expected: int) -> None:
    if seq is None or (_is_number(seq) and seq == expected):
        return
    raise SequenceError(
        f"seq is {quoted(str(seq))} where {expected} was expected",
        why="lines before this one were lost, repeated or moved",
        hint="take the lines from the export again; or take seq out of each line that is "
        "meant to stand alone",
    )


def _stamp(given: dict[str, Any]) -> Stamp | None:
    """The stamp of a line, checked as far as it is given; None unless all of it is."""
    if not given:
        return None
    wrong = [key for key, value in given.items() if not isinstance(value, str)]
    if not wrong and not SALT.fullmatch(given.get("salt", "0" * 32)):
        wrong = ["salt"]
    at = None
    if not wrong and "recorded_at" in given:
        at = _moment(given["recorded_at"])
        wrong = [] if at else ["recorded_at"]
    require(
        not wrong,
        StampInvalidError(
            f"{', '.join(wrong)} cannot be so",
            why="recorded_at is UTC such as 2026-11-23T12:00:00.000000Z, recorded_by a text, salt "
            "32 hex digits",
            hint="take the line from the export again, or leave its stamp out",
        ),
    )
    return Stamp(at, given["recorded_by"], given["salt"]) if at and len(given) == 3 else None  # noqa: PLR2004  all of STAMP


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _refuse_mark(text: str) -> None:
    if text.startswith("\ufeff"):
        message = "Unexpected UTF-8 BOM (decode using utf-8-sig)"
        raise ValueError(message)


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)


def _refuse_depth(found: Any) -> None:  # noqa: ANN401  any JSON
    """Refuse what is nested deeper than any record: it could be read, and not be stored."""
    level = [found] if isinstance(found, (dict, list)) else []
    for _ in range(DEPTH_MAX):
        contained = (each.values() if isinstance(each, dict) else each for each in level)
        level = [one for inner in contained for one in inner if isinstance(one, (dict, list))]
    if level:
        message = f"it is nested more than {DEPTH_MAX} deep"
        raise ValueError(message)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a key stands twice in one object"
        raise ValueError(message)
    return found


STRICT: Final = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_unique)
