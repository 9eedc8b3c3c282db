"""The claim language: tests that are true, false or undetermined in a world.

This is the data form; as JSON it is what claims are stored as. The text form says the same.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from domain.claims.filters import Filter
from domain.claims.predicates import Form, Predicate
from domain.dates import UncertainDate
from domain.records.base import Account, PartyCode, Slug


class Every(Form):
    """Of every action selected the predicate holds; vacuous where nothing is selected."""

    form: Literal["every"] = "every"
    of: Filter
    holds: Predicate


class No(Form):
    """Of no action selected the predicate holds; true where nothing is selected."""

    form: Literal["no"] = "no"
    of: Filter
    holds: Predicate


class Exists(Form):
    """Some action is selected."""

    form: Literal["exists"] = "exists"
    of: Filter


class NotExists(Form):
    """No action is selected."""

    form: Literal["not_exists"] = "not_exists"
    of: Filter


class Number(Form):
    """A number."""

    form: Literal["number"] = "number"
    value: int = Field(ge=0)


class Count(Form):
    """How many actions are selected, details of packages apart."""

    form: Literal["count"] = "count"
    of: Filter


class Sum(Form):
    """The sum of the quantities of the actions selected, each package once.

    Several units are added up only because they are named here together: a stated conversion.
    """

    form: Literal["sum"] = "sum"
    of: Filter
    units: tuple[str, ...] = Field(min_length=1)


class Stock(Form):
    """How many of a unit a party has on another's soil on a date, as observed."""

    form: Literal["stock"] = "stock"
    unit: str
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

    form: Literal["compare"] = "compare"
    left: Term
    how: Comparison
    times: Fraction = Field(default=Fraction(1), gt=0)
    right: Term


class Budgeted(Form):
    """All responses by a side stay within k times their triggers, each trigger spent once."""

    form: Literal["budgeted"] = "budgeted"
    by: str
    of: Filter
    unit: str
    k: Fraction = Field(default=Fraction(1), ge=0)


class RootOf(Form):
    """Every root of the action is put to a side, or is an action.

    With `within`, the chain is followed back only through actions that are certainly in the period;
    the earliest of them are its roots.
    """

    form: Literal["root_of"] = "root_of"
    action: Slug
    side: str | None = None
    is_action: Slug | None = None
    within: UncertainDate | None = None


class CauseOf(Form):
    """Among the causes of an action is this one: an action's id, `act:...` or `ext:...`.

    `account` says in whose account; absent, in the world at hand.
    """

    form: Literal["cause_of"] = "cause_of"
    action: Slug
    includes: str
    account: Account | None = None


class KindOf(Form):
    """The action is of a kind, by the words of an account; absent, by whose kinds count."""

    form: Literal["kind_of"] = "kind_of"
    action: Slug
    kind: str
    account: Account | None = None


class AllOf(Form):
    """All of the tests hold (strong Kleene logic)."""

    form: Literal["all_of"] = "all_of"
    tests: tuple[Test, ...] = Field(min_length=1)


class AnyOf(Form):
    """One of the tests holds (strong Kleene logic)."""

    form: Literal["any_of"] = "any_of"
    tests: tuple[Test, ...] = Field(min_length=1)


class Not(Form):
    """The test does not hold."""

    form: Literal["not"] = "not"
    test: Test


class If(Form):
    """If the one holds then the other does; the same as: not the one, or the other."""

    form: Literal["if"] = "if"
    condition: Test
    then: Test


class NotTestable(Form):
    """What the ledger's facts cannot decide: legality, justification, the scale of a grievance."""

    form: Literal["not_testable"] = "not_testable"
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

for _form in (AllOf, AnyOf, Not, If):
    _form.model_rebuild()
