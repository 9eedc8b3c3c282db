"""The tally under generated disputes: double entry, separate cells, and twins that break them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Protocol
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from domain.measures import tally_cells
from domain.measures.packages import PackageTotal, package_total
from domain.measures.postings import posting_of, postings_of
from domain.measures.tally import Tally, TallyLine, line_of, tally
from domain.measures.tally_cells import keys_of
from domain.quantities import ZERO, Amount, Net, total
from domain.reading import Reading
from domain.records.amendments import Retracted
from tests.domain.measures.cells import bites
from tests.domain.measures.contests import (
    ALL_TIME,
    POSSIBLY_2020,
    YEAR_2020,
    contests,
    history_of,
    plain_contests,
)
from tests.making import DISPUTE, act, make_history, two_sides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.history import History
    from domain.measures.packages import Counted
    from domain.records.action import Action

READINGS = (ALL_TIME, YEAR_2020, POSSIBLY_2020)


class Tallying(Protocol):
    """`tally`, or a broken twin of it."""

    def __call__(self, history: History, dispute: str, reading: Reading, /) -> Tally: ...


# --- checks, each of which a broken twin fails


def check_double_entry(count: Tallying, actions: tuple[Action, ...]) -> None:
    """Each figure stands twice, and net over all sides is zero for every kind and unit."""
    for reading in READINGS:
        found = count(history_of(*actions), DISPUTE, reading)
        for rows in (found.lines, found.totals):
            by_key = {line.key: line for line in rows}
            for line in rows:
                mirrored = by_key.get(line.key.mirrored())
                assert mirrored is not None
                assert line.suffered == mirrored.imposed
            fields: defaultdict[tuple[str, str, str], list[TallyLine]] = defaultdict(list)
            for line in rows:
                fields[line.key.family, line.key.kind, line.key.unit].append(line)
            for held in fields.values():
                nets_to_zero(held)


def nets_to_zero(lines: Iterable[TallyLine]) -> None:
    adding_up = [line for line in lines if line.net is not None]
    given = total(line.imposed for line in adding_up if line.imposed is not None)
    taken = total(line.suffered for line in adding_up if line.suffered is not None)
    assert given == taken
    net = sum((line.net for line in adding_up if line.net is not None), Net(0, 0))
    assert net.contains(0)
    assert net.is_exact or not given.is_exact


def check_that_no_more_is_reversed_than_imposed(
    count: Tallying, actions: tuple[Action, ...]
) -> None:
    """Outstanding is what is left: never below zero, never above what was imposed."""
    for reading in READINGS:
        found = count(history_of(*actions), DISPUTE, reading)
        for line in (*found.lines, *found.totals):
            if line.imposed is None or line.reversed is None or line.outstanding is None:
                continue
            assert line.outstanding.lo >= 0
            if line.imposed.hi is not None:
                assert line.reversed.hi is not None
                assert line.reversed.hi <= line.imposed.hi
                assert line.outstanding.hi is not None
                assert line.outstanding.hi <= line.imposed.hi
            if line.imposed.is_exact and line.reversed.is_exact:
                left = line.imposed.lo - line.reversed.lo
                assert line.outstanding == Amount.exact(left)


def check_that_a_stranger_changes_only_its_own_cells(
    count: Tallying, actions: tuple[Action, ...]
) -> None:
    """An action that is linked to no other changes its own lines and totals and nothing else."""
    stranger = act("stranger", ["RUS"], ["POL"], kind="designation", unit="states", quantity=3)
    for reading in READINGS:
        before = count(history_of(*actions), DISPUTE, reading)
        history = history_of(*actions, stranger)
        after = count(history, DISPUTE, reading)
        posting = posting_of(history, history.dossiers["stranger"], reading)
        own = {key for held in ([posting] if posting else []) for key in keys_of(held)}
        own |= {key.mirrored() for key in own}
        for rows, more in ((before.lines, after.lines), (before.totals, after.totals)):
            assert set(rows) == {line for line in more if line.key not in own}
        assert before.side_totals == after.side_totals


def check_that_splitting_a_package_leaves_the_total(
    count: Tallying, actions: tuple[Action, ...]
) -> None:
    """Recording the parts of a known package changes no total over kinds."""
    package = act("p", "USA", "RUS", quantity=9)
    parts = (
        act("p1", "USA", "RUS", quantity=4, part_of="p"),
        act("p2", "USA", "RUS", kind="rotation_departure", quantity=5, part_of="p"),
    )
    for reading in READINGS:
        whole = count(history_of(*actions, package), DISPUTE, reading)
        split = count(history_of(*actions, package, *parts), DISPUTE, reading)
        assert [line.imposed for line in whole.totals] == [line.imposed for line in split.totals]
        for one, other in zip(whole.side_totals, split.side_totals, strict=True):
            assert (one.imposed, one.net) == (other.imposed, other.net)


def check_plain_sums(count: Tallying, actions: tuple[Action, ...]) -> None:
    """Without packages, reversals and doubt the tally is what a child adds up."""
    sides = {"USA": "West", "GBR": "West", "RUS": "East"}
    sums: Counter[tuple[str, ...]] = Counter()
    for action in actions:
        pair = []
        for parties in (action.actors, action.targets):
            names = {sides.get(party, party) for party in parties}
            pair.append("+".join(sorted(names, key=lambda name: (len(name) == 3, name))))
        family = "visas" if action.kind == "visa_refusal" else "mission_staff"
        assert action.quantity is not None
        sums[pair[0], pair[1], family, action.kind] += action.quantity.value.lo
        sums[pair[1], pair[0], family, action.kind] += 0
    found = count(history_of(*actions), DISPUTE, ALL_TIME)
    assert len(found.lines) == len(sums)
    for line in found.lines:
        key = line.key
        assert line.imposed == Amount.exact(sums[key.by, key.against, key.family, key.kind])


def with_one_leg(history: History, dispute: str, reading: Reading) -> Tally:
    """Posts what is imposed and forgets who suffered it."""
    found = tally(history, dispute, reading)
    lines = tuple(replace(line, suffered=ZERO) for line in found.lines)
    return replace(found, lines=lines)


def without_those_who_only_suffered(history: History, dispute: str, reading: Reading) -> Tally:
    found = tally(history, dispute, reading)
    return replace(found, lines=tuple(line for line in found.lines if line.actions != ZERO))


def multiplying_joint_accounts(history: History, dispute: str, reading: Reading) -> Tally:
    found = tally(history, dispute, reading)
    lines = tuple(
        replace(line, imposed=line.imposed.scaled(1 + line.key.against.count("+")))
        if line.imposed is not None
        else line
        for line in found.lines
    )
    return replace(found, lines=lines)


def reversing_as_often_as_named(history: History, dispute: str, reading: Reading) -> Tally:
    def uncapped(_: object, members: object, reversals: Iterable[object], __: object) -> Amount:
        return total(Amount.exact(5) for _ in reversals)

    with patch.object(tally_cells, "reversed_part", uncapped):
        return tally(history, dispute, reading)


def adding_up_all_rows(history: History, dispute: str, reading: Reading) -> Tally:
    def naive(history: History, members: Iterable[Counted], reading: Reading) -> PackageTotal:
        rows = list(members)
        found = package_total(history, rows, reading)
        return replace(found, amount=total(row.amount for row in rows))

    with patch.object(tally_cells, "package_total", naive):
        return tally(history, dispute, reading)


def mixing_cells(history: History, dispute: str, reading: Reading) -> Tally:
    """Gives each line a number that depends on all actions."""
    found = tally(history, dispute, reading)
    lines = tuple(replace(line, actions=Amount.exact(len(found.lines))) for line in found.lines)
    return replace(found, lines=lines)


@given(contests())
def test_net_over_all_sides_is_zero(actions: tuple[Action, ...]) -> None:
    check_double_entry(tally, actions)


@given(contests())
def test_no_more_is_reversed_than_was_imposed(actions: tuple[Action, ...]) -> None:
    check_that_no_more_is_reversed_than_imposed(tally, actions)


@given(contests())
def test_an_unconnected_action_changes_only_its_own_cells(actions: tuple[Action, ...]) -> None:
    check_that_a_stranger_changes_only_its_own_cells(tally, actions)


@given(contests(most=4))
def test_recording_the_parts_of_a_known_package_leaves_the_totals(
    actions: tuple[Action, ...],
) -> None:
    check_that_splitting_a_package_leaves_the_total(tally, actions)


@given(plain_contests())
def test_without_packages_and_doubt_the_tally_is_a_plain_sum(actions: tuple[Action, ...]) -> None:
    check_plain_sums(tally, actions)


def test_a_lost_leg_is_caught() -> None:
    for twin in (with_one_leg, without_those_who_only_suffered, multiplying_joint_accounts):
        bites(check_double_entry, twin, contests())


def test_reversing_more_than_was_imposed_is_caught() -> None:
    twin = reversing_as_often_as_named
    bites(check_that_no_more_is_reversed_than_imposed, twin, contests())


def test_cells_that_mind_others_are_caught() -> None:
    bites(check_that_a_stranger_changes_only_its_own_cells, mixing_cells, contests())


def test_counting_parts_beside_their_package_is_caught() -> None:
    bites(check_that_splitting_a_package_leaves_the_total, adding_up_all_rows, contests())


def test_a_wrong_plain_sum_is_caught() -> None:
    for twin in (multiplying_joint_accounts, without_those_who_only_suffered):
        bites(check_plain_sums, twin, plain_contests())


# --- what an incremental projection rests on


@given(contests(), st.sampled_from(READINGS))
def test_a_line_computed_alone_is_the_line_of_the_tally(
    actions: tuple[Action, ...], reading: Reading
) -> None:
    history = history_of(*actions)
    postings = postings_of(history, DISPUTE, reading)
    found = tally(history, DISPUTE, reading)
    for line in (*found.lines, *found.totals):
        assert line_of(history, line.key, postings, reading) == line


@given(contests(), st.randoms(use_true_random=False))
def test_the_order_of_recording_changes_nothing(
    actions: tuple[Action, ...], chance: Random
) -> None:
    shuffled = list(actions)
    chance.shuffle(shuffled)
    for reading in READINGS:
        one = tally(history_of(*actions), DISPUTE, reading)
        assert one == tally(history_of(*shuffled), DISPUTE, reading)


@given(contests())
def test_recorded_then_retracted_is_never_recorded(actions: tuple[Action, ...]) -> None:
    assume(len(actions) > 1)
    gone = actions[-1]
    retracted = make_history(
        two_sides(West=["USA", "GBR"], East=["RUS"]),
        *actions,
        Retracted(action=gone.id, reason="mistake"),
    )
    assert tally(retracted, DISPUTE, ALL_TIME) == tally(
        history_of(*actions[:-1]), DISPUTE, ALL_TIME
    )


@given(contests())
def test_certainly_in_is_never_more_than_possibly_in(actions: tuple[Action, ...]) -> None:
    """The range of a figure ends where the figure of everything possibly in begins and ends."""
    found = tally(history_of(*actions), DISPUTE, READINGS[1])
    every = tally(history_of(*actions), DISPUTE, READINGS[2])
    for one, other in zip(found.lines, every.lines, strict=True):
        assert one.key == other.key
        if one.imposed is not None and other.imposed is not None and one.net is not None:
            assert one.imposed.lo <= other.imposed.lo
            assert one.imposed.hi == other.imposed.hi
