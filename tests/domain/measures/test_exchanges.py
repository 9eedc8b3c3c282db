"""Exchanges: cycles of causes, held against plain reachability."""

from __future__ import annotations

from hypothesis import given

from domain.measures.exchanges import Bargain, bargains, exchanges
from domain.reading import Reading
from domain.records.base import Record
from domain.worlds import World, whole_account
from tests import oracles
from tests.making import DISPUTE, act, make_history
from tests.real import DISPUTE as REAL
from tests.real import real_history
from tests.small_worlds import worlds


def world_of(*records: Record) -> World:
    return whole_account(make_history(*records), DISPUTE, "USA", Reading())


def names(world: World) -> list[str]:
    return [held.id for held in world.actions()]


def test_actions_that_are_conditions_of_each_other_are_one_exchange() -> None:
    world = world_of(
        act("one", answers=["three"]), act("two", answers=["one"]), act("three", answers=["two"])
    )
    assert exchanges(world, ["one"]) == (Bargain(("one", "three", "two"), True),)


def test_an_action_that_names_itself_is_an_exchange_of_one() -> None:
    assert exchanges(world_of(act("own", answers=["own"])), ["own"]) == (Bargain(("own",), True),)


def test_a_chain_is_no_exchange() -> None:
    world = world_of(act("one", answers=[]), act("two", answers=["one"]))
    assert exchanges(world, names(world)) == ()


def test_what_is_known_already_is_not_entered() -> None:
    world = world_of(act("one", answers=[]), act("two", answers=["one"]))
    entered = [node.members for node in bargains(world, ["two"], lambda name: name == "one")]
    assert entered == [("two",)]


@given(worlds())
def test_causes_come_before_effects_and_every_action_comes_once(world: World) -> None:
    plain = oracles.told(world)
    seen: set[str] = set()
    for node in bargains(world, names(world)):
        assert not seen & set(node.members)
        for name in node.members:
            recorded = {text for text in plain.causes[name] or () if text in plain.causes}
            assert recorded <= seen | set(node.members)
        seen |= set(node.members)
    assert seen == set(plain.causes)


@given(worlds())
def test_they_are_what_closing_reachability_finds(world: World) -> None:
    found = [frozenset(node.members) for node in exchanges(world, names(world))]
    assert set(found) == oracles.exchanges(oracles.told(world))
    assert len(found) == len(set(found))


def test_the_one_exchange_of_the_real_history_is_found() -> None:
    world = whole_account(real_history(), REAL, "RUS", Reading())
    found = exchanges(world, names(world))
    assert found == (Bargain(("rus-2021-10-nuland-unban", "usa-2021-10-vorontsov-visa"), True),)
