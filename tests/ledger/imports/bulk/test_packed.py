"""Rows go from workers to the import and through the spool, and come out as they were."""

from __future__ import annotations

import pytest

from domain.canonical import FrozenJson
from domain.errors import InputError
from domain.records.amendments import Corrected, Retracted
from domain.records.base import Record
from ledger.imports.bulk.packed import needs_of, packed, unpacked
from ledger.imports.bulk.spool import Spool, dumped
from ledger.imports.rows import Row
from ledger.store.errors import DiskFullError
from tests.making import act, calls, said, two_sides
from tests.real import real_records

KEPT = (5, 9)


def test_every_real_record_comes_out_as_it_was() -> None:
    spool = Spool()
    rows = [Row("x", line, b"", (record,)) for line, record in enumerate(real_records(), start=1)]
    spool.put(dumped(3, [packed(row, KEPT) for row in rows]))
    [page] = spool.pages()
    spool.close()
    assert page.file == 3
    assert [unpacked(row, "x", "line") for row in page.rows] == rows
    assert {row.raw for row in page.rows} == {KEPT}


def test_an_error_comes_out_with_all_it_says() -> None:
    error = InputError("what", where="where", why="why", hint="hint")
    given = unpacked(
        packed(Row("x", 1, b"raw", error=error, meant="a"), b"raw"), "x", "line", b"raw"
    )
    assert given.error is not None
    assert vars(given.error) == vars(error)
    assert (given.meant, given.raw, given.records) == ("a", b"raw", ())


@pytest.mark.parametrize(
    ("records", "needs"),
    [
        (
            (act("a", answers=["a", "b", "act:x@FRA", "ext:y@GBR"], part_of="c"),),
            ("a", "a-b", ("USA", "RUS", "FRA", "GBR"), ("b",), ("c",), ()),
        ),
        (
            (act("a"), said("a", "RUS", ["b"]), calls("a", "RUS", kind="recall")),
            ("a", "a-b", ("USA", "RUS"), ("b",), (), ()),
        ),
        ((said("a", "press:tass", ["b"]),), ("", "", (), ("b",), (), ("a",))),
    ],
)
def test_a_plain_row_says_what_it_needs(
    records: tuple[Record, ...], needs: tuple[object, ...]
) -> None:
    found = needs_of(records)
    assert found is not None
    assert tuple(found) == needs


@pytest.mark.parametrize(
    "records",
    [
        (two_sides(),),
        (Retracted(action="a", reason="x"),),
        (Corrected(action="a", changes=FrozenJson.of({"note": "x"}), reason="y"),),
        (said("a", "RUS", []), act("a")),
        (act("a"), act("b")),
        (calls("a", "RUS", quantity={"value": 3, "unit": "persons"}),),
    ],
)
def test_what_depends_on_an_action_that_is_held_is_not_plain(records: tuple[Record, ...]) -> None:
    assert needs_of(records) is None


def test_a_spool_that_cannot_be_written_is_a_named_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, _: bytes) -> int:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    monkeypatch.setattr("tempfile.TemporaryFile", Full)
    spool = Spool()
    with pytest.raises(DiskFullError) as caught:
        spool.put(b"x")
    assert "No space" in caught.value.why
    assert caught.value.hint
