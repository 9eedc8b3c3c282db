"""Ids: how one is written, and how one is made from an action's actors, date and kind."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from domain.causes import SLUG
from domain.errors import InputError, require
from domain.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ACTORS_MAX: Final = 3
"""So many actors are named in a derived id; of more, or of very long codes, only the first."""


class IdSyntaxError(InputError):
    """A text cannot be an id."""


def checked_id(text: str, hint: str) -> str:
    """Return an id as it is; raise IdSyntaxError for what cannot be one."""
    require(
        SLUG.fullmatch(text),
        IdSyntaxError(
            f"{quoted(text)} is not an id",
            why="an id is up to 120 small letters, digits, '.', '_' and '-', "
            "such as usa-2016-12-29-expulsion",
            hint=hint,
        ),
    )
    return text


def action_id(kind: str, actors: Sequence[str], occurred: str) -> str:
    """Make an id from who acted, when and how: `usa-2016-12-29-expulsion`.

    Rule: docs/semantics.md#records
    """
    named = actors if len(actors) <= ACTORS_MAX else actors[:1]
    made = _joined(named, kind, occurred)
    return made if SLUG.fullmatch(made) else _joined(actors[:1], kind, occurred)


def _joined(actors: Sequence[str], kind: str, occurred: str) -> str:
    return "-".join([*actors, dated(occurred), kind.replace("_", "-")]).lower()


def dated(date: str) -> str:
    """Make the part of an id that says when, from a date's text.

    Of an interval its first end, of an open one the other; without qualifiers and without what
    stands for unknown months and days: `2022-02-XX` gives `2022-02`.
    """
    first, _, last = date.partition("/")
    bare = (last if first == ".." else first).rstrip("~?%")
    return bare.replace("-XX", "").lower()


def numbered(base: str) -> Iterator[str]:
    """Go through `base`, `base-2`, `base-3`, ... without end."""
    yield base
    for number in count(2):
        yield f"{base}-{number}"
