"""Answers of several parts: people see all, programs take the one they name."""

from __future__ import annotations

import json
import sys
from unittest import mock

import pytest

from cli.output import Format
from cli.parts import Answer, Part, UnknownPartError, emit_answer
from cli.tables import Column, Table
from tests.cli.harness import Stream

ONE = Table((Column("a"),), ({"a": 1}, {"a": 2}))
PEOPLES = Table((Column("side", "by"),), ({"side": "both"},), title="By whom")
ANSWER = Answer(
    title="How it is",
    header=(("k", "1"),),
    parts=(
        Part("figures", ONE, (PEOPLES,), notes=("A note.",)),
        Part("more", Table((Column("b"),), ({"b": "x"},), title="More of it")),
        Part("rare", Table((Column("c"),), ()), is_optional=True),
        Part("asked", Table((Column("d"),), ({"d": 4},), title="Asked for"), is_extra=True),
    ),
)


def emitted(form: Format, named: str | None = None) -> tuple[str, str]:
    out, err = Stream(), Stream()
    with mock.patch.object(sys, "stdout", out), mock.patch.object(sys, "stderr", err):
        emit_answer(ANSWER, form, named)
    return out.written(), err.written()


def test_people_see_every_part_and_no_empty_rare_one() -> None:
    out, err = emitted(Format.TABLE)
    assert err == ""
    head = "How it is\nk: 1\n\nBy whom\n\n"
    assert out == f"{head}by\n----\nboth\nA note.\n\nMore of it\n\nb\n-\nx\n"


def test_json_names_every_part() -> None:
    out, _ = emitted(Format.JSON)
    assert json.loads(out) == {
        "reading": {"k": "1"},
        "figures": [{"a": 1}, {"a": 2}],
        "more": [{"b": "x"}],
        "rare": [],
    }


def test_rows_only_forms_hold_the_first_part_and_say_where_the_others_are() -> None:
    out, err = emitted(Format.CSV)
    assert out == "a\r\n1\r\n2\r\n"
    assert err == "k: 1\ncsv holds one part, figures; the others: --part more\n"


@pytest.mark.parametrize("form", [Format.CSV, Format.JSONL, Format.JSON, Format.TABLE, Format.MD])
def test_a_part_is_printed_alone_when_it_is_named(form: Format) -> None:
    out, err = emitted(form, "asked")
    assert "4" in out
    assert "More of it" not in out
    assert "others" not in err


def test_a_rare_part_that_is_named_is_said_to_be_empty() -> None:
    assert emitted(Format.TABLE, "rare")[0].endswith("(none)\n")


def test_an_unknown_part_is_named() -> None:
    with pytest.raises(UnknownPartError, match="did you mean figures"):
        emitted(Format.TABLE, "figure")
