"""The fast way and the way through the domain come to the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records.accounts import AttributionWithdrawn
from domain.records.amendments import Corrected, Retracted, SourceAdded
from ledger.columns import decoding, handing
from ledger.columns.by_domain import rows_of
from ledger.columns.decoding import Decoder
from ledger.columns.engine import connect
from ledger.store.errors import StoredEventUnreadableError
from tests.ledger.columns.stores import rows_by_domain, rows_in, store_of
from tests.making import SOURCE, act, calls, entries_of, said, two_sides
from tests.strategies import entry_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.records.base import Record
    from domain.records.entry import Entry
    from ledger.store.raw import RawEvent
    from ledger.store.store import Store
    from tests.ledger.columns.stores import Rows


def decoded(store: Store, pages: Sequence[Sequence[RawEvent]]) -> Rows:
    """Decode pages one after the other."""
    with connect() as engine:
        decoder = Decoder(engine, store.raw)
        for page in pages:
            decoder.add(page)
        return rows_in(engine, "new_")


def paged(store: Store, size: int) -> list[list[RawEvent]]:
    events = store.raw.page(0)
    return [events[start : start + size] for start in range(0, len(events), size)]


def both(*records: Record, size: int = 1_000) -> tuple[Rows, Rows]:
    entries = entries_of(two_sides(), *records)
    with store_of(entries) as store:
        return decoded(store, paged(store, size)), rows_by_domain(entries)


def through_the_domain(*records: Record, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the streams of actions that take the way through the domain."""
    streams: set[str] = set()

    def seen(events: list[RawEvent], after: int) -> dict[str, list[dict[str, Any]]]:
        streams.update(event[1] for event in events if event[1].startswith("action:"))
        return rows_of(events, after)

    monkeypatch.setattr(decoding, "rows_of", seen)
    both(*records)
    return streams


@given(entry_lists(), st.integers(1, 40), st.sampled_from([0, 2_000]))
def test_fast_rows_are_the_domains_however_the_log_is_paged(
    entries: tuple[Entry, ...], size: int, few: int
) -> None:
    with store_of(entries) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(handing, "FEW", few)
        assert decoded(store, paged(store, size)) == rows_by_domain(entries)


def test_every_field_of_an_action_comes_through() -> None:
    fields: dict[str, Any] = {
        "made_public": "2020-02-02~",
        "effective": "2020/..",
        "family": "media",
        "part_of": "whole",
        "executes": ["a", "b"],
        "carries_out": ["c"],
        "same_as": ["d"],
        "reverses": ["e"],
        "organ": "court",
        "tags": ['quoted "tag"', "späť", "back\\slash", "line\nbreak", "日本", "a\0b"],
    }
    fast, slow = both(
        act("one", by=["USA", "GBR"], quantity="2..4", answers=["ext:w@RUS", "act:x@RUS"], **fields)
    )
    assert fast == slow
    assert fast["actions"][0]["tags"] == fields["tags"]


def test_words_of_an_older_page_count_for_the_place_of_the_next() -> None:
    told = [
        said("one", "RUS", "none_stated"),
        said("one", "GBR", []),
        calls("one", "RUS", denied=True),
    ]
    again = said("one", "RUS", [], again=1)
    for size in (1, 2, 3, 6):
        fast, slow = both(act("one", answers=[]), *told, again, size=size)
        assert fast == slow
    assert [row["seq"] for row in fast["options"] if not row["own"]] == [2, 3]


def test_dated_words_of_one_account_keep_the_domains_order() -> None:
    fast, slow = both(
        act("one"),
        said("one", "RUS", [], stated_on="2020-05"),
        said("one", "RUS", ["ext:war"], stated_on="2020-03"),
    )
    assert fast == slow
    assert len(fast["replaced"]) == 1


def test_only_what_is_corrected_withdrawn_or_retracted_goes_through_the_domain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attributed = said("withdrawn", "RUS", [])
    found = through_the_domain(
        *(act(name) for name in ("plain", "withdrawn", "corrected", "retracted", "told")),
        attributed,
        said("told", "RUS", "unprovoked", stated_on="2020"),
        calls("told", "RUS", kind="recall", quantity={"value": 3, "unit": "persons"}),
        SourceAdded.model_validate({"action": "told", "source": SOURCE}),
        AttributionWithdrawn(action="withdrawn", account="RUS", statement=attributed.key()),
        Corrected.model_validate(
            {"action": "corrected", "changes": {"dispute": "c-d"}, "reason": "a slip"}
        ),
        Retracted(action="retracted", reason="a slip"),
        monkeypatch=monkeypatch,
    )
    assert found == {"action:withdrawn", "action:corrected", "action:retracted"}


def test_a_state_that_is_not_what_was_recorded_is_refused_by_name() -> None:
    entries = entries_of(two_sides(), act("one", on="2020-01-01"))
    with store_of(entries) as store:
        first, (*_, state) = store.raw.page(0)
        for broken in (
            state.replace(b'"occurred":"2020-01-01"', b'"occurred":"2020-13-01"'),
            state.replace(b'"value":1', b'"value":-1'),
            state.replace(b"USA", b"\xff"),
            state[:-9],
            b"{}",
        ):
            for few in (0, 2_000):
                assert broken != state
                event = (2, "action:one", 1, "action.expulsion:1", broken)
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(handing, "FEW", few)
                    with pytest.raises(StoredEventUnreadableError):
                        decoded(store, [[first, event]])
