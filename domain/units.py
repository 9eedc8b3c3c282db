"""Units: what is counted, whether its counts add up, and which number is absurd.

One table, one row a unit. A unit of nature *flow* adds up; of nature *stock* the value in force
counts, and two values never add; of nature *none* it states the extent of a rule and is shown only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from domain.errors import InputError
from domain.nearest import did_you_mean
from domain.quoting import LONGEST_SHOWN, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnknownUnitError(InputError):
    """A unit is not in the units table."""


class Nature(StrEnum):
    """How the counts of a unit behave."""

    FLOW = "flow"
    STOCK = "stock"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: its stored name, its words, and the bound above which a number is absurd."""

    name: str
    nature: Nature
    singular: str
    plural: str
    bound: int
    """The largest number of one record that is believed; more is taken for a slip of the pen."""
    meaning: str


UNITS: Final[tuple[Unit, ...]] = (
    Unit(
        "persons", Nature.FLOW, "person", "persons", 100_000, "people named, families not counted"
    ),
    Unit("properties", Nature.FLOW, "property", "properties", 1_000, "buildings and plots"),
    Unit("visas", Nature.FLOW, "visa", "visas", 1_000_000, "visas and entry permissions"),
    Unit("posts_cut", Nature.FLOW, "post cut", "posts cut", 100_000, "posts lost under a cap"),
    Unit("local_posts", Nature.FLOW, "local post", "local posts", 100_000, "locally engaged staff"),
    Unit("designations", Nature.FLOW, "designation", "designations", 100_000, "names on a list"),
    Unit(
        "media_outlets", Nature.FLOW, "media outlet", "media outlets", 10_000, "media, not people"
    ),
    Unit("accreditations", Nature.FLOW, "accreditation", "accreditations", 10_000, "of people"),
    Unit(
        "organisations", Nature.FLOW, "organisation", "organisations", 10_000, "bodies, not people"
    ),
    Unit("treaties", Nature.FLOW, "treaty", "treaties", 1_000, "treaties and agreements"),
    Unit("meetings", Nature.FLOW, "meeting", "meetings", 1_000, "meetings and rounds of talks"),
    Unit("visits", Nature.FLOW, "visit", "visits", 10_000, "visits, consular ones too"),
    Unit("acts", Nature.FLOW, "act", "acts", 1_000, "laws, decrees and orders"),
    Unit("states", Nature.FLOW, "state", "states", 250, "states put on a list"),
    Unit("accounts", Nature.FLOW, "account", "accounts", 100_000, "bank and other accounts"),
    Unit("posts", Nature.STOCK, "post", "posts", 100_000, "staff in place, as observed"),
    Unit(
        "consulates", Nature.STOCK, "consulate", "consulates", 200, "consular posts that are open"
    ),
    Unit("posts_ceiling", Nature.STOCK, "post allowed", "posts allowed", 100_000, "a cap on staff"),
    Unit(
        "visas_per_year_ceiling",
        Nature.STOCK,
        "visa allowed a year",
        "visas allowed a year",
        1_000_000,
        "a cap on visas",
    ),
    Unit("days", Nature.NONE, "day", "days", 36_525, "a term, a notice, a limit in time"),
    Unit("kilometres", Nature.NONE, "kilometre", "kilometres", 20_038, "a limit on movement"),
)

_BY_NAME: Final[Mapping[str, Unit]] = MappingProxyType({row.name: row for row in UNITS})


def unit(name: str) -> Unit:
    """Return the unit of that stored name; raises UnknownUnitError, with the nearest names.

    Rule: docs/semantics.md#quantities
    """
    found = _BY_NAME.get(name)
    if found is None:
        raise UnknownUnitError(
            f"there is no unit {quoted(name)}",
            why=did_you_mean(name[:LONGEST_SHOWN], _BY_NAME),
            hint=f"one of {', '.join(_BY_NAME)}; see: reciprocity add --help",
        )
    return found
