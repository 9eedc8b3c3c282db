"""The tally of the real history, against counts made by hand from its 114 rows.

The tables below were counted from seeds/us_russia.csv by eye, row by row, never by the code. Only
actions that occurred from 2016-12-29 to 2023-12-31 are in them, unless a test says otherwise.
"""

from __future__ import annotations

from functools import cache

import pytest

from domain.dates import parse_date
from domain.measures.packages import Exceeded
from domain.measures.spanning import Spanning
from domain.measures.tally import Tally, TallyLine, tally
from domain.quantities import Amount, Net
from domain.reading import Reading
from domain.truth import Truth
from tests.real import DISPUTE, real_history

CORE = "2016-12-29/2023-12-31"
NO = "does not apply"
SIDES = (("USA", "RUS"), ("RUS", "USA"))
Place = tuple[str, str, str, str, str]

# family, kind, unit: how many actions by the USA against Russia, what they imposed;
# how many by Russia against the USA, what they imposed; the net of the USA
BETWEEN_THE_SIDES = {
    # USA 35 (2016) + 48 (2018) + 10 (2021) + 1 (2022) + 2 (2023);
    # Russia 60 (2018) + 10 (2021) + 1 (2022) + 2 (2023) and the undisclosed list of 2022-03-23
    ("mission_staff", "expulsion", "persons"): (
        (5, "96"),
        (5, "at least 73 (1 part unknown)"),
        "at most +23",
    ),
    # USA 12 (2018) + 12 and 1 (2022)
    ("un_mission", "expulsion", "persons"): ((3, "25"), (0, "0"), "+25"),
    # USA 24 + 55 and the departures of 2023-01; 27, 28 and 1 are rows too, inside the 55;
    # Russia: the three-year rule of 2021-12-01 and the departures of 2023-01
    ("mission_staff", "rotation_departure", "persons"): (
        (6, "at least 79 (1 part unknown)"),
        (2, "not known (2 parts unknown)"),
        "not known",
    ),
    # the rule of 2020-12 names nobody
    ("mission_staff", "rotation_departure", ""): ((1, NO), (0, NO), NO),
    ("mission_staff", "local_staff_ban", "local_posts"): ((0, "0"), (1, "182"), "-182"),
    ("mission_staff", "staff_cap", "posts_cut"): ((0, "0"), (1, "755"), "-755"),
    ("mission_staff", "staff_cap", "posts_ceiling"): ((0, NO), (1, "455"), NO),
    ("visas", "staff_cap", "visas_per_year_ceiling"): ((0, NO), (1, "10"), NO),
    # USA 10 (2019) + 100 (2021) + 32 (2022) and two lists of 2023;
    # Russia 1 and 30 (2019) and the guards of 2022
    ("visas", "visa_refusal", "visas"): (
        (5, "at least 142 (2 parts unknown)"),
        (3, "at least 31 (1 part unknown)"),
        "not known",
    ),
    ("treaty", "visa_refusal", "visas"): ((1, "not known"), (0, "0"), "at least 0"),
    # 2017-08-21, 2021-04-01, 2021-04-30, 2021-10-23
    ("visas", "visa_suspension", ""): ((4, NO), (0, NO), NO),
    # the compounds 2, the entries of 2017-10-02 and 2018-04-25 1 each; the two dachas' 2
    ("property", "denial_of_access", "properties"): ((3, "4"), (1, "2"), "+2"),
    # San Francisco 1, annexes 2, Seattle 1; St Petersburg 1
    ("property", "property_closure", "properties"): ((3, "4"), (1, "1"), "+3"),
    ("property", "privilege_withdrawal", ""): ((0, NO), (1, NO), NO),
    # USA 9 (2016) + 38 (2017) + 7 and 46 (2021); Russia 8 (2021) + 13 (2022)
    ("sanctions", "designation", "designations"): ((4, "100"), (2, "21"), "+79"),
    ("sanctions", "designation", "acts"): ((1, "1"), (0, "0"), "+1"),
    ("media", "designation", "media_outlets"): ((1, "1"), (1, "9"), "-8"),
    ("media", "denial_of_access", "media_outlets"): ((1, "1"), (0, "0"), "+1"),
    ("media", "denial_of_access", ""): ((0, NO), (1, NO), NO),
    ("travel", "travel_restriction", "persons"): ((0, "0"), (1, "3"), "-3"),
    ("travel", "travel_restriction", ""): ((1, NO), (1, NO), NO),
    ("un_mission", "travel_restriction", ""): ((1, NO), (0, NO), NO),
    ("process", "talks_cancelled", "meetings"): ((0, "0"), (1, "1"), "-1"),
    ("other", "denial_of_access", "visits"): ((0, "0"), (1, "1"), "-1"),
    ("other", "organisation_ban", ""): ((0, NO), (1, NO), NO),
    ("treaty", "treaty_suspension", ""): ((0, NO), (1, NO), NO),
}

