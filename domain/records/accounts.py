"""What an account says of an action: its causes, or that it was something else."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

from pydantic import model_validator

from domain.causes import Said
from domain.errors import InputError, require
from domain.quantities import Quantity
from domain.records.base import Account, Amendment, Dated, Source

ANALYST = "analyst:"


class Basis(StrEnum):
    """Whether the account said so itself, or an analyst inferred it."""

    STATED = "stated"
    INFERRED = "inferred"


class Stance(StrEnum):
    """What the account says of the action's right, which leaves its causes alone."""

    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"
    NOT_SAID = "not_said"


class InferredIsNobodysWordError(InputError):
    """An inferred attribution is put in the mouth of a party."""


class BasisMissingError(InputError):
    """An account speaks, and nobody says whether it was stated or inferred."""


class NothingCharacterisedError(InputError):
    """A characterisation says nothing."""


class Attributed(Amendment):
    """One record of an account about one action: its causes, its stance, and who says so where.

    An inferred attribution is an analyst's (`analyst:compilers-for-RUS`), never the party's own.
    `basis` may be absent only where nothing was said.

    Raises InferredIsNobodysWordError, BasisMissingError.

    Rule: docs/semantics.md#accounts
    """

    stored_name: ClassVar[str] = "attributed"
    account: Account
    causes: Said
    stance: Stance = Stance.NOT_SAID
    basis: Basis | None = None
    sources: tuple[Source, ...] = ()
    quotation: str = ""
    stated_on: Dated = None
    note: str = ""

    @model_validator(mode="after")
    def _is_the_tellers_own(self) -> Self:
        require(
            self.basis is not None or self.causes.is_silent,
            BasisMissingError(
                f"the attribution by {self.account} has no basis",
                where=f"action {self.action}",
                why="who says something either stated it, or an analyst inferred it",
                hint="reciprocity attribute --help",
            ),
        )
        require_own_word(self.account, self.basis, self.action)
        return self


class AttributionWithdrawn(Amendment):
    """The account no longer stands by one of its statements, or it was recorded by mistake.

    `statement` is the content key of the attribution that is withdrawn; or of an earlier
    withdrawal, which is then taken back: its statement stands again where it stood.
    """

    stored_name: ClassVar[str] = "attribution_withdrawn"
    account: Account
    statement: str
    reason: str = ""


class Characterised(Amendment):
    """This teller calls this action another kind, gives another quantity, or denies it happened.

    Raises NothingCharacterisedError, InferredIsNobodysWordError.

    Rule: docs/semantics.md#accounts
    """

    stored_name: ClassVar[str] = "characterised"
    account: Account
    kind: str | None = None
    quantity: Quantity | None = None
    denied: bool = False
    basis: Basis = Basis.STATED
    sources: tuple[Source, ...] = ()
    quotation: str = ""
    stated_on: Dated = None
    note: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        require(
            self.kind is not None or self.quantity is not None or self.denied,
            NothingCharacterisedError(
                "the characterisation says nothing",
                where=f"action {self.action}",
                why="it must give another kind, another quantity, or a denial",
                hint="reciprocity characterise ACTION --account RUS --kind expulsion",
            ),
        )
        require_own_word(self.account, self.basis, self.action)
        return self


class CharacterisationWithdrawn(Amendment):
    """The account no longer calls the action so; `statement` as in an attribution's withdrawal."""

    stored_name: ClassVar[str] = "characterisation_withdrawn"
    account: Account
    statement: str
    reason: str = ""


def require_own_word(account: str, basis: Basis | None, action: str) -> None:
    """Refuse an inferred word in a party's mouth; raise InferredIsNobodysWordError."""
    require(
        basis is not Basis.INFERRED or account.startswith(ANALYST),
        InferredIsNobodysWordError(
            f"an inferred word cannot be {account}'s own",
            where=f"action {action}, field account",
            why="what an analyst infers is the analyst's account, never the party's",
            hint=f"reciprocity attribute {action} --account analyst:compilers-for-{account}",
        ),
    )


def compilers_for(party: str) -> str:
    """Name the analyst's account that speaks where the party is silent."""
    return f"{ANALYST}compilers-for-{party}"
