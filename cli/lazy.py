"""Commands that load when they are called, so that help, completion and errors come at once.

The table of commands says for each its name, its module, its function and its line of help. The
group answers `--help` and completion from the table alone, and imports the module of the one
command that is called.

A module of commands/ keeps this true by one pattern. At its top it imports only the standard
library, typer, and light modules: those of cli, and `domain.errors`. All that loads pydantic or
eventsourcing is imported inside the function:

    def tally(store: StoreOption, reading: ReadingOptions, format: FormatOption) -> None:
        '''Show what each side imposed and suffered

        Longer explanation, in paragraphs.

        Examples:
            reciprocity tally --dispute us-russia --format csv
        '''
        from ledger import open_ledger

        with open_ledger(store) as ledger:
            emit(ledger.tally(reading), format)

The docstring is the help page: its first line stands in the table too, and what follows the line
`Examples:` is printed as it is, at the end. A parameter whose type is a dataclass of options (such
as `ReadingOptions`) stands for one option a field. Errors are raised, never caught to be printed:
the program tells them. An option named like a setting takes its default from the settings.
"""

from __future__ import annotations

import inspect
import re
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from cli.called import remember_called
from cli.manners import manners_options
from cli.option_sets import spread
from cli.settings import current_settings
from cli.terminal import say
from domain.errors import InputError, UsageError
from domain.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typer._click import Command, Context, HelpFormatter, Parameter
    from typer._click.shell_completion import CompletionItem

EXAMPLES = "Examples:"
STANDS_FOR_ITSELF = "own"
"""The value of an option that is given without one; its metavar stands in brackets then."""

SURROGATE = re.compile("[\ud800-\udfff]")
"""What Python makes of a byte that is not UTF-8 (PEP 383)."""


class UnknownCommandError(UsageError):
    """No command has this name."""


class NotTextError(InputError):
    """A word of the call is not UTF-8."""


@dataclass(frozen=True, slots=True)
class CommandRow:
    """A command: its name, where its function is, its line of help, its part of the help page."""

    name: str
    module: str
    attribute: str
    help: str
    section: str = "Commands"
    minds_settings: bool = True
    """Whether it refuses to run while the settings are wrong."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A command that has commands of its own, such as `party add` and `party list`."""

    name: str
    help: str
    rows: tuple[CommandRow, ...]
    section: str = "Commands"


Row = CommandRow | GroupRow


class SettingsContext(typer.Context):
    """A call whose options default to the settings.

    Help pages (which parse resiliently to find a default) do not depend on the settings.
    """

    def lookup_default(self, name: str, call: bool = True) -> Any:  # noqa: ANN401 - typer's
        """Give the value that the settings have for an option, if any."""
        del call
        return None if self.resilient_parsing else current_settings().given(name)


@contextmanager
def placed(ctx: Context) -> Iterator[None]:
    """Let an error of usage know in which call it happened: typer's parser does not always say."""
    try:
        yield
    except typer.TyperException as error:
        if getattr(error, "ctx", None) is None:
            vars(error)["ctx"] = ctx
        raise


