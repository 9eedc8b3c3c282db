"""Scales by name or by file: a published one, or the user's own TOML table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from domain.errors import InputError
from domain.scales import published_scale, scale_from_mapping
from ledger.readings import toml_table

if TYPE_CHECKING:
    from domain.scales import Scale

TOML: Final = ".toml"


def scale_named(text: str) -> Scale:
    """Return the published scale of this name, or the one in a file whose name ends in `.toml`.

    Raises UnknownScaleError, UnusableScaleError, UnknownKindError, ReadingSyntaxError,
    FileUnreadableError.

    Rule: docs/semantics.md#scales
    """
    if not text.endswith(TOML):
        return published_scale(text)
    table = toml_table(Path(text))
    try:
        return scale_from_mapping(table)
    except InputError as error:
        raise error.located(text) from error
