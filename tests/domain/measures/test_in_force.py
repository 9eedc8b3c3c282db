"""What is in force: the latest of values that never add up."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from domain.dates import parse_date
from domain.measures.in_force import InForce, Value, latest
from domain.quantities import UNKNOWN, Amount


def value(name: str, on: str, amount: Amount | int, *, is_certain: bool = True) -> Value:
    known = Amount.exact(amount) if isinstance(amount, int) else amount
    return Value(name, parse_date(on), known, is_certain)


def test_nothing_is_in_force_where_nothing_was_set() -> None:
    assert latest([]) is None


def test_the_latest_value_is_in_force() -> None:
    values = [value("b", "2021", 300), value("a", "2017", 455)]
    assert latest(values) == InForce(Amount.exact(300), ("b",), is_certain=True)


def test_values_of_one_day_may_each_be_the_latest() -> None:
    values = [value("a", "2017-07-28", 455), value("b", "2017-07-28", 300)]
    assert latest(values) == InForce(Amount.between(300, 455), ("a", "b"), is_certain=True)


def test_a_value_that_possibly_holds_supersedes_nothing() -> None:
    values = [value("a", "2017", 455), value("b", "2021", 300, is_certain=False)]
    assert latest(values) == InForce(Amount.between(300, 455), ("a", "b"), is_certain=True)
    alone = latest([value("b", "2021", 300, is_certain=False)])
    assert alone == InForce(Amount.exact(300), ("b",), is_certain=False)


def test_an_unknown_ceiling_in_force_is_not_known() -> None:
    found = latest([value("a", "2017", 455), value("b", "2021", UNKNOWN)])
    assert found == InForce(UNKNOWN, ("b",), is_certain=True)


@given(
    st.lists(
        st.tuples(st.sampled_from(["2020-01-01", "2020-01", "2020", "2020-02-03"]), st.booleans()),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_may_be_the_latest_is_kept_and_nothing_else(rows: list[tuple[str, bool]]) -> None:
    """By trying every day and every doubt: what comes last in some of them may be the latest."""
    values = [value(f"v{n}", on, n + 1, is_certain=is_sure) for n, (on, is_sure) in enumerate(rows)]
    last: set[str] = set()
    choices = [
        [(day, holds) for day in (held.when.lo, held.when.hi) for holds in {True, held.is_certain}]
        for held in values
    ]
    for picked in product(*choices):
        days = {held.id: day for held, (day, holds) in zip(values, picked, strict=True) if holds}
        last |= {name for name, day in days.items() if day == max(days.values())}
    found = latest(values)
    assert found is not None
    assert set(found.ids) == last
    assert found.is_certain is any(is_sure for _, is_sure in rows)
