"""A hint names the command that was called, and the ledger that was named."""

from __future__ import annotations

import pytest

from cli.errors import ExitCode
from tests.cli.desk import FIRST, STORE, Desk


@pytest.mark.parametrize("command", ["initiators", "tally", "replies", "ladder", "audit"])
def test_what_any_reading_takes_is_said_of_the_command_that_was_called(
    desk: Desk, command: str
) -> None:
    done = desk(command, "--family", "visa")
    assert done.err.endswith(f"Hint: reciprocity {command} --help\n")


def test_a_command_about_one_action_is_named_with_it(desk: Desk) -> None:
    assert "Hint: reciprocity chain --help" in desk("chain", FIRST, "--k", "0/0").err


@pytest.fixture
def elsewhere(desk: Desk) -> Desk:
    """The same desk, with its ledger under another name."""
    (desk.folder / STORE).rename(desk.folder / "my ledger.db")
    return desk


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("show", "gone"), "reciprocity log --store 'my ledger.db' --type action"),
        (("tally", "--dispute", "gone"), "reciprocity dispute list --store 'my ledger.db'"),
        (("tally", "--family", "visa"), "reciprocity tally --help"),
        (("audit", "c-gone"), "reciprocity claim list --store 'my ledger.db'"),
        (
            ("replay", "--until", "9"),
            "reciprocity replay --store 'my ledger.db' --until 2",
        ),
    ],
)
def test_a_ledger_that_was_named_is_named_in_the_hint(
    elsewhere: Desk, args: tuple[str, ...], hint: str
) -> None:
    done = elsewhere(*args, "--store", "my ledger.db")
    assert done.code == ExitCode.REJECTED
    assert done.err.endswith(f"Hint: {hint}\n")


def test_a_ledger_that_is_the_default_or_set_is_not_repeated(elsewhere: Desk) -> None:
    done = elsewhere("show", "gone", env={"RECIPROCITY_STORE": "my ledger.db"})
    assert done.err.endswith("Hint: reciprocity log --type action\n")
    (elsewhere.folder / "my ledger.db").rename(elsewhere.folder / STORE)
    done = elsewhere("show", "gone", "--store", STORE)
    assert done.err.endswith("Hint: reciprocity log --type action\n")
