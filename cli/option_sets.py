"""A parameter that stands for several options: one field of a frozen dataclass each.

Eighteen options make up a reading, and a dozen commands take one. They are written once, as a
dataclass; typer, which knows only functions, is shown a function that has them one by one.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, get_type_hints


def spread(function: Callable[..., object]) -> Callable[..., object]:
    """Give the function with every dataclass parameter replaced by one parameter a field.

    Called, it gathers the fields into the dataclass again. A function without such a parameter is
    given back as it is.
    """
    hints = get_type_hints(function, include_extras=True)
    sets: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    if not sets:
        return function
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in sets:
            parameters.extend(_parameters_of(sets[parameter.name]))
        else:
            parameters.append(_keyword(parameter.name, parameter.default, hints[parameter.name]))

    def gathered(**values: object) -> object:
        for name, options in sets.items():
            given = {field.name: values.pop(field.name) for field in fields(options)}
            values[name] = options(**given)
        return function(**values)

    gathered.__name__ = function.__name__
    gathered.__doc__ = function.__doc__
    gathered.__annotations__ = {one.name: one.annotation for one in parameters}
    gathered.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return gathered


def _parameters_of(options: Any) -> list[inspect.Parameter]:  # noqa: ANN401 - any dataclass
    """Give one parameter for each field."""
    hints = get_type_hints(options, include_extras=True)
    return [_keyword(field.name, _default(field), hints[field.name]) for field in fields(options)]


def _default(field: Field[Any]) -> object:
    """Give a field's default as a parameter has it."""
    return inspect.Parameter.empty if field.default is MISSING else field.default


def _keyword(name: str, default: object, annotation: object) -> inspect.Parameter:
    """Give a parameter that is passed by name, as typer passes all."""
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=default, annotation=annotation)
