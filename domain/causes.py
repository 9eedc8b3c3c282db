"""Causes: what an action is said to answer, and how it was said.

A cause is a recorded action, an outside action (a measure by a named party that the ledger does
not hold) or a grievance (conduct or circumstance, with the party blamed for it, if any). None of
the links between actions (a part, a restatement, a reversal) is ever a cause.

Each cause has one text form, the same in files, on the command line and in storage:
`usa-2016-12-29-exp35`, `act:slug@USA`, `ext:slug@RUS`, `ext:slug`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pydantic_core import core_schema

from domain.errors import InputError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

SLUG: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
PARTY_CODE: Final = re.compile(r"[A-Z][A-Z0-9-]{1,39}")


class CauseSyntaxError(InputError):
    """A cause is not written in one of its four forms."""


class SaidSyntaxError(InputError):
    """A statement about causes is neither causes nor one of the words that stand for them."""


@dataclass(frozen=True, slots=True, order=True)
class ActionCause:
    """A recorded action, named by its id."""

    action: str

    def __str__(self) -> str:
        """The id itself."""
        return self.action


@dataclass(frozen=True, slots=True, order=True)
class OutsideCause:
    """A measure by a named party that the ledger does not hold."""

    slug: str
    party: str

    def __str__(self) -> str:
        """`act:slug@PARTY`."""
        return f"act:{self.slug}@{self.party}"


@dataclass(frozen=True, slots=True, order=True)
class Grievance:
    """Conduct or a circumstance; `blamed` is empty where nobody is blamed for it.

    The blame belongs to the attribution, not to the grievance: two tellers may blame two parties.
    """

    slug: str
    blamed: str = ""

    def __str__(self) -> str:
        """`ext:slug@PARTY`, or `ext:slug` where nobody is blamed."""
        return f"ext:{self.slug}@{self.blamed}" if self.blamed else f"ext:{self.slug}"


Cause = ActionCause | OutsideCause | Grievance


class Form(StrEnum):
    """How an account speaks of causes; all but the first two are ways of being silent."""

    CAUSES = "causes"
    UNPROVOKED = "unprovoked"
    NONE_STATED = "none_stated"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"
    NOT_APPLICABLE = "not_applicable"


WORDS: Final = tuple(form.value for form in Form if form is not Form.CAUSES)
"""The words that stand in the place of causes."""

SPEAKING: Final = frozenset({Form.CAUSES, Form.UNPROVOKED})
NOTHING: Final = "nothing"


def parse_cause(text: str) -> Cause:
    """Read one cause from its text form; raise CauseSyntaxError."""
    prefix, colon, rest = text.partition(":")
    slug, at, party = (rest if colon else text).partition("@")
    good = SLUG.fullmatch(slug) is not None and (not at or PARTY_CODE.fullmatch(party) is not None)
    if good and not colon and not at:
        return ActionCause(slug)
    if good and prefix == "ext":
        return Grievance(slug, party)
    if good and prefix == "act" and at:
        return OutsideCause(slug, party)
    raise CauseSyntaxError(
        f"{text!r} is not a cause",
        why="a cause is an action's id, act:SLUG@PARTY (an outside action), ext:SLUG@PARTY "
        "(a grievance that blames a party) or ext:SLUG (a grievance that blames nobody); "
        "slugs are lower case",
        hint="reciprocity add --help",
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What an account says of an action's causes: causes (perhaps none), unprovoked, or nothing.

    Stored as a list of causes, or as the one word of its form. The empty list says that the action
    answers nothing; a silent form says nothing at all, and which one it was is kept.
    """

    form: Form
    causes: tuple[Cause, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said of the cause."""
        return self.form not in SPEAKING

    @classmethod
    def of(cls, value: object) -> Said:
        """Read the stored form: a list of cause texts, or a word."""
        if isinstance(value, Said):
            return value
        if isinstance(value, (list, tuple)):
            causes = tuple(sorted({_cause(item) for item in value}, key=str))
            return cls(Form.CAUSES, causes)
        if isinstance(value, str) and value in WORDS:
            return cls(Form(value))
        raise SaidSyntaxError(
            f"{value!r} does not say what an action answers",
            why="expected a list of causes or one of: " + ", ".join(sorted(WORDS)),
            hint="reciprocity attribute --help",
        )

    def stored(self) -> list[str] | str:
        """Return the stored form."""
        if self.form is Form.CAUSES:
            return [str(cause) for cause in self.causes]
        return self.form.value

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate from the stored form and serialise to it."""
        del source, handler
        return core_schema.no_info_plain_validator_function(
            cls.of,
            json_schema_input_schema=core_schema.union_schema(
                [
                    core_schema.list_schema(core_schema.str_schema()),
                    core_schema.literal_schema(list(WORDS)),
                ]
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.stored),
        )


def _cause(item: object) -> Cause:
    if isinstance(item, (ActionCause, OutsideCause, Grievance)):
        return item
    if isinstance(item, str):
        return parse_cause(item)
    raise CauseSyntaxError(f"{item!r} is not a cause", why="not text")


def parse_said(cell: str) -> Said:
    """Read a cell of a table: causes with `;` between them, `nothing`, or one of the words."""
    words = cell.strip()
    if words == NOTHING:
        return Said(Form.CAUSES)
    if words in WORDS:
        return Said(Form(words))
    return Said.of([part.strip() for part in words.split(";") if part.strip()])


def said_cell(said: Said) -> str:
    """Write the cell that `parse_said` reads."""
    if said.form is not Form.CAUSES:
        return said.form.value
    return ";".join(str(cause) for cause in said.causes) or NOTHING
