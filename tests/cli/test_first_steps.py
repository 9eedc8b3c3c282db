"""What a first user tries: every wrong turn is named, and every likely word is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.errors import ExitCode
from tests.cli.desk import EXPULSION, FIRST, SOURCE, STORE, Desk
from tests.cli.example import asked
from tests.cli.harness import run


@pytest.mark.parametrize("command", ["stock", "coverage"])
def test_the_word_list_lists(desk: Desk, command: str) -> None:
    assert desk(command, "list").out == desk(command).out
    assert desk(command, "list").code == ExitCode.FINE
    assert "'lst' means nothing here" in desk(command, "lst").err
    assert desk(command, "lst").code == ExitCode.USAGE


def test_list_stands_beside_nothing_to_record(desk: Desk) -> None:
    done = desk("stock", "list", "--teller", "RUS")
    assert done.code == ExitCode.USAGE
    assert "list takes no options of a record" in done.err


@pytest.mark.parametrize("name", ["mission_staff", "mission staff"])
def test_a_family_is_taken_as_it_is_printed(name: str) -> None:
    assert asked("tally", "--family", name).out == asked("tally", "--family", "mission_staff").out
    assert asked("tally", "--family", name).code == ExitCode.FINE


def test_an_empty_file_of_another_name_is_no_place_for_a_ledger(tmp_path: Path) -> None:
    for name in ("notes.txt", "actions.csv"):
        (tmp_path / name).touch()
        done = run("init", "--store", name, cwd=tmp_path)
        assert done.code == ExitCode.REJECTED
        assert "may be meant for something else" in done.err
        assert (tmp_path / name).read_bytes() == b""
    (tmp_path / "empty.db").touch()
    assert run("init", "--store", "empty.db", cwd=tmp_path).code == ExitCode.FINE
    assert run("init", "--store", "new.txt", cwd=tmp_path).code == ExitCode.FINE


@pytest.mark.parametrize("command", ["show", "chain"])
def test_a_grievance_and_an_outside_action_are_named_for_what_they_are(
    desk: Desk, command: str
) -> None:
    done = desk(*EXPULSION, "--grievance", "law@RUS", "--answers-outside", "riot@RUS")
    assert done.code == 0
    for name, what in (
        ("ext:law@RUS", "a grievance"),
        ("ext:law", "a grievance"),
        ("act:riot@RUS", "an outside action"),
    ):
        done = desk(command, name)
        assert done.code == ExitCode.REJECTED
        assert f"'{name}' is {what}, not an action of the ledger" in done.err
        assert f"it is named as a cause of {FIRST}-2" in done.err
    assert "no action names it as a cause" in desk(command, "ext:nothing").err


def test_a_party_on_two_sides_is_named(desk: Desk) -> None:
    declared = ("--title", "T", "--side", "A=USA", "--side", "B=USA,GBR")
    done = desk("dispute", "add", "c-d", *declared)
    assert done.code == ExitCode.REJECTED
    assert "party USA is on two sides, A and B" in done.err
    assert "small letters" not in done.err


def test_the_hint_of_an_empty_file_fits_its_form(desk: Desk) -> None:
    for name, form in (("e.jsonl", "jsonl"), ("e.csv", "csv")):
        (desk.folder / name).touch()
        assert f"reciprocity export --to {form} prints" in desk("import", name).err


@pytest.mark.parametrize(
    ("args", "where"),
    [
        ((*EXPULSION, "--answers-nothing", "--description", "lone \udcff"), "option --description"),
        ((*EXPULSION, "--answers-nothing", "--tag", "a", "--tag", "\udcff"), "option --tag"),
        (("show", "\udcff"), "argument ID"),
        (("log", "--account", "\udcff"), "option --account"),
    ],
)
def test_a_word_that_is_not_utf_8_is_named_by_its_option(
    desk: Desk, args: tuple[str, ...], where: str
) -> None:
    done = desk(*args)
    assert done.code == ExitCode.REJECTED
    assert "this is not UTF-8" in done.err
    assert f"where: {where}" in done.err


def test_csv_on_a_terminal_is_harmless_and_elsewhere_exact(desk: Desk) -> None:
    source = ("source", FIRST, "--source", f"\x1b[2J{SOURCE}")
    assert desk(*source).code == 0
    log = ("log", "--limit", "1", "--format", "csv")
    assert "\x1b[2J" in desk(*log).out
    shown = desk(*log, tty=True, env={"NO_COLOR": "1"}).out
    assert "\x1b" not in shown
    assert "\\x1b[2J" in shown
    assert (desk.folder / STORE).is_file()
