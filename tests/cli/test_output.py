"""Every form says the same rows; machine forms lose nothing, people's forms are harmless."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from fractions import Fraction
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.options import Flag
from cli.output import Format, emit, rendered
from cli.tables import Align, Cell, Column, PlainValue, Table, plain, shown
from tests.cli.harness import Stream

HOSTILE = "x\x1b[2J|<b>`\n=1+1"
TABLE = Table(
    columns=(Column("id", "action"), Column("persons", align=Align.RIGHT), Column("by_whom")),
    rows=(
        {"id": "usa-2016-12-29-expulsion", "persons": 35, "by_whom": ("USA",)},
        {"id": HOSTILE, "persons": Cell({"lo": 79, "hi": None}, "at least 79"), "by_whom": ()},
        {"id": "rus-2017", "persons": None, "by_whom": ("RUS", "X-ALLIES"), "unseen": 1},
    ),
    header=(("account", "USA"), ("silence", "inherit")),
    title="Who expelled whom",
)


def text(table: Table, form: Format) -> str:
    return "".join(rendered(table, form))


def test_a_table_is_aligned_and_says_its_reading_first() -> None:
    assert text(TABLE, Format.TABLE) == (
        "Who expelled whom\n"
        "account: USA\n"
        "silence: inherit\n"
        "\n"
        "action                        persons  by whom\n"
        "------------------------  -----------  -------------\n"
        "usa-2016-12-29-expulsion           35  USA\n"
        "x\\x1b[2J|<b>`\\n=1+1       at least 79\n"
        "rus-2017                               RUS, X-ALLIES\n"
    )


def test_markdown_shows_every_text_as_itself() -> None:
    assert text(TABLE, Format.MD) == (
        "## Who expelled whom\n"
        "\n"
        "- account: USA\n"
        "- silence: inherit\n"
        "\n"
        "| action | persons | by whom |\n"
        "| --- | ---: | --- |\n"
        "| usa-2016-12-29-expulsion | 35 | USA |\n"
        "| x\\\\x1b\\[2J\\|\\<b\\>\\`\\\\n=1+1 | at least 79 |  |\n"
        "| rus-2017 |  | RUS, X-ALLIES |\n"
    )


def test_an_underscore_inside_a_word_needs_no_escape_in_markdown() -> None:
    table = Table((Column("unit"),), ({"unit": "visas_per_year"}, {"unit": "_so_"}))
    assert text(table, Format.MD).splitlines()[2:] == ["| visas_per_year |", r"| \_so\_ |"]


def test_json_holds_the_reading_and_the_rows_in_declared_order() -> None:
    assert text(TABLE, Format.JSON).endswith("}\n")
    assert json.loads(text(TABLE, Format.JSON)) == {
        "reading": {"account": "USA", "silence": "inherit"},
        "rows": [
            {"id": "usa-2016-12-29-expulsion", "persons": 35, "by_whom": ["USA"]},
            {"id": HOSTILE, "persons": {"lo": 79, "hi": None}, "by_whom": []},
            {"id": "rus-2017", "persons": None, "by_whom": ["RUS", "X-ALLIES"]},
        ],
    }


def test_json_is_utf8_text_not_escapes() -> None:
    table = Table((Column("title"),), ({"title": "МИД"},))
    assert '"МИД"' in text(table, Format.JSON)
    assert text(table, Format.JSONL) == '{"title":"МИД"}\n'


def test_csv_is_rfc_4180_with_several_values_joined() -> None:
    assert text(TABLE, Format.CSV) == (
        "id,persons,by_whom\r\n"
        "usa-2016-12-29-expulsion,35,USA\r\n"
        '"x\x1b[2J|<b>`\n=1+1","{""lo"":79,""hi"":null}",\r\n'
        "rus-2017,,RUS;X-ALLIES\r\n"
    )


ROWS = st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.text()})).map(tuple)


@given(ROWS)
def test_csv_gives_every_text_back(rows: tuple[dict[str, str], ...]) -> None:
    table = Table((Column("a"), Column("b")), rows)
    back = csv.DictReader(io.StringIO(text(table, Format.CSV), newline=""), strict=True)
    assert tuple(back) == rows


@given(ROWS)
def test_json_and_jsonl_give_every_text_back(rows: tuple[dict[str, str], ...]) -> None:
    table = Table((Column("a"), Column("b")), rows)
    assert tuple(json.loads(text(table, Format.JSON))["rows"]) == rows
    lines = text(table, Format.JSONL).split("\n")
    assert tuple(json.loads(line) for line in lines[:-1]) == rows


@given(ROWS)
def test_tables_and_markdown_carry_no_control_characters(rows: tuple[dict[str, str], ...]) -> None:
    table = Table((Column("a"), Column("b")), rows)
    for form in (Format.TABLE, Format.MD):
        found = {unicodedata.category(char) for char in text(table, form).replace("\n", "")}
        assert not found & {"Cc", "Cs", "Zl", "Zp"}
        assert len(text(table, form).splitlines()) == 2 + max(len(rows), form is Format.TABLE)


def test_no_rows_are_said_to_be_none() -> None:
    table = Table((Column("id"),), ())
    assert text(table, Format.TABLE) == "id\n--\n(none)\n"
    assert json.loads(text(table, Format.JSON)) == {"reading": {}, "rows": []}
    assert text(table, Format.CSV) == "id\r\n"
    assert text(table, Format.JSONL) == ""


def captured(table: Table, form: Format, *, tty: bool = False) -> tuple[str, str]:
    out, err = Stream(tty=tty), Stream(tty=tty)
    with mock.patch.object(sys, "stdout", out), mock.patch.object(sys, "stderr", err):
        emit(table, form)
    return out.written(), err.written()


@pytest.mark.parametrize("form", [Format.CSV, Format.JSONL])
def test_forms_of_rows_only_say_the_reading_on_stderr(form: Format) -> None:
    out, err = captured(TABLE, form)
    assert err == "account: USA\nsilence: inherit\n"
    assert "inherit" not in out


@pytest.mark.parametrize("form", [Format.TABLE, Format.MD, Format.JSON])
def test_the_other_forms_carry_their_reading_themselves(form: Format) -> None:
    out, err = captured(TABLE, form)
    assert err == ""
    assert "inherit" in out


def test_a_terminal_gets_columns_folded_to_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    table = Table(
        (Column("id"), Column("description")),
        ({"id": "rus-2017", "description": "Ordered the mission to shrink to 455 posts"},),
    )
    out, _ = captured(table, Format.TABLE, tty=True)
    assert out == (
        "id        description\n"
        "--------  ------------------------------\n"
        "rus-2017  Ordered the mission to shrink\n"
        "          to 455 posts\n"
    )


def test_no_word_is_cut_while_columns_of_several_words_can_be_folded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    row = {"id": "rus-2017-07-28-staff-cap-of-455", "what": "a cap on the staff of a mission"}
    out, _ = captured(Table((Column("id"), Column("what")), (row,)), Format.TABLE, tty=True)
    assert out.splitlines()[2:] == [
        "rus-2017-07-28-staff-cap-of-455  a cap on the",
        "                                 staff of a",
        "                                 mission",
    ]


def test_a_pipe_gets_each_row_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    table = Table((Column("a"), Column("b")), ({"a": "x " * 30, "b": "y " * 30},))
    out, _ = captured(table, Format.TABLE)
    assert len(out.splitlines()) == 3


def test_a_terminal_too_narrow_for_anything_still_shows_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "5")
    row = {str(number): f"value-number-{number}-of-many" for number in range(4)}
    out, _ = captured(Table(tuple(Column(k) for k in row), (row,)), Format.TABLE, tty=True)
    assert max(len(line) for line in out.splitlines()) == 4 * 12 + 3 * 2


def test_wide_letters_keep_columns_straight() -> None:
    table = Table((Column("a"), Column("b")), ({"a": "外交部", "b": 1}, {"a": "МИД", "b": 2}))
    lines = text(table, Format.TABLE).splitlines()
    assert lines[2:] == ["外交部  1", "МИД     2"]


@pytest.mark.parametrize(
    ("value", "for_programs", "for_people"),
    [
        (None, None, ""),
        (True, True, "yes"),
        (False, False, "no"),
        (0, 0, "0"),
        (Flag.OVER_RESPONSE, "over-response", "over-response"),
        (Fraction(1, 3), "1/3", "1/3"),
        (("a", None, 2), ["a", None, 2], "a, , 2"),
        ({"lo": 1, "hi": (2,)}, {"lo": 1, "hi": [2]}, "lo: 1, hi: 2"),
        (Cell(value=(1,), shown="one"), [1], "one"),
    ],
)
def test_a_value_has_two_faces(value: object, for_programs: PlainValue, for_people: str) -> None:
    assert plain(value) == for_programs
    assert type(plain(value)) in {type(None), bool, int, str, list, dict}
    assert shown(value) == for_people


def test_booleans_are_words_in_csv() -> None:
    table = Table((Column("a"), Column("b")), ({"a": True, "b": (False, 1)},))
    assert text(table, Format.CSV) == "a,b\r\ntrue,false;1\r\n"
