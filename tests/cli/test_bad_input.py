"""Bad input: each has an exit code, a place, a reason and a hint; nothing is lost, no traceback.

The whole text of every error stands in the snapshot, to be read by people.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from cli.errors import ExitCode
from ledger.store.engine import sqlite
from ledger.store.factory import open_store
from ledger.store.sqlite_schema import SCHEMA_VERSION
from tests.cli.desk import EXPULSION, FIRST, STORE, Desk
from tests.cli.harness import Result

NOTHING = "--answers-nothing"
GOOD = (*EXPULSION, NOTHING)


def but(option: str, value: str) -> tuple[str, ...]:
    """Give the good call with another value of one option."""
    place = GOOD.index(option)
    return (*GOOD[: place + 1], value, *GOOD[place + 2 :])


REFUSED: dict[str, tuple[str, ...]] = {
    "unknown party": but("--by", "USSA"),
    "a party in small letters": but("--by", "usa"),
    "a party by its name": but("--against", "Russia"),
    "unknown kind": ("add", "expulsoin", *GOOD[2:]),
    "unknown cause": (*EXPULSION, "--answers", "usa-2016-12-29-expulsoin"),
    "a cause that is no id": (*EXPULSION, "--answers", "act:law@USA"),
    "an outside action without a party": (*EXPULSION, "--answers-outside", "law"),
    "a grievance that blames an unknown party": (*EXPULSION, "--grievance", "habit@Russia"),
    "unknown dispute": (*GOOD, "--dispute", "us-rusia"),
    "unknown link": (*GOOD, "--part-of", "no-such-package"),
    "a date that does not exist": but("--on", "2021-02-30"),
    "a date that is not EDTF": but("--on", "29 December 2016"),
    "a date of EDTF level 2": but("--on", "2022-02-1X"),
    "an interval that ends before it starts": but("--on", "2017/2016"),
    "a wrong date of publication": (*GOOD, "--public", "tomorrow"),
    "a negative quantity": but("--quantity", "-5"),
    "a fractional quantity": but("--quantity", "35.5"),
    "an absurd quantity": but("--quantity", "3500000000"),
    "a quantity of too many digits": but("--quantity", "9" * 5000),
    "a quantity in words": but("--quantity", "thirty-five"),
    "an unknown unit": (*GOOD, "--unit", "person"),
    "a unit in which the kind is not counted": (*GOOD, "--unit", "visas"),
    "no quantity where there must be one": (*GOOD[:8], *GOOD[10:]),
    "a number where the kind has none": ("add", "breaking_relations", *GOOD[2:]),
    "a rung of a kind that has its own": (*GOOD, "--rung", "5"),
    "an id that is none": (*GOOD, "--id", "USA 2016"),
    "a duplicate id with other content": (*but("--quantity", "36"), "--id", FIRST),
    "a source without a title": but("--source", " | The White House"),
    "escape sequences in a value": but("--by", "\x1b]0;owned\x07\x1b[2J"),
    "escape sequences in an id": (*EXPULSION, "--answers", "\x1b[31mred"),
    "a lone surrogate in a text": (*GOOD, "--description", "lone \udc80"),
    "an account that is none": ("attribute", FIRST, "--account", "me", "--unprovoked"),
    "an attribution to nothing": ("attribute", "no-such", "--account", "RUS", "--unprovoked"),
    "an inferred word of no analyst": (
        *("attribute", FIRST, "--account", "press:x", "--unprovoked", "--inferred"),
    ),
}
"""Every one of them is input that was understood and refused: 3."""

MISUSED: dict[str, tuple[str, ...]] = {
    "no cause at all": EXPULSION,
    "two ways of giving the cause": (*GOOD, "--cause-not-stated"),
    "causes and no causes": (*GOOD, "--answers", FIRST, "--grievance", "x"),
    "much missing": ("add", "expulsion", "--by", "USA"),
    "an unknown option": (*GOOD, "--agianst", "RUS"),
    "a unit without a number": (*GOOD[:8], *GOOD[10:], "--unit", "persons"),
    "an unknown family": (*GOOD, "--family", "weather"),
    "a rung beyond the ladder": (*GOOD, "--rung", "9"),
    "an attribution without an account": ("attribute", FIRST, "--unprovoked"),
    "an attribution without a cause": ("attribute", FIRST, "--account", "RUS"),
    "two ways of being silent": (
        *("attribute", FIRST, "--account", "RUS", "--unprovoked", "--silent", "unknown"),
    ),
    "an unknown command": ("ad", "expulsion"),
}
"""Every one of them is a call that means nothing: 2."""


def is_told(done: Result) -> bool:
    """Say whether an error says what and how to go on, harmless and without a traceback."""
    return (
        done.err.startswith("Error: ")
        and "\nHint: " in done.err
        and "Traceback" not in done.err
        and "\x1b" not in done.err
        and done.out == ""
    )


@pytest.mark.parametrize("name", REFUSED)
def test_refused_input_is_told_and_nothing_is_lost(
    name: str, desk: Desk, snapshot: SnapshotAssertion
) -> None:
    before = desk.records()
    done = desk(*REFUSED[name])
    assert (done.code, is_told(done)) == (ExitCode.REJECTED, True), done.err
    assert done.err == snapshot(name=name)
    assert "  where: " in done.err or "  why: " in done.err
    assert desk.records() == before


@pytest.mark.parametrize("name", MISUSED)
def test_a_wrong_call_is_told_and_nothing_is_lost(
    name: str, desk: Desk, snapshot: SnapshotAssertion
) -> None:
    before = desk.records()
    done = desk(*MISUSED[name])
    assert (done.code, is_told(done)) == (ExitCode.USAGE, True), done.err
    assert done.err == snapshot(name=name)
    assert desk.records() == before


def test_the_good_call_is_good(desk: Desk) -> None:
    assert desk(*GOOD).code == ExitCode.FINE


def test_escape_sequences_are_kept_as_given_and_shown_harmless(desk: Desk) -> None:
    wild = "\x1b[2J\x1b]0;owned\x07\u202egnp.exe"
    assert desk(*GOOD, "--description", wild, "--note", wild).code == ExitCode.FINE
    assert desk.last()["description"] == wild
    assert "\x1b" not in desk("log").out + desk("log").err
    assert desk("retract", FIRST, "--reason", wild).code == ExitCode.FINE
    refused = desk("attribute", FIRST, "--account", "RUS", "--unprovoked")
    assert r"why: \x1b[2J\x1b]0;owned\x07\u202egnp.exe" in refused.err


def unavailable(desk: Desk, *, told: str) -> None:
    """Check that every writing command says so, and what the file holds afterwards."""
    file = desk.folder / STORE
    before = file.read_bytes()
    for args in (
        GOOD,
        ("attribute", FIRST, "--account", "RUS", "--unprovoked"),
        ("correct", FIRST, "--reason", "x", "--set", "quantity=3"),
        ("retract", FIRST, "--reason", "x"),
        ("undo",),
        ("dispute", "add", "c-d", "--title", "T"),
        ("party", "add", "ECOWAS", "--title", "T"),
    ):
        done = desk(*args)
        assert (done.code, is_told(done)) == (ExitCode.UNAVAILABLE, True), done.err
        assert told in done.err
    assert file.read_bytes() == before


def test_a_file_that_is_not_a_ledger(desk: Desk) -> None:
    (desk.folder / STORE).write_bytes(b"a shopping list, and a long one " * 200)
    unavailable(desk, told="this is not a ledger")


def test_a_database_of_another_program(desk: Desk) -> None:
    (desk.folder / STORE).unlink()
    with closing(sqlite.connect(desk.folder / STORE)) as connection:
        connection.execute("CREATE TABLE songs (title)")
        connection.commit()
    unavailable(desk, told="it is a database of another program")


def test_a_ledger_of_a_newer_version(desk: Desk) -> None:
    with closing(sqlite.connect(desk.folder / STORE)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    unavailable(desk, told="the ledger was written by a newer version")


def test_no_ledger_at_all(desk: Desk) -> None:
    done = desk(*GOOD, "--store", "other.db")
    assert done.code == ExitCode.UNAVAILABLE
    assert "Hint: reciprocity init --store other.db" in done.err
    assert not (desk.folder / "other.db").exists()


def test_a_store_that_nobody_supports(desk: Desk) -> None:
    done = desk(*GOOD, "--store", "postgresql://me:secret@host/ledger")
    assert (done.code, is_told(done)) == (ExitCode.UNAVAILABLE, True)
    assert "secret" not in done.err


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the write lock of a ledger."""
    with closing(sqlite.connect(path, isolation_level=None)) as rival:
        rival.execute("BEGIN IMMEDIATE")
        yield
        rival.execute("ROLLBACK")


