"""A net says what is known of imposed minus suffered, and the sides' nets cancel."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.amounts import UNKNOWN, Amount
from domain.nets import Net, difference
from tests.domain.test_amounts import amounts


@pytest.mark.parametrize(
    ("imposed", "suffered", "words"),
    [
        (Amount.exact(96), Amount.exact(73), "+23"),
        (Amount.exact(73), Amount.exact(96), "-23"),
        (Amount.exact(73), Amount.exact(73), "0"),
        (Amount.exact(96), Amount.at_least(73), "at most +23"),
        (Amount.at_least(73), Amount.exact(96), "at least -23"),
        (Amount.between(70, 78), Amount.exact(73), "between -3 and +5"),
        (UNKNOWN, UNKNOWN, "not known"),
    ],
)
def test_a_net_is_said_in_words_with_its_sign(
    imposed: Amount, suffered: Amount, words: str
) -> None:
    assert difference(imposed, suffered).words() == words


@given(amounts(), amounts())
def test_the_nets_of_two_sides_cancel(a: Amount, b: Amount) -> None:
    both = difference(a, b) + difference(b, a)
    assert both.contains(0)
    assert both == -both
    assert difference(b, a) == -difference(a, b)


@given(amounts(), amounts(), amounts())
def test_nets_add_like_their_sums(a: Amount, b: Amount, c: Amount) -> None:
    assert difference(a, b) + difference(c, a) == difference(a + c, b + a)


@given(amounts(), amounts())
def test_a_net_keeps_every_unknown_part_and_its_order(a: Amount, b: Amount) -> None:
    net = difference(a, b)
    assert net.unknown_parts == a.unknown_parts + b.unknown_parts
    assert net.lo is None or net.hi is None or net.lo <= net.hi
    assert net.is_exact is (a.is_exact and b.is_exact)


def test_a_net_that_cannot_be_zero_does_not_contain_it() -> None:
    assert not Net(1, None).contains(0)
    assert not Net(None, -1).contains(0)
    assert Net(None, None).contains(0)
