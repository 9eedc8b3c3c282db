"""The two streams and their manners: what is colour, what is talk, who is watching.

Results go to stdout, talk (summaries, progress, warnings, errors) to stderr. Colour is never the
only sign of anything, and appears only on a terminal or where `--color always` asks for it.
"""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TextIO

from cli.settings import current_settings
from cli.text import harmless_lines


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Style(StrEnum):
    """What a piece of text is, as parameters of ECMA-48's SGR sequence."""

    HEADING = "1"
    ERROR = "1;31"
    WARNING = "1;33"
    HINT = "36"


@dataclass(frozen=True, slots=True)
class Manners:
    """What the flags of this run say about manners; None where they say nothing."""

    color: Color | None = None
    debug: bool | None = None


_manners: ContextVar[Manners] = ContextVar("manners", default=Manners())  # noqa: B039 - frozen


def forget_manners() -> None:
    """Start a run with no flags given."""
    _manners.set(Manners())


def choose_color(color: Color) -> None:
    """Obey `--color`."""
    _manners.set(replace(_manners.get(), color=color))


def choose_debug() -> None:
    """Obey `--debug`."""
    _manners.set(replace(_manners.get(), debug=True))


def debug_wanted() -> bool:
    """Say whether tracebacks are to be shown."""
    flag = _manners.get().debug
    return current_settings().value("debug") == "true" if flag is None else flag


def is_terminal(stream: TextIO) -> bool:
    """Say whether somebody may be watching this stream; a closed one has no watcher."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def is_coloured(stream: TextIO) -> bool:
    """Say whether text on this stream may carry colour.

    `NO_COLOR` (no-color.org) is weaker than a flag or a setting that says `always`.
    """
    color = _manners.get().color or Color(current_settings().value("color"))
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal(stream)


def painted(text: str, style: Style, stream: TextIO) -> str:
    """Give the text in a style where the stream may carry colour, else as it is."""
    return f"\x1b[{style}m{text}\x1b[0m" if is_coloured(stream) else text


def write(stream: TextIO | None, text: str) -> None:
    """Write text as it is; a stream that was closed before we began swallows it."""
    if stream is not None:
        stream.write(text)


def say(text: str = "") -> None:
    """Talk on stderr: a summary, progress. Line breaks are kept, all else is made harmless."""
    for line in harmless_lines(text):
        write(sys.stderr, f"{line}\n")


def warn(text: str) -> None:
    """Say `Warning: ...` on stderr."""
    write(sys.stderr, f"{painted('Warning:', Style.WARNING, sys.stderr)} ")
    say(text)
