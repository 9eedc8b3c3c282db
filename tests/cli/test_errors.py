"""A failure says what, where, why and what to do; its exit code says of which sort it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel, ValidationError

from cli.errors import EXIT_CODES, ExitCode, explained
from cli.main import main
from domain import errors as domain_errors
from domain.errors import LedgerError
from tests.cli.harness import Result, child, python, run
from tests.cli.probe import ROWS

PLACE = "  where: us.csv, row 3\n  why: it is\\x1b[2J so\nHint: reciprocity doctor\n"


@pytest.fixture(autouse=True)
def _probes_are_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.run.COMMANDS", ROWS)


@pytest.mark.parametrize(
    ("how", "code", "what"),
    [
        ("input", 3, "a kind is unknown"),
        ("usage", 2, "a wrong call"),
        ("verification", 4, "a digest differs"),
        ("store", 5, "a store is locked"),
    ],
)
def test_an_error_of_ours_is_told_whole_and_harmless(how: str, code: int, what: str) -> None:
    assert run("fail", how) == Result(code, "", f"Error: {what}\n{PLACE}")


def test_what_is_not_known_about_an_error_is_left_out() -> None:
    assert run("fail", "ledger") == Result(3, "", "Error: something\n")


def test_every_class_of_error_has_its_exit_code() -> None:
    families = {kind for kind in vars(domain_errors).values() if isinstance(kind, type)}
    assert {kind for kind, _ in EXIT_CODES} == families


def test_a_narrower_error_is_told_as_its_family() -> None:
    class NoSuchKindError(domain_errors.InputError):
        pass

    assert explained(NoSuchKindError("x")).code is ExitCode.REJECTED


def test_a_fault_of_ours_is_owned_without_a_traceback() -> None:
    assert run("fail", "fault") == Result(
        1,
        "",
        "Error: a fault of this program, not of your input\n"
        "  why: RuntimeError: the sky\\x1b[2J fell\n"
        "Hint: run the same command with --debug and report what it prints\n",
    )


@pytest.mark.parametrize("args", [("--debug", "fail", "fault"), ("fail", "fault", "--debug")])
def test_debug_shows_the_traceback_before_the_error(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.code == 1
    assert result.err.startswith("Traceback (most recent call last):\n")
    assert "RuntimeError: the sky\\x1b[2J fell\nError: a fault" in result.err


def test_debug_can_be_asked_by_a_variable_and_shows_our_errors_too() -> None:
    result = run("fail", "input", env={"RECIPROCITY_DEBUG": "1"})
    assert result.code == 3
    assert "InputError: a kind is unknown" in result.err
    assert result.err.endswith(f"Error: a kind is unknown\n{PLACE}")
    assert "Traceback" not in run("fail", "input", env={"RECIPROCITY_DEBUG": "0"}).err


def test_a_value_that_a_model_refuses_is_told_by_field_and_reason() -> None:
    result = run("fail", "model")
    assert result.code == 3
    assert result.err == (
        "Error: this is not a valid Parcel\n"
        "  where: weight\n"
        "  why: weight: Input should be greater than or equal to 0; "
        "label: Input should be a valid string\n"
        "Hint: reciprocity --help\n"
    )


def test_only_the_first_reasons_of_many_are_told() -> None:
    class Wide(BaseModel):
        a: int
        b: int
        c: int
        d: int
        e: int

    with pytest.raises(ValidationError) as caught:
        Wide.model_validate({})
    report = explained(caught.value)
    assert report.why.endswith("c: Field required; and 2 more")


def test_what_the_system_refuses_is_told_with_its_file() -> None:
    result = run("fail", "system")
    assert result.code == 5
    assert "  where: no-such-folder/x.csv\n  why: No such file or directory\n" in result.err


def test_a_missing_library_is_a_fault_and_no_shadow() -> None:
    result = run("fail", "import")
    assert result.code == 1
    assert "ModuleNotFoundError: No module named 'rusty'" in result.err


@pytest.mark.parametrize("how", ["interrupt", "abort", "end-of-input"])
def test_an_interruption_is_one_line(how: str) -> None:
    assert run("fail", how) == Result(130, "", "Interrupted.\n")


def test_an_interruption_while_loading_shows_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_args: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.main.run", interrupted)
    with pytest.raises(SystemExit) as leaving:
        main()
    assert leaving.value.code == ExitCode.INTERRUPTED


def test_a_command_may_leave_with_a_code_of_its_own() -> None:
    assert run("fail", "exit") == Result(4, "", "")


def test_a_broken_pipe_ends_quietly() -> None:
    assert run("fail", "pipe") == Result(141, "", "")


def test_an_error_inside_two_frames_is_told_once() -> None:
    assert run("deep", "nested") == Result(3, "", "Error: told once\n")


@pytest.mark.parametrize(
    ("args", "what", "hint"),
    [
        (
            ("gvien",),
            "reciprocity has no command 'gvien'",
            "did you mean given? reciprocity --help",
        ),
        (("zzz",), "reciprocity has no command 'zzz'", "reciprocity --help"),
        (
            ("deep", "nestd"),
            "reciprocity deep has no command 'nestd'",
            "did you mean nested? reciprocity deep --help",
        ),
        (("given", "--stroe", "x"), "No such option: --stroe", "did you mean --store or "),
        (("given", "--store"), "Option '--store' requires an argument", "reciprocity given --help"),
        (("given", "x"), "Got unexpected extra argument(s) (x)", "reciprocity given --help"),
        (("fail",), "Missing argument 'how'", "reciprocity fail --help"),
        (("given", "--format", "xml"), "Invalid value for '--format'", "reciprocity given --help"),
        (("given", "--color", "red"), "Invalid value for '--color': 'red'", "reciprocity given"),
        (("--zzz",), "No such option: --zzz", "reciprocity --help"),
        (("given\x1b[2J",), r"reciprocity has no command 'given\x1b[2J'", "did you mean given?"),
    ],
)
def test_a_wrong_call_is_told_in_the_same_form(args: tuple[str, ...], what: str, hint: str) -> None:
    result = run(*args)
    assert result.code == 2
    first, *_, last = result.err.splitlines()
    assert first.startswith(f"Error: {what}")
    assert last.startswith(f"Hint: {hint}")
    assert "\x1b" not in result.err


def test_nothing_asked_shows_the_help_page_as_wrong_usage() -> None:
    result = run()
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Usage: reciprocity ")


def test_the_label_is_coloured_on_a_terminal_and_says_the_same_without() -> None:
    env = {"NO_COLOR": None}
    assert run("fail", "ledger", tty=True, env=env).err == "\x1b[1;31mError:\x1b[0m something\n"
    assert run("fail", "ledger", env=env).err == "Error: something\n"


@pytest.mark.parametrize(
    ("args", "env", "tty", "coloured"),
    [
        ((), {"NO_COLOR": "1"}, True, False),
        ((), {"NO_COLOR": ""}, True, True),
        ((), {"NO_COLOR": None, "TERM": "dumb"}, True, False),
        (("--color", "always"), {"NO_COLOR": "1"}, False, True),
        (("--color", "never"), {"NO_COLOR": None}, True, False),
        ((), {"RECIPROCITY_COLOR": "always", "NO_COLOR": "1"}, False, True),
        (("--color", "auto"), {"RECIPROCITY_COLOR": "always", "NO_COLOR": None}, False, False),
    ],
)
def test_colour_is_obeyed_flag_then_setting_then_no_color(
    args: tuple[str, ...], env: dict[str, str | None], tty: bool, coloured: bool
) -> None:
    before = run(*args, "fail", "ledger", tty=tty, env=env)
    after = run("fail", "ledger", *args, tty=tty, env=env)
    assert ("\x1b" in before.err) is coloured
    assert after == before


def test_a_reader_that_went_away_is_no_fault(tmp_path: Path) -> None:
    script = tmp_path / "reader.py"
    script.write_text(
        "import subprocess, sys\n"
        "p = subprocess.Popen([sys.executable, '-m', 'cli.main', 'doctor'],"
        " stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "p.stdout.close()\n"
        "err = p.stderr.read().decode()\n"
        "print(p.wait(), 'Error' in err, 'Exception' in err)\n",
        encoding="utf-8",
    )
    assert python(str(script), cwd=tmp_path).out == "141 False False\n"


def test_a_full_disk_under_the_output_is_told(tmp_path: Path) -> None:
    script = tmp_path / "full.py"
    closed_for_writing = tmp_path / "out"
    closed_for_writing.touch()
    script.write_text(
        "import subprocess, sys\n"
        f"with open({str(closed_for_writing)!r}) as out:\n"
        "    p = subprocess.run([sys.executable, '-m', 'cli.main', 'doctor'], stdout=out,"
        " stderr=subprocess.PIPE)\n"
        "print(p.returncode)\n"
        "print(p.stderr.decode())\n",
        encoding="utf-8",
    )
    done = python(str(script), cwd=tmp_path)
    assert done.out.startswith("5\n")
    assert "Error: the system refused to read or write\n" in done.out
    assert "Exception ignored" not in done.out


def test_a_namesake_of_our_package_is_named_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "domain.py").write_text("", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from cli.main import run;"
        " sys.exit(run(['doctor']))"
    )
    done = python("-c", code)
    assert done.code == 1
    assert "Error: another module named 'domain' hides this program's own: " in done.err
    assert str(tmp_path / "domain.py") in done.err
    assert "Hint: rename or uninstall it" in done.err
    assert "Traceback" not in done.err


def test_typer_knows_its_own_errors_under_the_name_we_catch() -> None:
    assert issubclass(typer.BadParameter, typer.TyperException)
    assert not issubclass(LedgerError, ValueError)


def test_a_process_leaves_with_the_same_code_and_words() -> None:
    here, there = run("doctr"), child("doctr")
    assert here.code == there.code == 2
    assert sys.executable not in there.err
