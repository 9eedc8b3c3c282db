"""The units table says what adds up, and what is absurd."""

from __future__ import annotations

from collections import Counter

import pytest

from domain.units import UNITS, Nature, UnknownUnitError, unit


def test_every_unit_has_its_own_name_and_a_positive_bound() -> None:
    assert max(Counter(row.name for row in UNITS).values()) == 1
    assert all(row.bound > 0 for row in UNITS)
    assert all(row.singular and row.plural and row.meaning for row in UNITS)
    assert all(row.name.isidentifier() and row.name.islower() for row in UNITS)


@pytest.mark.parametrize(
    ("nature", "names"),
    [
        (Nature.FLOW, {"persons", "properties", "visas", "posts_cut", "local_posts", "visits"}),
        (Nature.STOCK, {"posts", "posts_ceiling", "visas_per_year_ceiling"}),
        (Nature.NONE, {"days", "kilometres"}),
    ],
)
def test_flows_add_and_ceilings_are_stocks(nature: Nature, names: set[str]) -> None:
    assert {unit(name).nature for name in names} == {nature}


def test_a_cut_is_a_flow_and_a_ceiling_is_a_stock() -> None:
    assert unit("posts_cut").nature is not unit("posts_ceiling").nature


@pytest.mark.parametrize(("typed", "near"), [("person", "persons"), ("Visas", "visas")])
def test_an_unknown_unit_is_refused_with_the_nearest_names(typed: str, near: str) -> None:
    with pytest.raises(UnknownUnitError, match=f"no unit '{typed}'") as caught:
        unit(typed)
    assert near in caught.value.why
    assert "reciprocity " in caught.value.hint


@pytest.mark.parametrize("typed", ["", "\x1b[2J", "x" * 100_000])
def test_any_text_that_is_no_unit_is_refused_in_a_short_printable_line(typed: str) -> None:
    with pytest.raises(UnknownUnitError) as caught:
        unit(typed)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300
