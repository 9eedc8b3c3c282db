"""The answered set: examples from the page, and every path tried one by one."""

from __future__ import annotations

from hypothesis import given

from domain.causes import ActionCause, OutsideCause
from domain.measures.answered import Answered, answered
from domain.reading import Reading
from domain.records.amendments import Retracted
from domain.records.base import Record
from domain.worlds import World, whole_account
from tests import oracles
from tests.making import DISPUTE, act, make_history, two_sides
from tests.small_worlds import worlds


def world_of(*records: Record, account: str = "USA", reading: Reading | None = None) -> World:
    return whole_account(make_history(*records), DISPUTE, account, reading or Reading())


def found(reached: Answered) -> frozenset[str]:
    return frozenset(str(node) for node in reached.members)


def test_it_goes_back_through_the_own_side_to_the_first_actions_of_others() -> None:
    world = world_of(
        act("before", "USA", "RUS"),
        act("theirs", "RUS", "USA", answers=["before"]),
        act("step", "USA", "RUS", answers=["theirs"]),
        act("again", "USA", "RUS", answers=["step"]),
    )
    assert found(answered(world, "again")) == {"theirs"}
    assert answered(world, "again").own_steps == (ActionCause("step"),)


def test_parties_of_one_side_are_one_side() -> None:
    world = world_of(
        two_sides(West=["USA", "GBR"], RUS=["RUS"]),
        act("theirs", "RUS", "USA"),
        act("friend", "GBR", "RUS", answers=["theirs"]),
        act("own", "USA", "RUS", answers=["friend"]),
    )
    assert found(answered(world, "own")) == {"theirs"}


def test_a_joint_act_is_own_side_only_if_all_its_sides_act() -> None:
    joint = act("joint", ["USA", "RUS"], "POL", answers=["act:earlier@POL"])
    world = world_of(
        joint,
        act("alone", "USA", "RUS", answers=["joint"]),
        act("together", ["RUS", "USA"], "POL", answers=["joint"]),
    )
    assert found(answered(world, "alone")) == {"joint"}
    assert found(answered(world, "together")) == {"act:earlier@POL"}


def test_outside_actions_of_others_are_answered_and_grievances_are_not() -> None:
    world = world_of(act("own", answers=["act:elsewhere@RUS", "ext:wrong@RUS", "ext:weather"]))
    assert answered(world, "own").outside() == (OutsideCause("elsewhere", "RUS"),)
    assert found(answered(world, "own")) == {"act:elsewhere@RUS"}


def test_an_outside_action_of_the_own_side_ends_its_path() -> None:
    reached = answered(world_of(act("own", answers=["act:earlier@USA"])), "own")
    assert reached == Answered(frozenset(), False, (OutsideCause("earlier", "USA"),))


def test_a_retracted_cause_is_an_unknown_member() -> None:
    gone = act("gone", "RUS", "USA")
    withdrawn = Retracted(action="gone", reason="a mistake")
    reached = answered(world_of(gone, act("own", answers=["gone"]), withdrawn), "own")
    assert (found(reached), reached.has_unknown) == (frozenset(), True)


def test_a_silent_own_step_leaves_more_to_be_known() -> None:
    world = world_of(act("step"), act("own", answers=["step", "act:first@RUS"]))
    assert found(answered(world, "own")) == {"act:first@RUS"}
    assert answered(world, "own").has_unknown


def test_the_silence_of_another_side_changes_nothing() -> None:
    world = world_of(act("theirs", "RUS", "USA"), act("own", answers=["theirs"]))
    assert not answered(world, "own").has_unknown


def test_mutual_conditions_answer_each_other() -> None:
    world = world_of(
        act("one", "USA", "RUS", answers=["other"]), act("other", "RUS", "USA", answers=["one"])
    )
    assert found(answered(world, "one")) == {"other"}
    assert found(answered(world, "other")) == {"one"}


def test_a_circle_of_own_steps_comes_to_an_end() -> None:
    world = world_of(act("one", answers=["other"]), act("other", answers=["one", "one"]))
    assert answered(world, "one") == Answered(frozenset(), False, (ActionCause("other"),))


def test_a_chain_of_ten_thousand_steps_is_no_deeper_than_one_of_two() -> None:
    steps = [act("s0", answers=["act:first@RUS"])]
    steps += [act(f"s{n}", answers=[f"s{n - 1}"]) for n in range(1, 10_000)]
    assert found(answered(world_of(*steps), "s9999")) == {"act:first@RUS"}


@given(worlds())
def test_it_is_what_trying_every_path_finds(world: World) -> None:
    plain = oracles.told(world)
    for name in plain.causes:
        reached = answered(world, name)
        assert (found(reached), reached.has_unknown) == oracles.answered(plain, name)
