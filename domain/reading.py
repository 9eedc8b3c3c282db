"""A reading: under whose word, and by which conventions, a question is answered.

Every measure takes one and every output prints its own. A reading is plain data; in a file it is
one TOML table with these fields.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.records.base import Account, Dated, Slug


class BasisOf(StrEnum):
    """Whose silence an analyst may fill."""

    STATED_ONLY = "stated-only"
    WITH_INFERRED = "with-inferred"


class StatedWhen(StrEnum):
    """Which of an account's statements counts: its first, or its last."""

    THEN = "then"
    LAST = "last"


class Silence(StrEnum):
    """What a silent account is taken to hold."""

    INHERIT = "inherit"
    UNDETERMINED = "undetermined"


class GrievancePolicy(StrEnum):
    """To whom an opening led by a grievance is put."""

    ACTOR = "actor"
    BLAMED = "blamed"
    EXTERNAL = "external"


class InitiatorReading(StrEnum):
    """What it takes to be called the initiator."""

    SOLELY = "solely"
    JOINTLY = "jointly"
    DIRECTLY = "directly"


class EscalationFlag(StrEnum):
    """The four ways to escalate, kept apart."""

    OPENING = "opening"
    VERTICAL = "vertical"
    OVER_RESPONSE = "over-response"
    HORIZONTAL = "horizontal"


class DateBasis(StrEnum):
    """Which of an action's dates says when it happened."""

    OCCURRED = "occurred"
    PUBLIC = "public"
    EFFECTIVE = "effective"


class MembershipRule(StrEnum):
    """Whether an action that is only possibly in the period is selected."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


ACTORS_KINDS = "actor"
OTHER_SIDES_KINDS = "other"


class Reading(BaseModel):
    """Under whose word and by which conventions.

    `accounts` empty means the parties of the declared sides; `grievances` lists the policies that
    are printed. `kinds_by` is `actor`, `other` (the other side's words) or an account. `rungs`
    replaces rungs of the kinds table. `period` absent means all time.

    Rule: docs/semantics.md#reading
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dispute: Slug | None = None
    accounts: tuple[Account, ...] = ()
    bases: tuple[BasisOf, ...] = (BasisOf.STATED_ONLY, BasisOf.WITH_INFERRED)
    stated: StatedWhen = StatedWhen.LAST
    silence: Silence = Silence.INHERIT
    grievances: tuple[GrievancePolicy, ...] = tuple(GrievancePolicy)
    initiator: InitiatorReading = InitiatorReading.SOLELY
    flags: tuple[EscalationFlag, ...] = tuple(EscalationFlag)
    k: Fraction = Field(default=Fraction(1), ge=0)
    kinds_by: str = ACTORS_KINDS
    words_as_causes: bool = True
    date_basis: DateBasis = DateBasis.OCCURRED
    membership: MembershipRule = MembershipRule.CERTAIN
    period: Dated = None
    families: tuple[str, ...] = ()
    as_of_claim: Dated = None
    as_known_at: str | None = None
    rungs: tuple[tuple[str, int], ...] = ()

    @field_validator("k", mode="before")
    @classmethod
    def _k_as_written(cls, value: object) -> object:
        return Fraction(str(value)) if isinstance(value, (int, float, str)) else value

    def rung_override(self, kind: str) -> int | None:
        """Return the rung that this reading gives a kind, if it gives one."""
        return dict(self.rungs).get(kind)
