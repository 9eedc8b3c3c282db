"""`add` as a user meets it: a real terminal, a real process, real keys."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pexpect
import pytest

from tests.cli.desk import FIRST, Desk
from tests.cli.harness import ROOT

PATIENCE_S = 60
TAB, CTRL_C, CTRL_D = "\t", "\x03", "\x04"
# Python 3.12 warns of every fork in a process with threads; the child only starts a program.
pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty.*:DeprecationWarning")
LATER = "rus-2017-07-28-expulsion"


class Terminal:
    """A pseudo-terminal with `reciprocity add` in it."""

    def __init__(self, desk: Desk) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "LANG": "C.UTF-8"}
        self.child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "cli.main", "add"],
            cwd=str(desk.folder),
            env=environment,
            encoding="utf-8",
            dimensions=(50, 200),
            timeout=PATIENCE_S,
        )

    def answer(self, question: str, keys: str) -> None:
        """Wait for a question, and type an answer with Enter behind it."""
        self.child.expect_exact(question)
        self.child.send(f"{keys}\r")

    def see(self, text: str) -> None:
        """Wait until a text is shown."""
        self.child.expect_exact(text)

    def end(self) -> int | None:
        """Wait for the process to leave; give its exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus


@pytest.fixture
def terminal(desk: Desk) -> Iterator[Terminal]:
    """A terminal in the desk's folder; whatever happens, nothing is left running."""
    opened = Terminal(desk)
    yield opened
    opened.child.close(force=True)


def test_an_action_is_recorded_with_a_slip_a_way_back_and_completion(
    desk: Desk, terminal: Terminal
) -> None:
    terminal.see("Ctrl-C stops, and nothing is recorded.")
    terminal.answer("What sort of action: ", "expulsoin")
    terminal.see("did you mean expulsion?")
    terminal.answer("What sort of action: ", f"expul{TAB}")
    terminal.answer("Who acted, by party code: ", "GBR")
    terminal.answer("On whom: ", "<")
    terminal.answer("Who acted, by party code [GBR]: ", f"rus{TAB}")
    terminal.answer("On whom: ", "USA")
    terminal.answer("a/b): ", "2017-02-30")
    terminal.see("'2017-02-30' does not exist")
    terminal.answer("a/b): ", "2017-07-28")
    terminal.answer("unknown): ", "-755")
    terminal.see("'-755' is below zero")
    terminal.answer("unknown): ", "755")
    terminal.answer("as the actor said: ", f"usa-2016{TAB}")
    terminal.answer("address): ", "МИД России | A paper")
    terminal.answer("in a sentence: ", "")
    terminal.answer("More fields", "")
    terminal.answer("Its id", "")
    terminal.see("This will be recorded:")
    terminal.see("755 persons")
    before = desk.records()
    terminal.answer("Record it?", "<")
    terminal.answer("Its id", "")
    assert desk.records() == before
    terminal.answer("Record it?", "yes")
    terminal.see(LATER)
    assert terminal.end() == 0
    last = desk.last()
    assert (last["id"], last["actors"], last["cause"]) == (LATER, ["RUS"], [FIRST])
    assert last["sources"] == [{"title": "МИД России", "publisher": "A paper"}]


@pytest.mark.parametrize("keys", [CTRL_C, CTRL_D])
def test_leaving_in_the_middle_records_nothing(keys: str, desk: Desk, terminal: Terminal) -> None:
    before = desk.records()
    terminal.answer("What sort of action: ", "expulsion")
    terminal.answer("Who acted, by party code: ", "RUS")
    terminal.see("On whom: ")
    terminal.child.send(keys)
    terminal.see("Interrupted.")
    assert terminal.end() == 128 + signal.SIGINT
    assert desk.records() == before


def test_ctrl_c_at_the_last_question_records_nothing(desk: Desk, terminal: Terminal) -> None:
    before = desk.records()
    for question, keys in (
        ("What sort of action: ", "recall"),
        ("Who acted, by party code: ", "RUS"),
        ("On whom: ", "USA"),
        ("a/b): ", "2021-03-17"),
        ("unknown): ", ""),
        ("as the actor said: ", "not-stated"),
        ("address): ", "A page"),
        ("in a sentence: ", ""),
        ("More fields", ""),
        ("Its id", ""),
    ):
        terminal.answer(question, keys)
    terminal.see("Record it?")
    terminal.child.send(CTRL_C)
    terminal.see("Interrupted.")
    assert terminal.end() == 128 + signal.SIGINT
    assert desk.records() == before
