"""One line from the terminal, with Tab completing what fits, where readline is present."""

from __future__ import annotations

from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BETWEEN = " ,;\t\n"
"""What stands between several values, so that each is completed by itself."""

LIBEDIT_BINDING = "bind ^I rl_complete"
GNU_BINDING = "tab: complete"


def read_line(prompt: str, choices: Sequence[str]) -> str:
    """Ask for one line; raises typer.Abort where the input ends."""
    with _completing(choices):
        try:
            return input(prompt)
        except EOFError:
            raise typer.Abort from None


def completer(choices: Sequence[str]) -> Callable[[str, int], str | None]:
    """Give what readline asks for: the n-th choice that continues the word, None after the last.

    Case makes no difference, so that `us` finds USA.
    """

    def complete(word: str, number: int) -> str | None:
        fitting = [choice for choice in choices if choice.lower().startswith(word.lower())]
        return fitting[number] if number < len(fitting) else None

    return complete


@contextmanager
def _completing(choices: Sequence[str]) -> Iterator[None]:
    """Let readline complete these for one line; nothing is kept in its history."""
    readline = _readline()
    if readline is None:
        yield
        return
    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_auto_history(False)
    readline.set_completer_delims(BETWEEN)
    readline.set_completer(completer(choices))
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind(LIBEDIT_BINDING if is_libedit else GNU_BINDING)
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)


def _readline() -> ModuleType | None:
    """Give the module, which not every Python has."""
    try:
        import readline
    except ImportError:
        return None
    return readline
