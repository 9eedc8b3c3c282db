"""A flag wins over a variable, that over the folder's file, that over the user's file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli import options, terminal
from cli.output import Format
from cli.settings import (
    KEYS,
    SettingsFileError,
    SettingValueError,
    UnknownSettingError,
    read_settings,
    settings_files,
)
from tests.cli.harness import run
from tests.cli.probe import ROWS


@pytest.fixture(autouse=True)
def _probes_are_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.run.COMMANDS", ROWS)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "config" / "reciprocity").mkdir(parents=True)
    return tmp_path


def write_folder_file(folder: Path, text: str) -> None:
    (folder / "reciprocity.toml").write_text(text, encoding="utf-8")


def write_user_file(folder: Path, text: str) -> None:
    (folder / "config" / "reciprocity" / "config.toml").write_text(text, encoding="utf-8")


def given(folder: Path, *args: str, **variables: str) -> dict[str, str | None]:
    env = {"XDG_CONFIG_HOME": str(folder / "config"), "USER": "ada", "LOGNAME": "ada", **variables}
    result = run("given", *args, cwd=folder, env=env)
    assert result.code == 0, result.err
    values: dict[str, str | None] = json.loads(result.out)
    return values


def test_without_settings_the_defaults_hold(folder: Path) -> None:
    assert given(folder) == {
        "store": "reciprocity.db",
        "recorded_by": "ada",
        "format": "table",
        "dispute": None,
    }


def test_each_source_wins_over_the_next(folder: Path) -> None:
    write_user_file(folder, 'store = "user.db"\nformat = "md"\ndispute = "user"\n')
    assert given(folder)["store"] == "user.db"
    write_folder_file(folder, 'store = "folder.db"\nformat = "csv"\n')
    assert given(folder)["store"] == "folder.db"
    assert given(folder)["dispute"] == "user"
    assert given(folder, RECIPROCITY_STORE="variable.db")["store"] == "variable.db"
    values = given(folder, "--store", "flag.db", RECIPROCITY_STORE="variable.db")
    assert (values["store"], values["format"]) == ("flag.db", "csv")


def test_who_records_can_be_set_by_its_short_variable(folder: Path) -> None:
    assert given(folder, RECIPROCITY_BY="grace")["recorded_by"] == "grace"
    write_folder_file(folder, 'recorded_by = "katherine"\n')
    assert given(folder)["recorded_by"] == "katherine"
    assert given(folder, "--recorded-by", "mary")["recorded_by"] == "mary"


def test_an_empty_variable_sets_nothing(folder: Path) -> None:
    assert given(folder, RECIPROCITY_STORE="")["store"] == "reciprocity.db"


def test_an_unknown_key_is_refused_with_the_nearest_name(folder: Path) -> None:
    write_folder_file(folder, 'stroe = "x.db"\n')
    result = run("given", cwd=folder)
    assert result.code == 2
    assert result.err == (
        "Error: 'stroe' is not a setting\n"
        "  where: reciprocity.toml\n"
        "  why: did you mean store?\n"
        "Hint: reciprocity doctor\n"
    )


def test_a_help_page_needs_no_sound_settings_and_shows_none(folder: Path) -> None:
    write_folder_file(folder, 'nonsense = "x"\nstore = "mine.db"')
    result = run("given", "--help", cwd=folder)
    assert result.code == 0
    assert "mine.db" not in result.out
    assert "reciprocity.db" in result.out


@pytest.mark.parametrize(
    ("text", "error", "what", "why"),
    [
        ("store = ", SettingsFileError, "cannot be read", "Invalid value"),
        ("store = 3", SettingValueError, "store = 3 is not a text", "the ledger"),
        ("store = true", SettingValueError, "store = True is not a text", "the ledger"),
        (
            'format = "jsno"',
            SettingValueError,
            "format cannot be 'jsno'",
            "did you mean json or jsonl?",
        ),
        ('color = "7"', SettingValueError, "color cannot be '7'", "auto, always, never"),
        ('[store]\nfile = "x"', SettingValueError, "store = {'file': 'x'}", "the ledger"),
        ("zzz = 1", UnknownSettingError, "'zzz' is not a setting", "the settings are store"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_place(
    folder: Path, text: str, error: type[Exception], what: str, why: str
) -> None:
    write_folder_file(folder, text)
    settings = read_settings({}, folder)
    (problem,) = settings.problems
    assert type(problem) is error
    assert what in problem.what
    assert why in problem.why
    assert problem.where == str(folder / "reciprocity.toml")
    with pytest.raises(error):
        settings.require_sound()


def test_a_wrong_variable_is_named(folder: Path) -> None:
    (problem,) = read_settings({"RECIPROCITY_FORMAT": "yaml"}, folder).problems
    assert problem.where == "RECIPROCITY_FORMAT"


def test_a_file_that_is_not_text_is_refused_by_name(folder: Path) -> None:
    (folder / "reciprocity.toml").write_bytes(b"store = '\xff'")
    (problem,) = read_settings({}, folder).problems
    assert problem.why == "it is not UTF-8"


def test_a_value_that_is_refused_leaves_the_default(folder: Path) -> None:
    write_folder_file(folder, 'format = "yaml"\n')
    assert read_settings({}, folder).value("format") == "table"


@pytest.mark.parametrize(
    ("word", "value"), [("1", "true"), ("Yes", "true"), ("off", "false"), ("0", "false")]
)
def test_debug_is_said_in_any_of_the_usual_words(folder: Path, word: str, value: str) -> None:
    assert read_settings({"RECIPROCITY_DEBUG": word}, folder).value("debug") == value


def test_debug_in_a_file_is_a_boolean(folder: Path) -> None:
    write_folder_file(folder, "debug = true\n")
    settings = read_settings({}, folder)
    assert (settings.value("debug"), settings.problems) == ("true", ())


def test_every_value_says_where_it_comes_from(folder: Path) -> None:
    write_folder_file(folder, 'store = "x.db"\n')
    entries = read_settings({"RECIPROCITY_COLOR": "never"}, folder).entries
    origins = {entry.name: entry.origin for entry in entries}
    assert origins["store"] == str(folder / "reciprocity.toml")
    assert origins["color"] == "RECIPROCITY_COLOR"
    assert origins["format"] == "default"
    assert [entry.name for entry in entries] == [key.name for key in KEYS]


def test_a_misspelt_variable_is_seen() -> None:
    settings = read_settings({"RECIPROCITY_STROE": "x", "RECIPROCITY_BY": "y"}, Path("nowhere"))
    assert settings.unknown_variables == ("RECIPROCITY_STROE",)


def test_the_config_folder_follows_xdg() -> None:
    own = Path("reciprocity.toml")
    named = {"XDG_CONFIG_HOME": "/etc/xdg", "HOME": "/h"}
    assert settings_files(named, Path()) == (own, Path("/etc/xdg/reciprocity/config.toml"))
    relative = {"XDG_CONFIG_HOME": "relative", "HOME": "/h"}
    assert settings_files(relative, Path()) == (own, Path("/h/.config/reciprocity/config.toml"))
    assert settings_files({}, Path()) == (own,)


def test_choices_are_the_ones_that_the_options_have() -> None:
    choices = {key.name: key.choices for key in KEYS}
    assert choices["format"] == tuple(Format)
    assert choices["color"] == tuple(terminal.Color)
    assert options.default_format() is Format.TABLE
