"""What `reciprocity doctor` looks at: each check gives findings, none of them raises."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from cli.settings import KEYS
from cli.shadows import AGAIN, HOME, PACKAGES, advice, standing
from cli.version import VERSION
from domain.errors import LedgerError, StoreUnavailableError
from domain.nearest import did_you_mean
from ledger.store.addresses import is_server, public_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.settings import Settings
    from ledger.store.store import Store

PYTHON_FIRST = (3, 11)
STORE_ORIGIN_FLAG = "--store"
NOT_SET = "not set"
COLUMNS_AGAIN = (
    "they are made again from the ledger: reciprocity replay --verify --engine columns, twice if "
    "it names what is wrong"
)
NO_LEDGER_YET = "LedgerNotFoundError"


class Verdict(StrEnum):
    """How a finding is: as it should be, worth knowing, or to be mended."""

    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, where it comes from, how it is, what to do."""

    check: str
    found: str
    origin: str = ""
    verdict: Verdict = Verdict.FINE
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """A library that the ledger stands on: usable from `first` on, no more from `below` on.

    Without `below` every later version will do.
    """

    name: str
    first: tuple[int, ...]
    below: tuple[int, ...] = ()


LIBRARIES: tuple[Library, ...] = (
    Library("duckdb", (1, 4), (3,)),
    Library("eventsourcing", (9, 5, 6), (9, 6)),
    Library("lark", (1, 2), (2,)),
    Library("msgspec", (0, 20), (1,)),
    Library("networkx", (3, 4), (4,)),
    Library("numpy", (2, 1), (3,)),
    Library("ortools", (9, 14), (10,)),
    Library("pyarrow", (22,), (30,)),
    Library("pydantic", (2, 12), (3,)),
    Library("python-sat", (1, 9), (2,)),
    Library("typer", (0, 28), (0, 29)),
)


def checkup(store: str, settings: Settings) -> tuple[Finding, ...]:
    """Look at everything, in the order of what the rest depends on."""
    return (
        *check_versions(),
        *check_packages(),
        check_engine(),
        *check_store(store, settings),
        *check_settings(settings),
    )


def check_versions() -> Iterator[Finding]:
    """Look at the program, Python and the libraries."""
    yield Finding("reciprocity", VERSION, str(HOME))
    python = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info < PYTHON_FIRST:
        wanted = ".".join(str(part) for part in PYTHON_FIRST)
        yield Finding("Python", python, sys.prefix, Verdict.WRONG, f"use Python {wanted} or newer")
    else:
        yield Finding("Python", python, sys.prefix)
    for library in LIBRARIES:
        yield check_library(library)


def check_library(library: Library) -> Finding:
    """Look at one library: is it there, in a version that the ledger was made for?"""
    try:
        found = version(library.name)
    except PackageNotFoundError:
        return Finding(library.name, "missing", "", Verdict.WRONG, f"install again: {AGAIN}")
    is_early_enough = not library.below or _numbers(found) < library.below
    if library.first <= _numbers(found) and is_early_enough:
        return Finding(library.name, found)
    first, below = (".".join(map(str, bound)) for bound in (library.first, library.below))
    wanted = f"{first} or newer" + (f" and below {below}" if below else "")
    return Finding(
        library.name,
        found,
        "",
        Verdict.WRONG,
        f"it should be {wanted}; install again: {AGAIN}",
    )


def _numbers(text: str) -> tuple[int, ...]:
    """Give the numbers that a version begins with: (9, 5, 6) of `9.5.6rc1`."""
    numbers = []
    for part in text.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        numbers.append(int(digits))
    return tuple(numbers)


def check_packages() -> Iterator[Finding]:
    """Look whether `domain`, `ledger` and `cli` are ours, and who else has their names."""
    for name in PACKAGES:
        found = standing(name)
        if not found.is_ours:
            what, cure = advice(found)
            yield Finding(f"package {name}", what, found.used, Verdict.WRONG, cure)
        elif found.hidden:
            others = ", ".join(found.hidden)
            warning = f"hides another of the same name: {others}"
            yield Finding(f"package {name}", warning, found.used, Verdict.NOTE)
        else:
            yield Finding(f"package {name}", "our own", found.used)


