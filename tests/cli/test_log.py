"""The log lists what was recorded, and only what was asked for."""

from __future__ import annotations

import csv
import io
import json

import pytest
from syrupy.assertion import SnapshotAssertion

from cli.errors import ExitCode
from domain.records.action import Action
from tests.cli.example import asked
from tests.cli.harness import run
from tests.real import real_records


def positions(*args: str) -> list[int]:
    out = asked("log", *args, "--format", "jsonl").out
    return [json.loads(line)["position"] for line in out.splitlines()]


def test_every_record_has_its_line() -> None:
    assert positions() == list(range(1, len(real_records()) + 3))


def test_the_table_stays_as_it_is(snapshot: SnapshotAssertion) -> None:
    assert asked("log", "--limit", "7").out == snapshot


def test_the_last_are_listed_or_the_next_after_a_position() -> None:
    last = len(real_records()) + 2
    assert positions("--limit", "2") == [last - 1, last]
    assert positions("--since", "10", "--limit", "2") == [11, 12]
    assert positions("--since", str(last)) == []


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, 10**30])
def test_no_number_is_too_large_to_be_asked_for(number: int) -> None:
    assert positions("--since", str(number)) == []
    assert positions("--limit", str(number)) == positions()
    assert positions("--since", "10", "--limit", str(number)) == positions("--since", "10")
    for command in (("replay", "--until"), ("initiators", "--as-known-at")):
        done = asked(*command, str(number))
        assert done.code == ExitCode.REJECTED
        assert f"the history has no position {number}" in done.err


def test_an_action_is_listed_with_all_that_was_said_of_it() -> None:
    rows = json.loads(asked("log", "--action", "rus-2017-07-28-cap455", "--format", "json").out)
    assert [(row["id"], row["type"]) for row in rows["rows"]] == [
        ("rus-2017-07-28-cap455", "action.staff_cap"),
        ("rus-2017-07-28-cap455", "attributed"),
        ("rus-2017-07-28-cap455", "characterised"),
    ]


def test_a_type_may_be_named_by_its_beginning() -> None:
    actions = [record for record in real_records() if isinstance(record, Action)]
    assert len(positions("--type", "action")) == len(actions)
    expulsions = [record for record in actions if record.kind == "expulsion"]
    assert len(positions("--type", "action.expulsion")) == len(expulsions)


def test_an_account_is_its_acts_and_its_words() -> None:
    def found(account: str) -> list[tuple[str, str]]:
        out = asked("log", "--account", account, "--format", "csv").out
        return [(row["type"], row["id"]) for row in csv.DictReader(io.StringIO(out))]

    assert found("POL") == [("action.expulsion", "pol-2021-04-15-exp3")]
    assert found("analyst:compilers-for-POL") == [("attributed", "rus-2021-04-16-exp5pol")]
    assert {("attributed", "usa-2023-10-06-exp2"), ("action.expulsion", "rus-2023-09-14-exp2")} < {
        *found("RUS")
    }


@pytest.mark.parametrize(
    "args",
    [("--action", "usa-2016-12-29-exp36"), ("--type", "attribution"), ("--account", "RUZ")],
    ids=["action", "type", "account"],
)
def test_what_is_not_there_is_named(args: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    result = asked("log", *args)
    assert (result.code, result.out) == (3, "")
    assert result.err == snapshot


def test_a_ledger_that_is_not_there_is_named() -> None:
    result = run("log", "--store", "no-such-folder/none.db")
    assert result.code == 5
    assert "Hint:" in result.err
