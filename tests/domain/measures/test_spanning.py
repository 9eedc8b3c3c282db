"""Packages that span a period are named, so that nobody adds up the periods."""

from __future__ import annotations

from domain.dates import parse_date
from domain.measures.spanning import Spanning, spanning
from domain.measures.tally import tally
from domain.quantities import Amount
from domain.reading import Reading
from domain.records.action import Action
from tests.making import DISPUTE, act, make_history

ROWS = (
    act("p", on="2020-11-01", quantity=5),
    act("a", on="2020-12-01", quantity=3, part_of="p"),
    act("b", on="2021-02-01", quantity=3, part_of="p"),
    act("c", on="2020-12~", quantity=1, part_of="p"),
    act("alone", on="2020-12-31", quantity=7),
)


def spans(period: str | None, *rows: Action) -> tuple[Spanning, ...]:
    reading = Reading(period=parse_date(period) if period else None)
    return spanning(make_history(*(rows or ROWS)), DISPUTE, reading)


def test_a_package_with_pieces_on_both_sides_of_a_bound_is_named() -> None:
    assert spans("2020") == (Spanning("p", ("a", "p"), ("c",), ("b",)),)
    assert spans("2021") == (Spanning("p", ("b",), ("c",), ("a", "p")),)


def test_periods_of_a_spanning_package_add_up_to_more_than_it() -> None:
    history = make_history(*ROWS[:3])
    sums = [
        tally(history, DISPUTE, Reading(period=parse_date(year))).lines[0].imposed
        for year in ("2020", "2021", "2020/2021")
    ]
    assert sums == [Amount.exact(5), Amount.exact(3), Amount.exact(5)]


def test_without_a_period_nothing_spans_it() -> None:
    assert spans(None) == ()


def test_a_package_wholly_in_or_out_does_not_span() -> None:
    assert spans("2020/2021") == ()
    assert spans("2015") == ()


def test_parts_of_a_package_that_posts_nothing_span_too() -> None:
    words = act("p", on="2020-11-01", kind="threat", unit="persons", quantity=5)
    assert spans("2020", words, *ROWS[1:3]) == (Spanning("p", ("a",), (), ("b",)),)


def test_a_part_that_counts_alone_spans_nothing() -> None:
    other = act("b", against="CHN", on="2021-02-01", quantity=3, part_of="p")
    assert spans("2020", ROWS[0], other) == ()
