"""Many names in little memory: asked for, counted, never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.imports.bulk.digests import Digests
from ledger.imports.bulk.promised import Promised
from ledger.imports.suggestions import NAMES_MAX


@given(st.lists(st.text(max_size=5)), st.lists(st.text(max_size=5)))
def test_it_holds_what_a_set_holds(added: list[str], asked: list[str]) -> None:
    digests, names = Digests(), set[str]()
    for name in added:
        assert digests.add(name) == (name not in names)
        names.add(name)
    assert len(digests) == len(names)
    assert [name in digests for name in asked] == [name in names for name in asked]


def test_it_grows_and_keeps_everything_in_sixteen_bytes_a_name_and_less() -> None:
    digests = Digests()
    names = [f"icews-{number}" for number in range(20_000)]
    assert all(digests.add(name) for name in names)
    assert all(name in digests for name in names)
    assert not any(f"polecat-{number}" in digests for number in range(20_000))
    assert len(digests._slots) * 8 <= 24 * len(names)


def test_a_name_whose_digest_is_zero_is_held_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.hash", lambda _: 0)
    digests = Digests()
    assert digests.add("a")
    assert "a" in digests


def test_what_is_promised_twice_may_come_again() -> None:
    promised = Promised()
    for name in ("a", "b", "a"):
        promised.add(name)
    assert (list(promised), len(promised), promised.may_come_again) == (["a", "b"], 2, {"a"})


def test_of_very_many_none_is_listed() -> None:
    promised = Promised()
    for number in range(NAMES_MAX + 1):
        promised.add(str(number))
    assert list(promised) == []
    assert len(promised) == NAMES_MAX + 1
