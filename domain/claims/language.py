"""The claim language: tests that are true, false or undetermined in a world.

This is the data form; as JSON it is what claims are stored as. The text form says the same.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from domain.claims.filters import Filter
from domain.claims.names import CauseText, KindName, Ratio, UnitName
from domain.claims.predicates import Form, Predicate, stored_as
from domain.dates import UncertainDate
from domain.errors import InputError, require
from domain.records.base import Account, PartyCode, Slug


class RootUnclearError(InputError):
    """A claim about a root names neither a side nor an action, or both."""


class Every(Form):
    """Of every action selected the predicate holds; vacuous where nothing is selected."""

    form: Literal["every"] = stored_as("every")
    of: Filter
    holds: Predicate


class No(Form):
    """Of no action selected the predicate holds; true where nothing is selected."""

    form: Literal["no"] = stored_as("no")
    of: Filter
    holds: Predicate


class Exists(Form):
    """Some action is selected."""

    form: Literal["exists"] = stored_as("exists")
    of: Filter


class NotExists(Form):
    """No action is selected."""

    form: Literal["not_exists"] = stored_as("not_exists")
    of: Filter


class Number(Form):
    """A number."""

    form: Literal["number"] = stored_as("number")
    value: int = Field(ge=0)


class Count(Form):
    """How many actions are selected, details of packages apart."""

    form: Literal["count"] = stored_as("count")
    of: Filter


class Sum(Form):
    """The sum of the quantities of the actions selected, each package once.

    Several units are added up only because they are named here together: a stated conversion.
    """

    form: Literal["sum"] = stored_as("sum")
    of: Filter
    units: tuple[UnitName, ...] = Field(min_length=1)


class Stock(Form):
    """How many of a unit a party has on another's soil on a date, as observed."""

    form: Literal["stock"] = stored_as("stock")
    unit: UnitName
    whose: PartyCode
    where: PartyCode
    on: UncertainDate
    teller: Account | None = None


Term = Annotated[Number | Count | Sum | Stock, Field(discriminator="form")]


class Comparison(StrEnum):
    """How two terms compare."""

    MORE = ">"
    AT_LEAST = ">="
    EQUAL = "="
    AT_MOST = "<="
    LESS = "<"


class Compare(Form):
    """The left term compares so with `times` the right one."""

    form: Literal["compare"] = stored_as("compare")
    left: Term
    how: Comparison
    times: Ratio = Field(default=Fraction(1), gt=0)
    right: Term


class Budgeted(Form):
    """All responses by a side stay within k times their triggers, each trigger spent once."""

    form: Literal["budgeted"] = stored_as("budgeted")
    by: str
    of: Filter
    unit: UnitName
    k: Ratio = Field(default=Fraction(1), ge=0)


class RootOf(Form):
    """Every root of the action is put to a side, or is an action.

    With `within`, the chain is followed back only through actions that are certainly in the period;
    the earliest of them are its roots.

    Raises RootUnclearError unless either a side or an action is named.
    """

    form: Literal["root_of"] = stored_as("root_of")
    action: Slug
    side: str | None = None
    is_action: Slug | None = None
    within: UncertainDate | None = None

    @model_validator(mode="after")
    def _names_one_root(self) -> Self:
        require(
            (self.side is None) != (self.is_action is None),
            RootUnclearError(
                f"a root of {self.action} is either put to a side or is an action",
                why="exactly one of the fields side and is_action is given",
                hint="reciprocity claim --help",
            ),
        )
        return self


class CauseOf(Form):
    """Among the causes of an action is this one: an action's id, `act:...` or `ext:...`.

    `account` says in whose account; absent, in the world at hand.
    """

    form: Literal["cause_of"] = stored_as("cause_of")
    action: Slug
    includes: CauseText
    account: Account | None = None


class KindOf(Form):
    """The action is of a kind, by the words of an account; absent, by whose kinds count."""

    form: Literal["kind_of"] = stored_as("kind_of")
    action: Slug
    kind: KindName
    account: Account | None = None


class AllOf(Form):
    """All of the tests hold (strong Kleene logic)."""

    form: Literal["all_of"] = stored_as("all_of")
    tests: tuple[Test, ...] = Field(min_length=1)


class AnyOf(Form):
    """One of the tests holds (strong Kleene logic)."""

    form: Literal["any_of"] = stored_as("any_of")
    tests: tuple[Test, ...] = Field(min_length=1)


class Not(Form):
    """The test does not hold."""

    form: Literal["not"] = stored_as("not")
    test: Test


class If(Form):
    """If the one holds then the other does; the same as: not the one, or the other."""

    form: Literal["if"] = stored_as("if")
    condition: Test
    then: Test


class NotTestable(Form):
    """What the ledger's facts cannot decide: legality, justification, the scale of a grievance.

    Rule: docs/semantics.md#not-testable
    """

    form: Literal["not_testable"] = stored_as("not_testable")
    reason: str


Test = Annotated[
    Every
    | No
    | Exists
    | NotExists
    | Compare
    | Budgeted
    | RootOf
    | CauseOf
    | KindOf
    | AllOf
    | AnyOf
    | Not
    | If
    | NotTestable,
    Field(discriminator="form"),
]
