"""Rows of CSV files that may be broken anywhere: one fault costs one row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import LedgerError
from ledger.imports.csv_rows import (
    NoRowsError,
    WrongColumnsError,
    read_cells,
    read_table,
    require_columns,
)
from ledger.imports.lines import LINE_BYTES_MAX, NotUtf8Error, read_lines
from tests.ledger.imports.desk import Desk, actions, cells, line_of, problem


def cut(text: str | bytes) -> list[tuple[int, object]]:
    """Line and cells of each row, or the name of what is wrong with it."""
    data = text.encode() if isinstance(text, str) else text
    return [
        (row.line, type(row.error).__name__ if row.error else list(row.cells))
        for row in read_cells(read_lines(io.BytesIO(data)))
    ]


def header_fault(data: bytes) -> LedgerError:
    with pytest.raises(LedgerError) as caught:
        list(read_table("x.csv", io.BytesIO(data), ("id", "kind"), lambda _row, _where: ()))
    return caught.value


def test_rows_keep_the_physical_line_where_they_begin() -> None:
    assert cut('a,b\n"two\nlines",c\n\nd,e\n') == [
        (1, ["a", "b"]),
        (2, ["two\nlines", "c"]),
        (5, ["d", "e"]),
    ]


def test_a_quote_that_never_closes_costs_one_line_and_not_the_rest() -> None:
    assert cut('a,"b\nc,d\ne,f\n') == [(1, "RowNotCsvError"), (2, ["c", "d"]), (3, ["e", "f"])]


def test_a_stray_quote_before_a_row_of_two_lines_costs_one_line() -> None:
    assert cut('a,"b\nc,d\n"x\ny",f\ng,h\n') == [
        (1, "RowNotCsvError"),
        (2, ["c", "d"]),
        (3, ["x\ny", "f"]),
        (5, ["g", "h"]),
    ]


def test_text_behind_a_closing_quote_is_refused() -> None:
    assert cut('"a"b,c\nd,e\n') == [(1, "RowNotCsvError"), (2, ["d", "e"])]


def test_an_open_quote_reaches_no_further_than_the_limit_of_a_line() -> None:
    line = f"{'x' * 4000},y\n"
    body = line * (LINE_BYTES_MAX // len(line) + 10)
    found = cut(f'a,"b\n{body}')
    assert found[0] == (1, "RowNotCsvError")
    assert len(found) == 1 + body.count("\n")


def test_a_bad_line_inside_quotes_ends_the_row_that_it_is_in() -> None:
    assert cut(b'a,"b\nc\xff\nd,e\n') == [
        (1, "RowNotCsvError"),
        (2, "NotUtf8Error"),
        (3, ["d", "e"]),
    ]


def test_a_long_cell_below_the_limit_is_read_whole() -> None:
    assert cut("a," + "x" * 500_000 + "\n") == [(1, ["a", "x" * 500_000])]


def test_lines_ended_by_carriage_returns_alone_are_said_to_be_no_rows() -> None:
    assert "new-line character" in header_fault(b"id,kind\ra,b\r").why


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", NoRowsError, "empty"),
        (b"\n\n", NoRowsError, "empty"),
        (b"id\n", WrongColumnsError, "missing: 'kind'"),
        (b"id,kind,colour\n", WrongColumnsError, "unknown: 'colour'"),
        (b"id,kidn\n", WrongColumnsError, "missing: 'kind'; unknown: 'kidn'"),
        (b"id,kind,id\n", WrongColumnsError, "twice: 'id'"),
        (b"id;kind\n", WrongColumnsError, "unknown: 'id;kind'"),
        ("id,kind\n".encode("utf-16"), NotUtf8Error, "UTF-16"),
        (b"id,k\xefnd\n", NotUtf8Error, "ef"),
    ],
)
def test_a_first_row_that_cannot_be_used_refuses_the_file_with_place_and_hint(
    data: bytes, name: type[LedgerError], words: str
) -> None:
    error = header_fault(data)
    assert type(error) is name
    assert words in str(error)
    assert error.where.startswith("x.csv")
    assert error.why
    assert "reciprocity" in error.hint


def test_a_misspelt_column_is_answered_with_the_likely_one() -> None:
    assert "did you mean kind?" in header_fault(b"id,kidn\n").why


def test_a_file_may_be_without_an_optional_column_and_a_misspelt_one_is_guessed() -> None:
    require_columns("x.csv", ("id", "kind"), ("id", "kind", "rung"), ("rung",))
    with pytest.raises(WrongColumnsError) as caught:
        require_columns("x.csv", ("id", "kind", "rugn"), ("id", "kind", "rung"), ("rung",))
    assert "did you mean rung?" in caught.value.why


def test_columns_may_stand_in_any_order_and_reasons_are_passed_over() -> None:
    require_columns("x.csv", ("reason", "kind", "place", "id", "hint"), ("id", "kind"))


@pytest.mark.parametrize(
    ("row", "words"),
    [(cells("a")[:-1], "cut short: 26"), ([*cells("a"), "x"], "too long: 28")],
)
def test_a_row_cut_short_or_too_long_is_refused_alone(
    desk: Desk, row: list[str], words: str
) -> None:
    file = desk.file("x.csv", actions(row, cells("b")))
    report = desk.bring(file)
    assert words in problem(report, "RowLengthError")
    assert "x.csv, line 2" in problem(report, "RowLengthError")
    assert desk.ids() == ["b"]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
# The csv module takes a carriage return alone for the end of a row unless it is quoted.
ROWS = st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=6)


@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_whatever_was_written_as_csv_is_read_back(rows: list[list[str]], end: str) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    found = cut(text.getvalue().removeprefix("\ufeff"))
    assert [row for _, row in found] == rows


@given(st.lists(st.sampled_from(["a,b\n", '"', "x", ",", "\n", '"c\nd",e\n', "é\n"]), max_size=30))
def test_no_byte_of_a_broken_file_is_lost(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    taken = b"".join(row.raw for row in read_cells(read_lines(io.BytesIO(data))))
    blank = b"".join(line.data for line in read_lines(io.BytesIO(data)) if line.is_blank)
    assert len(taken) + len(blank) >= len(data)
    assert taken.replace(b"\n", b"").replace(b" ", b"") == data.replace(b"\n", b"")


def test_the_helper_writes_what_the_reader_reads() -> None:
    assert cut(line_of('a "b"', "c,d"))[0][1] == ['a "b"', "c,d"]