# by, against, family, kind, unit: how many actions, imposed, suffered, net
OTHER_PAIRS = {
    ("USA", "USA", "property", "own_post_closure", "properties"): (1, "2", "2", "0"),
    ("USA", "USA", "ambassador", "recall", "persons"): (1, "1", "1", "0"),
    ("RUS", "RUS", "ambassador", "recall", "persons"): (1, "1", "1", "0"),
    ("RUS", "POL", "mission_staff", "expulsion", "persons"): (1, "5", "3", "+2"),
    ("POL", "RUS", "mission_staff", "expulsion", "persons"): (1, "3", "5", "-2"),
    ("RUS", "USA+CZE", "mission_staff", "designation", "states"): (1, "2", "0", "+2"),
    ("USA+CZE", "RUS", "mission_staff", "designation", "states"): (0, "0", "2", "-2"),
    ("RUS", "USA+X-MULTI", "sanctions", "designation", ""): (1, NO, NO, NO),
    ("USA+X-MULTI", "RUS", "sanctions", "designation", ""): (0, NO, NO, NO),
}

# by, against, kind, unit: reversed, outstanding (family of the kind); all other lines: 0 reversed
REVERSED = {
    # postponed on 2021-05-14, not said how far
    ("RUS", "USA", "local_staff_ban", "local_posts"): (
        "between 0 and 182 (1 part unknown)",
        "between 0 and 182 (1 part unknown)",
    ),
    # the visa of 2019-05 was given on 2021-10-10
    ("RUS", "USA", "visa_refusal", "visas"): ("1", "at least 30 (1 part unknown)"),
    # the ambassadors returned on 2021-06-20 and 2021-06-24
    ("RUS", "RUS", "recall", "persons"): ("1", "0"),
    ("USA", "USA", "recall", "persons"): ("1", "0"),
}

# unit: imposed by the USA, by Russia, over all families and kinds, and the net of the USA
SIDE_TOTALS = {
    # USA 96 + 25 + 79 and one unknown; Russia 73 + 3 and three unknown
    "persons": ("at least 200 (1 part unknown)", "at least 76 (3 parts unknown)", "not known"),
    # the two entries are parts of their closures: 2 + 1 + 2 + 1
    "properties": ("6", "3", "+3"),
    "visas": ("at least 142 (3 parts unknown)", "at least 31 (1 part unknown)", "not known"),
    "posts_cut": ("0", "755", "-755"),
    "local_posts": ("0", "182", "-182"),
    "designations": ("100", "21", "+79"),
    "media_outlets": ("2", "9", "-7"),
    "meetings": ("0", "1", "-1"),
    "visits": ("0", "1", "-1"),
    "acts": ("1", "0", "+1"),
}

# what the years before add: 2014, 2015, 2016-01, 2016-06, 2016-07
PRELUDE = {
    ("USA", "RUS", "mission_staff", "accreditation_withdrawal", "accreditations"): (1, "5"),
    ("USA", "RUS", "mission_staff", "expulsion", "persons"): (1, "2"),
    ("RUS", "USA", "mission_staff", "expulsion", "persons"): (1, "2"),
    ("RUS", "USA", "property", "denial_of_access", "properties"): (1, "1"),
    ("RUS", "USA", "property", "property_closure", "properties"): (1, "1"),
}


@cache
def counted(period: str = CORE) -> Tally:
    return tally(real_history(), DISPUTE, Reading(period=parse_date(period)))


def words(figure: Amount | Net | None) -> str:
    return NO if figure is None else figure.words()


def shown(line: TallyLine) -> tuple[int, str]:
    assert line.actions.is_exact
    return (line.actions.lo, words(line.imposed))


def place(line: TallyLine) -> Place:
    key = line.key
    return (key.by, key.against, key.family, key.kind, key.unit)


@pytest.mark.parametrize("what", BETWEEN_THE_SIDES)
def test_each_line_between_the_sides_is_what_a_hand_counts(what: tuple[str, str, str]) -> None:
    american, russian, net = BETWEEN_THE_SIDES[what]
    usa = counted().line("USA", "RUS", *what)
    rus = counted().line("RUS", "USA", *what)
    assert (shown(usa), shown(rus), words(usa.net)) == (american, russian, net)
    assert (words(usa.suffered), words(rus.suffered)) == (russian[1], american[1])


