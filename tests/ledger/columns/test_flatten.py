"""A dossier and its rows say the same."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given

from domain.dossiers import amended, opened
from domain.history import fold
from domain.records.accounts import AttributionWithdrawn
from domain.records.amendments import Retracted
from ledger.columns.engine import connect, put
from ledger.columns.flatten import Changes, Rows, Unfolding, flatten, flatten_sides
from ledger.columns.schema import ORDERS, TABLES, definition
from tests.making import act, calls, entries_of, make_history, said, two_sides
from tests.strategies import entry_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.dossiers import Dossier
    from domain.records.entry import Entry

Row = dict[str, Any]


def rows_of(*records: Any) -> Rows:
    return flatten(make_history(*records).dossiers["one"])


def action_of(*records: Any) -> Row:
    return rows_of(*records)["actions", 0]


def table_of(rows: Rows, table: str) -> list[Row]:
    return [row for (of, _), row in rows.items() if of == table]


def stored(table: str, rows: Sequence[Row]) -> list[Row]:
    """Put rows into a table of the engine and read them again."""
    with connect() as engine:
        engine.execute(f"CREATE TABLE held {definition(TABLES[table])}")
        put(engine, "held", TABLES[table], rows)
        found = engine.execute("FROM held").fetchall()
        return [dict(zip(TABLES[table], row, strict=True)) for row in found]


def unfolded(entries: Sequence[Entry]) -> list[Changes]:
    """Unfold every stream by itself."""
    held: dict[str, Dossier] = {}
    streams: dict[str, Unfolding] = defaultdict(Unfolding)
    changes = []
    for entry in entries:
        if entry.stream.startswith("action:"):
            before = held.get(entry.stream)
            held[entry.stream] = opened(entry) if before is None else amended(before, entry)
            changes.append(streams[entry.stream].to(held[entry.stream]))
    return changes


def current(changes: Sequence[Changes], at: int) -> list[tuple[str, Row]]:
    """Read the rows as the views do: begun by then, and not ended by then."""
    begun = [row for change in changes for row in change.begun if row[1]["changed_at"] <= at]
    ended = {
        (row["in_table"], row["changed_at"], row["seq"])
        for change in changes
        for row in change.ended
        if row["ended_at"] <= at
    }
    return [
        (of, {name: value for name, value in row.items() if name != "changed_at"})
        for of, row in begun
        if (of, row["changed_at"], row.get("seq", 0)) not in ended
    ]


def test_an_action_becomes_one_row() -> None:
    action = act(
        "one", on="2020-02", quantity=">=3", answers=["ext:war@RUS"], tags=["a"], effective="2021"
    )
    row = action_of(action)
    assert (row["action"], row["dispute"], row["position"]) == ("one", "a-b", 2)
    assert (row["kind"], row["family"], row["rung"]) == ("expulsion", "mission_staff", 5)
    assert (row["occurred_lo"], row["occurred_hi"]) == (date(2020, 2, 1), date(2020, 2, 29))
    assert (row["public_lo"], row["effective_hi"]) == (None, date(2021, 12, 31))
    assert (row["quantity_lo"], row["quantity_hi"], row["unit"]) == (3, None, "persons")
    assert (row["stands"], row["tags"], row["cause_form"]) == (True, ["a"], "causes")


def test_unknown_is_not_zero_and_no_quantity_is_neither() -> None:
    names = ("quantity_lo", "quantity_hi", "quantity_unknown")
    unknown = action_of(act("one", quantity="unknown"))
    absent = action_of(act("one", kind="statement"))
    assert [unknown[name] for name in names] == [0, None, 1]
    assert [absent[name] for name in (*names, "unit")] == [None] * 4


def test_an_open_end_is_the_first_or_last_day_there_is() -> None:
    row = action_of(act("one", on="../2020-01-04"))
    assert row["occurred_lo"] == date.min
    assert stored("actions", [{**row, "changed_at": 2}])[0]["occurred_lo"] == date.min


def test_a_joint_act_speaks_under_each_actor() -> None:
    rows = rows_of(act("one", by=["USA", "GBR"], answers=["act:raid@RUS", "ext:war"]))
    told = table_of(rows, "options")
    assert [(row["teller"], row["seq"], row["own"]) for row in told] == [
        ("USA", 0, True),
        ("GBR", -1, True),
    ]
    assert told[0]["causes"] == [
        {"nature": "outside", "name": "raid", "party": "RUS"},
        {"nature": "grievance", "name": "war", "party": None},
    ]


def test_the_silent_have_no_row_and_the_empty_set_has_one() -> None:
    silent = rows_of(act("one", answers="unknown"), said("one", "RUS", "none_stated"))
    nothing = rows_of(act("one", answers=[]))
    assert table_of(silent, "options") == []
    assert [row["causes"] for row in table_of(nothing, "options")] == [[]]


def test_attributions_keep_their_order_and_their_basis() -> None:
    rows = rows_of(
        act("one"),
        said("one", "RUS", "unprovoked", stated_on="2020-03"),
        said("one", "RUS", ["ext:spies@USA"]),
        said("one", "GBR", [], inferred=True),
    )
    names = ("seq", "teller", "inferred", "unprovoked", "stated_on_lo")
    assert [tuple(row[name] for name in names) for row in table_of(rows, "options")] == [
        (1, "RUS", False, True, date(2020, 3, 1)),
        (2, "RUS", False, False, None),
        (3, "analyst:compilers-for-GBR", True, False, None),
    ]


def test_a_characterisation_becomes_a_row() -> None:
    rows = rows_of(act("one"), calls("one", "RUS", kind="recall", denied=True))
    names = ("seq", "teller", "kind", "denied", "unit")
    assert [tuple(row[name] for name in names) for row in table_of(rows, "called")] == [
        (1, "RUS", "recall", True, None)
    ]


def test_a_retaliation_stands_on_the_rung_of_its_choice() -> None:
    made = act("one", kind="retaliation", rung=7, unit="persons", answers=["act:raid@RUS"])
    assert action_of(made)["rung"] == 7


def test_sides_keep_the_order_of_declaration() -> None:
    opening = two_sides(West=["USA", "GBR"], East=["RUS"])
    row = flatten_sides(opening.stream(), opening, 1)
    assert (row["dispute"], row["changed_at"]) == ("a-b", 1)
    assert [side["name"] for side in row["sides"]] == ["West", "East"]
    assert stored("sides", [row]) == [row]


def test_a_new_statement_writes_no_old_row_again() -> None:
    entries = entries_of(act("one", answers=[]), said("one", "RUS", []), said("one", "RUS", []))
    first, second, third = unfolded(entries)
    assert [of for of, _ in first.begun] == ["actions", "options"]
    assert [(of, row["seq"]) for of, row in second.begun + third.begun] == [
        ("options", 1),
        ("options", 2),
    ]
    assert (first.ended, second.ended, third.ended) == ((), (), ())


def test_a_retraction_writes_the_action_again_and_nothing_else() -> None:
    entries = entries_of(act("one", answers=[]), Retracted(action="one", reason="a slip"))
    _, change = unfolded(entries)
    assert [(of, row["stands"], row["changed_at"]) for of, row in change.begun] == [
        ("actions", False, 2)
    ]
    assert change.ended == (
        {"in_table": "actions", "seq": 0, "dispute": "a-b", "changed_at": 1, "ended_at": 2},
    )


def test_a_withdrawal_ends_its_row_and_moves_those_behind_it() -> None:
    one, other = said("one", "RUS", []), said("one", "GBR", ["ext:war"])
    gone = AttributionWithdrawn(action="one", account="RUS", statement=one.key())
    change = unfolded(entries_of(act("one"), one, other, gone))[-1]
    assert [(row["seq"], row["changed_at"]) for row in change.ended] == [(1, 2), (2, 3)]
    assert [(row["seq"], row["teller"]) for _, row in change.begun] == [(1, "GBR")]


@given(entry_lists())
def test_at_every_position_the_current_rows_are_those_of_the_dossiers(
    entries: tuple[Entry, ...],
) -> None:
    changes = unfolded(entries)
    for at in range(1, len(entries) + 1):
        history = fold(entries[:at])
        expected = [
            (of, row)
            for dossier in history.dossiers.values()
            for (of, _), row in flatten(dossier).items()
        ]
        found = current(changes, at)
        assert sorted(found, key=str) == sorted(expected, key=str)


@given(entry_lists())
def test_every_row_fits_its_table_and_comes_back_equal(entries: tuple[Entry, ...]) -> None:
    changes = unfolded(entries)
    rows = [row for change in changes for row in change.begun]
    rows += [("replaced", row) for change in changes for row in change.ended]
    for of, fields in TABLES.items():
        held = [row for table, row in rows if table == of]
        assert stored(of, held) == held
        assert all(set(row) == set(fields) for row in held)


def test_every_table_says_what_changed_when() -> None:
    for name, fields in TABLES.items():
        assert ("position" if name == "log" else "changed_at") in fields
        assert set(ORDERS[name]) <= set(fields)