def test_a_locked_store_says_so_and_works_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = open_store.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "lock_timeout_s", 0.05)
    before = desk.records()
    with locked(desk.folder / STORE):
        done = desk(*GOOD)
    assert (done.code, is_told(done)) == (ExitCode.UNAVAILABLE, True), done.err
    assert "the ledger is locked by another writer" in done.err
    assert desk.records() == before
    assert desk(*GOOD).code == ExitCode.FINE


def test_a_ledger_that_can_only_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.records()
    # A test run by root may write anywhere, so the system's answer is put in its mouth.
    monkeypatch.setattr(os, "access", lambda *_args, **_options: False)
    done = desk(*GOOD)
    assert (done.code, is_told(done)) == (ExitCode.UNAVAILABLE, True), done.err
    assert "can only be read" in done.err
    assert desk("dispute", "list").code == ExitCode.FINE
    monkeypatch.undo()
    assert desk.records() == before


@pytest.mark.parametrize(
    "args",
    [
        ("import", "gone.toml"),
        ("tally", "--reading", "gone.toml"),
        ("tally", "--scale", "gone.toml"),
    ],
)
def test_a_missing_file_of_input_is_the_same_wherever_it_is_read(
    desk: Desk, args: tuple[str, ...]
) -> None:
    done = desk(*args)
    assert done.code == ExitCode.REJECTED
    assert "the file cannot be read" in done.err
    assert "where: gone.toml" in done.err
