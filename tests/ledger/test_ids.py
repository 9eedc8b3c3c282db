"""Ids made from actors, date and kind are readable, and are always ids."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import parse_date
from domain.kinds import KINDS
from ledger.ids import IdSyntaxError, action_id, checked_id, dated, numbered


@pytest.mark.parametrize(
    ("kind", "actors", "occurred", "made"),
    [
        ("expulsion", ("USA",), "2016-12-29", "usa-2016-12-29-expulsion"),
        ("staff_cap", ("RUS",), "2017-07~", "rus-2017-07-staff-cap"),
        ("recall", ("X-E3",), "2021", "x-e3-2021-recall"),
        ("protest", ("FRA", "DEU", "GBR"), "2018-03-26?", "fra-deu-gbr-2018-03-26-protest"),
        ("protest", ("FRA", "DEU", "GBR", "ITA"), "2018", "fra-2018-protest"),
        ("threat", ("USA",), "2022-01~/2022-02-10", "usa-2022-01-threat"),
        ("threat", ("USA",), "../2022-02-10%", "usa-2022-02-10-threat"),
        ("threat", ("USA",), "2022-02-XX", "usa-2022-02-threat"),
        ("threat", ("USA",), "2022-XX-XX", "usa-2022-threat"),
        ("threat", ("USA",), "201X", "usa-201x-threat"),
    ],
)
def test_an_id_says_who_when_and_what(
    kind: str, actors: tuple[str, ...], occurred: str, made: str
) -> None:
    assert action_id(kind, actors, occurred) == made


DAYS = st.dates().map(lambda day: day.isoformat())
QUALIFIED = st.tuples(DAYS, st.integers(4, 10), st.sampled_from(["", "~", "?", "%"])).map(
    lambda parts: parts[0][: {4: 4, 5: 4, 6: 4, 7: 7, 8: 7, 9: 7, 10: 10}[parts[1]]] + parts[2]
)
CODES = st.from_regex(r"[A-Z][A-Z0-9-]{1,39}", fullmatch=True)


@given(st.sampled_from(KINDS), st.lists(CODES, min_size=1, max_size=5), QUALIFIED)
def test_whatever_is_recorded_gets_an_id(kind: object, actors: list[str], occurred: str) -> None:
    name = getattr(kind, "name", "")
    assert checked_id(action_id(name, actors, str(parse_date(occurred))), "")


def test_numbers_begin_with_the_second() -> None:
    assert list(islice(numbered("a"), 3)) == ["a", "a-2", "a-3"]


def test_an_open_start_gives_way_to_the_end() -> None:
    assert dated("../2016") == "2016"
    assert dated("2016/..") == "2016"


@pytest.mark.parametrize("text", ["", "A", "-a", "a b", "a:b", "a" * 121, "ä", "a\n"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(IdSyntaxError) as caught:
        checked_id(text, "reciprocity log")
    assert caught.value.hint == "reciprocity log"
