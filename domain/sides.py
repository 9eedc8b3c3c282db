"""The sides of a dispute: whom a party acts for, and who stands outside.

Sides are undated: the latest as known applies to every action of the dispute.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, model_validator

from domain.errors import InputError, require
from domain.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTY_CODE_FORM = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
"""What every party code looks like: `USA`, `SUN`, `NATO`, `X-MULTI`."""

DECLARE = "reciprocity dispute add --help"


class SidesOverlapError(InputError):
    """A party, or a name, would stand for two sides at once."""


class EmptySideError(InputError):
    """A side has no name or no party."""


class Side(BaseModel):
    """A name and the parties that act for it. A party may belong to one side of a dispute only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    parties: tuple[str, ...]

    @model_validator(mode="after")
    def _stands_for_its_own_parties(self) -> Side:
        """Refuse an empty side, a repeated party, and a name that is another party's code."""
        require(
            self.name.strip() and self.parties,
            EmptySideError(
                f"side {quoted(self.name)} needs a name and at least one party",
                why="a side is a name and a set of parties",
                hint=DECLARE,
            ),
        )
        for party, times in Counter(self.parties).items():
            require(
                times == 1,
                SidesOverlapError(f"side {self.name} names party {party} twice", hint=DECLARE),
            )
        require(
            self.name in self.parties or not PARTY_CODE_FORM.fullmatch(self.name),
            SidesOverlapError(
                f"side {self.name} is named like a party that is not in it",
                why=f"a party {self.name} in no declared side is itself a side called {self.name}",
                hint=f"put {self.name} among its parties, or give the side a name with small "
                f"letters such as Side-{self.name}: {DECLARE}",
            ),
        )
        return self


class Sides(BaseModel):
    """The declared sides of one dispute, in the order in which they were declared.

    A party in none of them is a side of its own, a third side, named by its code. No sides at
    all are allowed: then every party is a third side.
    Rule: docs/semantics.md#words
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sides: tuple[Side, ...] = ()

    @model_validator(mode="after")
    def _do_not_overlap(self) -> Sides:
        """Refuse two sides of one name, and a party in two sides."""
        for name, times in Counter(side.name for side in self.sides).items():
            require(times == 1, SidesOverlapError(f"two sides are called {name}", hint=DECLARE))
        holder: dict[str, str] = {}
        for side in self.sides:
            for party in side.parties:
                other = holder.setdefault(party, side.name)
                require(
                    other == side.name,
                    SidesOverlapError(
                        f"party {party} is in side {other} and in side {side.name}",
                        why="a party acts for one side of a dispute only",
                        hint=DECLARE,
                    ),
                )
        return self

    @cached_property
    def _side_by_party(self) -> dict[str, str]:
        return {party: side.name for side in self.sides for party in side.parties}

    @cached_property
    def declared(self) -> tuple[str, ...]:
        """The names of the declared sides, as ordered in the declaration."""
        return tuple(side.name for side in self.sides)

    def side_of(self, party: str) -> str:
        """Give the name of the side that the party acts for: its own code if it is in none."""
        return self._side_by_party.get(party, party)

    def sides_of(self, parties: Iterable[str]) -> frozenset[str]:
        """Give the names of all the sides that these parties act for."""
        return frozenset(self.side_of(party) for party in parties)

    def is_third(self, side: str) -> bool:
        """Say whether the side is none of the declared ones."""
        return side not in self.declared
