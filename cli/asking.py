"""Asking question by question: each answer checked at once, with a way back to the one before.

Four answers mean something of their own: nothing takes what stands in brackets, `?` lists what
fits, `<` goes back, `-` leaves the question open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from cli.errors import explained, print_report
from cli.terminal import say
from cli.text import folded, harmless
from domain.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BACK, LIST, OPEN = "<", "?", "-"
MANUAL = (
    "Answer each question. Enter takes what stands in [brackets], Tab completes, ? lists what "
    "fits,\n< goes back, - leaves a question open. Ctrl-C stops, and nothing is recorded."
)
LIST_COLUMNS_MAX = 78

Answers = dict[str, str]
"""The name of a question to its answer; what was left open is not there."""


def always(_answers: Answers) -> bool:
    """Let a question be asked whatever was answered before."""
    return True


def none(_answers: Answers) -> tuple[str, ...]:
    """Offer nothing to choose from."""
    return ()


def nothing(_answers: Answers) -> str:
    """Propose nothing."""
    return ""


def agree(_text: str, _answers: Answers) -> None:
    """Take any answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. What depends on earlier answers is a function of them.

    `check` raises a LedgerError for an answer that will not do. `required` has no way to be left
    open. The last line of `text` is the prompt; lines before it are said once.
    """

    name: str
    text: str
    check: Callable[[str, Answers], object] = agree
    choices: Callable[[Answers], Sequence[str]] = none
    proposed: Callable[[Answers], str] = nothing
    applies: Callable[[Answers], bool] = always
    required: Callable[[Answers], bool] = always


class Move(Enum):
    """Where to go after a question."""

    ON = auto()
    BACKWARD = auto()


@dataclass(slots=True)
class Interview:
    """Questions in order, the answers so far, and the way that was taken through them.

    `read` asks for one line, given the prompt and what may be completed.
    """

    questions: Sequence[Question]
    read: Callable[[str, Sequence[str]], str]
    answers: Answers = field(default_factory=dict)
    _at: int = 0
    _asked: list[int] = field(default_factory=list)

    def finish(self) -> Answers:
        """Ask whatever is still to be asked, and return the answers."""
        while self._at < len(self.questions):
            question = self.questions[self._at]
            if not question.applies(self.answers):
                self.answers.pop(question.name, None)
                self._at += 1
            elif self._ask(question) is Move.BACKWARD:
                self.back()
            else:
                self._asked.append(self._at)
                self._at += 1
        return self.answers

    def back(self) -> None:
        """Return to the question that was asked last."""
        if self._asked:
            self._at = self._asked.pop()
        else:
            say("This is the first question.")

    def _ask(self, question: Question) -> Move:
        """Ask until the answer will do, or until it is to go back."""
        choices = question.choices(self.answers)
        *explanation, text = question.text.split("\n")
        for line in explanation:
            say(line)
        while True:
            proposed = self.answers.get(question.name) or question.proposed(self.answers)
            shown = f" [{harmless(proposed)}]" if proposed else ""
            given = self.read(f"{text}{shown}: ", choices).strip()
            if given == BACK:
                return Move.BACKWARD
            if given == LIST:
                tell_choices(choices)
            elif self._takes(question, proposed if given == "" else given):
                return Move.ON

    def _takes(self, question: Question, answer: str) -> bool:
        """Keep an answer that will do; say what is wrong with another."""
        if answer in {"", OPEN}:
            if question.required(self.answers):
                say("This needs an answer.")
                return False
            self.answers.pop(question.name, None)
            return True
        try:
            question.check(answer, self.answers)
        except LedgerError as error:
            print_report(explained(error))
            return False
        self.answers[question.name] = answer
        return True


def tell_choices(choices: Sequence[str]) -> None:
    """List what fits, several on a line."""
    if not choices:
        say("There is no list for this: write it as the question says.")
    for line in folded(harmless(", ".join(choices)), LIST_COLUMNS_MAX) if choices else ():
        say(f"  {line}")
