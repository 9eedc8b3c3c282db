"""What accounts say of an action's cause, and what they take back."""

from __future__ import annotations

import pytest

from tests.cli.desk import FIRST, SOURCE, Desk

ATTRIBUTE = ("attribute", FIRST, "--account", "RUS")


@pytest.mark.parametrize(
    ("options", "stored"),
    [
        (("--unprovoked",), {"causes": "unprovoked", "basis": "stated"}),
        (("--answers-nothing",), {"causes": [], "basis": "stated"}),
        (("--answers-outside", "law@USA"), {"causes": ["act:law@USA"], "basis": "stated"}),
        (("--grievance", "habit"), {"causes": ["ext:habit"], "basis": "stated"}),
        (("--silent", "disputed"), {"causes": "disputed", "basis": "stated"}),
        (("--silent", "none_stated"), {"causes": "none_stated"}),
        (("--silent", "unknown"), {"causes": "unknown"}),
        (("--silent", "not_applicable"), {"causes": "not_applicable"}),
        (
            ("--silent", "none_stated", "--stance", "unjustified"),
            {"causes": "none_stated", "stance": "unjustified", "basis": "stated"},
        ),
    ],
)
def test_each_way_of_saying_the_cause(
    desk: Desk, options: tuple[str, ...], stored: dict[str, object]
) -> None:
    assert desk.row(*ATTRIBUTE, *options)["id"] == FIRST
    assert desk.records()[-1] == ("attributed", {"action": FIRST, "account": "RUS", **stored})


def test_source_quotation_and_date_are_kept(desk: Desk) -> None:
    desk.row(
        *(*ATTRIBUTE, "--unprovoked", "--stance", "unjustified", "--source", SOURCE),
        *("--quote", "без причины", "--stated-on", "2016-12-30", "--note", "by the spokesperson"),
    )
    last = desk.last()
    assert last["quotation"] == "без причины"
    assert last["stated_on"] == "2016-12-30"
    assert last["note"] == "by the spokesperson"
    assert last["sources"][0]["title"] == "A page"


def test_an_inferred_word_is_the_analysts_and_that_is_said(desk: Desk) -> None:
    done = desk(*ATTRIBUTE, "--unprovoked", "--inferred")
    assert done.code == 0
    assert "never RUS's own: it stands under analyst:compilers-for-RUS" in done.err
    assert desk.last()["account"] == "analyst:compilers-for-RUS"
    assert desk.last()["basis"] == "inferred"


@pytest.mark.parametrize("account", ["analyst:smith", "press:reuters", "rule:nearest", "X-E3"])
def test_any_teller_may_speak(desk: Desk, account: str) -> None:
    desk.row("attribute", FIRST, "--account", account, "--unprovoked")
    assert desk.last()["account"] == account


def test_an_analyst_who_infers_keeps_the_name(desk: Desk) -> None:
    done = desk("attribute", FIRST, "--account", "analyst:smith", "--unprovoked", "--inferred")
    assert (done.code, done.err) == (0, "")
    assert desk.last()["account"] == "analyst:smith"


def test_what_was_said_last_is_withdrawn_and_then_what_was_said_before(desk: Desk) -> None:
    desk.row(*ATTRIBUTE, "--unprovoked")
    desk.row(*ATTRIBUTE, "--answers-nothing")
    withdrawn = []
    for _ in range(2):
        row = desk.row(*ATTRIBUTE, "--withdraw", "--reason", "never said")
        assert row["record"] == "attribution_withdrawn"
        assert desk.last()["reason"] == "never said"
        withdrawn.append(desk.last()["statement"])
    assert len(set(withdrawn)) == 2
    empty = desk(*ATTRIBUTE, "--withdraw")
    assert empty.code == 3
    assert "RUS has no such statement in force" in empty.err
    assert "nobody has one" in empty.err


def test_withdrawing_names_those_who_did_speak(desk: Desk) -> None:
    desk.row(*ATTRIBUTE, "--unprovoked")
    done = desk("attribute", FIRST, "--account", "USA", "--withdraw")
    assert "why: those who have are RUS" in done.err


def test_an_inferred_word_is_withdrawn_as_it_was_made(desk: Desk) -> None:
    desk.row(*ATTRIBUTE, "--unprovoked", "--inferred")
    assert desk(*ATTRIBUTE, "--withdraw").code == 3
    assert desk(*ATTRIBUTE, "--withdraw", "--inferred").code == 0


def test_nothing_is_said_and_withdrawn_in_one_call(desk: Desk) -> None:
    desk.row(*ATTRIBUTE, "--unprovoked")
    for more in (("--unprovoked",), ("--stance", "justified"), ("--answers", FIRST)):
        done = desk(*ATTRIBUTE, "--withdraw", *more)
        assert done.code == 2
        assert f"{more[0]} makes one" in done.err


def test_what_was_withdrawn_can_be_said_again(desk: Desk) -> None:
    desk.row(*ATTRIBUTE, "--unprovoked")
    assert desk.row(*ATTRIBUTE, "--unprovoked")["status"] == "same"
    desk.row(*ATTRIBUTE, "--withdraw")
    assert desk.row(*ATTRIBUTE, "--unprovoked")["status"] == "new"
    assert desk.last()["again"] == 1


def test_a_late_cause_is_recorded_with_a_warning(desk: Desk) -> None:
    late = ("add", "recall", "--by", "RUS", "--against", "USA", "--on", "2018", "--source", "S")
    later = desk.row(*late, "--answers", FIRST)["id"]
    done = desk("attribute", FIRST, "--account", "USA", "--answers", later)
    assert done.code == 0
    assert f"{FIRST} certainly came before {later}, which it answers according to USA" in done.err
