"""A table of results: what a command hands to `emit`, whatever the form it is printed in.

A value has two faces: what a person reads, and what a program reads. Most values have both in one
(`35`, `usa-2016-12-29-expulsion`); a `Cell` gives them apart (`at least 79 (1 part unknown)`, and
`{"lo": 79, "hi": null, "unknown_parts": 1}`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

PlainValue = str | int | float | bool | list["PlainValue"] | dict[str, "PlainValue"] | None
"""What JSON knows."""


class Align(StrEnum):
    """On which side of its column a value stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key of its values in a row and in JSON and CSV, its title for people."""

    key: str
    title: str = ""
    align: Align = Align.LEFT

    @property
    def heading(self) -> str:
        """The title, or else the key in words."""
        return self.title or self.key.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value whose two faces differ: `value` for programs, `shown` for people."""

    value: object
    shown: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, and the reading they hold under.

    `header` is the reading, field by field, each as (name, value in words). A row without a
    column's key has nothing there; what a row has beyond the columns is not printed. `above` is
    the title of the whole answer that this table begins.

    Where a terminal is so narrow that words would break, a table that `stacks` prints its last
    columns, as few as possible, below each row instead.
    """

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, object], ...]
    header: tuple[tuple[str, str], ...] = ()
    title: str = ""
    above: str = ""
    stacks: bool = False

    def values(self, row: Mapping[str, object]) -> tuple[object, ...]:
        """Give a row's values in the order of the columns."""
        return tuple(row.get(column.key) for column in self.columns)


def plain(value: object) -> PlainValue:
    """Give the face of a value that programs read: JSON's own types, texts for all others."""
    match value:
        case Cell():
            return plain(value.value)
        case Enum():
            return plain(value.value)
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case tuple() | list():
            return [plain(item) for item in value]
        case _:
            return str(value)


def shown(value: object) -> str:
    """Give the face of a value that people read; nothing for None, `yes` and `no` for booleans."""
    match value:
        case Cell():
            return value.shown
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return ", ".join(f"{key}: {shown(item)}" for key, item in value.items())
        case tuple() | list():
            return ", ".join(shown(item) for item in value)
        case _:
            return str(value)
