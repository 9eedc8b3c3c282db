"""Double entry and packages: the check of invariant 5 bites."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from domain.checks.broken import InvariantBrokenError
from domain.checks.sums import check_double_entry, check_packages
from domain.findings import tallies
from domain.history import History
from domain.measures.packages import Counted, PackageTotal
from domain.quantities import ZERO, Amount, Net, total
from tests.domain.checks.worlds import round_of_two

if TYPE_CHECKING:
    from collections.abc import Sequence


def with_line(history: History, **changes: Any) -> None:
    found = tallies(history)["a-b"]
    first, *rest = found.lines
    check_double_entry(replace(found, lines=(replace(first, **changes), *rest)), "here")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"suffered": ZERO, "net": Net(10, 10)}, "one leg only"),
        ({"imposed": Amount.exact(11)}, "one leg only"),
        ({"net": None}, "net is not imposed less suffered"),
        ({"outstanding": Amount.exact(999)}, "more is outstanding than was imposed"),
    ],
)
def test_a_one_legged_or_swollen_tally_is_found(changes: dict[str, object], says: str) -> None:
    with_line(round_of_two())
    with pytest.raises(InvariantBrokenError, match=f"invariant 5.*{says}"):
        with_line(round_of_two(), **changes)


def test_a_line_without_its_mirror_is_found() -> None:
    found = tallies(round_of_two())["a-b"]
    with pytest.raises(InvariantBrokenError, match=r"invariant 5.*no mirror"):
        check_double_entry(replace(found, lines=found.lines[:1]), "here")


def test_less_than_nothing_outstanding_is_found() -> None:
    below = Amount.exact(1)
    object.__setattr__(below, "lo", -1)
    with pytest.raises(InvariantBrokenError, match=r"invariant 5.*below zero"):
        with_line(round_of_two(), outstanding=below)


def test_a_sum_that_counts_a_package_and_its_parts_is_found() -> None:
    def naive(history: History, members: Sequence[Counted], *_: object) -> PackageTotal:
        return PackageTotal(total(member.amount for member in members), (), (), ())

    check_packages(round_of_two())
    with pytest.raises(InvariantBrokenError, match=r"invariant 5.*its whole is 10"):
        check_packages(round_of_two(), naive)
