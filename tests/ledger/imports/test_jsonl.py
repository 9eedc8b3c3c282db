"""JSONL lines: every record type, and every way to be no line."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from domain.errors import LedgerError
from domain.records.registry import RECORDS
from ledger.imports.jsonl import REJECTED, STAMP, WHOLE, read
from ledger.imports.lines import LINE_BYTES_MAX
from ledger.imports.rows import Row
from ledger.store.upcasting import upcast
from tests.ledger.imports.desk import Desk, jsonl, problem
from tests.ledger.test_golden import LINES
from tests.making import act

pytestmark = pytest.mark.usefixtures("way")

GOOD = jsonl(act("good")).decode()
STAMPED = {"recorded_at": "2026-11-23T12:00:00.000000Z", "recorded_by": "ada", "salt": "0a" * 16}


def rows(text: str | bytes) -> list[Row]:
    data = text.encode() if isinstance(text, str) else text
    return list(read("x.jsonl", io.BytesIO(data)))


def fields(**more: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOOD)
    return {**found, **more}


def text(*lines: dict[str, Any]) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def fault(line: str | bytes) -> LedgerError:
    [row] = rows(line)
    assert row.error is not None, row.records
    assert row.error.where.startswith("x.jsonl, line 1"), row.error
    assert row.error.hint, row.error
    return row.error


@pytest.mark.parametrize("number", range(len(LINES)))
def test_every_type_of_record_comes_in_as_a_line(number: int) -> None:
    name, _, version = LINES[number]["topic"].partition(":")
    record = json.loads(LINES[number]["state"])["record"]
    [row] = rows(text({"type": name, "version": int(version), **record}))
    assert row.error is None
    assert [found.stored_name for found in row.records] == [name]


def test_the_keys_around_a_record_are_fields_of_none() -> None:
    around = {"type", "version", "seq", *STAMP, WHOLE, REJECTED}
    for name, row in RECORDS.items():
        clash = around & set(row.model_fields)
        assert clash == set(), name


def test_blank_lines_are_passed_over_and_places_stay_those_of_the_file() -> None:
    found = rows("\n" + GOOD + "\r\n\n" + GOOD)
    assert [(row.line, row.error) for row in found] == [(2, None), (5, None)]


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("{", "LineNotJsonError", "Expecting property name"),
        ("not json", "LineNotJsonError", "Expecting value"),
        ("[]", "LineNotJsonError", "list"),
        ('"text"', "LineNotJsonError", "str"),
        ("null", "LineNotJsonError", "NoneType"),
        ('{"a": NaN}', "LineNotJsonError", "NaN"),
        ('{"a": 1, "a": 2}', "LineNotJsonError", "twice"),
        ('{"a": {"b": 1, "b": 2}}', "LineNotJsonError", "twice"),
        ('{"a": "\\ud800"}', "LineNotJsonError", "surrogate"),
        ("[" * 100_000, "LineNotJsonError", ""),
        ('{"a": ' + "[" * 63 + "1" + "]" * 63 + "}", "RecordTypeMissingError", ""),
        ('{"a": ' + "[" * 64 + "1" + "]" * 64 + "}", "LineNotJsonError", "64 deep"),
        ('{"a": ' + "9" * 5000 + "}", "LineNotJsonError", "digits"),
        ("{}", "RecordTypeMissingError", "type"),
        ('{"type": "retracted"}', "RecordTypeMissingError", "version"),
        ('{"type": "retracted", "version": "1"}', "RecordTypeMissingError", "version"),
        ('{"type": "retracted", "version": true}', "RecordTypeMissingError", "version"),
        ('{"type": "retrcated", "version": 1}', "UnknownRecordTypeError", "retracted"),
        ('{"type": "retracted", "version": 9}', "UnknownRecordTypeError", "version 9"),
        ('{"type": "retracted", "version": 1}', "RecordInvalidError", "required"),
        (
            '{"type": "retracted", "version": 1, "action": "a", "reason_": ""}',
            "RecordInvalidError",
            "reason_",
        ),
        (text(fields(occurred="2020-02-30")), "DateDoesNotExistError", "2020-02-30"),
        (text(fields(actors="USA")), "RecordInvalidError", "actors"),
        (text(fields(id=7)), "RecordInvalidError", "id"),
        (text(fields(cause={"a": 1})), "SaidSyntaxError", ""),
        (text(fields(seq=2)), "SequenceError", "'2' where 1"),
        (text(fields(seq="1")), "SequenceError", "'1'"),
        (text(fields(seq=True)), "SequenceError", "True"),
        (text(fields(recorded_at="yesterday")), "StampInvalidError", "recorded_at"),
        (text(fields(recorded_at="2026-11-23T12:00:00")), "StampInvalidError", "recorded_at"),
        (text(fields(recorded_at=5)), "StampInvalidError", "recorded_at"),
        (text(fields(salt="short")), "StampInvalidError", "salt"),
        (text(fields(recorded_by=None)), "StampInvalidError", "recorded_by"),
        (b'{"a": "caf\xe9"}\n', "NotUtf8Error", "e9"),
        (b'{"a": "\0"}\n', "NulInTextError", "NUL"),
        (b"{" + b" " * LINE_BYTES_MAX + b"}\n", "LineTooLongError", "bytes"),
    ],
)
def test_what_is_no_line_is_named_with_its_place(line: str | bytes, name: str, words: str) -> None:
    error = fault(line)
    assert type(error).__name__ == name
    assert words in str(error)


def test_one_bad_line_keeps_no_other_out(desk: Desk) -> None:
    file = desk.file("x.jsonl", jsonl(act("a"), "{\n", act("b")))
    report = desk.bring(file)
    assert "line 2" in problem(report, "LineNotJsonError")
    assert desk.ids() == ["a", "b"]


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ([1, 2, 3], []),
        ([None, 2, None, 4], []),
        ([1, 3, 4], [3]),
        ([1, 2, 2, 3], [2]),
        ([1, 900, 3, 4], [900, 3]),
        ([5, 6], [5]),
        ([0], [0]),
    ],
)
def test_numbers_that_jump_are_noticed_where_they_jump(
    numbers: list[int | None], wrong: list[int]
) -> None:
    given = [fields() if number is None else fields(seq=number) for number in numbers]
    found = [
        json.loads(row.raw)["seq"]
        for row in rows(text(*given))
        if type(row.error).__name__ == "SequenceError"
    ]
    assert found == wrong


def test_a_line_that_cannot_be_read_counts_as_one(desk: Desk) -> None:
    lines = "{\n" + text(fields(seq=2))
    report = desk.bring(desk.file("x.jsonl", lines.encode()))
    assert (report.new, report.rejected) == (1, 1)


def test_a_line_that_was_taken_out_is_told_at_the_next(desk: Desk) -> None:
    lines = text(fields(seq=1), fields(id="third", seq=3))
    report = desk.bring(desk.file("x.jsonl", lines.encode()))
    assert "seq is '3' where 2 was expected" in problem(report, "SequenceError")


def test_a_plain_import_takes_new_stamps(desk: Desk) -> None:
    desk.bring(desk.file("x.jsonl", text(fields(**STAMPED)).encode()))
    last = list(desk.ledger.entries())[-1]
    assert (last.recorded_by, last.recorded_at.year) == ("tester", 2024)
    assert last.salt != STAMPED["salt"]


def test_a_stamp_is_known_only_where_all_of_it_is_given() -> None:
    whole, *parts = rows(
        text(fields(**STAMPED), *({**fields(), key: STAMPED[key]} for key in STAMPED))
    )
    assert whole.stamp is not None
    assert whole.stamp.recorded_by == "ada"
    assert [part.stamp for part in parts] == [None] * 3


def test_a_line_of_an_older_version_is_brought_up_to_todays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renamed(stored_name: str, version: int, payload: dict[str, Any]) -> object:
        table = {("retracted", 0): lambda old: {"action": old["id"], "reason": old["why"]}}
        return upcast(stored_name, version, payload, table)

    monkeypatch.setattr("ledger.imports.jsonl.upcast", renamed)
    old = {"type": "retracted", "version": 0, "id": "good", "why": "a mistake"}
    report = desk.bring(desk.file("x.jsonl", (GOOD + text(old)).encode()))
    assert report.new == 2


def test_what_is_nested_as_deeply_as_may_be_is_stored(desk: Desk) -> None:
    nested = "[" * 61 + "1" + "]" * 61
    line = GOOD.rstrip()[:-1] + f', "provenance": {{"a": {nested}}}}}\n'
    assert desk.bring(desk.file("x.jsonl", line.encode())).new == 1
    desk.ledger.views()


def test_a_byte_order_mark_is_accepted() -> None:
    assert rows(b"\xef\xbb\xbf" + GOOD.encode())[0].error is None
