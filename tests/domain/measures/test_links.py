"""Links followed: one row for an act, and the packages around it."""

from __future__ import annotations

from domain.measures.links import act_recorded, package_links, packages_around
from domain.records.amendments import Retracted
from tests.making import act, make_history

GONE = Retracted(action="b", reason="mistake")


def test_an_act_recorded_once_is_itself() -> None:
    assert act_recorded(make_history(act("a")), "a") == "a"


def test_a_repeated_row_stands_for_the_first() -> None:
    rows = [act("a"), act("b", same_as=["a"]), act("c", same_as=["b"])]
    assert [act_recorded(make_history(*rows), name) for name in "abc"] == ["a", "a", "a"]


def test_rows_that_name_each_other_have_one_that_stands_for_them() -> None:
    rows = [act("b", same_as=["c"]), act("c", same_as=["b"]), act("a", same_as=["c"])]
    assert {act_recorded(make_history(*rows), name) for name in "abc"} == {"b"}


def test_a_link_to_a_retracted_or_missing_row_is_passed_over() -> None:
    rows = [act("a", same_as=["b"]), act("b"), act("c", same_as=["nowhere"])]
    history = make_history(*rows, GONE)
    assert [act_recorded(history, name) for name in "ac"] == ["a", "c"]


def test_packages_are_given_from_the_innermost() -> None:
    rows = [act("c"), act("b", part_of="c"), act("a", part_of="b")]
    assert list(packages_around(make_history(*rows), "a", "b")) == ["b", "c"]


def test_a_retracted_package_ends_the_way() -> None:
    rows = [act("c"), act("b", part_of="c"), act("a", part_of="b")]
    assert list(packages_around(make_history(*rows, GONE), "a", "b")) == []


def test_a_circle_is_cut_at_its_smallest_id_from_wherever_one_starts() -> None:
    rows = [act("b", part_of="c"), act("c", part_of="d"), act("d", part_of="b")]
    history = make_history(*rows, act("a", part_of="d"))
    links = package_links(history, {"a": "d", "b": "c", "c": "d", "d": "b"})
    assert links == {"a": "d", "c": "d", "d": "b"}
    for start, part_of in (("a", "d"), ("c", "d"), ("d", "b")):
        assert list(packages_around(history, start, part_of))[-1] == "b"
    assert list(packages_around(history, "b", "c")) == []
