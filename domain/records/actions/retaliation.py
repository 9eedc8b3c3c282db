"""Retaliation: a counter-measure that fits no other kind."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.causes import ActionCause, OutsideCause
from domain.errors import InputError, require
from domain.records.action import Action


class RetaliationNamesNothingError(InputError):
    """A retaliation does not say which action it answers."""


class Retaliation(Action):
    """A counter-measure that fits no other kind; it must name the action it answers.

    `rung` is the record's own choice on the ladder, 3 (a refusal) to 8 (breaking relations).

    Raises RetaliationNamesNothingError.
    """

    stored_name: ClassVar[str] = "action.retaliation"
    kind: Literal["retaliation"] = "retaliation"
    rung: int = Field(ge=3, le=8)

    @model_validator(mode="after")
    def _names_what_it_answers(self) -> Self:
        require(
            any(isinstance(cause, (ActionCause, OutsideCause)) for cause in self.cause.causes),
            RetaliationNamesNothingError(
                f"retaliation {self.id} names no action that it answers",
                where=f"action {self.id}, field cause",
                why="a counter-measure is one only against an action",
                hint="reciprocity add retaliation --answers ID, or --answers-outside SLUG@PARTY",
            ),
        )
        return self

    @property
    def rung_of(self) -> int | None:
        """The rung that this record chooses."""
        return self.rung
