"""Packages: a whole and its parts count once in every sum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.measures.packages import (
    Counted,
    Exceeded,
    PackageTotal,
    package_total,
    package_trees,
    packages_present,
)
from domain.quantities import UNKNOWN, Amount, UnitsDoNotMixError, total
from domain.reading import Reading
from domain.records.amendments import Retracted
from tests.domain.measures.cells import (
    EXACT,
    Cell,
    Sum,
    bites,
    cells,
    cheapest_cover,
    members_of,
    true_totals,
)
from tests.making import act, calls, make_history

if TYPE_CHECKING:
    from domain.history import History

PACKAGE = act("p", quantity=55)
PARTS = (
    act("a", quantity=27, part_of="p"),
    act("b", quantity=20, part_of="p"),
    act("c", quantity=1, part_of="p"),
)


def summed(history: History, *names: str) -> PackageTotal:
    return package_total(history, members_of(history, *names))


# --- by hand


def test_a_package_counts_its_known_whole_and_its_parts_are_detail() -> None:
    found = summed(make_history(PACKAGE, *PARTS))
    assert found.amount == Amount.exact(55)
    assert (found.counted, found.detail) == (("p",), ("a", "b", "c"))
    assert found.exceeded == ()


def test_parts_without_their_package_count_their_sum() -> None:
    found = summed(make_history(PACKAGE, *PARTS), "a", "b", "c")
    assert found.amount == Amount.exact(48)
    assert (found.counted, found.detail) == (("a", "b", "c"), ())


def test_parts_without_their_package_count_at_most_its_whole() -> None:
    found = summed(make_history(PACKAGE, *PARTS, act("d", quantity=30, part_of="p")), "a", "b", "d")
    assert found.amount == Amount.exact(55)


def test_parts_that_exceed_their_package_are_reported_and_the_whole_counts() -> None:
    history = make_history(PACKAGE, *PARTS, act("d", quantity=8, part_of="p"))
    found = summed(history)
    assert found.amount == Amount.exact(55)
    assert found.exceeded == (Exceeded("p", Amount.exact(55), Amount.exact(56)),)


def test_a_package_of_unknown_size_counts_at_least_its_parts() -> None:
    history = make_history(act("p", quantity="unknown"), *PARTS)
    assert summed(history).amount == Amount(48, None, 1)


def test_a_package_of_a_range_counts_at_least_its_parts_and_at_most_its_end() -> None:
    history = make_history(act("p", quantity="40..60"), *PARTS)
    assert summed(history).amount == Amount.between(48, 60)
    assert summed(history, "p", "a").amount == Amount.between(40, 60)


def test_an_unknown_part_of_a_known_package_leaves_the_total_known() -> None:
    history = make_history(PACKAGE, act("a", quantity="unknown", part_of="p"))
    assert summed(history).amount == Amount.exact(55)


def test_an_unknown_part_without_its_package_is_bounded_by_it() -> None:
    history = make_history(PACKAGE, act("a", quantity="unknown", part_of="p"), *PARTS[1:])
    assert summed(history, "a", "b", "c").amount == Amount(21, 55, 1)


@pytest.mark.parametrize(
    "other",
    [
        act("a", against="CHN", quantity=27, part_of="p"),
        act("a", against=["RUS", "CHN"], quantity=27, part_of="p"),
        act("a", by="GBR", quantity=27, part_of="p"),
        act("a", by=["USA", "GBR"], quantity=27, part_of="p"),
    ],
)
def test_a_part_of_other_actors_or_targets_counts_alone(other: object) -> None:
    history = make_history(PACKAGE, other)  # type: ignore[arg-type]
    assert summed(history).amount == Amount.exact(82)


def test_a_part_in_another_unit_is_not_bounded_by_its_package() -> None:
    history = make_history(PACKAGE, act("a", kind="visa_refusal", quantity=70, part_of="p"))
    assert summed(history, "a").amount == Amount.exact(70)


def test_actors_and_targets_are_the_same_in_any_order() -> None:
    history = make_history(
        act("p", against=["RUS", "BLR"], quantity=9),
        act("a", against=["BLR", "RUS"], quantity=4, part_of="p"),
    )
    assert summed(history).amount == Amount.exact(9)


def test_packages_inside_packages_count_once() -> None:
    history = make_history(
        act("outer", quantity=100), act("p", quantity=55, part_of="outer"), *PARTS
    )
    assert summed(history).amount == Amount.exact(100)
    assert summed(history, "p", "a", "b", "c").amount == Amount.exact(55)
    assert summed(history, "outer", "a").counted == ("outer",)


def test_a_step_of_another_target_between_part_and_package_is_passed_over() -> None:
    history = make_history(
        act("outer", quantity=10),
        act("middle", against="CHN", quantity=5, part_of="outer"),
        act("inner", quantity=3, part_of="middle"),
    )
    assert summed(history).amount == Amount.exact(15)
    assert summed(history).detail == ("inner",)


def test_siblings_are_bounded_through_the_packages_around_their_packages() -> None:
    history = make_history(
        act("outer", quantity=10),
        act("one", quantity=8, part_of="outer"),
        act("two", quantity=8, part_of="outer"),
        act("a", quantity=9, part_of="one"),
        act("b", quantity=9, part_of="two"),
    )
    assert summed(history, "a").amount == Amount.exact(8)
    assert summed(history, "a", "b").amount == Amount.exact(10)


def test_a_retracted_package_bounds_nothing() -> None:
    package = act("p", quantity=5)
    retracted = Retracted(action="p", reason="mistake")
    history = make_history(package, *PARTS, retracted)
    assert summed(history).amount == Amount.exact(48)


def test_a_package_recorded_twice_is_one_package() -> None:
    history = make_history(
        PACKAGE, act("again", quantity=55, same_as=["p"]), act("a", quantity=27, part_of="again")
    )
    assert summed(history, "p", "a").amount == Amount.exact(55)


def test_rows_that_name_each_other_as_the_same_are_one_package() -> None:
    history = make_history(
        act("p", quantity=55, same_as=["q"]),
        act("q", quantity=55, same_as=["p"]),
        act("a", quantity=27, part_of="p"),
        act("b", quantity=27, part_of="q"),
    )
    assert summed(history, "p", "a", "b").amount == Amount.exact(55)


def test_links_in_a_circle_lose_nobody() -> None:
    history = make_history(act("a", quantity=3, part_of="b"), act("b", quantity=5, part_of="a"))
    assert summed(history).amount == Amount.exact(3)
    assert summed(history).counted == ("a",)


def test_an_action_that_is_its_own_part_counts_once() -> None:
    assert summed(make_history(act("a", quantity=3, part_of="a"))).amount == Amount.exact(3)


def test_a_deep_nest_of_packages_is_no_deeper_than_a_shallow_one() -> None:
    rows = [act("s0", quantity=1)]
    rows += [act(f"s{n}", quantity=1, part_of=f"s{n - 1}") for n in range(1, 1500)]
    assert summed(make_history(*rows)).amount == Amount.exact(1)


def test_nothing_sums_to_nothing() -> None:
    found = package_total(make_history(PACKAGE), [])
    assert found == PackageTotal(Amount.exact(0), (), (), (), ())


def test_the_same_action_twice_counts_once() -> None:
    history = make_history(PACKAGE)
    assert package_total(history, members_of(history) * 2).amount == Amount.exact(55)


def test_units_do_not_mix_in_one_sum() -> None:
    history = make_history(PACKAGE, act("v", kind="visa_refusal", quantity=3))
    with pytest.raises(UnitsDoNotMixError, match=r"persons and visas|visas and persons"):
        summed(history)


def test_whose_word_counts_for_an_absent_package_is_the_readings() -> None:
    history = make_history(act("p", quantity=5), *PARTS, calls("p", "RUS", quantity=WORD))
    parts = members_of(history, "a", "b", "c")
    assert package_total(history, parts).amount == Amount.exact(5)
    theirs = Reading(kinds_by="RUS")
    assert package_total(history, parts, theirs).amount == Amount.exact(30)


def test_a_package_that_the_teller_denies_bounds_nothing_for_it() -> None:
    history = make_history(act("p", quantity=5), *PARTS, calls("p", "RUS", denied=True))
    parts = members_of(history, "a", "b", "c")
    assert package_total(history, parts, Reading(kinds_by="RUS")).amount == Amount.exact(48)


WORD = {"value": 30, "unit": "persons"}


# --- properties, each with a broken twin that it catches


def check_that_it_is_what_it_can_truly_be(sum_of: Sum, cell: Cell) -> None:
    """The range of a total is exactly what it can be where packages hold their parts."""
    found = sum_of(cell.history, cell.members).amount
    possible = true_totals(cell, 9)
    assume(possible)
    is_open = max(true_totals(cell, 10)) > max(possible)
    assert (found.lo, found.hi) == (min(possible), None if is_open else max(possible)), cell


def check_that_it_is_the_cheapest_cover(sum_of: Sum, cell: Cell) -> None:
    """Where all is exact, exceeded packages too, the total is the least that covers the cell."""
    found = sum_of(cell.history, cell.members).amount
    assert found == Amount.exact(cheapest_cover(cell)), cell


def check_that_more_actions_are_never_less(sum_of: Sum, cell: Cell) -> None:
    fewer = sum_of(cell.history, cell.members).amount
    more = sum_of(cell.history, cell.everything).amount
    assert fewer.lo <= more.lo, cell
    assert more.hi is None or (fewer.hi is not None and fewer.hi <= more.hi), cell


def check_that_no_package_counts_more_than_its_whole(sum_of: Sum, cell: Cell) -> None:
    """Whatever is in the same tree as an exact outermost package sums to at most that."""
    trees = package_trees(cell.history, cell.everything)
    for package in cell.everything:
        inside = [row for row in cell.members if trees[row.id] == package.id]
        if package.amount.is_exact:
            found = sum_of(cell.history, inside).amount
            assert found.hi is not None, cell
            assert found.hi <= package.amount.lo, cell


def check_that_the_order_of_rows_is_no_matter(sum_of: Sum, cell: Cell) -> None:
    one = sum_of(cell.history, cell.members)
    other = sum_of(cell.history, cell.members[::-1])
    assert one.amount == other.amount, cell
    assert set(one.counted) == set(other.counted), cell


def summing_all_rows(history: History, members: list[Counted]) -> PackageTotal:
    found = package_total(history, members)
    return replace(found, amount=total(row.amount for row in members))


def forgetting_absent_packages(history: History, members: list[Counted]) -> PackageTotal:
    found = package_total(history, members)
    return replace(found, amount=total(found.values))


def forgetting_parts_of_unknown_packages(history: History, members: list[Counted]) -> PackageTotal:
    found = package_total(history, members)
    outer = [row for row in members if row.id in found.counted]
    return replace(found, amount=package_total(history, outer).amount)


def taking_unknown_for_zero(history: History, members: list[Counted]) -> PackageTotal:
    rows = [
        replace(row, amount=Amount.exact(row.amount.lo)) if row.amount.hi is None else row
        for row in members
    ]
    return package_total(history, rows)


def subtracting_parts(history: History, members: list[Counted]) -> PackageTotal:
    """Counts a package as what its parts leave of it."""
    found = package_total(history, members)
    parts = total(row.amount for row in members if row.id in found.detail)
    return replace(found, amount=found.amount.reduced_by(parts))


def taking_the_first_row_for_all(history: History, members: list[Counted]) -> PackageTotal:
    return package_total(history, members[:1])


@given(cells())
def test_a_total_is_the_range_of_what_it_can_truly_be(cell: Cell) -> None:
    check_that_it_is_what_it_can_truly_be(package_total, cell)


@given(cells(EXACT, most=7))
def test_an_exact_total_is_the_cheapest_cover_of_the_cell(cell: Cell) -> None:
    check_that_it_is_the_cheapest_cover(package_total, cell)


@given(cells(most=7))
def test_a_total_never_falls_when_actions_are_added(cell: Cell) -> None:
    check_that_more_actions_are_never_less(package_total, cell)


@given(cells(most=7))
def test_a_package_never_counts_more_than_its_known_whole(cell: Cell) -> None:
    check_that_no_package_counts_more_than_its_whole(package_total, cell)


@given(cells(most=7))
def test_the_order_of_rows_changes_no_total(cell: Cell) -> None:
    check_that_the_order_of_rows_is_no_matter(package_total, cell)


@given(cells(most=7))
def test_every_action_of_the_cell_counts_or_is_detail(cell: Cell) -> None:
    found = package_total(cell.history, cell.members)
    assert sorted((*found.counted, *found.detail)) == sorted(row.id for row in cell.members)
    around = packages_present(cell.history, cell.members)
    assert set(found.detail) == {name for name, packages in around.items() if packages}


@given(st.integers(0, 5), st.lists(st.integers(0, 5), max_size=4))
def test_splitting_a_known_package_into_parts_leaves_the_total(rest: int, parts: list[int]) -> None:
    whole = act("p", quantity=sum(parts) + rest)
    split = [act(f"a{n}", quantity=part, part_of="p") for n, part in enumerate(parts)]
    other = act("other", quantity="unknown")
    assert summed(make_history(whole, *split, other)) != summed(make_history(whole, other)) or (
        not parts
    )
    before, after = make_history(whole, other), make_history(whole, *split, other)
    assert summed(after).amount == summed(before).amount
    assert summed(after).counted == summed(before).counted


@pytest.mark.slow
def test_the_oracle_of_true_totals_catches_broken_sums() -> None:
    for twin in (
        summing_all_rows,
        forgetting_absent_packages,
        forgetting_parts_of_unknown_packages,
        taking_unknown_for_zero,
        subtracting_parts,
    ):
        bites(check_that_it_is_what_it_can_truly_be, twin, cells())


def test_the_oracle_of_covers_catches_broken_sums() -> None:
    for twin in (summing_all_rows, forgetting_absent_packages, subtracting_parts):
        bites(check_that_it_is_the_cheapest_cover, twin, cells(EXACT, most=7))


def test_a_sum_that_falls_when_actions_are_added_is_caught() -> None:
    bites(check_that_more_actions_are_never_less, subtracting_parts, cells())


@pytest.mark.slow
def test_a_sum_that_counts_more_than_the_whole_is_caught() -> None:
    for twin in (summing_all_rows, forgetting_absent_packages):
        bites(check_that_no_package_counts_more_than_its_whole, twin, cells())


def test_a_sum_that_depends_on_the_order_of_rows_is_caught() -> None:
    bites(check_that_the_order_of_rows_is_no_matter, taking_the_first_row_for_all, cells())


def test_the_unknown_alone_is_not_known() -> None:
    assert summed(make_history(act("a", quantity="unknown"))).amount == UNKNOWN
