"""Generated disputes for the tally: joint acts, third sides, links of all sorts, doubtful dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from domain.dates import parse_date
from domain.reading import MembershipRule, Reading
from tests.making import act, make_history, two_sides

if TYPE_CHECKING:
    from domain.history import History
    from domain.records.action import Action

SIDES = two_sides(West=["USA", "GBR"], East=["RUS"])
ALL_TIME = Reading()
YEAR_2020 = Reading(period=parse_date("2020"))
POSSIBLY_2020 = Reading(period=parse_date("2020"), membership=MembershipRule.POSSIBLE)

KINDS = (
    ("expulsion", "persons"),
    ("rotation_departure", "persons"),
    ("visa_refusal", "visas"),
    ("visa_suspension", None),
    ("recall", "persons"),
    ("own_post_closure", "properties"),
    ("staff_cap", "posts_ceiling"),
    ("staff_cap", "posts_cut"),
    ("threat", "persons"),
    ("reversal", "persons"),
    ("reversal", None),
)
ACTORS = (["USA"], ["RUS"], ["GBR"], ["POL"], ["USA", "GBR"], ["USA", "POL"])
TARGETS = (["RUS"], ["USA"], ["POL"], ["RUS", "CHN"], ["GBR", "USA"])
DATES = ("2020-01-01", "2020-07-15", "2020-12~", "2020-11/2021-02", "2021-03-03")
QUANTITIES: tuple[int | str, ...] = (0, 1, 2, 5, "1..3", ">=2", "unknown")


@st.composite
def contests(draw: st.DrawFn, most: int = 6) -> tuple[Action, ...]:
    """The actions of a dispute between West and East, with every link the tally minds."""
    names = [f"a{n}" for n in range(draw(st.integers(1, most)))]
    return tuple(_action(draw, name, names) for name in names)


@st.composite
def plain_contests(draw: st.DrawFn) -> tuple[Action, ...]:
    """The same without packages, reversals and doubt: what a child could add up."""
    return tuple(
        act(
            f"a{n}",
            draw(st.sampled_from(ACTORS)),
            draw(st.sampled_from(TARGETS)),
            kind=draw(st.sampled_from(["expulsion", "rotation_departure", "visa_refusal"])),
            quantity=draw(st.integers(0, 5)),
        )
        for n in range(draw(st.integers(0, 8)))
    )


def _action(draw: st.DrawFn, name: str, names: list[str]) -> Action:
    kind, unit = draw(st.sampled_from(KINDS))
    fields: dict[str, Any] = {}
    others = st.sampled_from(names)
    if draw(st.booleans()):
        fields["part_of"] = draw(others)
    if kind == "reversal":
        fields["reverses"] = sorted(draw(st.sets(others, min_size=1, max_size=2)))
    for link in ("same_as", "carries_out"):
        if draw(st.integers(0, 9)) == 0:
            fields[link] = [draw(others)]
    return act(
        name,
        draw(st.sampled_from(ACTORS[:3] if draw(st.booleans()) else ACTORS)),
        draw(st.sampled_from(TARGETS[:2] if draw(st.booleans()) else TARGETS)),
        draw(st.sampled_from(DATES)),
        kind=kind,
        unit=unit,
        quantity=draw(st.sampled_from(QUANTITIES)),
        **fields,
    )


def history_of(*actions: Action) -> History:
    """The actions in their dispute."""
    return make_history(SIDES, *actions)
