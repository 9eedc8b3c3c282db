"""Addresses: what they name, and that no password is ever part of what is shown of them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.store.addresses import is_server, public_name, server_address
from ledger.store.errors import StoreAddressError
from ledger.store.factory import open_store

PASSWORDS = st.text(
    st.characters(min_codepoint=33, exclude_categories=["Cs", "Zs"]), min_size=6, max_size=12
).map(lambda text: f"Zq{text}")


def test_an_address_names_a_database_and_the_schema_in_it() -> None:
    found = server_address("postgresql://ada:pw@db:5433/team?schema=baltic&sslmode=require")
    assert found.schema == "baltic"
    assert found.conninfo == "postgresql://ada:pw@db:5433/team?sslmode=require"
    assert found.public == "postgresql://ada@db:5433/team?sslmode=require&schema=baltic"
    assert server_address("postgres://db/team").schema == "reciprocity"
    assert server_address("POSTGRESQL://db/team").public == "postgresql://db/team"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://",
        "postgresql:///team",
        "postgresql://[::1]/team",
        "postgresql://[::1]:5433/team",
        "postgresql://a:1,b:2/team?target_session_attrs=primary",
        "postgresql://ada@/team?host=/var/run/postgresql",
    ],
)
def test_every_form_that_the_driver_knows_is_let_through(url: str) -> None:
    found = server_address(url)
    assert (found.conninfo, found.public) == (url, url)


def test_other_names_are_paths_or_cut_off() -> None:
    assert not is_server("reciprocity.db")
    assert public_name("a folder/reciprocity.db") == "a folder/reciprocity.db"
    assert public_name("mysql://ada:secret@db/x") == "mysql://..."
    assert public_name("postgresql://ada:sec@ret@db/x") == "postgresql://..."


@given(PASSWORDS)
def test_a_password_is_not_part_of_what_is_shown(password: str) -> None:
    coded = quote(password, safe="")
    for url in (
        f"postgresql://ada:{coded}@db/team",
        f"postgresql://ada@db/team?password={coded}",
        f"postgresql://ada@db/team?sslpassword={coded}&sslmode=require",
    ):
        found = server_address(url)
        assert password not in f"{found.public} {found!r}"
        assert coded not in found.public
        assert password not in found.scrubbed(f"it said {password} and {coded}")
        assert found.public.startswith("postgresql://ada@db/team")


@given(PASSWORDS)
def test_nor_of_an_address_that_is_not_well_formed(password: str) -> None:
    url = f"postgresql://ada:{password}@db/team"
    shown = public_name(url)
    assert shown in {"postgresql://...", "postgresql://ada@db/team"}
    if any(mark in password for mark in "@/?#"):
        try:
            shown = server_address(url).public
        except StoreAddressError as error:
            shown = f"{error} {error.hint}"
    assert password not in shown


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:p@ss@db/team",
        "postgresql://ada:p/ss@db/team",
        "postgresql://ada:p?ss@db/team",
        "postgresql://ada:p:ss/team",
        "postgresql://ada:12#ss@db/team",
        "postgresql://db/team?schema=",
        "postgresql://db/team?schema=pg_catalog",
        f"postgresql://db/team?schema={'x' * 64}",
        "postgresql://db/te\nam",
        "postgresql://db/te\x00am",
    ],
)
def test_what_cannot_be_taken_apart_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(StoreAddressError) as caught:
        open_store(url)
    assert caught.value.where == "postgresql://..."
    assert caught.value.why
    assert "reciprocity doctor" in caught.value.hint
    assert "ss" not in caught.value.why.replace("password", "").replace("address", "")
