"""Older payloads take every step to today's form, in order, and only those."""

from __future__ import annotations

import pytest

from ledger.store.errors import StoredEventUnreadableError
from ledger.store.mapper import EntryMapper
from ledger.store.upcasting import UPCASTS, Payload, Upcasts, upcast
from tests.ledger.store.support import Noted, entry, load, mapper


def renamed(payload: Payload) -> Payload:
    return {"words": payload["line"]}


def counted(payload: Payload) -> Payload:
    return payload | {"count": len(payload["words"])}


TABLE: Upcasts = {("noted", 1): renamed, ("noted", 2): counted, ("other", 3): renamed}


def test_every_step_is_taken_from_the_stored_version_on() -> None:
    assert upcast("noted", 1, {"line": "ab"}, TABLE) == (3, {"words": "ab", "count": 2})
    assert upcast("noted", 2, {"words": "ab"}, TABLE) == (3, {"words": "ab", "count": 2})


def test_what_is_of_today_stays_as_it_is() -> None:
    assert upcast("noted", 3, {"words": "ab"}, TABLE) == (3, {"words": "ab"})
    assert upcast("unknown", 1, {}, TABLE) == (1, {})


def test_the_product_has_no_older_versions_yet() -> None:
    assert dict(UPCASTS) == {}


def test_the_mapper_brings_payloads_up_before_loading_them() -> None:
    def load_third(name: str, version: int, payload: object, where: str) -> Noted:
        assert (name, version, payload) == ("noted", 2, {"text": "a note", "count": 6})
        return Noted(text="loaded")

    table: Upcasts = {("noted", 1): lambda payload: payload | {"count": len(payload["text"])}}
    stored = mapper().to_stored_event(entry())
    assert EntryMapper(table, load_third).to_domain_event(stored).record == Noted(text="loaded")


def test_a_step_that_finds_nothing_to_work_on_makes_the_event_unreadable() -> None:
    broken = EntryMapper({("noted", 1): renamed}, load)
    with pytest.raises(StoredEventUnreadableError, match="line"):
        broken.to_domain_event(mapper().to_stored_event(entry()))
