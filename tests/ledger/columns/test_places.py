"""Columns lie beside the ledger, or in the user's cache; a password is in neither name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ledger.columns.places import cache_folder, folder_for, without_password
from ledger.store.factory import open_store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_has_them_beside_it(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "l.db"), create=True) as store:
        assert folder_for(store) == tmp_path / "l.db-columns"


def test_another_name_of_the_file_leads_to_the_same_folder(tmp_path: Path) -> None:
    open_store(str(tmp_path / "l.db"), create=True).close()
    (tmp_path / "link.db").symlink_to(tmp_path / "l.db")
    with open_store(str(tmp_path / "link.db")) as store:
        assert folder_for(store) == tmp_path / "l.db-columns"


def test_a_ledger_in_memory_has_none() -> None:
    with open_store("memory:") as store:
        assert folder_for(store) is None


def test_a_server_has_them_in_the_cache_whatever_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with open_store("memory:") as store:
        one = folder_for(replace(store, url="postgresql://ada:secret@host:5432/ledger"))
        two = folder_for(replace(store, url="postgresql://ada:other@host:5432/ledger"))
        three = folder_for(replace(store, url="postgresql://ada:other@host:5432/another"))
    assert one == two == cache_folder("postgresql://ada@host:5432/ledger")
    assert one != three
    assert one is not None
    assert one.is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ada:secret@host/db", "postgresql://ada@host/db"),
        ("postgresql://ada@host/db?sslmode=require", "postgresql://ada@host/db?sslmode=require"),
        ("postgresql://host/db", "postgresql://host/db"),
        ("postgresql://host/db?user=ada&password=secret", "postgresql://host/db?user=ada"),
    ],
)
def test_a_password_is_never_part_of_a_name(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_where_one_may_not_write_it_is_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with open_store(str(tmp_path / "l.db"), create=True) as store:
        monkeypatch.setattr("os.access", lambda path, mode: False)
        assert folder_for(store) == cache_folder(str(tmp_path / "l.db"))
