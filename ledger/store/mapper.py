"""Entries to stored events and back: literal names, canonical JSON, nothing imported by name.

State is the canonical JSON of {"at": UTC with microseconds and Z, "by": who recorded it,
"record": the payload, "salt": 32 hex digits}; topic is `<stored name>:<version>`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NoReturn

from eventsourcing.persistence import JSONTranscoder, Mapper, Notification, StoredEvent
from pydantic import ValidationError

from domain.canonical import canonical_bytes
from domain.errors import InputError
from domain.records.base import Record
from domain.records.entry import Entry
from domain.records.registry import UnknownRecordTypeError, dump_record, load_record
from ledger.store.errors import RecordNotStorableError, StoredEventUnreadableError
from ledger.store.upcasting import UPCASTS, Payload, Upcasts, upcast

Load = Callable[[str, int, Mapping[str, object], str], Record]
Dump = Callable[[Record], dict[str, object]]

SALT: Final = re.compile(r"[0-9a-f]{32}")
TOPIC: Final = re.compile(r"(.+):([1-9][0-9]*)")
AT: Final = re.compile(rb'\{"at":"([0-9TZ:.-]+)",')
"""How a state in canonical form begins."""

RECORD: Final = b',"record":'
TAIL_BYTES: Final = len(',"salt":""}') + 32
"""What follows the payload in a state: its salt."""

KEYS: Final = {"at", "by", "record", "salt"}


@dataclass(frozen=True, slots=True)
class State:
    """A stored state, checked as far as that goes without knowing the record type."""

    at: datetime
    by: str
    record: Payload
    salt: str


class EntryMapper(Mapper[str]):
    """The library's mapper for entries: our names, our upcasting, our errors.

    `load` and `dump` are the registry of records, `upcasts` what older payloads need.
    """

    def __init__(
        self, upcasts: Upcasts = UPCASTS, load: Load = load_record, dump: Dump = dump_record
    ) -> None:
        super().__init__(JSONTranscoder())
        self._upcasts = upcasts
        self._load = load
        self._dump = dump

    # The library's protocol for events names other attributes; entries are ours to define.
    def to_stored_event(self, domain_event: Entry) -> StoredEvent:  # type: ignore[override]
        """Return what is stored of an entry; raise RecordNotStorableError.

        Rule: docs/semantics.md#records
        """
        entry = domain_event
        where = f"stream {entry.stream}, version {entry.version}"
        _require_stamp(entry, where)
        try:
            state = canonical_bytes(
                {
                    "at": stamp_text(entry.recorded_at),
                    "by": entry.recorded_by,
                    "record": self._dump(entry.record),
                    "salt": entry.salt,
                }
            )
        except (TypeError, ValueError, OverflowError) as error:
            raise _not_storable(where, str(error)) from error
        return StoredEvent(
            originator_id=entry.stream,
            originator_version=entry.version,
            topic=f"{entry.record.stored_name}:{entry.record.stored_version}",
            state=state,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Entry:  # type: ignore[override]
        """Return the entry that was stored; its position is known where a notification is given.

        Raises StoredEventUnreadableError, UnknownRecordTypeError.
        """
        where = place(stored_event)
        if not isinstance(stored_event.originator_version, int):
            _refuse(where, "its version is not a whole number")
        stored_name, version = _topic(stored_event.topic, where)
        state = read_state(stored_event)
        return Entry(
            stream=str(stored_event.originator_id),
            version=stored_event.originator_version,
            recorded_at=state.at,
            recorded_by=state.by,
            salt=state.salt,
            record=self._record(stored_name, version, state.record, where),
            position=stored_event.id if isinstance(stored_event, Notification) else 0,
        )

    def _record(self, stored_name: str, version: int, payload: Payload, where: str) -> Record:
        try:
            version, payload = upcast(stored_name, version, payload, self._upcasts)
            return self._load(stored_name, version, payload, where)
        except UnknownRecordTypeError:
            raise
        except (InputError, ValidationError, KeyError, TypeError, ValueError) as error:
            raise _unreadable(where, f"{stored_name}: {error}") from error


def stored_states(at: datetime, by: str) -> Callable[[bytes, str], bytes]:
    """Return what makes the state of a canonical payload and a salt, all with one stamp.

    The bytes are those of `to_stored_event`. Raises RecordNotStorableError.
    """
    try:
        before = canonical_bytes({"at": stamp_text(at), "by": by})[:-1] + RECORD
    except (ValueError, OverflowError) as error:
        raise _not_storable("the stamp", str(error)) from error

    def state(payload: bytes, salt: str) -> bytes:
        if not SALT.fullmatch(salt):
            raise _not_storable("the salt", "it is not 32 hex digits")
        return b'%b%b,"salt":"%b"}' % (before, payload, salt.encode())

    return state


def is_state_of(payload: bytes, state: bytes) -> bool:
    """Whether a stored state holds exactly this canonical payload."""
    return state[:-TAIL_BYTES].endswith(RECORD + payload)


def stamp_of(stored: StoredEvent) -> datetime:
    """Return when an event was recorded, without reading what; raise StoredEventUnreadableError."""
    try:
        found = AT.match(stored.state)
    except TypeError:
        found = None
    return _stamp(found[1].decode(), place(stored)) if found else read_state(stored).at


def read_state(stored: StoredEvent) -> State:
    """Read the stamp and the raw payload of a stored event; raise StoredEventUnreadableError."""
    where = place(stored)
    if not isinstance(stored.state, bytes):
        _refuse(where, "its state is no sequence of bytes")
    try:
        read = DECODER.decode(stored.state.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _unreadable(where, str(error)) from error
    if not isinstance(read, dict) or read.keys() != KEYS:
        _refuse(where, f"its state has other fields than {', '.join(sorted(KEYS))}")
    at, by, record, salt = read["at"], read["by"], read["record"], read["salt"]
    if not (isinstance(by, str) and isinstance(record, dict)):
        _refuse(where, "its state holds no record, or not who recorded it")
    if not (isinstance(salt, str) and SALT.fullmatch(salt)):
        _refuse(where, "its salt is not 32 hex digits")
    return State(_stamp(at, where), by, record, salt)


def place(stored: StoredEvent) -> str:
    """Say where in the log a stored event stands."""
    inside = f"stream {stored.originator_id}, version {stored.originator_version}"
    return f"position {stored.id}, {inside}" if isinstance(stored, Notification) else inside


def stamp_text(moment: datetime) -> str:
    """Return a moment as it is stored: RFC 3339 in UTC with microseconds and Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _stamp(text: object, where: str) -> datetime:
    wrong = f"its time {str(text)[:40]!r} is not UTC with microseconds and Z"
    try:
        moment = datetime.fromisoformat(str(text))
        canonical = moment.tzinfo is not None and stamp_text(moment) == text
    except (ValueError, OverflowError) as error:
        raise _unreadable(where, wrong) from error
    if not canonical:
        _refuse(where, wrong)
    return moment


def _topic(topic: object, where: str) -> tuple[str, int]:
    found = TOPIC.fullmatch(str(topic))
    if not found:
        _refuse(where, f"its topic {str(topic)[:80]!r} is not <stored name>:<version>")
    return found[1], int(found[2])


def _require_stamp(entry: Entry, where: str) -> None:
    for holds, why in (
        (entry.version >= 1, "versions count from 1"),
        (entry.recorded_at.tzinfo is not None, "the time of recording has no time zone"),
        (SALT.fullmatch(entry.salt), "the salt is not 32 hex digits"),
    ):
        if not holds:
            raise _not_storable(where, why)


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)


DECODER: Final[json.JSONDecoder] = json.JSONDecoder(parse_constant=_no_constant)


def _refuse(where: str, why: str) -> NoReturn:
    raise _unreadable(where, why)


def _unreadable(where: str, why: str) -> StoredEventUnreadableError:
    return StoredEventUnreadableError(
        "a stored event cannot be read",
        where=where,
        why=why,
        hint="reciprocity replay --verify",
    )


def _not_storable(where: str, why: str) -> RecordNotStorableError:
    return RecordNotStorableError(
        "the record cannot be stored", where=where, why=why, hint="reciprocity add --help"
    )
