"""An action: something one party did to others on a date, immutable once recorded."""

from __future__ import annotations

from typing import Final, Literal, Self

from pydantic import Field, model_validator

from domain.canonical import FrozenJson
from domain.causes import Form, Said
from domain.dates import UncertainDate
from domain.errors import InputError
from domain.kinds import Family, Kind, kind
from domain.quantities import Quantity
from domain.records.base import Dated, PartyCode, Record, Slug, Source, require_sources

OTHERS_WORDS: Final = frozenset({Form.UNPROVOKED, Form.DISPUTED, Form.NOT_APPLICABLE})
"""What only another account can say of an action's cause."""

Organ = Literal["executive", "legislature", "court", "private"]


class UnitOfKindError(InputError):
    """The unit of a quantity is not one in which this kind of action is counted."""


class ActorsCauseError(InputError):
    """The actor's own account uses a word that only another account can use."""


class Action(Record):
    """Something one party, or several together, did to one or more others on a date.

    `cause` is the actor's own account. `quantity` is absent where none applies and unknown where a
    number exists that nobody gave; it is never 0 for want of knowledge. `family` is given only
    where it differs from its kind's. The links (`part_of` to `reverses`) are never causes.

    Raises UnitOfKindError, ActorsCauseError, SourceMissingError.

    Rule: docs/semantics.md#records
    Rule: docs/semantics.md#links
    """

    kind: str
    id: Slug
    dispute: Slug
    actors: tuple[PartyCode, ...] = Field(min_length=1)
    targets: tuple[PartyCode, ...] = Field(min_length=1)
    occurred: UncertainDate
    made_public: Dated = None
    effective: Dated = None
    cause: Said
    quantity: Quantity | None = None
    family: Family | None = None
    description: str = ""
    sources: tuple[Source, ...] = ()
    confidence: str = ""
    note: str = ""
    provenance: FrozenJson | None = None
    tags: tuple[str, ...] = ()
    organ: Organ | None = None
    part_of: Slug | None = None
    executes: tuple[Slug, ...] = ()
    carries_out: tuple[Slug, ...] = ()
    same_as: tuple[Slug, ...] = ()
    reverses: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        require_sources(self.sources, f"action {self.id}")
        # Not `require`: a sentence for every action that is in order takes time.
        if self.cause.form in OTHERS_WORDS:
            raise ActorsCauseError(
                f"{self.cause.form} is not a word for the actor's own cause",
                where=f"action {self.id}, field cause",
                why="an actor names causes, names none of them (nothing), or is silent "
                "(none_stated, unknown)",
                hint="reciprocity add --help",
            )
        check_unit(self.kind_row, self.quantity, f"action {self.id}, field quantity")
        return self

    def stream(self) -> str:
        """Return the stream that this action opens."""
        return f"action:{self.id}"

    @property
    def kind_row(self) -> Kind:
        """The row of the kinds table."""
        return kind(self.kind)

    @property
    def family_of(self) -> Family:
        """The action's own family, or its kind's."""
        return self.family or self.kind_row.family

    @property
    def rung_of(self) -> int | None:
        """The rung that this record chooses, or its kind's; None where it has none."""
        return self.kind_row.rung

    def linked_ids(self) -> tuple[str, ...]:
        """Every action that this one is linked to, in the order of the fields."""
        first = (self.part_of,) if self.part_of else ()
        return first + self.executes + self.carries_out + self.same_as + self.reverses


def check_unit(row: Kind, quantity: Quantity | None, where: str) -> None:
    """Refuse a unit that the kind is not counted in; raise UnitOfKindError.

    Words speak of something, so they may carry any unit.
    """
    if quantity is None or row.polarity == "words" or quantity.unit in row.units:
        return
    raise UnitOfKindError(
        f"{row.name} is not counted in {quantity.unit}",
        where=where,
        why=f"its units are: {', '.join(row.units) or 'none'}",
        hint="reciprocity add --help",
    )