@pytest.mark.parametrize("what", OTHER_PAIRS)
def test_each_line_of_other_pairs_is_what_a_hand_counts(what: Place) -> None:
    line = counted().line(*what)
    assert (*shown(line), words(line.suffered), words(line.net)) == OTHER_PAIRS[what]


def test_there_is_no_line_that_was_not_counted_by_hand() -> None:
    expected = {pair + what for what in BETWEEN_THE_SIDES for pair in SIDES} | set(OTHER_PAIRS)
    assert {place(line) for line in counted().lines} == expected


def test_what_was_reversed_is_what_a_hand_counts() -> None:
    for line in counted().lines:
        if line.reversed is None or line.outstanding is None:
            continue
        key = line.key
        taken = REVERSED.get((key.by, key.against, key.kind, key.unit))
        if taken is None or (key.family, key.kind) == ("treaty", "visa_refusal"):
            assert line.reversed == Amount.exact(0), key
            assert line.outstanding == line.imposed, key
        else:
            assert (line.reversed.words(), line.outstanding.words()) == taken, key


def test_the_ceilings_in_force_are_455_posts_and_10_visas_a_year_and_never_added() -> None:
    for unit, ceiling in (("posts_ceiling", 455), ("visas_per_year_ceiling", 10)):
        family = "mission_staff" if unit == "posts_ceiling" else "visas"
        line = counted().line("RUS", "USA", family, "staff_cap", unit)
        assert line.outstanding == Amount.exact(ceiling)
        assert line.in_force is Truth.TRUE
        assert line.net is None
        assert counted().line("USA", "RUS", family, "staff_cap", unit).in_force is Truth.FALSE
    assert {total.unit for total in counted().side_totals} == set(SIDE_TOTALS)


def test_each_sides_total_is_what_a_hand_counts() -> None:
    found = {(total.side, total.unit): total for total in counted().side_totals}
    for unit, (american, russian, net) in SIDE_TOTALS.items():
        usa, rus = found.pop(("USA", unit)), found.pop(("RUS", unit))
        assert (usa.imposed.words(), usa.suffered.words()) == (american, russian)
        assert (rus.imposed.words(), rus.suffered.words()) == (russian, american)
        assert (usa.net.words(), rus.net) == (net, -usa.net)
    assert not found


def test_properties_over_kinds_are_six_and_three_and_below_the_sum_of_their_rows() -> None:
    property_of_usa = counted().line("USA", "RUS", "property", "all", "properties")
    assert property_of_usa.imposed == Amount.exact(6)
    assert property_of_usa.actions == Amount.exact(6)
    assert counted().line("RUS", "USA", "property", "all", "properties").imposed == Amount.exact(3)


def test_poland_is_in_neither_sides_total() -> None:
    by_side = {(total.side, total.unit): total for total in counted().side_totals}
    assert {side for side, _ in by_side} == {"USA", "RUS"}
    assert counted().line("RUS", "USA", "all", "all", "persons").imposed == (
        by_side["RUS", "persons"].imposed
    )


def test_the_one_package_smaller_than_its_parts_is_reported() -> None:
    expected = Exceeded("usa-2021-09-list55", Amount.exact(55), Amount.exact(56))
    assert counted().exceeded == (expected,)


def test_the_private_act_counts_nowhere_and_is_reported() -> None:
    assert counted().unclassified == ("usa-2022-04-bank",)
    assert not [line for line in counted().lines if line.key.unit == "accounts"]


def test_a_period_that_cuts_the_list_of_55_says_so_and_counts_at_most_55() -> None:
    lists = ("mission_staff", "rotation_departure", "persons")
    assert counted("2021").line("USA", "RUS", *lists).imposed == Amount.exact(79)
    assert counted("2022").line("USA", "RUS", *lists).imposed == Amount(55, None, 1)
    assert counted("2022").spanning == (
        Spanning(
            "usa-2021-09-list55",
            inside=("usa-2022-01-departure27", "usa-2022-06-30-departure28"),
            possibly=("usa-2022-01-mincounselor",),
            outside=("usa-2021-09-list55",),
        ),
    )
    assert counted().spanning == ()


def test_the_years_before_add_what_a_hand_counts_and_nothing_else() -> None:
    before = {
        place(line): shown(line)
        for line in counted("../2016-12-28").lines
        if line.actions != Amount.exact(0)
    }
    assert before == PRELUDE
