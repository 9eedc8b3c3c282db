"""Which format a file is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import LedgerError
from ledger.imports.table import IMPORTERS, importer, recognised
from tests.ledger.imports.desk import accounts, actions, jsonl
from tests.making import act

CSV, ACCOUNTS, JSONL = actions(), accounts(), jsonl(act("a"))


def format_of(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    with path.open("rb") as file:
        found = recognised(path, file).name
        assert file.tell() == 0
    return found


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("x.csv", CSV, "csv"),
        ("x.CSV", CSV, "csv"),
        ("x.csv", ACCOUNTS, "accounts"),
        ("x.csv", b"\xef\xbb\xbf" + ACCOUNTS, "accounts"),
        ("x.csv", b"anything\n", "csv"),
        ("x.csv", JSONL, "jsonl"),
        ("x.jsonl", b"not json", "jsonl"),
        ("x.ndjson", JSONL, "jsonl"),
        ("x.toml", b"", "toml"),
        ("history", JSONL, "jsonl"),
        ("history", b"\n" + JSONL, "jsonl"),
        ("history.txt", CSV, "csv"),
        ("history.txt", ACCOUNTS, "accounts"),
    ],
)
def test_a_file_is_known_by_its_ending_and_else_by_how_it_begins(
    tmp_path: Path, name: str, content: bytes, form: str
) -> None:
    assert format_of(tmp_path, name, content) == form


@pytest.mark.parametrize("content", [b"Dear Sir or Madam,\n", b"\x89PNG\r\n\x1a\n\0\0", b"\n"])
def test_a_file_of_no_format_is_refused_with_those_there_are(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(LedgerError) as caught:
        format_of(tmp_path, "letter", content)
    assert type(caught.value).__name__ == "UnknownFormatError"
    assert all(row.name in caught.value.why for row in IMPORTERS)


def test_an_unknown_format_is_answered_with_the_likely_one() -> None:
    with pytest.raises(LedgerError) as caught:
        importer("json")
    assert "did you mean jsonl?" in caught.value.why


def test_a_format_is_one_row_with_a_name_of_its_own() -> None:
    names = [row.name for row in IMPORTERS]
    assert len(set(names)) == len(names)
    readers = Path(__file__).parents[3] / "ledger" / "imports"
    assert {row.read.__module__.rpartition(".")[2] for row in IMPORTERS} == {
        *("actions_csv", "accounts_csv", "parquet", "jsonl", "subjects_toml"),
    }
    assert all(
        (readers / f"{row.read.__module__.rpartition('.')[2]}.py").exists() for row in IMPORTERS
    )
