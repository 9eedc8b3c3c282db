"""Parquet of actions: the same records as the same rows in CSV, and places by row and column."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from domain.errors import LedgerError
from ledger.imports import actions_csv
from ledger.seeds import seed
from tests.ledger.imports.desk import ACTION, Desk, actions, cells, problem
from tests.ledger.imports.parquets import of_columns, of_csv

pytestmark = pytest.mark.usefixtures("way")

ROWS = (
    cells("a", target_causes="unprovoked", target_basis="stated", target_kind="recall"),
    cells("b", actor_causes="a;ext:x@RUS;act:y@USA", part_of="a", tags="x;y"),
    cells("c", quantity="unknown", description='he said "no", twice\nand left'),
)


def columns(**given: Any) -> dict[str, Any]:
    """One row, each cell as it is given."""
    row = {**dict.fromkeys(actions_csv.COLUMNS, ""), **ACTION, "id": "a", **given}
    return {name: [cell] for name, cell in row.items()}


def test_a_csv_and_its_parquet_bring_the_same_records(desk: Desk) -> None:
    csv = desk.bring(desk.file("x.csv", actions(*ROWS)))
    assert (csv.new, csv.rejected) == (3, 0)
    again = desk.bring(desk.file("x.parquet", of_csv(actions(*ROWS))))
    assert (again.same, again.counts.rows) == (3, 3)


def test_the_real_history_is_the_same_in_parquet(desk: Desk) -> None:
    content = seed("us_russia.csv").read_bytes()
    desk.bring(seed("disputes.toml"))
    taken = desk.bring(desk.file("x.csv", content))
    again = desk.bring(desk.file("x.parquet", of_csv(content)))
    assert (again.same, again.new, taken.rejected) == (taken.new, 0, 0)


def test_numbers_dates_lists_and_nulls_stand_for_their_text(desk: Desk) -> None:
    desk.bring(desk.file("x.csv", actions(cells("a", tags="x;y", quantity="35"))))
    typed = columns(tags=["x", "y"], quantity=35, occurred=date(2020, 1, 1), note=None)
    assert desk.bring(desk.file("y.parquet", of_columns(typed))).same == 1


def test_columns_may_come_in_any_order(desk: Desk) -> None:
    turned = dict(reversed(columns().items()))
    assert desk.bring(desk.file("x.parquet", of_columns(turned))).new == 1


def test_a_bad_cell_is_named_by_row_and_column(desk: Desk) -> None:
    file = desk.file("x.parquet", of_csv(actions(cells("a"), cells("b", kind="expulsio"))))
    report = desk.bring(file)
    assert (report.new, report.rejected) == (1, 1)
    assert f"{file}, row 2, column kind" in problem(report, "UnknownKindError")


@pytest.mark.parametrize("value", [3.5, True, {"x": 1}, b"x", ["a;b"], "a\0b"])
def test_a_cell_without_a_text_form_is_refused_with_its_place(desk: Desk, value: object) -> None:
    report = desk.bring(desk.file("x.parquet", of_columns(columns(note=value))))
    assert "row 1, column note" in problem(report, "CellNotTextError")


def test_text_that_is_not_utf_8_is_refused_in_its_row_and_the_rest_taken(desk: Desk) -> None:
    two = {name: [cell, cell] for name, [cell] in columns().items()}
    two["id"] = ["a", "b"]
    two["note"] = pa.array([b"fine", b"\x80"]).view(pa.string())
    report = desk.bring(desk.file("x.parquet", of_columns(two)))
    assert (report.new, report.rejected) == (1, 1)
    assert "row 2, column note" in problem(report, "CellNotTextError")


def test_rejected_rows_come_in_again_as_csv_once_they_are_mended(desk: Desk) -> None:
    report = desk.bring(desk.file("x.parquet", of_csv(actions(cells("a", actors="XYZ")))))
    beside = report.rejects_file
    assert beside == desk.folder / "x.parquet.rejected.csv"
    assert beside is not None
    beside.write_text(beside.read_text().replace("XYZ,", "USA,"))
    assert desk.bring(beside).new == 1


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"id,kind\n"])
def test_what_is_no_parquet_is_refused_as_a_whole(desk: Desk, content: bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        desk.bring(desk.file("x.parquet", content))
    assert type(caught.value).__name__ == "NotParquetError"
    assert caught.value.where.endswith("x.parquet")


def test_a_column_that_is_missing_is_named(desk: Desk) -> None:
    short = columns()
    del short["sources"]
    with pytest.raises(LedgerError, match="missing: 'sources'"):
        desk.bring(desk.file("x.parquet", of_columns(short)))


def test_a_parquet_is_known_by_its_first_bytes(desk: Desk) -> None:
    assert desk.bring(desk.file("letter", of_columns(columns()))).new == 1
