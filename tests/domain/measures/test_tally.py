"""The tally: double entry, cells that mind only their own, and totals that count packages once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.measures.tally import Tally, tally
from domain.quantities import ZERO, Amount, Net
from domain.reading import DateBasis, Reading
from domain.truth import Truth
from tests.domain.measures.contests import (
    ALL_TIME,
    POSSIBLY_2020,
    YEAR_2020,
)
from tests.making import DISPUTE, act, calls, make_history, two_sides

if TYPE_CHECKING:
    from domain.records.action import Action


def counted(*actions: Action, reading: Reading = ALL_TIME) -> Tally:
    return tally(make_history(*actions), DISPUTE, reading)


def imposed(*actions: Action, family: str = "all", unit: str = "persons") -> Amount | None:
    return counted(*actions).line("USA", "RUS", family, "all", unit).imposed


def test_an_action_is_imposed_by_its_actor_and_suffered_by_its_target() -> None:
    found = counted(act("a", "USA", "RUS", quantity=35), act("b", "RUS", "USA", quantity=60))
    usa = found.line("USA", "RUS", "mission_staff", "expulsion", "persons")
    assert (usa.imposed, usa.suffered, usa.net) == (
        Amount.exact(35),
        Amount.exact(60),
        Net(-25, -25),
    )
    rus = found.line("RUS", "USA", "mission_staff", "expulsion", "persons")
    assert (rus.imposed, rus.suffered, rus.net) == (
        Amount.exact(60),
        Amount.exact(35),
        Net(25, 25),
    )


def test_one_who_only_suffered_has_a_line_too() -> None:
    found = counted(act("a", "USA", "RUS", quantity=35))
    rus = found.line("RUS", "USA", "mission_staff", "expulsion", "persons")
    assert (rus.actions, rus.imposed, rus.net) == (ZERO, ZERO, Net(-35, -35))


def test_an_unknown_number_is_never_zero() -> None:
    unknown = act("b", "USA", "RUS", quantity="unknown")
    assert imposed(act("a", quantity=3), unknown) == Amount(3, None, 1)


def test_an_action_without_quantity_is_counted_and_its_amounts_do_not_apply() -> None:
    line = counted(act("a", kind="treaty_suspension")).lines[0]
    assert line.key.unit == ""
    assert line.actions == Amount.exact(1)
    assert (line.imposed, line.suffered, line.net, line.reversed, line.outstanding) == (None,) * 5


def test_units_kinds_and_families_have_lines_of_their_own() -> None:
    found = counted(
        act("a", quantity=3),
        act("b", quantity=4, family="un_mission"),
        act("c", quantity=5, kind="rotation_departure"),
        act("d", quantity=6, kind="visa_refusal"),
    )
    usa = [line for line in found.lines if line.key.by == "USA"]
    assert [line.imposed for line in usa] == [Amount.exact(n) for n in (5, 3, 6, 4)]
    totals = {
        (line.key.family, line.key.unit): line.imposed
        for line in found.totals
        if line.key.by == "USA"
    }
    assert totals == {
        ("mission_staff", "persons"): Amount.exact(8),
        ("visas", "visas"): Amount.exact(6),
        ("un_mission", "persons"): Amount.exact(4),
        ("all", "persons"): Amount.exact(12),
        ("all", "visas"): Amount.exact(6),
    }


def test_a_total_over_kinds_can_be_below_the_sum_of_its_rows() -> None:
    closure = act("p", kind="property_closure", unit="properties", quantity=1)
    entry = act("a", kind="denial_of_access", unit="properties", quantity=1, part_of="p")
    found = counted(closure, entry)
    rows = [line.imposed for line in found.lines if line.key.by == "USA"]
    assert rows == [Amount.exact(1), Amount.exact(1)]
    assert imposed(closure, entry, unit="properties") == Amount.exact(1)


def test_a_recall_is_borne_by_the_actor_and_nets_to_zero() -> None:
    found = counted(act("a", "RUS", "USA", kind="recall", unit="persons"))
    (line,) = found.lines
    assert (line.key.by, line.key.against) == ("RUS", "RUS")
    assert (line.imposed, line.suffered, line.net) == (Amount.exact(1), Amount.exact(1), Net(0, 0))
    assert found.side_totals == ()


def test_what_a_side_bears_of_its_own_nets_to_zero_even_if_unknown() -> None:
    (line,) = counted(act("a", kind="recall", unit="persons", quantity="unknown")).lines
    assert line.net == Net(0, 0)


def test_pairs_with_third_sides_stand_apart_from_a_sides_total() -> None:
    found = counted(
        act("a", "USA", "RUS", quantity=1),
        act("b", "RUS", "POL", quantity=5),
        act("c", "POL", "RUS", quantity=3),
    )
    assert found.line("RUS", "POL", "all", "all", "persons").net == Net(2, 2)
    totals = {held.side: (held.imposed, held.suffered) for held in found.side_totals}
    assert totals == {"USA": (Amount.exact(1), ZERO), "RUS": (ZERO, Amount.exact(1))}


def test_several_targets_are_one_joint_account_and_nothing_is_multiplied() -> None:
    found = counted(act("a", "RUS", ["USA", "CZE"], quantity=2))
    assert {(line.key.by, line.key.against) for line in found.lines} == {
        ("RUS", "USA+CZE"),
        ("USA+CZE", "RUS"),
    }
    assert found.side_totals == ()


def test_a_joint_act_is_imposed_by_a_joint_account() -> None:
    found = counted(act("a", ["POL", "USA"], "RUS", quantity=2))
    line = found.line("USA+POL", "RUS", "mission_staff", "expulsion", "persons")
    assert line.imposed == Amount.exact(2)


def test_a_side_of_several_parties_is_one_account() -> None:
    sides = two_sides(West=["USA", "GBR"], East=["RUS"])
    rows = [act("a", ["GBR", "USA"], "RUS", quantity=2), act("b", "GBR", "RUS", quantity=3)]
    found = tally(make_history(sides, *rows), DISPUTE, ALL_TIME)
    west = found.line("West", "East", "all", "all", "persons")
    assert west.imposed == Amount.exact(5)


def test_a_sides_total_covers_all_other_declared_sides() -> None:
    sides = two_sides(West=["USA"], East=["RUS"], South=["CHN"])
    rows = [act("a", "USA", "RUS", quantity=2), act("b", "USA", "CHN", quantity=3)]
    rows += [act("c", "CHN", "USA", quantity=7), act("d", "USA", "POL", quantity=9)]
    found = tally(make_history(sides, *rows), DISPUTE, ALL_TIME)
    (west,) = (held for held in found.side_totals if held.side == "West")
    assert (west.imposed, west.suffered) == (Amount.exact(5), Amount.exact(7))


def test_ceilings_never_add_and_the_latest_is_in_force() -> None:
    line = counted(
        act("a", on="2017-07-28", kind="staff_cap", unit="posts_ceiling", quantity=455),
        act("b", on="2021-04-16", kind="staff_cap", unit="posts_ceiling", quantity=300),
    ).line("USA", "RUS", "mission_staff", "staff_cap", "posts_ceiling")
    assert (line.imposed, line.outstanding) == (Amount.exact(300), Amount.exact(300))
    assert (line.net, line.reversed, line.in_force) == (None, None, Truth.TRUE)
    assert line.actions == Amount.exact(2)


def test_ceilings_of_uncertain_order_are_a_range() -> None:
    line = counted(
        act("a", on="2017-07", kind="staff_cap", unit="posts_ceiling", quantity=455),
        act("b", on="2017-07-28", kind="staff_cap", unit="posts_ceiling", quantity=300),
    ).lines[0]
    assert line.imposed == Amount.between(300, 455)
    assert line.in_force is Truth.TRUE


def test_a_reversed_ceiling_is_not_in_force() -> None:
    cap = act("a", on="2017-07-28", kind="staff_cap", unit="posts_ceiling", quantity=455)
    lifted = act("b", on="2018-01-01", kind="reversal", reverses=["a"])
    line = counted(cap, lifted).lines[0]
    assert (line.imposed, line.outstanding, line.in_force) == (None, None, Truth.FALSE)


def test_a_ceiling_that_is_possibly_reversed_is_possibly_in_force() -> None:
    cap = act("a", on="2020-07-28", kind="staff_cap", unit="posts_ceiling", quantity=455)
    lifted = act("b", on="2020-12~", kind="reversal", reverses=["a"])
    line = counted(cap, lifted, reading=YEAR_2020).lines[0]
    assert (line.imposed, line.in_force) == (Amount.exact(455), Truth.UNDETERMINED)


def test_what_is_possibly_in_the_period_makes_a_range() -> None:
    rows = [act("a", on="2020-03", quantity=3), act("b", on="2020-11/2021-02", quantity=4)]
    line = counted(*rows, reading=YEAR_2020).lines[0]
    assert (line.actions, line.imposed) == (Amount.between(1, 2), Amount.between(3, 7))
    line = counted(*rows, reading=POSSIBLY_2020).lines[0]
    assert (line.actions, line.imposed) == (Amount.exact(2), Amount.exact(7))


def test_a_reversal_that_is_possibly_in_the_period_makes_a_range() -> None:
    rows = [act("a", on="2020-03", quantity=9)]
    rows += [act("r", on="2020-12~", kind="reversal", unit="persons", quantity=4, reverses=["a"])]
    line = counted(*rows, reading=YEAR_2020).lines[0]
    assert (line.reversed, line.outstanding) == (Amount.between(0, 4), Amount.between(5, 9))


def test_the_chosen_date_decides_the_period() -> None:
    row = act("a", on="2020-12-30", effective="2021-01-05", quantity=3)
    assert counted(row, reading=YEAR_2020).lines
    by_effect = Reading(period=YEAR_2020.period, date_basis=DateBasis.EFFECTIVE)
    assert counted(row, reading=by_effect).lines == ()


def test_whose_kinds_count_is_the_readings() -> None:
    closure = act("a", kind="denial_of_access", unit="properties", quantity=2)
    theirs = Reading(kinds_by="other")
    history = make_history(closure, calls("a", "RUS", kind="property_seizure"))
    assert tally(history, DISPUTE, theirs).lines[0].key.kind == "property_seizure"
    assert tally(history, DISPUTE, ALL_TIME).lines[0].key.kind == "denial_of_access"


def test_what_fits_no_kind_is_reported_and_counts_nowhere() -> None:
    found = counted(act("a", kind="other"), act("b", quantity=1))
    assert found.unclassified == ("a",)
    assert sum(line.actions.lo for line in found.lines) == 1


def test_only_the_families_of_the_reading_are_counted() -> None:
    rows = [act("a", quantity=3), act("b", quantity=4, family="un_mission")]
    found = counted(*rows, reading=Reading(families=("un_mission",)))
    assert found.line("USA", "RUS", "all", "all", "persons").imposed == Amount.exact(4)


def test_declared_sides_come_first_then_families_and_kinds_as_in_their_tables() -> None:
    found = counted(
        act("a", "POL", "RUS"),
        act("b", "RUS", "USA", kind="visa_refusal"),
        act("c", "RUS", "USA"),
        act("d", "USA", "RUS", kind="recall", unit="persons"),
    )
    order = [(line.key.by, line.key.against, line.key.kind) for line in found.lines]
    assert order == [
        ("USA", "RUS", "expulsion"),
        ("USA", "RUS", "visa_refusal"),
        ("RUS", "USA", "expulsion"),
        ("RUS", "USA", "visa_refusal"),
        ("USA", "USA", "recall"),
        ("RUS", "POL", "expulsion"),
        ("POL", "RUS", "expulsion"),
    ]


def test_a_line_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="expulsion"):
        counted().line("USA", "RUS", "mission_staff", "expulsion", "persons")
