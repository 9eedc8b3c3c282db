"""The options that every command has: `--color` and `--debug`, before or after its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from typer.core import TyperOption

from cli.terminal import Color, choose_color, choose_debug

if TYPE_CHECKING:
    from typer._click import Context, Parameter


def manners_options() -> list[Parameter]:
    """Make the options for one command."""
    color = TyperOption(
        param_decls=["color_flag", "--color"],
        type=str,
        metavar=f"<{'|'.join(Color)}>",
        help="When to use colour.",
        callback=_color,
        expose_value=False,
        is_eager=True,
    )
    debug = TyperOption(
        param_decls=["debug_flag", "--debug"],
        is_flag=True,
        help="Show a traceback with an error.",
        callback=_debug,
        expose_value=False,
        is_eager=True,
    )
    return [color, debug]


def _color(ctx: Context, param: Parameter, value: str | None) -> None:
    """Obey `--color`; raises typer's own error where the word is none of the three."""
    if value is None:
        return
    if value not in set(Color):
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(Color)}", ctx, param)
    choose_color(Color(value))


def _debug(_ctx: Context, _param: Parameter, value: object) -> None:
    """Obey `--debug`."""
    if value:
        choose_debug()
