"""CSV that goes out: it comes in again as the same, and what it cannot hold is said."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given

from domain.canonical import FrozenJson
from domain.records.accounts import Attributed
from domain.records.amendments import Corrected, Retracted, SourceAdded
from domain.records.base import Record, Source
from ledger.exports import accounts_csv, actions_csv
from ledger.exports.left_out import LeftOut
from ledger.exports.table import EXPORTERS, exporter
from ledger.facade import Ledger
from ledger.imports.actions_csv import COLUMNS, OPTIONAL
from ledger.imports.report import ImportReport
from ledger.imports.run import import_files
from ledger.seeds import seed
from tests.ledger.imports.desk import new_ledger
from tests.making import act, calls, said, two_sides
from tests.real import real_records
from tests.strategies import record_lists

Lines = Callable[[Ledger, LeftOut], Iterator[str]]


def ledger_of(*records: Record) -> Ledger:
    ledger = new_ledger()
    ledger.append(records, promised={getattr(record, "id", "") for record in records})
    return ledger


def small(*records: Record) -> Ledger:
    return ledger_of(two_sides(), *records)


def exported(ledger: Ledger, lines: Lines) -> tuple[str, LeftOut]:
    left_out = LeftOut()
    return "".join(lines(ledger, left_out)), left_out


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def brought_again(ledger: Ledger, *texts: str) -> ImportReport:
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(texts):
            files.append(Path(folder) / f"{number}.csv")
            files[-1].write_text(text, encoding="utf-8", newline="")
        return import_files(ledger, files)


def left(ledger: Ledger, lines: Lines = actions_csv.lines) -> dict[str, int]:
    counts = dict(exported(ledger, lines)[1].counts)
    counts.pop("dispute_opened", None)
    return counts


def test_the_real_history_goes_out_in_the_columns_that_came_in() -> None:
    text, left_out = exported(ledger_of(*real_records()), actions_csv.lines)
    assert text.split("\r\n")[0] == ",".join(COLUMNS)
    assert len(rows(text)) == 114
    assert left_out.counts == {"dispute_opened": 1}


def test_the_real_history_goes_out_with_the_cells_that_came_in() -> None:
    text, _ = exported(ledger_of(*real_records()), actions_csv.lines)
    with seed("us_russia.csv").open(encoding="utf-8", newline="") as file:
        for given_row, row in zip(csv.DictReader(file), rows(text), strict=True):
            given = {**dict.fromkeys(OPTIONAL, ""), **given_row}
            differing = {name for name in COLUMNS if _sorted(row[name]) != _sorted(given[name])}
            # A joint act has no target of its own, and what its cell says of silence is no record.
            joint = set(row["actors"].split(";")) >= set(row["targets"].split(";"))
            assert differing <= ({"target_causes"} if joint else set()), row["id"]


def _sorted(cell: str) -> list[str]:
    """The cell without regard to the order of its parts, and to spaces beside empty ones."""
    return sorted(" ".join(cell.split()).split(";"))


def test_all_114_rows_come_in_again_as_the_same() -> None:
    ledger = ledger_of(*real_records())
    text, _ = exported(ledger, actions_csv.lines)
    report = brought_again(ledger, text)
    assert (report.same, report.counts.rows) == (114, 114)


def test_what_goes_out_makes_the_same_history_in_an_empty_ledger() -> None:
    text, _ = exported(ledger_of(*real_records()), actions_csv.lines)
    fresh = ledger_of(real_records()[0])
    assert brought_again(fresh, text).new == 114
    assert [e.record for e in fresh.entries()] == list(real_records())


def test_every_attribution_stands_in_the_csv_of_accounts() -> None:
    ledger = ledger_of(*real_records())
    text, left_out = exported(ledger, accounts_csv.lines)
    held = [record for record in real_records() if isinstance(record, Attributed)]
    assert [(row["action"], row["account"]) for row in rows(text)] == [
        (one.action, one.account) for one in held
    ]
    assert left_out.counts == {}
    assert brought_again(ledger, text).same == len(held)


@given(record_lists())
def test_whatever_the_history_its_csv_brings_nothing_that_it_does_not_say(
    records: tuple[Record, ...],
) -> None:
    ledger = ledger_of(*records)
    actions, left_out = exported(ledger, actions_csv.lines)
    accounts, _ = exported(ledger, accounts_csv.lines)
    report = brought_again(ledger, actions, accounts)
    assert (report.new, report.conflict) == (0, 0), report.problems
    assert report.rejected == left_out.counts.get("action whose row cannot come in again", 0)


def test_the_two_accounts_of_one_target_leave_one_of_them_out_and_it_is_said() -> None:
    ledger = small(
        act("a"),
        said("a", "RUS", "unprovoked", sources=[{"title": "One"}]),
        said("a", "RUS", ["ext:x@USA"]),
        said("a", "press:tass", "unprovoked"),
    )
    assert left(ledger) == {"attributed": 3}
    assert left(ledger, accounts_csv.lines) == {}


def test_an_account_on_the_actions_own_sources_stands_in_its_row() -> None:
    source = {"title": "A page", "publisher": "A paper", "date": "2020-01-01"}
    ledger = small(act("a"), said("a", "RUS", "unprovoked", sources=[source]))
    text, _ = exported(ledger, actions_csv.lines)
    assert [row["target_causes"] for row in rows(text)] == ["unprovoked"]
    assert left(ledger) == {}


def test_no_row_says_of_a_second_target_what_only_the_first_said() -> None:
    source = {"title": "A page", "publisher": "A paper", "date": "2020-01-01"}
    both = act("a", against=["RUS", "BLR"])
    ledger = small(both, said("a", "RUS", "unprovoked", sources=[source]))
    text, _ = exported(ledger, actions_csv.lines)
    assert [row["target_causes"] for row in rows(text)] == [""]
    assert left(ledger) == {"attributed": 1}


@pytest.mark.parametrize(
    ("records", "said_left"),
    [
        ((act("a", organ="court"),), {"field organ": 1}),
        ((act("a", provenance={"row": 1}),), {"field provenance": 1}),
        ((act("a", sources=[{"title": "A | B", "archive": "x"}]),), {"field sources": 1}),
        ((act("a", tags=["x;y"]),), {"field tags": 1}),
        ((act("a"), Retracted(action="a", reason="b")), {"action.expulsion": 1, "retracted": 1}),
        ((act("a"), SourceAdded(action="a", source=Source(title="More"))), {"source_added": 1}),
        ((act("a"), calls("a", "RUS", denied=True)), {"characterised": 1}),
        (
            (
                act("a"),
                Corrected(action="a", changes=FrozenJson.of({"note": "x"}), reason="read again"),
            ),
            {"corrected": 1},
        ),
    ],
)
def test_what_a_row_cannot_hold_is_said(
    records: tuple[Record, ...], said_left: dict[str, int]
) -> None:
    assert left(small(*records)) == said_left


@pytest.mark.parametrize("rung", [3, 4, 8])
def test_a_retaliation_goes_out_with_the_rung_that_it_chose_and_comes_in_again(rung: int) -> None:
    chose = act("b", kind="retaliation", unit="persons", quantity=1, answers=["a"], rung=rung)
    ledger = small(act("a"), chose)
    text, _ = exported(ledger, actions_csv.lines)
    assert [row["rung"] for row in rows(text)] == ["", str(rung)]
    assert left(ledger) == {}


def test_what_a_row_of_an_account_cannot_hold_is_said() -> None:
    noted = said("a", "RUS", "unprovoked", note="in passing")
    assert left(small(act("a"), noted), accounts_csv.lines) == {"account without its note": 1}
    gone = (act("a"), said("a", "RUS", "unprovoked"), Retracted(action="a", reason="b"))
    assert left(small(*gone), accounts_csv.lines) == {"account of a retracted action": 1}


def test_what_is_left_out_is_said_with_the_first_few_names() -> None:
    left_out = LeftOut()
    for name in ("a", "b", "b", "c", "d"):
        left_out.note("retracted", name)
    left_out.note("corrected", "a")
    assert left_out.words() == ("1 corrected (a)", "5 retracted (a, b, c, ...)")


def test_an_unknown_format_is_answered_with_the_likely_one() -> None:
    from domain.errors import UsageError

    with pytest.raises(UsageError) as caught:
        exporter("jsnol")
    assert "did you mean jsonl?" in caught.value.why
    assert [row.name for row in EXPORTERS] == ["jsonl", "csv", "accounts"]
