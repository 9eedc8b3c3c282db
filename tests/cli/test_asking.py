"""Asking question by question: every answer is checked at once, and there is a way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
import typer

from cli.asking import Answers, Interview, Question
from cli.completing import completer, read_line
from domain.errors import InputError, require
from tests.cli.desk import FIRST, Desk, desk_with
from tests.making import act, two_sides


def no_digits(text: str, _answers: Answers) -> None:
    require(text.isalpha(), InputError("digits", hint="write letters"))


QUESTIONS = (
    Question("a", "A", no_digits, lambda _: ("one", "two")),
    Question("b", "First line\nB", applies=lambda answers: answers["a"] == "one"),
    Question("c", "C", required=lambda _: False),
    Question("d", "D", proposed=lambda answers: answers["a"] + "!"),
)


class Script:
    """Somebody who answers from a list, and remembers what was asked."""

    def __init__(self, *lines: str) -> None:
        self.lines: Iterator[str] = iter(lines)
        self.prompts: list[str] = []

    def read(self, prompt: str, _choices: Sequence[str]) -> str:
        self.prompts.append(prompt.rstrip(": "))
        return next(self.lines)


def asked(*lines: str) -> tuple[Answers, list[str]]:
    script = Script(*lines)
    answers = Interview(QUESTIONS, script.read).finish()
    assert list(script.lines) == []
    return answers, script.prompts


def test_questions_come_in_order_and_only_where_they_apply() -> None:
    assert asked("one", "x", "y", "z") == (
        {"a": "one", "b": "x", "c": "y", "d": "z"},
        ["A", "B", "C", "D [one!]"],
    )
    assert asked("two", "y", "z")[1] == ["A", "C", "D [two!]"]


def test_a_wrong_answer_is_told_and_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    answers, prompts = asked("1", "two", "y", "z")
    assert answers["a"] == "two"
    assert prompts[:2] == ["A", "A"]
    assert capsys.readouterr().err == "Error: digits\nHint: write letters\n"


def test_going_back_proposes_the_answer_of_before() -> None:
    answers, prompts = asked("one", "x", "<", "<", "", "X", "", "")
    assert prompts == ["A", "B", "C", "B [x]", "A [one]", "B [x]", "C", "D [one!]"]
    assert answers == {"a": "one", "b": "X", "d": "one!"}


def test_going_back_past_a_question_that_no_longer_applies_forgets_it() -> None:
    answers, prompts = asked("one", "x", "<", "<", "two", "y", "z")
    assert "b" not in answers
    assert prompts[-2:] == ["C", "D [two!]"]


def test_before_the_first_question_there_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    answers, prompts = asked("<", "two", "y", "z")
    assert prompts[:2] == ["A", "A"]
    assert answers["a"] == "two"
    assert "This is the first question." in capsys.readouterr().err


def test_what_fits_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    asked("?", "two", "?", "y", "z")
    assert capsys.readouterr().err == (
        "  one, two\nThere is no list for this: write it as the question says.\n"
    )


def test_an_answer_may_be_left_open_only_where_it_is_not_required(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers, _ = asked("", "-", "two", "y", "<", "-", "z")
    assert answers == {"a": "two", "d": "z"}
    assert capsys.readouterr().err == "This needs an answer.\n" * 2


def test_explanations_are_said_once_and_not_part_of_the_prompt(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked("one", "", "x", "y", "z")
    assert capsys.readouterr().err == "First line\nThis needs an answer.\n"


def test_completion_minds_no_case_and_ends() -> None:
    complete = completer(("USA", "USSR", "RUS"))
    assert [complete("us", number) for number in range(3)] == ["USA", "USSR", None]
    assert complete("x", 0) is None


def test_the_end_of_input_ends_the_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)
    with pytest.raises(typer.Abort):
        read_line("A: ", ("one",))


def test_without_readline_it_still_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.completing._readline", lambda: None)
    monkeypatch.setattr("builtins.input", lambda prompt: prompt)
    assert read_line("A: ", ("one",)) == "A: "


EXPULSION = ("expulsion", "RUS", "USA", "2017-07-28", "755", FIRST, "A page | A paper", "")


def test_a_whole_action_is_asked_for_shown_and_recorded(desk: Desk) -> None:
    lines = (*EXPULSION, "note tag", "core, un", "As announced.", "", "yes")
    done = desk("add", input="\n".join(lines) + "\n", tty=True)
    assert done.code == 0, done.err
    assert desk.records()[-1] == (
        "action.expulsion",
        {
            "id": "rus-2017-07-28-expulsion",
            "dispute": "a-b",
            "actors": ["RUS"],
            "targets": ["USA"],
            "occurred": "2017-07-28",
            "cause": [FIRST],
            "quantity": {"value": 755, "unit": "persons"},
            "sources": [{"title": "A page", "publisher": "A paper"}],
            "tags": ["core", "un"],
            "note": "As announced.",
        },
    )
    assert "This will be recorded:\n  kind" in done.err
    assert "  sources   A page | A paper\n" in done.err


@pytest.mark.parametrize("answer", ["no", "n"])
def test_what_is_not_agreed_to_is_not_recorded(desk: Desk, answer: str) -> None:
    before = desk.records()
    done = desk("add", input="\n".join((*EXPULSION, "", "", "maybe", answer)) + "\n", tty=True)
    assert (done.code, "Nothing was recorded." in done.err) == (0, True)
    assert "Answer yes, no, or <." in done.err
    assert desk.records() == before


def test_input_that_ends_early_records_nothing(desk: Desk) -> None:
    before = desk.records()
    done = desk("add", input="\n".join(EXPULSION) + "\n", tty=True)
    assert (done.code, done.err.endswith("Interrupted.\n")) == (130, True)
    assert desk.records() == before


def test_a_kind_that_was_given_is_proposed(desk: Desk) -> None:
    done = desk("add", "recall", input="\n", tty=True)
    assert "What sort of action [recall]: " in done.out


def test_a_retaliation_is_asked_for_its_rung_and_a_cap_for_its_unit(desk: Desk) -> None:
    lines = ("retaliation", "RUS", "USA", "2017", "-", "9", "4", FIRST, "S", "", "", "", "y")
    assert desk("add", input="\n".join(lines) + "\n", tty=True).code == 0
    assert desk.last()["rung"] == 4
    cap = ("staff_cap", "RUS", "USA", "2017", "455", "persons", "", "nothing", "S", "", "", "")
    assert desk("add", input="\n".join((*cap, "y")) + "\n", tty=True).code == 0
    assert desk.last()["quantity"] == {"value": 455, "unit": "posts_ceiling"}
    assert desk.last()["cause"] == []


def test_causes_in_all_their_forms_are_taken_together(desk: Desk) -> None:
    causes = f"{FIRST}; act:law@USA ext:habit@USA,ext:frost"
    wrong = ("usa-2016-12-29-expulsoin", "act:law", "nothing nothing")
    lines = (*EXPULSION[:5], *wrong, causes, *EXPULSION[6:], "", "", "y")
    done = desk("add", input="\n".join(lines) + "\n", tty=True)
    assert f"did you mean {FIRST}?" in done.err
    assert set(desk.last()["cause"]) == {FIRST, "act:law@USA", "ext:habit@USA", "ext:frost"}
    silent = (*EXPULSION[:5], "not stated", *EXPULSION[6:], "", "", "y")
    assert desk("add", input="\n".join(silent) + "\n", tty=True).code == 0
    assert desk.last()["cause"] == "none_stated"


def test_every_further_field_can_be_asked_for(desk: Desk) -> None:
    further = "public effective part-of executes carries-out same-as reverses tag organ family"
    more = (f"{further} confidence note", "soon", "2017-07-29", "2017-09", *[FIRST] * 5, "a b")
    rest = ("executive", "weather", "un_mission", "found", "A note.", "the-id", "y")
    done = desk("add", input="\n".join((*EXPULSION, "colour", *more, *rest)) + "\n", tty=True)
    assert done.code == 0, done.err
    last = desk.last()
    assert (last["id"], last["organ"], last["family"]) == ("the-id", "executive", "un_mission")
    assert (last["made_public"], last["effective"]) == ("2017-07-29", "2017-09")
    assert (last["part_of"], last["executes"], last["reverses"]) == (FIRST, [FIRST], [FIRST])
    assert (last["tags"], last["confidence"]) == (["a", "b"], "found")


def test_which_dispute_is_asked_only_where_there_are_several(tmp_path_two: Desk) -> None:
    lines = (*EXPULSION, "us-rusia", "c-d", "", "", "y")
    done = tmp_path_two("add", input="\n".join(lines) + "\n", tty=True)
    assert done.code == 0, done.err
    assert tmp_path_two.last()["dispute"] == "c-d"
    given = (*EXPULSION, "", "", "y")
    assert (
        tmp_path_two("add", "--dispute", "a-b", input="\n".join(given) + "\n", tty=True).code == 0
    )


def test_a_ledger_without_a_dispute_is_told_before_anything_is_asked(empty_desk: Desk) -> None:
    done = empty_desk("add", input="expulsion\n", tty=True)
    assert (done.code, done.out) == (3, "")
    assert "this ledger has no dispute yet" in done.err
    assert "Hint: reciprocity dispute add" in done.err


def test_what_the_ledger_refuses_as_a_whole_leads_back_to_the_last_question(desk: Desk) -> None:
    lines = (*EXPULSION, "", FIRST, "another-id", "y")
    done = desk("add", input="\n".join(lines) + "\n", tty=True)
    assert done.code == 0, done.err
    assert "is recorded already, with other content" in done.err
    assert desk.last()["id"] == "another-id"


def test_what_is_recorded_already_is_said_to_be(desk: Desk) -> None:
    lines = "\n".join((*EXPULSION, "", "", "y")) + "\n"
    assert desk("add", input=lines, tty=True).code == 0
    again = desk("add", input=lines, tty=True)
    assert "This is recorded already:" in again.err
    assert again.err.endswith("It was recorded already: nothing was written.\n")


@pytest.fixture
def tmp_path_two(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A ledger with two disputes."""
    folder = tmp_path_factory.mktemp("two")
    first = act(FIRST, on="2016-12-29", quantity=35)
    return desk_with(folder, two_sides(), two_sides("c-d"), first)


@pytest.fixture
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A ledger with nothing in it."""
    return desk_with(tmp_path_factory.mktemp("empty"))