class LazyCommand(TyperCommand):
    """A command with the options that every command has, examples, and settings as defaults."""

    context_class = SettingsContext
    minds_settings = True

    def __init__(self, *args: Any, **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.params = [*self.params, *manners_options()]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words of a call."""
        with placed(ctx):
            rest = super().parse_args(ctx, with_values(self.params, args))
        self._require_text(ctx)
        return rest

    def _require_text(self, ctx: Context) -> None:
        """Refuse a value that is not UTF-8, by its option; raise NotTextError.

        Names of files may be any bytes.
        """
        for param in self.params:
            value = ctx.params.get(param.name or "")
            texts = value if isinstance(value, (list, tuple)) else [value]
            for text in texts:
                if param.name != "store" and isinstance(text, str) and SURROGATE.search(text):
                    raise NotTextError(
                        "this is not UTF-8, so it is not text",
                        where=f"option {param.opts[0]}"
                        if param.opts[0].startswith("-")
                        else f"argument {param.make_metavar(ctx)}",
                        why=repr(text[:60]),
                        hint=f"{ctx.command_path} --help",
                    )

    def invoke(self, ctx: Context) -> Any:  # noqa: ANN401 - typer's
        """Run the command, unless the settings are wrong and it minds."""
        remember_called(ctx)
        if self.minds_settings:
            current_settings().require_sound()
        return super().invoke(ctx)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Print the examples as they are written, one a line."""
        del ctx
        if self.epilog:
            with formatter.section(EXAMPLES.rstrip(":")):
                for line in self.epilog.splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class LazyGroup(TyperGroup):
    """A group that answers from its rows, and loads a command when it is called."""

    context_class = SettingsContext

    def __init__(self, *, rows: tuple[Row, ...], **attrs: Any) -> None:
        super().__init__(rich_markup_mode=None, **attrs)
        self.rows = rows
        self.params = [*self.params, *manners_options()]

    def list_commands(self, ctx: Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return [row.name for row in self.rows]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Load one command, once."""
        del ctx
        row = next((row for row in self.rows if row.name == cmd_name), None)
        if row is not None and cmd_name not in self.commands:
            self.commands[cmd_name] = loaded(row)
        return self.commands.get(cmd_name)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Show the help page and leave with the code of wrong usage where nothing is asked."""
        if not args and not ctx.resilient_parsing:
            say(ctx.get_help())
            raise typer.Exit(2)
        with placed(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Find the command that is called; raises UnknownCommandError with the nearest names."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            likely = did_you_mean(args[0], names)
            raise UnknownCommandError(
                f"{ctx.command_path} has no command {args[0]!r}",
                hint=f"{likely} {ctx.command_path} --help".strip(),
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Print the rows under the headings of their sections."""
        del ctx
        for section in dict.fromkeys(row.section for row in self.rows):
            with formatter.section(section):
                formatter.write_dl(
                    [(row.name, row.help) for row in self.rows if row.section == section]
                )

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Complete names from the rows alone, then options.

        TyperGroup's own way would load every command for its help, so its parent's is called.
        """
        from typer._click.shell_completion import CompletionItem

        names = [
            CompletionItem(row.name, help=row.help)
            for row in self.rows
            if row.name.startswith(incomplete)
        ]
        return [*names, *super(TyperGroup, self).shell_complete(ctx, incomplete)]


def with_values(params: Sequence[Parameter], args: list[str]) -> list[str]:
    """Give every option that may stand without its value, and does, the value that says so.

    Such an option takes a date or a number: what does not begin like one is not its value.
    """
    bare = {
        name
        for param in params
        if (param.metavar or "").startswith("[") and param.param_type_name == "option"
        for name in param.opts
    }
    found: list[str] = []
    for place, arg in enumerate(args):
        found.append(arg)
        following = args[place + 1] if place + 1 < len(args) else ""
        if arg in bare and not (following[:1].isdigit() or following.startswith("..")):
            found.append(STANDS_FOR_ITSELF)
    return found


def loaded(row: Row) -> Command:
    """Make the command of a row: import its module, and let typer read its function."""
    if isinstance(row, GroupRow):
        return LazyGroup(name=row.name, help=row.help, rows=row.rows)
    function = getattr(import_module(row.module), row.attribute)
    explanation, examples = help_page(function.__doc__ or "")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(row.name, cls=LazyCommand, help=explanation, epilog=examples)(spread(function))
    command = get_command(app)
    if isinstance(command, LazyCommand):
        command.minds_settings = row.minds_settings
    return command


def help_page(docstring: str) -> tuple[str, str]:
    """Part a docstring in its explanation and its examples, one command a line."""
    explanation, _, examples = inspect.cleandoc(docstring).partition(f"\n{EXAMPLES}\n")
    return explanation.strip(), inspect.cleandoc(examples)
