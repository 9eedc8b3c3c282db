"""What was called: so that a hint names the same command, and the ledger that was named."""

from __future__ import annotations

import re
import shlex
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typer._click.core import ParameterSource

from cli.settings import key
from ledger.store.addresses import public_name

if TYPE_CHECKING:
    from typer._click import Context

WITH_READINGS = frozenset(
    {"initiators", "tally", "replies", "ladder", "parity", "chain", "show", "audit"}
)
ABOUT_ONE = {"chain": "action", "show": "action", "audit": "claim"}
"""Command -> its argument that says what it is about."""
FOR_ANY_READING = re.compile(
    r"\breciprocity (?:initiators|tally) (?=--(?:help|dispute|account|k)\b)"
)
COMMAND = re.compile(
    r"\breciprocity (?:(?:dispute|party|claim) )?[a-z]+\b(?! --help| [a-z]+ --help)"
)


@dataclass(frozen=True, slots=True)
class Called:
    """The command of this run, the action that it is about, and the ledger if one was typed."""

    command: str = ""
    about: str = ""
    store: str = ""


_called: ContextVar[Called] = ContextVar("called", default=Called())  # noqa: B039 - frozen


def forget_called() -> None:
    """Start a run with nothing called."""
    _called.set(Called())


def remember_called(context: Context) -> None:
    """Keep what is called, its words read."""
    name = context.info_name or ""
    about = context.params.get(ABOUT_ONE[name]) if name in ABOUT_ONE else None
    store = context.params.get("store")
    is_typed = context.get_parameter_source("store") is ParameterSource.COMMANDLINE
    named = store if is_typed and store != key("store").default else ""
    _called.set(Called(name, str(about or ""), str(named or "")))


def as_called(hint: str) -> str:
    """Return a hint with the command that was called, on the ledger that was named.

    What any reading may take is said of the command that was asked, not of another that takes it
    too. A hint that names a ledger itself keeps it.
    """
    called = _called.get()
    if called.command in WITH_READINGS:
        hint = FOR_ANY_READING.sub(lambda found: _same(called, found), hint)
    if called.store and "--store" not in hint:
        named = f" --store {shlex.quote(public_name(called.store))}"
        hint = COMMAND.sub(lambda found: found.group() + named, hint)
    return hint


def _same(called: Called, found: re.Match[str]) -> str:
    is_help = found.string.startswith("--help", found.end())
    about = f"{shlex.quote(called.about)} " if called.about and not is_help else ""
    return f"reciprocity {called.command} {about}"
