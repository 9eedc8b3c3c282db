"""Chains: trees from each root, every step once, and where two worlds part."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.accounts import How
from domain.measures.chains import Step, Tree, chain, divergence, trees
from domain.measures.roots import RootNature, standings
from domain.reading import BasisOf, Reading
from domain.records.base import Record
from domain.worlds import World, whole_account
from tests import oracles
from tests.making import DISPUTE, act, make_history, said
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds


def world_of(*records: Record, account: str = "USA", reading: Reading | None = None) -> World:
    return whole_account(make_history(*records), DISPUTE, account, reading or Reading())


def drawn(grown: tuple[Tree, ...]) -> list[str]:
    """Each step as a line, indented by its depth, `*` where it stands above already."""
    return [
        "  " * step.depth + step.name + ("*" if step.is_repeated else "")
        for tree in grown
        for step in tree.steps
    ]


TANGLE = (
    act("first", "RUS", "USA", on="2020-01-01", answers=[]),
    act("second", on="2020-02-01", answers=["first", "ext:wrong@RUS"]),
    act("third", "RUS", "USA", on="2020-03-01", answers=["second", "first"]),
    act("fourth", on="2020-04-01", answers=["third"]),
    act("apart", on="2020-05-01", answers=["act:x@POL"]),
)


def test_every_root_is_a_tree_with_what_descends_from_it() -> None:
    assert drawn(trees(world_of(*TANGLE))) == [
        "first",
        "  second",
        "    third",
        "      fourth",
        "  third*",
        "ext:wrong@RUS",
        "  second*",
        "act:x@POL",
        "  apart",
    ]


def test_the_chain_of_an_action_has_its_roots_the_paths_down_and_what_descends() -> None:
    beside = act("beside", on="2020-02-03", answers=["first"])
    after = act("after", on="2020-06-01", answers=["second", "apart"])
    assert drawn(chain(world_of(*TANGLE, beside, after), "second")) == [
        "first",
        "  second",
        "    third",
        "      fourth",
        "    after",
        "  third*",
        "ext:wrong@RUS",
        "  second*",
    ]


def test_an_exchange_is_one_step_with_all_its_members() -> None:
    grown = trees(
        world_of(
            act("one", answers=["other"]),
            act("other", "RUS", "USA", answers=["one"]),
            act("later", answers=["other"]),
        )
    )
    assert drawn(grown) == ["one+other", "  later"]
    assert grown[0].root.nature is RootNature.EXCHANGE
    assert grown[0].steps[0].actions == ("one", "other")
    assert [option.how for option in grown[0].steps[0].options] == [How.OWN, How.INHERITED]


def test_a_step_says_who_put_it_there() -> None:
    records = (
        act("theirs", "RUS", "USA", answers=[]),
        act("own", answers=["theirs"]),
        said("own", "RUS", ["ext:wrong@RUS"], inferred=True),
    )
    reading = Reading(bases=(BasisOf.WITH_INFERRED,))
    grown = chain(world_of(*records, account="RUS", reading=reading), "own")
    grievance, own = grown[0].steps
    assert (grievance.actions, grievance.options) == ((), ())
    assert (own.options[0].teller, own.options[0].inferred) == ("analyst:compilers-for-RUS", True)


def test_silence_and_what_is_missing_are_roots_of_their_own() -> None:
    grown = trees(world_of(act("silent"), act("own", answers=["nowhere", "silent"])))
    assert {tree.root.nature for tree in grown} == {RootNature.UNDETERMINED, RootNature.UNKNOWN}
    assert drawn(grown) == ["nowhere", "  own", "silent", "  own*"]


def test_words_passed_over_and_undetermined_are_not_taken_for_themselves() -> None:
    records = (act("threat", kind="threat"), act("own", answers=["threat"]))
    grown = trees(world_of(*records, reading=Reading(words_as_causes=False)))
    natures = {tree.root.nature: drawn((tree,)) for tree in grown}
    assert natures == {
        RootNature.UNDETERMINED: ["threat"],
        RootNature.UNKNOWN: ["threat", "  own"],
    }


def test_a_chain_of_ten_thousand_steps_is_walked_without_going_deep() -> None:
    records = [act("e0", answers=[])]
    records += [act(f"e{n}", answers=[f"e{n - 1}"]) for n in range(1, 10_000)]
    (tree,) = trees(world_of(*records))
    assert tree.steps[-1].depth == 9_999


def edges(grown: tuple[Tree, ...]) -> set[tuple[str, str]]:
    """Who stands below whom, by names."""
    found = set()
    for tree in grown:
        above: list[Step] = []
        for step in tree.steps:
            del above[step.depth :]
            if above:
                found.add((above[-1].name, step.name))
            above.append(step)
    return found


@given(worlds())
def test_the_trees_of_a_world_show_every_action_once_and_every_cause(world: World) -> None:
    plain, grown = oracles.told(world), trees(world)
    first = [step for tree in grown for step in tree.steps if not step.is_repeated]
    shown = [name for step in first for name in step.actions]
    assert sorted(shown) == sorted(plain.causes)
    name_of = {name: step.name for step in first for name in step.actions}
    expected = {
        (name_of.get(cause, cause.strip("?")), name_of[name])
        for name, causes in plain.causes.items()
        for cause in causes or ()
        if cause not in oracles.bargain(plain, name)
    }
    assert edges(grown) == expected


@given(worlds())
def test_a_chain_begins_at_the_roots_and_holds_what_is_before_and_after(world: World) -> None:
    plain = oracles.told(world)
    reach = oracles.reachability(plain)
    for name in plain.causes:
        grown = chain(world, name)
        found = standings(world, [name])[name].roots
        assert {tree.root for tree in grown} == found
        shown = {it for tree in grown for step in tree.steps for it in step.actions}
        assert shown == {it for it in plain.causes if name in reach[it] or it in reach[name]}


def test_two_worlds_part_where_the_causes_first_differ_going_back() -> None:
    records = (
        *TANGLE,
        said("third", "USA", "unprovoked"),
        said("second", "RUS", "unprovoked"),
    )
    one, other = world_of(*records), world_of(*records, account="RUS")
    assert divergence(one, other, "fourth") == ("third",)
    assert divergence(one, other, "second") == ("second",)
    assert divergence(one, other, "apart") == ()


@given(worlds())
def test_what_differs_at_the_roots_differs_because_of_a_divergence(world: World) -> None:
    other = whole_account(world.history, DISPUTE, "RUS", world.reading)
    for held in world.actions():
        parted = divergence(world, other, held.id)
        for name in parted:
            assert world.causes(name) != other.causes(name)
        if not parted:
            one, two = (standings(it, [held.id])[held.id] for it in (world, other))
            assert one == two


@pytest.mark.parametrize(
    ("action", "parted"),
    [
        ("usa-2022-02-24-trepelkov", ("rus-2022-dcm-gorman",)),
        ("rus-2018-03-29-exp60", ("usa-2018-03-26-exp12un", "usa-2018-03-26-exp48")),
        ("usa-2021-10-vorontsov-visa", ()),
    ],
)
def test_where_the_two_real_accounts_part(action: str, parted: tuple[str, ...]) -> None:
    usa, rus = (whole_account(real_history(), REAL, party, Reading()) for party in ("USA", "RUS"))
    assert divergence(usa, rus, action) == parted


def test_the_real_chain_of_an_expulsion_goes_back_to_a_rule() -> None:
    world = whole_account(real_history(), REAL, "RUS", Reading())
    assert drawn(chain(world, "usa-2022-02-24-trepelkov")) == [
        "usa-2020-12-three-year-rule",
        "  usa-2022-01-mincounselor",
        "    rus-2022-dcm-gorman",
        "      usa-2022-02-24-trepelkov",
    ]
