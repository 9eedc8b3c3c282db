"""Truth obeys strong Kleene logic."""

from __future__ import annotations

from itertools import product

import pytest

from domain.truth import Truth, all_of, any_of, negate

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNDETERMINED


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_connectives_are_the_tables_of_kleene(
    a: Truth, b: Truth, both: Truth, either: Truth
) -> None:
    assert all_of((a, b)) is both
    assert any_of((a, b)) is either


def test_undetermined_has_no_opposite() -> None:
    assert [negate(value) for value in (T, F, U)] == [F, T, U]


def test_of_nothing_all_is_true_and_any_is_false() -> None:
    assert all_of(()) is T
    assert any_of(()) is F


def test_de_morgan_distribution_and_absorption_hold() -> None:
    for a, b, c in product(Truth, repeat=3):
        assert negate(all_of((a, b))) is any_of((negate(a), negate(b)))
        assert negate(any_of((a, b))) is all_of((negate(a), negate(b)))
        assert negate(negate(a)) is a
        assert all_of((a, any_of((b, c)))) is any_of((all_of((a, b)), all_of((a, c))))
        assert any_of((a, all_of((a, b)))) is a
        assert all_of((a, all_of((b, c)))) is all_of((a, b, c))
        assert all_of((a, b)) is all_of((b, a))


def test_the_excluded_middle_does_not_hold_where_nothing_is_known() -> None:
    assert any_of((U, negate(U))) is U


def test_deciding_an_open_part_never_reverses_a_decided_whole() -> None:
    for a, decided in product(Truth, (T, F)):
        for connective in (all_of, any_of):
            before, after = connective((a, U)), connective((a, decided))
            assert before in {U, after}


def test_a_truth_refuses_to_be_a_condition() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(F)


def test_a_decided_value_becomes_a_truth() -> None:
    assert [Truth.of(True), Truth.of([])] == [T, F]
