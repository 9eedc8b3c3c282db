"""One run of the program: streams made ready, the command called, what went wrong told."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import typer
from typer.core import TyperOption
from typer.main import get_install_completion_arguments

from cli.called import forget_called
from cli.errors import ExitCode, reported_errors, settle_streams
from cli.lazy import LazyGroup
from cli.settings import forget_settings
from cli.table_of_commands import COMMANDS
from cli.terminal import forget_manners, write
from cli.version import VERSION

if TYPE_CHECKING:
    from typer._click import Context, Parameter

HELP = """Record who did what to whom and what it answered, according to whom.

Every command has a help page with examples: reciprocity COMMAND --help
"""


class Program(LazyGroup):
    """The root of all commands."""

    def answer(self, program: str, args: list[str]) -> None:
        """Answer one command line, or the shell's question how to complete one."""
        self._main_shell_completion({}, program)
        with self.make_context(program, args) as context:
            self.invoke(context)


def run_command(program: str, args: list[str]) -> int:
    """Run one command line; give the exit code."""
    forget_settings()
    forget_manners()
    forget_called()
    _make_streams_ready()
    try:
        with reported_errors():
            root(program).answer(program, args)
            if sys.stdout is not None:
                sys.stdout.flush()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else ExitCode.FINE
    finally:
        settle_streams()
    return ExitCode.FINE


def root(program: str) -> Program:
    """Make the root of all commands, with the options that only it has."""
    version = TyperOption(
        param_decls=["version", "--version"],
        is_flag=True,
        help="Print the version and leave.",
        callback=_print_version,
        expose_value=False,
        is_eager=True,
    )
    options = [version, *get_install_completion_arguments()]
    return Program(name=program, rows=COMMANDS, help=HELP, params=options)


def _print_version(ctx: Context, _param: Parameter, value: object) -> None:
    """Answer `--version` where other options stand before it."""
    if value:
        write(sys.stdout, f"{ctx.info_name} {VERSION}\n")
        raise typer.Exit


def _make_streams_ready() -> None:
    """Write UTF-8 with plain line ends, and never fail on a character.

    A file or a pipe gets UTF-8 whatever the locale says, so that the machine forms are the same
    everywhere; a terminal keeps its encoding, and what it cannot show becomes an escape.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="")
