"""Selecting by what nobody recorded: as open as going through all that it may be."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims.filters import Filter
from domain.claims.judging import judge
from domain.claims.language import Exists
from domain.claims.selecting import candidates
from domain.claims.sight import Sight
from domain.reading import Reading
from domain.truth import Truth
from domain.worlds import whole_account
from ledger.solvers.flow import NetworkxFlow
from tests.domain.claims.claims_about import question
from tests.domain.claims.forms_about import ORGANS
from tests.making import DISPUTE, act, make_history

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.claims.verdicts import Question
    from domain.history import History

ALL_ORGANS = (*ORGANS, "private")
"""Every organ that the claims name, and one that none of them does."""

seeds = st.integers(0, 2**32)


def sight_of(asked: Question) -> Sight:
    return Sight(
        whole_account(asked.history, DISPUTE, "USA", asked.reading), asked.policy, NetworkxFlow
    )


def filled_in(history: History) -> Iterator[History]:
    """Go through all histories in which every organ is known."""
    unknown = [name for name, held in history.dossiers.items() if held.action.organ is None]
    for organs in product(ALL_ORGANS, repeat=len(unknown)):
        known = {
            name: replace(
                history.dossiers[name],
                action=history.dossiers[name].action.model_copy(update={"organ": organ}),
            )
            for name, organ in zip(unknown, organs, strict=True)
        }
        yield replace(history, dossiers={**history.dossiers, **known})


@settings(max_examples=150)
@given(seeds)
def test_what_is_decided_with_unknown_organs_is_so_whatever_they_were(seed: int) -> None:
    asked = question(seed, 4)
    value = judge(sight_of(asked), asked.test).value
    if value is not Truth.UNDETERMINED:
        whole = [replace(asked, history=history) for history in filled_in(asked.history)]
        assert {judge(sight_of(one), one.test).value for one in whole} == {value}


@given(seeds, st.sampled_from(ALL_ORGANS))
def test_what_is_left_open_by_unknown_organs_could_be_either(seed: int, organ: str) -> None:
    asked = replace(question(seed, 4), test=Exists(of=Filter.model_validate({"organs": [organ]})))
    value = judge(sight_of(asked), asked.test).value
    whole = [replace(asked, history=history) for history in filled_in(asked.history)]
    values = {judge(sight_of(one), one.test).value for one in whole}
    assert (value is Truth.UNDETERMINED) == (len(values) > 1)
    assert value is Truth.UNDETERMINED or values == {value}


def test_an_action_of_an_unknown_organ_is_a_candidate_of_every_organ() -> None:
    records = (act("a0"), act("a1", organ="court"), act("a2", organ="executive"))
    asked = replace(question(0), history=make_history(*records))
    for organ, expected in (("court", ["a0", "a1"]), ("private", ["a0"])):
        found = candidates(sight_of(asked), Filter.model_validate({"organs": [organ]}))
        assert [dossier.id for dossier in found] == expected


def test_families_of_the_reading_narrow_those_that_a_claim_names() -> None:
    records = (act("a0"), act("a1", kind="visa_refusal"))
    base = replace(question(0), history=make_history(*records))
    for families, expected in (
        ((), ["a0"]),
        (("mission_staff",), ["a0"]),
        (("visas", "mission_staff"), ["a0"]),
        (("visas",), []),
    ):
        asked = replace(base, reading=Reading(families=families))
        named = candidates(sight_of(asked), Filter.model_validate({"families": ["mission_staff"]}))
        assert [dossier.id for dossier in named] == expected
