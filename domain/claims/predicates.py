"""Predicates: what a claim says of each action that it speaks of."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.claims.filters import Filter
from domain.claims.names import Ratio
from domain.reading import InitiatorReading

GrievanceText = Annotated[
    str, StringConstraints(pattern=r"^ext:[a-z0-9][a-z0-9._-]*(@[A-Z][A-Z0-9-]*)?$")
]


def stored_as(name: str) -> Any:  # noqa: ANN401 - stands where the name itself would
    """Give the name of a form as a default that is dumped all the same.

    Stored records leave out what stands at its default, but without the name of its form nothing
    can be loaded. A factory that takes the other fields is not compared with, so the name stays.
    """
    return Field(default_factory=lambda _fields: name)


class Form(BaseModel):
    """One form of the claim language: frozen, told from the others by the field `form`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Manner(BaseModel):
    """In what manner something is answered; what is not given does not matter."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    within_days: int | None = Field(default=None, ge=0)
    mirrored: bool = False
    in_kind: bool = False


class Initiated(Form):
    """The action is initiated by a side; `how` absent, as the reading says."""

    form: Literal["initiated"] = stored_as("initiated")
    by: str
    how: InitiatorReading | None = None


class Answers(Form):
    """The action answers one of the actions, or (with `grievances`) names one of the grievances.

    `only` says that it answers nothing else. `what` selects actions; absent, any action of another
    side will do, where no grievance is named either.
    """

    form: Literal["answers"] = stored_as("answers")
    what: Filter | None = None
    grievances: tuple[GrievanceText, ...] = ()
    only: bool = False
    manner: Manner = Manner()


class IsAnswered(Form):
    """Some action by the side answers this one, in the manner that is given."""

    form: Literal["is_answered"] = stored_as("is_answered")
    by: str
    manner: Manner = Manner()


class Within(Form):
    """The action is within k times what it answers: r(e) <= k."""

    form: Literal["within"] = stored_as("within")
    k: Ratio = Field(default=Fraction(1), ge=0)


Predicate = Annotated[Initiated | Answers | IsAnswered | Within, Field(discriminator="form")]
