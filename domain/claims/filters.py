"""Filters: which actions a claim speaks of."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict

from domain.claims.names import KindName
from domain.dates import UncertainDate
from domain.kinds import Family, Polarity
from domain.reading import EscalationFlag, MembershipRule
from domain.records.action import Organ
from domain.records.base import Slug
from domain.roles import Role

# What these fields select differs from world to world, or is left open where nobody recorded the
# organ; all others select the same in every world.
WORLD_DEPENDENT: Final = ("roles", "flags", "answers", "organs")


class Filter(BaseModel):
    """Which actions a claim speaks of: all fields given must hold, of each one value is enough.

    `actors` and `targets` name parties or sides. An action is selected if one of its actors (or its
    targets) is meant. `period` counts by `membership`, or else by the reading's rule. `before`,
    `after` and `until` name an action by whose date others are certainly before, certainly after,
    or not certainly after. An action whose organ nobody recorded is undetermined under every organ.
    `reverses`, `executes` and `answers` name actions.

    Raises UnknownKindError.

    Rule: docs/semantics.md#filters
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    disputes: tuple[Slug, ...] = ()
    kinds: tuple[KindName, ...] = ()
    families: tuple[Family, ...] = ()
    polarities: tuple[Polarity, ...] = ()
    roles: tuple[Role, ...] = ()
    flags: tuple[EscalationFlag, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    period: UncertainDate | None = None
    membership: MembershipRule | None = None
    before: Slug | None = None
    after: Slug | None = None
    until: Slug | None = None
    tags: tuple[str, ...] = ()
    organs: tuple[Organ, ...] = ()
    ids: tuple[Slug, ...] = ()
    reverses: tuple[Slug, ...] = ()
    executes: tuple[Slug, ...] = ()
    answers: tuple[Slug, ...] = ()

    @property
    def depends_on_the_world(self) -> bool:
        """Whether what is selected may differ from world to world, or may be left open."""
        return any(getattr(self, field) for field in WORLD_DEPENDENT)
