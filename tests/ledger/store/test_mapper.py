"""Entries come back as they went in; what cannot be read says where and why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from eventsourcing.persistence import Notification, StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import canonical_bytes
from domain.errors import VerificationError
from domain.records.amendments import Retracted
from domain.records.entry import Entry
from domain.records.registry import UnknownRecordTypeError, dump_record
from ledger.store.errors import RecordNotStorableError, StoredEventUnreadableError
from ledger.store.mapper import EntryMapper, is_state_of, read_state, stamp_of, stored_states
from tests.ledger.store.support import NOON, SALT, Noted, entry, load, mapper

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
MOMENTS = st.datetimes(timezones=st.just(UTC))
ENTRIES = st.builds(
    Entry,
    stream=TEXTS,
    version=st.integers(1, 2**60),
    recorded_at=MOMENTS,
    recorded_by=TEXTS,
    salt=st.text("0123456789abcdef", min_size=32, max_size=32),
    record=st.builds(Noted, text=TEXTS, count=st.integers()),
)


@given(ENTRIES)
def test_an_entry_comes_back_as_it_went_in(given_entry: Entry) -> None:
    stored = mapper().to_stored_event(given_entry)
    back = mapper().to_domain_event(stored)
    assert back == given_entry
    assert mapper().to_stored_event(back) == stored


def test_the_stored_form_is_literal_and_canonical() -> None:
    stored = mapper().to_stored_event(entry("zu früh"))
    assert stored == StoredEvent(
        "action:a",
        1,
        "noted:1",
        b'{"at":"2026-11-23T12:00:00.000250Z","by":"ada","record":{"text":"zu fr\xc3\xbch"},'
        b'"salt":"0123456789abcdef0123456789abcdef"}',
    )


@given(ENTRIES)
def test_the_state_of_a_packed_payload_is_that_of_its_entry(given_entry: Entry) -> None:
    payload = canonical_bytes(dump_record(given_entry.record))
    state = stored_states(given_entry.recorded_at, given_entry.recorded_by)
    stored = mapper().to_stored_event(given_entry)
    assert state(payload, given_entry.salt) == stored.state
    assert is_state_of(payload, stored.state)
    assert not is_state_of(payload[1:], stored.state)
    assert stamp_of(stored) == given_entry.recorded_at


def test_a_stamp_that_cannot_be_stored_is_refused() -> None:
    with pytest.raises(RecordNotStorableError):
        stored_states(NOON, "\ud800")
    with pytest.raises(RecordNotStorableError):
        stored_states(NOON, "ada")(b"{}", "no salt")


@pytest.mark.parametrize("state", [None, b"", b'{"at":"soon","by":"","record":{}}'])
def test_a_stamp_that_cannot_be_read_says_where(state: object) -> None:
    with pytest.raises(StoredEventUnreadableError):
        stamp_of(StoredEvent("a", 1, "noted:1", state))  # type: ignore[arg-type]  # as if tampered


def test_a_time_of_another_zone_is_stored_in_utc() -> None:
    moscow = NOON.astimezone(timezone(timedelta(hours=3)))
    stored = mapper().to_stored_event(replace(entry(), recorded_at=moscow))
    assert stored == mapper().to_stored_event(entry())


def test_a_notification_gives_its_position() -> None:
    stored = mapper().to_stored_event(entry())
    read = Notification(**vars(stored), id=41)
    assert mapper().to_domain_event(read) == replace(entry(), position=41)


def test_a_record_of_the_real_registry_comes_back() -> None:
    retracted = Entry("action:a", 2, NOON, "ada", SALT, Retracted(action="a", reason="not so"))
    stored = EntryMapper().to_stored_event(retracted)
    assert stored.topic == "retracted:1"
    assert EntryMapper().to_domain_event(stored) == retracted


@pytest.mark.parametrize(
    "topic", ["os.path:1", "tests.ledger.store.support#Noted:1", "noted:2", "builtins.eval:1"]
)
def test_an_unknown_name_is_an_error_and_never_an_import(topic: str) -> None:
    stored = replace(mapper().to_stored_event(entry()), topic=topic)
    for reader in (mapper(), EntryMapper()):
        with pytest.raises(UnknownRecordTypeError) as caught:
            reader.to_domain_event(stored)
        assert caught.value.where == "stream action:a, version 1"


def altered(**fields: object) -> bytes:
    state = json.loads(mapper().to_stored_event(entry()).state)
    return json.dumps({**state, **fields}).encode()


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"at":"2026-11-23T12:00:00.000250Z"}',
        b"[" * 100_000,
        altered(at="2026-11-23"),
        altered(at="2026-11-23T12:00:00.000250"),
        altered(at="2026-11-23T15:00:00.000250+03:00"),
        altered(at="2026-11-23T12:00:00Z"),
        altered(at="0001-01-01T00:00:00.000000+03:00"),
        altered(at="noon"),
        altered(at=20261123),
        altered(by=None),
        altered(salt=""),
        altered(salt=SALT.upper()),
        altered(salt=SALT[1:]),
        altered(record=[]),
        altered(record={}),
        altered(record={"text": 7}),
        altered(record={"text": "a", "colour": "red"}),
        altered(record={"text": "a", "count": float("nan")}),
        altered(more=1),
    ],
)
def test_a_state_that_cannot_be_read_says_where_and_why(state: bytes) -> None:
    stored = Notification("action:a", 1, "noted:1", state, id=7)
    with pytest.raises(StoredEventUnreadableError) as caught:
        mapper().to_domain_event(stored)
    assert isinstance(caught.value, VerificationError)
    assert caught.value.where == "position 7, stream action:a, version 1"
    assert caught.value.why
    assert caught.value.hint.startswith("reciprocity ")


@pytest.mark.parametrize("topic", ["", "noted", "noted:", ":1", "noted:0", "noted:one", "noted:-1"])
def test_a_topic_that_cannot_be_read_says_so(topic: str) -> None:
    stored = replace(mapper().to_stored_event(entry()), topic=topic)
    with pytest.raises(StoredEventUnreadableError, match="topic"):
        mapper().to_domain_event(stored)


def test_a_version_that_is_no_number_cannot_be_read() -> None:
    text = replace(mapper().to_stored_event(entry()), originator_version="one")  # type: ignore[arg-type]
    with pytest.raises(StoredEventUnreadableError, match="whole number"):
        mapper().to_domain_event(text)


def test_a_state_of_another_type_than_bytes_cannot_be_read() -> None:
    stored = mapper().to_stored_event(entry())
    text = replace(stored, state=stored.state.decode())  # type: ignore[arg-type]
    with pytest.raises(StoredEventUnreadableError, match="no sequence of bytes"):
        mapper().to_domain_event(text)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (entry("half a \ud83d character"), "surrogates"),
        (entry(version=0), "versions count from 1"),
        (entry(salt="short"), "32 hex digits"),
        (replace(entry(), recorded_at=datetime(2026, 11, 23)), "no time zone"),  # noqa: DTZ001
    ],
)
def test_an_entry_without_a_canonical_form_is_refused(wrong: Entry, why: str) -> None:
    with pytest.raises(RecordNotStorableError, match=why) as caught:
        mapper().to_stored_event(wrong)
    assert caught.value.where == f"stream action:a, version {wrong.version}"


def test_numbers_that_json_does_not_know_are_refused() -> None:
    broken = EntryMapper(load=load, dump=lambda record: {"text": float("inf")})
    with pytest.raises(RecordNotStorableError):
        broken.to_stored_event(entry())


def test_the_stamp_can_be_read_without_knowing_the_record() -> None:
    stored = replace(mapper().to_stored_event(entry()), topic="from the future:9")
    state = read_state(stored)
    assert (state.at, state.by, state.salt) == (NOON, "ada", SALT)
