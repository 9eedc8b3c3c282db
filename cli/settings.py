"""Settings: what a flag need not say every time, and where each value came from.

A flag wins over a `RECIPROCITY_*` variable, that over `reciprocity.toml` in the folder, that over
`reciprocity/config.toml` in the user's config folder (XDG Base Directory Specification), that over
the default. The files are flat TOML tables with the names of `KEYS`. Reading never fails: what is
wrong is kept as a problem, so that `reciprocity doctor` can show it while other commands refuse.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from domain.errors import UsageError, require
from domain.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER_FILE = "reciprocity.toml"
USER_FILE = Path("reciprocity", "config.toml")
VARIABLE_PREFIX = "RECIPROCITY_"
DEFAULT_ORIGIN = "default"
DOCTOR = "reciprocity doctor"

KeyName = Literal["store", "format", "color", "recorded_by", "dispute", "debug"]


class UnknownSettingError(UsageError):
    """A settings file has a key that means nothing."""


class SettingValueError(UsageError):
    """A setting has a value that it cannot have."""


class SettingsFileError(UsageError):
    """A settings file cannot be read, or is not TOML."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be set: the name of its parameter and of its key, its variable."""

    name: KeyName
    variable: str
    default: str
    """Empty: nothing, or (for `recorded_by`) the login name."""
    choices: tuple[str, ...]
    """Empty: any text."""
    meaning: str


BOOLEAN = ("true", "false")
KEYS: tuple[Key, ...] = (
    Key("store", "RECIPROCITY_STORE", "reciprocity.db", (), "the ledger: a file or a URL"),
    Key(
        "format",
        "RECIPROCITY_FORMAT",
        "table",
        ("table", "json", "jsonl", "csv", "md"),
        "how rows are printed",
    ),
    Key("color", "RECIPROCITY_COLOR", "auto", ("auto", "always", "never"), "when to use colour"),
    Key("recorded_by", "RECIPROCITY_BY", "", (), "who records; else the login name"),
    Key("dispute", "RECIPROCITY_DISPUTE", "", (), "the dispute that is meant"),
    Key("debug", "RECIPROCITY_DEBUG", "false", BOOLEAN, "show tracebacks"),
)
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Setting:
    """A value with its origin: `default`, the name of a variable, or the path of a file."""

    name: KeyName
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds where no flag says otherwise, one entry a key, and what was wrong."""

    entries: tuple[Setting, ...]
    problems: tuple[UsageError, ...] = ()
    unknown_variables: tuple[str, ...] = ()

    def value(self, name: KeyName) -> str:
        """Give the value that holds without a flag."""
        return next(entry.value for entry in self.entries if entry.name == name)

    def given(self, name: str) -> str | None:
        """Give the value that a variable or a file sets, or None: the default of an option."""
        found = (e.value for e in self.entries if e.name == name and e.origin != DEFAULT_ORIGIN)
        return next(found, None)

    def require_sound(self) -> None:
        """Raise the first thing that was wrong, if any."""
        for problem in self.problems:
            raise problem


def key(name: str) -> Key:
    """Give the row of KEYS with this name."""
    return next(row for row in KEYS if row.name == name)


@cache
def current_settings() -> Settings:
    """Read the settings of this process once; `forget_settings` starts anew."""
    return read_settings(os.environ, Path())


def forget_settings() -> None:
    """Let the next `current_settings` read again: each run of the command begins so."""
    current_settings.cache_clear()


def read_settings(environ: Mapping[str, str], folder: Path) -> Settings:
    """Gather every setting from the environment, the folder's file and the user's file."""
    problems: list[UsageError] = []
    sources = [
        _from_variables(environ),
        *(_from_file(path, problems) for path in settings_files(environ, folder)),
    ]
    entries = tuple(_first(row, sources, problems) for row in KEYS)
    known = {row.variable for row in KEYS}
    strange = (n for n in environ if n.startswith(VARIABLE_PREFIX) and n not in known)
    return Settings(entries, tuple(problems), tuple(sorted(strange)))


def settings_files(environ: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Name the files that are looked for, the stronger first."""
    return (folder / FOLDER_FILE, *(root / USER_FILE for root in _config_folders(environ)))


def _config_folders(environ: Mapping[str, str]) -> Iterator[Path]:
    """Give the user's config folder; XDG says that a path which is not absolute is ignored."""
    named = Path(environ.get("XDG_CONFIG_HOME", ""))
    if named.is_absolute():
        yield named
    elif environ.get("HOME"):
        yield Path(environ["HOME"], ".config")


def _from_variables(environ: Mapping[str, str]) -> dict[str, Setting]:
    """Take the settings from the environment; an empty variable sets nothing."""
    found = ((row, environ.get(row.variable, "")) for row in KEYS)
    return {row.name: Setting(row.name, text, row.variable) for row, text in found if text}


def _from_file(path: Path, problems: list[UsageError]) -> dict[str, Setting]:
    """Take the settings from one file; no file sets nothing."""
    found: dict[str, Setting] = {}
    for name, value in _table(path, problems).items():
        try:
            found[name] = _setting_in_file(name, value, str(path))
        except UsageError as problem:
            problems.append(problem)
    return found


def _setting_in_file(name: str, value: object, path: str) -> Setting:
    """Give the setting that one line of a file makes.

    Raises UnknownSettingError, SettingValueError.
    """
    names = tuple(row.name for row in KEYS)
    require(
        name in names,
        UnknownSettingError(
            f"{name!r} is not a setting",
            where=path,
            why=did_you_mean(name, names) or f"the settings are {', '.join(names)}",
            hint=DOCTOR,
        ),
    )
    row = key(name)
    text = str(value).lower() if isinstance(value, bool) and row.choices == BOOLEAN else value
    if not isinstance(text, str):
        raise SettingValueError(
            f"{name} = {value!r} is not a text", where=path, why=f"it is {row.meaning}", hint=DOCTOR
        )
    return Setting(row.name, text, path)


def _table(path: Path, problems: list[UsageError]) -> dict[str, object]:
    """Read a TOML file, or nothing where there is none."""
    if not path.is_file():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
    except UnicodeDecodeError:
        why = "it is not UTF-8"
    except tomllib.TOMLDecodeError as error:
        why = str(error)
    problems.append(
        SettingsFileError("the settings file cannot be read", where=str(path), why=why, hint=DOCTOR)
    )
    return {}


def _first(row: Key, sources: list[dict[str, Setting]], problems: list[UsageError]) -> Setting:
    """Give the strongest source's value for a key, or the default."""
    for source in sources:
        if row.name in source:
            return _checked(row, source[row.name], problems)
    return Setting(row.name, row.default, DEFAULT_ORIGIN)


def _checked(row: Key, setting: Setting, problems: list[UsageError]) -> Setting:
    """Give the setting, or the default and a problem where its value is not one of the choices."""
    value = _boolean_word(setting.value) if row.choices == BOOLEAN else setting.value
    if not row.choices or value in row.choices:
        return Setting(row.name, value, setting.origin)
    problems.append(
        SettingValueError(
            f"{row.name} cannot be {setting.value!r}",
            where=setting.origin,
            why=did_you_mean(value, row.choices) or f"it is one of {', '.join(row.choices)}",
            hint=DOCTOR,
        )
    )
    return Setting(row.name, row.default, DEFAULT_ORIGIN)


def _boolean_word(text: str) -> str:
    """Give `true` or `false` for the words that people write for them, else the text."""
    word = text.strip().lower()
    return "true" if word in TRUE_WORDS else "false" if word in FALSE_WORDS else text
