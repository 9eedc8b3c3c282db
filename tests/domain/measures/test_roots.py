"""Roots and initiators: the page's cases, three grievance policies, and plain reachability."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.measures.exchanges import exchanges
from domain.measures.roots import Initiators, Root, RootNature, Standing, standings
from domain.reading import BasisOf, GrievancePolicy, Reading
from domain.records.amendments import Retracted
from domain.records.base import Record
from domain.truth import Truth
from domain.worlds import World, whole_account
from tests import oracles
from tests.making import DISPUTE, act, make_history, two_sides
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds

ACTOR, BLAMED, EXTERNAL = GrievancePolicy


def standing(*records: Record, name: str = "own") -> Standing:
    world = whole_account(make_history(*records), DISPUTE, "USA", Reading())
    return standings(world, [name])[name]


def words(found: Standing) -> list[str]:
    return [found.under(policy).words() for policy in (ACTOR, BLAMED, EXTERNAL)]


def roots(found: Standing) -> set[tuple[RootNature, str]]:
    return {(root.nature, root.name) for root in found.roots}


def test_an_opening_is_its_own_root_and_its_actors() -> None:
    found = standing(act("own", answers=[]))
    assert roots(found) == {(RootNature.OPENING, "own")}
    assert words(found) == ["USA", "USA", "USA"]


def test_the_beginning_of_a_chain_is_put_to_who_began_it() -> None:
    found = standing(
        act("first", "RUS", "USA", answers=[]),
        act("second", "USA", "RUS", answers=["first"]),
        act("third", "RUS", "USA", answers=["second"]),
        act("own", answers=["third"]),
    )
    assert roots(found) == {(RootNature.OPENING, "first")}
    assert words(found) == ["RUS", "RUS", "RUS"]


def test_an_outside_action_is_put_to_its_party_whoever_that_is() -> None:
    found = standing(act("own", answers=["act:theirs@RUS", "act:earlier@USA", "act:far@POL"]))
    assert words(found) == ["POL+RUS+USA"] * 3
    assert (RootNature.OUTSIDE, "act:far@POL") in roots(found)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["ext:wrong@RUS"], ["USA", "RUS", "external"]),
        (["ext:wrong@USA"], ["USA", "USA", "external"]),
        (["ext:weather"], ["USA", "external", "external"]),
        (["ext:wrong@RUS", "ext:weather"], ["USA", "RUS+external", "external"]),
        (["ext:wrong@RUS", "act:x@POL"], ["POL", "POL+RUS", "POL+external"]),
    ],
)
def test_a_grievance_is_put_by_its_policy(answers: list[str], expected: list[str]) -> None:
    found = standing(act("own", answers=answers))
    assert words(found) == expected
    assert {text for _, text in roots(found)} == set(answers)


def test_a_joint_opening_is_put_to_all_its_sides() -> None:
    found = standing(act("own", ["USA", "RUS"], "POL", answers=[]))
    assert found.under(ACTOR).jointly("RUS") is Truth.TRUE
    assert found.under(ACTOR).solely("RUS") is Truth.FALSE


def test_silence_is_its_own_root_and_puts_it_to_nobody() -> None:
    found = standing(act("silent"), act("own", answers=["silent"]))
    assert roots(found) == {(RootNature.UNDETERMINED, "silent")}
    assert words(found) == ["undetermined"] * 3


def test_the_rest_decides_what_it_can_beside_a_silence() -> None:
    opening = act("theirs", "RUS", "USA", answers=[])
    found = standing(act("silent"), opening, act("own", answers=["silent", "theirs"]))
    assert found.under(ACTOR) == Initiators(frozenset({"RUS"}), has_unknown=True)
    assert found.under(ACTOR).solely("USA") is Truth.FALSE
    assert found.under(ACTOR).solely("RUS") is Truth.UNDETERMINED
    assert found.under(ACTOR).jointly("RUS") is Truth.TRUE
    assert found.under(ACTOR).jointly("USA") is Truth.UNDETERMINED
    assert found.under(ACTOR).words() == "RUS+undetermined"


def test_a_retracted_cause_is_an_unknown_beginning_and_no_grievance_hides_it() -> None:
    gone = (act("gone", "RUS", "USA"), Retracted(action="gone", reason="a mistake"))
    found = standing(act("own", answers=["gone", "ext:wrong@RUS"]), *gone)
    assert roots(found) == {(RootNature.UNKNOWN, "gone"), (RootNature.GRIEVANCE, "ext:wrong@RUS")}
    assert words(found) == ["undetermined", "RUS+undetermined", "external+undetermined"]


def test_an_exchange_is_begun_jointly_by_its_sides() -> None:
    found = standing(act("own", answers=["theirs"]), act("theirs", "RUS", "USA", answers=["own"]))
    assert roots(found) == {(RootNature.EXCHANGE, "own+theirs")}
    assert words(found) == ["RUS+USA"] * 3


def test_an_exchange_with_an_outside_cause_began_there() -> None:
    found = standing(
        act("own", answers=["theirs", "first"]),
        act("theirs", "RUS", "USA", answers=["own"]),
        act("first", "POL", "USA", answers=[]),
    )
    assert roots(found) == {(RootNature.OPENING, "first")}
    assert words(found) == ["POL"] * 3


def test_an_exchange_with_grievances_alone_is_its_sides_where_grievances_excuse_nothing() -> None:
    found = standing(
        act("own", answers=["theirs", "ext:wrong@POL"]),
        act("theirs", "RUS", "USA", answers=["own"]),
    )
    assert words(found) == ["RUS+USA", "POL", "external"]


def test_initiators_are_sides_not_parties() -> None:
    found = standing(
        two_sides(West=["USA", "GBR"], RUS=["RUS"]),
        act("first", "GBR", "RUS", answers=[]),
        act("own", "RUS", "GBR", answers=["first"]),
    )
    assert words(found) == ["West"] * 3


def test_what_is_settled_is_taken_as_given_and_not_visited() -> None:
    history = make_history(act("one", "RUS", "USA", answers=[]), act("own", answers=["one"]))
    world = whole_account(history, DISPUTE, "USA", Reading())
    given_by_hand = Standing(
        frozenset({Root(RootNature.OPENING, "elsewhere")}),
        tuple((policy, Initiators(frozenset({"POL"}))) for policy in GrievancePolicy),
    )
    found = standings(world, ["own"], lambda name: given_by_hand if name == "one" else None)
    assert set(found) == {"own"}
    assert words(found["own"]) == ["POL"] * 3


def test_a_chain_of_ten_thousand_answers_has_one_beginning() -> None:
    records = [act("e0", "RUS", "USA", answers=[])]
    records += [
        act(f"e{n}", *(("USA", "RUS") if n % 2 else ("RUS", "USA")), answers=[f"e{n - 1}"])
        for n in range(1, 10_000)
    ]
    assert words(standing(*records, name="e9999")) == ["RUS"] * 3


@given(worlds())
def test_they_are_what_plain_reachability_finds(world: World) -> None:
    plain = oracles.told(world)
    found = standings(world, plain.causes)
    for name in plain.causes:
        for policy in GrievancePolicy:
            initiators = found[name].under(policy)
            expected = oracles.begun(plain, name, policy)
            named = frozenset(root.name for root in found[name].roots)
            assert (named, initiators.sides, initiators.has_unknown) == expected


@given(worlds())
def test_every_action_has_a_root_and_is_its_own_only_if_nothing_caused_it(world: World) -> None:
    names = [held.id for held in world.actions()]
    joint = {name: node.members for node in exchanges(world, names) for name in node.members}
    for name, found in standings(world, names).items():
        causes = world.causes(name)
        assert found.roots
        members = joint.get(name, (name,))
        is_own = any(root.name == "+".join(members) for root in found.roots)
        caused = {
            str(node)
            for member in members
            for node in world.causes(member) or ()
            if str(node) not in members
        }
        assert is_own == (causes is None or not caused)


@pytest.mark.parametrize(
    ("account", "basis", "action", "expected"),
    [
        ("USA", BasisOf.STATED_ONLY, "rus-2018-03-29-exp60", ["USA", "RUS", "external"]),
        ("RUS", BasisOf.STATED_ONLY, "rus-2018-03-29-exp60", ["USA", "USA", "USA"]),
        ("USA", BasisOf.STATED_ONLY, "usa-2022-02-24-trepelkov", ["RUS", "RUS", "RUS"]),
        ("RUS", BasisOf.STATED_ONLY, "usa-2022-02-24-trepelkov", ["USA", "USA", "USA"]),
        ("USA", BasisOf.STATED_ONLY, "usa-2021-10-vorontsov-visa", ["RUS+USA"] * 3),
        ("USA", BasisOf.STATED_ONLY, "rus-2021-12-01-three-year", ["USA", "RUS", "external"]),
        ("USA", BasisOf.WITH_INFERRED, "rus-2021-12-01-three-year", ["RUS", "RUS", "RUS"]),
    ],
)
def test_initiators_of_real_actions(
    account: str, basis: BasisOf, action: str, expected: list[str]
) -> None:
    world = whole_account(real_history(), REAL, account, Reading(bases=(basis,)))
    assert words(standings(world, [action])[action]) == expected