def check_engine() -> Finding:
    """Look at the SQLite engine."""
    try:
        from ledger.store.engine import ENGINE
    except ImportError as error:
        return Finding("engine", str(error), "", Verdict.WRONG, f"install again: {AGAIN}")
    found = f"{ENGINE.name} {ENGINE.version}"
    if not ENGINE.has_wal_reset_bug:
        return Finding("engine", found)
    return Finding(
        "engine",
        found,
        "",
        Verdict.NOTE,
        "this SQLite may damage a ledger that two programs write at once (mended in 3.51.3): "
        "let one program write at a time, or python -m pip install pysqlite3",
    )


def check_store(store: str, settings: Settings) -> Iterator[Finding]:
    """Look whether the ledger can be opened, read and written, and at what serves it."""
    setting = next(entry for entry in settings.entries if entry.name == "store")
    origin = setting.origin if setting.value == store else STORE_ORIGIN_FLAG
    try:
        from ledger.store.factory import open_store

        with open_store(store) as opened:
            yield _opened(opened, origin)
            for check, found, advice in opened.details():
                yield Finding(check, found, "", Verdict.NOTE if advice else Verdict.FINE, advice)
            yield from check_columns(opened)
    except StoreUnavailableError as error:
        is_new = type(error).__name__ == NO_LEDGER_YET
        verdict = Verdict.NOTE if is_new else Verdict.WRONG
        yield Finding("store", _told(error, store), origin, verdict, error.hint)
    except LedgerError as error:
        yield Finding("store", _told(error, store), origin, Verdict.WRONG, error.hint)
    except ImportError as error:
        yield Finding("store", str(error), origin, Verdict.WRONG, f"install again: {AGAIN}")


def _opened(store: Store, origin: str) -> Finding:
    last = store.recorder.max_notification_id() or 0
    found = f"{store.url}: {'1 event' if last == 1 else f'{last} events'}"
    if not store.read_only:
        return Finding("store", found, origin)
    cure = "copy it to where you may write"
    if is_server(store.url):
        cure = f"{store.why_read_only}; docs/postgresql.md lists the rights"
    return Finding("store", found, origin, Verdict.NOTE, f"it can be read, not written: {cure}")


def check_columns(store: Store) -> Iterator[Finding]:
    """Look at the folder of the columns, if a ledger has one; without loading their engine."""
    from ledger.columns.standing_folder import standing_folder

    found = standing_folder(store)
    if found is None:
        return
    last = store.recorder.max_notification_id() or 0
    segments = "1 segment" if found.segments == 1 else f"{found.segments} segments"
    told = f"at position {found.position} of {last}, {segments}, {found.bytes} bytes"
    where = str(found.folder)
    if found.problem:
        yield Finding("columns", f"{told}: {found.problem}", where, Verdict.NOTE, COLUMNS_AGAIN)
    else:
        yield Finding("columns", told, where)


def _told(error: LedgerError, store: str) -> str:
    """Give an error about the store in one line."""
    why = f" ({error.why})" if error.why else ""
    return f"{error.where or public_name(store)}: {error.what}{why}"


def check_settings(settings: Settings) -> Iterator[Finding]:
    """Look at every setting and where its value comes from, then at what is wrong with them."""
    for entry in settings.entries:
        value = public_name(entry.value) if entry.name == "store" else entry.value
        yield Finding(f"setting {entry.name}", value or NOT_SET, entry.origin)
    for problem in settings.problems:
        cure = f"mend it in {problem.where}: {problem.why}"
        yield Finding("settings", problem.what, problem.where, Verdict.WRONG, cure)
    names = tuple(row.variable for row in KEYS)
    for name in settings.unknown_variables:
        cure = did_you_mean(name, names) or f"the variables are {', '.join(names)}"
        yield Finding("settings", f"{name} sets nothing", name, Verdict.NOTE, cure)
