"""Small generated histories with all that makes accounts hard.

Ties, cycles, silences, unknown numbers, retractions, packages, joint acts, third parties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from domain.reading import BasisOf, Reading, Silence, StatedWhen
from domain.records.amendments import Retracted
from domain.worlds import World, whole_account
from tests.making import DISPUTE, act, make_history, said, two_sides

if TYPE_CHECKING:
    from domain.history import History
    from domain.records.base import Record

NAMES = ("a0", "a1", "a2", "a3", "a4", "a5")
MISSING = "a9"
ELSEWHERE = (
    "act:out@USA",
    "act:out@RUS",
    "act:out@POL",
    "ext:wrong@USA",
    "ext:wrong@RUS",
    "ext:wrong@POL",
    "ext:weather",
)
TELLERS = ("USA", "GBR", "RUS", "POL", "press:wire", "analyst:compilers-for-RUS")
SIDES = {"West": ("USA", "GBR"), "RUS": ("RUS",)}

parties = st.lists(
    st.sampled_from(("USA", "GBR", "RUS", "POL")), min_size=1, max_size=2, unique=True
)
dates = st.sampled_from(("2020-01-01", "2020-01-01", "2020-01-01/2020-01-20", "2020-01-10"))
amounts = st.one_of(
    st.integers(0, 6), st.integers(1, 3), st.sampled_from(("unknown", "1..3", ">=2"))
)
countings = st.sampled_from(
    (
        ("expulsion", "persons"),
        ("expulsion", "persons"),
        ("threat", "persons"),
        ("visa_refusal", "persons"),
        ("visa_refusal", "visas"),
        ("property_closure", "properties"),
        ("staff_cap", "posts_ceiling"),
        ("reversal", "persons"),
        ("protest", None),
        ("talks_cancelled", None),
        ("other", None),
    )
)
readings = st.builds(
    lambda basis, stated, silence, words, k: Reading(
        bases=(basis,), stated=stated, silence=silence, words_as_causes=words, k=k
    ),
    st.sampled_from(BasisOf),
    st.sampled_from(StatedWhen),
    st.sampled_from(Silence),
    st.sampled_from((True, True, False)),
    st.sampled_from(("0", "1/2", "1", "2")),
)


def causes(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """Causes out of these actions, and others that the ledger does not hold."""
    one = st.one_of(st.sampled_from((*names, MISSING)), st.sampled_from(names + ELSEWHERE))
    return st.lists(one, max_size=3, unique=True)


@st.composite
def actions(draw: st.DrawFn, name: str, names: tuple[str, ...]) -> Record:
    """One action; it may answer any other and itself."""
    kind, unit = draw(countings)
    fields: dict[str, Any] = {"part_of": draw(st.sampled_from((None, None, *names)))}
    if draw(st.integers(0, 9)) == 0:
        fields["same_as"] = [draw(st.sampled_from(names))]
    if kind == "reversal":
        fields["reverses"] = [draw(st.sampled_from(names))]
    return act(
        name,
        draw(parties),
        draw(parties),
        draw(dates),
        kind=kind,
        quantity=draw(amounts) if unit else None,
        unit=unit,
        answers=draw(st.one_of(causes(names), causes(names), st.just("none_stated"))),
        **fields,
    )


@st.composite
def histories(draw: st.DrawFn, most: int = 5) -> History:
    """Up to `most` actions in one dispute, with what others say of them."""
    names = NAMES[: draw(st.integers(1, most))]
    records: list[Record] = [two_sides(DISPUTE, **SIDES)]
    records += [draw(actions(name, names)) for name in names]
    for _ in range(draw(st.integers(0, 4))):
        teller = draw(st.sampled_from(TELLERS))
        words = draw(st.one_of(causes(names), st.sampled_from(("unprovoked", "disputed"))))
        is_inferred = ":" not in teller and draw(st.booleans())
        records.append(said(draw(st.sampled_from(names)), teller, words, inferred=is_inferred))
    gone = draw(st.lists(st.sampled_from(names), max_size=1))
    records += [Retracted(action=name, reason="recorded by mistake") for name in gone]
    return make_history(*records)


@st.composite
def worlds(draw: st.DrawFn, most: int = 5) -> World:
    """One whole account of a generated history, under a generated reading."""
    history = draw(histories(most))
    return whole_account(history, DISPUTE, draw(st.sampled_from(TELLERS)), draw(readings))
