"""Later words about an action that belong to the ledger itself: mistakes mended, sources added."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from domain.canonical import FrozenJson
from domain.errors import InputError, require
from domain.records.action import Action
from domain.records.base import Amendment, Source

FIXED = frozenset({"id"})


class NotCorrectableError(InputError):
    """A correction names a field that an action does not have, or that never changes."""


class Corrected(Amendment):
    """A mistake in an action is mended: the changed fields whole, why, and on what source.

    `changes` maps a field of the action to its new value in stored form; null takes a field back
    to absent.

    Raises NotCorrectableError.

    Rule: docs/semantics.md#corrections
    """

    stored_name: ClassVar[str] = "corrected"
    changes: FrozenJson
    reason: str
    source: Source | None = None

    @model_validator(mode="after")
    def _changes_what_can_change(self) -> Self:
        names = set(self.changes.thaw())
        wrong = sorted(names - (set(Action.model_fields) | {"rung"} - FIXED)) + sorted(
            names & FIXED
        )
        require(
            names and not wrong,
            NotCorrectableError(
                f"cannot correct {', '.join(wrong) or 'nothing'}",
                where=f"action {self.action}, field changes",
                why="a correction names at least one field of an action, and never its id",
                hint="reciprocity correct --help",
            ),
        )
        return self


class Retracted(Amendment):
    """The action should not be in the ledger. Its id is never used again for another one."""

    stored_name: ClassVar[str] = "retracted"
    reason: str


class Reinstated(Amendment):
    """A retraction is taken back: the action counts again as it stood."""

    stored_name: ClassVar[str] = "reinstated"
    reason: str


class SourceAdded(Amendment):
    """Another source for an action."""

    stored_name: ClassVar[str] = "source_added"
    source: Source
