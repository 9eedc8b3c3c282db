"""The engine's digests are the log's, also of what was never stored."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.columns import handing
from ledger.columns.engine import connect
from ledger.columns.sealing import MACROS, digest_of, digests
from tests.ledger.columns.stores import store_of
from tests.making import act, entries_of, two_sides

CHANGES: list[tuple[bytes, bytes]] = [
    (b"", b""),
    (b'"salt":"', b'"salt":"0'),
    (b'"salt":"0', b'"salt":"A'),
    (b'"salt":"00', b'"salt":"g0'),
    (b'"salt":"000', '"salt":"0ä'.encode()),
    (b'"salt":"', b'"selt":"'),
    (b'"}', b'"} '),
    (b"fighters", "späť 日本".encode()),
    (b"fighters", b"\xff"),
]


@pytest.mark.parametrize("few", [0, 2_000])
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_byte_gives_the_digest_that_the_log_gives_it(
    change: tuple[bytes, bytes], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "FEW", few)
    entries = entries_of(two_sides(), act("one", description="fighters"))
    with store_of(entries) as store, connect() as engine:
        for macro in MACROS:
            engine.execute(macro)
        first, (position, stream, version, topic, state) = store.raw.page(0)
        event = (position, stream, version, topic, state.replace(*change))
        found = digests(engine, [first, event])
        assert found == {one[0]: bytes.fromhex(digest_of(one)) for one in (first, event)}


def test_what_is_no_text_at_all_has_a_digest_too() -> None:
    event: Any = (1, "action:one", "x", None, 7)
    with connect() as engine:
        assert digests(engine, [event]) == {1: bytes.fromhex(digest_of(event))}
