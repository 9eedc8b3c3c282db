"""Readings of every sort, for tests that hold the two engines against each other under each."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from domain.dates import parse_date
from domain.reading import (
    BasisOf,
    DateBasis,
    MembershipRule,
    Reading,
    Silence,
    StatedWhen,
)

PERIODS: Final = (
    "2020-01",
    "2020-01-03",
    "2020-01-03/2020-01-05",
    "../2020-01-04",
    "2020-01-04/..",
    "2019",
)
RUNGS: Final[tuple[tuple[tuple[str, int], ...], ...]] = (
    (),
    (("expulsion", 3), ("threat", 7)),
    (("retaliation", 4),),
)


def some_readings() -> st.SearchStrategy[Reading]:
    """Draw a reading; half of them leave most at its default."""
    periods = (None, None, *(parse_date(text) for text in PERIODS))
    return st.builds(
        Reading,
        bases=st.sampled_from([(basis,) for basis in BasisOf]),
        stated=st.sampled_from(StatedWhen),
        words_as_causes=st.booleans(),
        silence=st.sampled_from(Silence),
        kinds_by=st.sampled_from(["actor", "actor", "other", "RUS", "press:daily"]),
        k=st.sampled_from(["1", "0", "3/2", "2"]),
        date_basis=st.sampled_from(DateBasis),
        membership=st.sampled_from(MembershipRule),
        period=st.sampled_from(periods),
        families=st.sampled_from([(), (), ("mission_staff",), ("visas", "property")]),
        rungs=st.sampled_from(RUNGS),
    )
