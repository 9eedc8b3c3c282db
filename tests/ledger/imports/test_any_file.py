"""No file, however broken, is more than a named error: of a row, or of the file."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.errors import LedgerError
from ledger.imports.report import ImportReport
from ledger.imports.table import IMPORTERS
from tests.ledger.imports.desk import Desk, accounts, actions, cells, jsonl
from tests.ledger.imports.parquets import of_csv
from tests.making import act, said, two_sides

pytestmark = pytest.mark.usefixtures("way")

ACCOUNT = {"account": "RUS", "action": "a", "causes": "unprovoked", "basis": "stated"}
GOOD = {
    "csv": actions(
        cells("a", target_causes="unprovoked", target_basis="stated", target_kind="recall"),
        cells("b", actor_causes="a;ext:x@RUS;act:y@USA", part_of="a", tags="x;y"),
    ),
    "accounts": accounts(ACCOUNT, {**ACCOUNT, "stance": "unjustified", "stated_on": "2020"}),
    "jsonl": jsonl(two_sides("c-d"), act("a", provenance={"x": [1]}), said("a", "RUS", ["b"])),
    "toml": b'[[dispute]]\nid = "c-d"\ntitle = "C"\nsides = [{ name = "C", parties = ["USA"] }]\n',
}
GOOD["parquet"] = of_csv(GOOD["csv"])
PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        (
            *(b'"', b"\n", b",", b"\r", b";", b"|", b"{", b"}", b"[", b"]", b"\0", b"\xff"),
            *(b"null", b"NaN", b"1e999", b"-1", b"\\ud800", b'""', b"\xef\xbb\xbf", b"\xff\xfe"),
            b"[[party]]\n",
        )
    ),
)
CHANGES = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 8), PIECES), max_size=4)


def broken(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Put pieces in place of some of the bytes."""
    for place, length, piece in changes:
        at = place % (len(data) + 1)
        data = data[:at] + piece + data[at + length :]
    return data


def brought(form: str | None, data: bytes) -> None:
    """Import the file; it is a report or a named error, and what was recorded can be read."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        file = desk.file("x", data)
        report = report_of(desk, file, form)
        if report is None:
            assert len(desk.records()) == 1
            return
        assert report.records == len(desk.records()) - 1
        for problem in report.problems:
            assert problem.error.where.startswith(str(file))
        again = desk.bring(file, form=form)
        assert (again.new, again.counts.rows) == (0, report.counts.rows)
        desk.ledger.views()


def report_of(desk: Desk, file: Path, form: str | None) -> ImportReport | None:
    """Import the file; None where it was refused as a whole, with its place and a hint."""
    with suppress(LedgerError):
        return desk.bring(file, form=form)
    with pytest.raises(LedgerError) as caught:
        desk.bring(file, form=form)
    assert caught.value.where
    assert caught.value.hint
    return None


@pytest.mark.parametrize("form", [row.name for row in IMPORTERS])
@given(changes=CHANGES)
@example(changes=[])
@example(changes=[(282, 2, b"\0\x80")])
def test_a_good_file_with_some_bytes_changed(
    form: str, changes: list[tuple[int, int, bytes]]
) -> None:
    brought(form, broken(GOOD[form], changes))


@given(st.sampled_from([None, *(row.name for row in IMPORTERS)]), st.binary(max_size=300))
def test_any_bytes_at_all(form: str | None, data: bytes) -> None:
    brought(form, data)
