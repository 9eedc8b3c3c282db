"""Every job runs, at a size that takes no time, and does all the work that its time is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import answering, ours, prepared
from benchmarks.engines import largest_and_middling
from benchmarks.histories import disputes_for, history
from benchmarks.peers import plain_library, raw_sqlite
from benchmarks.prepared import make

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 60
RECORDS = sum(1 for _ in history(SIZE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("jobs")
    for form in (".jsonl", ".sides.csv", ".db"):
        make(form, str(made / f"h{form}"), SIZE, "")
    return made


def test_appends_are_timed_beside_raw_commits() -> None:
    found = ours.appends(30)
    assert found["seconds"] > 0
    assert found["raw"] > 0


def test_an_import_takes_every_record(folder: Path) -> None:
    assert ours.imports(str(folder / "h.jsonl"))["records"] == RECORDS


def test_what_was_not_taken_whole_is_no_measurement(folder: Path) -> None:
    bad = folder / "bad.jsonl"
    bad.write_text((folder / "h.jsonl").read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not all of"):
        ours.imports(str(bad))


def test_the_whole_log_is_read_by_every_reader(folder: Path) -> None:
    log = str(folder / "h.db")
    assert ours.audits(log)["records"] == ours.reads(log)["records"] == RECORDS
    assert plain_library.read(SIZE)["records"] == RECORDS
    assert raw_sqlite.bulk(SIZE)["records"] == RECORDS
    assert raw_sqlite.tally(log)["lines"] > 0


def test_a_ledger_is_weighed_with_its_views(folder: Path) -> None:
    found = ours.disk(str(folder / "h.db"))
    assert found["payload"] < (folder / "h.db").stat().st_size < found["file"]


def test_every_engine_answers_every_question(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "ASKED", 1)
    log = str(folder / "h.db")
    largest, middling = largest_and_middling(folder / "h.sides.csv")
    assert largest != middling
    for engine in answering.ENGINES:
        assert answering.rebuilds(engine, log)["seconds"] > 0
        assert answering.catches_up(engine, log, SIZE, 2)["seconds"] > 0
        for question in ("tally", "initiators", "claim"):
            assert answering.answers(engine, log, question, largest)["seconds"] > 0
        for question in ("tally_of_all", "initiators_of_all"):
            assert answering.answers(engine, log, question)["seconds"] > 0


def test_an_engine_that_does_not_exist_has_no_time(folder: Path) -> None:
    assert answering.rebuilds("wishes", str(folder / "h.db")) == {"missing": "wishes"}


def test_what_was_prepared_is_kept_and_named_by_what_drew_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = prepared.prepared(tmp_path, ".toml", SIZE)
    made = first.stat().st_mtime_ns
    assert prepared.prepared(tmp_path, ".toml", SIZE) == first
    assert first.stat().st_mtime_ns == made
    assert [path.name for path in tmp_path.iterdir()] == [first.name]
    monkeypatch.setattr(prepared, "drawn_by", lambda: "otherwise")
    assert prepared.prepared(tmp_path, ".toml", SIZE) != first


def test_a_history_opens_its_disputes_first() -> None:
    names = [row.name for row in history(SIZE)]
    assert names[: disputes_for(SIZE)] == ["dispute_opened"] * disputes_for(SIZE)
