"""Disputes, parties and coverage from a TOML file."""

from __future__ import annotations

import pytest

from domain.errors import LedgerError
from domain.records.stocks import StockObserved
from domain.records.subjects import CoverageStated, DisputeOpened, PartyRegistered
from ledger.imports.lines import LINE_BYTES_MAX
from ledger.imports.subjects_toml import read
from ledger.seeds import seed
from tests.ledger.imports.desk import Desk, new_ledger, problem

ALL = b"""
[[coverage]]
id = "all"
dispute = "x-y"
parties = ["X-GROUP"]
statement = "Everything"
period = "2020/.."

[[dispute]]
id = "x-y"
title = "A contest"
sides = [{ name = "Group", parties = ["X-GROUP"] }, { name = "RUS", parties = ["RUS"] }]

[[party]]
code = "X-GROUP"
title = "A group"
nature = "group"
members = ["USA", "FRA"]
"""


def test_each_table_is_a_record_in_the_order_that_they_need(desk: Desk) -> None:
    report = desk.bring(desk.file("x.toml", ALL))
    assert report.new == 3
    party, dispute, coverage = desk.records()[-3:]
    assert isinstance(party, PartyRegistered)
    assert isinstance(dispute, DisputeOpened)
    assert isinstance(coverage, CoverageStated)
    assert coverage.parties == ("X-GROUP",)


def test_the_same_file_twice_is_the_same(desk: Desk) -> None:
    file = desk.file("x.toml", ALL)
    assert [desk.bring(file).new, desk.bring(file).same] == [3, 3]


def test_a_single_table_stands_for_one_record(desk: Desk) -> None:
    file = desk.file("x.toml", b'[party]\ncode = "X-A"\ntitle = "A"\n')
    assert desk.bring(file).new == 1


def test_a_table_that_is_wrong_is_refused_alone_at_its_line(desk: Desk) -> None:
    text = ALL.replace(b'code = "X-GROUP"', b'code = "group"').replace(
        b'parties = ["X-GROUP"]', b'parties = ["USA"]'
    )
    report = desk.bring(desk.file("x.toml", text))
    assert (report.new, report.rejected) == (2, 1)
    assert "x.toml, line 14" in problem(report, "RecordInvalidError")


def test_a_date_without_quotes_is_refused_as_no_text(desk: Desk) -> None:
    text = ALL.replace(b'"2020/.."', b"2020-01-01")
    report = desk.bring(desk.file("x.toml", text))
    assert "in quotes" in problem(report, "DateSyntaxError")
    assert "x.toml, line 2" in str(report.problems[0].error)


def test_a_refused_table_comes_in_again_as_jsonl_when_it_is_mended(desk: Desk) -> None:
    text = ALL.replace(b'"2020/.."', b"2020-01-01")
    report = desk.bring(desk.file("x.toml", text))
    assert report.rejects_file is not None
    assert report.rejects_file.name == "x.toml.rejected.jsonl"
    assert desk.bring(report.rejects_file).new == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"[[dispute]\n", "FileNotTomlError", "line 1"),
        (b"a = [" + b"[" * 100_000, "FileNotTomlError", ""),
        (b'[[disputes]]\nid = "a"\n', "UnknownTableError", "did you mean dispute?"),
        (b'dispute = "us-russia"\n', "UnknownTableError", ""),
        (b'x = "\xff"\n', "NotUtf8Error", "byte 5"),
        (b"#" + b"x" * LINE_BYTES_MAX, "FileNotTomlError", "large"),
    ],
)
def test_a_file_that_is_no_such_toml_is_refused_whole(
    desk: Desk, content: bytes, name: str, words: str
) -> None:
    with pytest.raises(LedgerError) as caught:
        desk.bring(desk.file("x.toml", content))
    assert type(caught.value).__name__ == name
    assert words in str(caught.value)
    assert "x.toml" in caught.value.where
    assert caught.value.hint


def test_the_shipped_disputes_come_in() -> None:
    ledger = new_ledger()
    from ledger.imports.run import import_files

    assert import_files(ledger, [seed("disputes.toml")]).new == 3
    [opened] = [e.record for e in ledger.entries() if isinstance(e.record, DisputeOpened)]
    assert [(side.name, side.parties) for side in opened.sides] == [
        ("USA", ("USA",)),
        ("RUS", ("RUS",)),
    ]


STOCK = b"""
[[stock]]
id = "s"
teller = "RUS"
whose = "RUS"
where = "USA"
quantity = { value = ">=184", unit = "posts" }
on = "2022-01-29"
sources = ["A page | A paper | 2022-01-28 | https://example.org/page"]
"""


def test_a_count_comes_in_with_its_sources_taken_apart(desk: Desk) -> None:
    assert desk.bring(desk.file("x.toml", STOCK)).new == 1
    seen = desk.records()[-1]
    assert isinstance(seen, StockObserved)
    assert (seen.quantity.value.lo, seen.quantity.value.hi) == (184, None)
    assert [(source.title, source.date) for source in seen.sources] == [("A page", "2022-01-28")]


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (b'sources = ["A page | A paper | 2022-01-28 | https://example.org/page"]', b"", "Source"),
        (b'unit = "posts"', b'unit = "psots"', "Unit"),
        (b'teller = "RUS"', b"", "teller"),
    ],
)
def test_a_count_that_is_wrong_is_refused_alone(
    desk: Desk, before: bytes, after: bytes, name: str
) -> None:
    report = desk.bring(desk.file("x.toml", STOCK.replace(before, after)))
    assert (report.new, report.rejected) == (0, 1)
    assert name in str(report.problems[0])


def test_every_shipped_count_is_one_that_the_history_or_a_claim_has_the_source_of() -> None:
    texts = [seed(name).read_text(encoding="utf-8") for name in ("us_russia.csv", "claims.toml")]
    with seed("stocks.toml").open("rb") as file:
        rows = list(read("stocks.toml", file))
    assert rows
    for row in rows:
        [seen] = row.records
        assert isinstance(seen, StockObserved)
        assert seen.note
        for source in seen.sources:
            assert any(source.address in text and source.title in text for text in texts)
