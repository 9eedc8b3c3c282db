"""A digest stands for every byte that is stored of an event, and tells nothing of them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from eventsourcing.persistence import Notification, StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from ledger.store.digests import digest
from tests.ledger.store.support import SALT, entry, mapper

STORED = mapper().to_stored_event(entry())
TEXTS = st.text(max_size=6)
EVENTS = st.builds(StoredEvent, TEXTS, st.integers(0, 99), TEXTS, st.binary(max_size=60))


def test_the_digest_is_as_documented() -> None:
    parts = (b"action:a", b"1", b"noted:1", STORED.state)
    hashed = bytes.fromhex(SALT) + b"".join(len(p).to_bytes(8, "big") + p for p in parts)
    assert digest(STORED) == hashlib.sha256(hashed).hexdigest()


def test_the_position_is_no_part_of_it() -> None:
    assert digest(Notification(**vars(STORED), id=7)) == digest(STORED)


@given(st.integers(0, len(STORED.state) - 1), st.integers(1, 255))
def test_any_changed_byte_of_the_state_changes_it(place: int, change: int) -> None:
    state = bytearray(STORED.state)
    state[place] ^= change
    assert digest(replace(STORED, state=bytes(state))) != digest(STORED)


@given(st.integers(0, len(STORED.state) - 1))
def test_any_lost_byte_of_the_state_changes_it(place: int) -> None:
    state = STORED.state[:place] + STORED.state[place + 1 :]
    assert digest(replace(STORED, state=state)) != digest(STORED)


@pytest.mark.parametrize(
    "other",
    [
        replace(STORED, originator_id="action:b"),
        replace(STORED, originator_version=2),
        replace(STORED, topic="noted:2"),
        replace(STORED, originator_id="action:", originator_version=1, topic="anoted:1"),
    ],
)
def test_stream_version_and_topic_count_too(other: StoredEvent) -> None:
    assert digest(other) != digest(STORED)


@given(EVENTS, EVENTS)
def test_different_events_have_different_digests(one: StoredEvent, other: StoredEvent) -> None:
    assert (digest(one) == digest(other)) == (one == other)


def test_another_salt_hides_equal_content() -> None:
    other = mapper().to_stored_event(entry(salt="f" * 32))
    assert digest(other) != digest(STORED)


@pytest.mark.parametrize("state", [b"", b"\x00", "text", None, 7, 1.5])
def test_what_was_tampered_with_has_a_digest_too(state: object) -> None:
    tampered = StoredEvent("a", None, "lone \ud83d", state)  # type: ignore[arg-type]
    assert len(digest(tampered)) == 64
