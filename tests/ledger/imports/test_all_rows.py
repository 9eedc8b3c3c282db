"""All 114 rows of the real history, checked against what they became.

Written from seeds/README.md and the file alone: nothing here asks the importer what a cell means.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from domain.dossiers import Dossier
from domain.reading import Reading
from domain.records.accounts import Attributed, Characterised
from ledger.facade import Ledger
from ledger.imports.run import import_files
from tests.ledger.imports.desk import new_ledger

pytestmark = pytest.mark.usefixtures("way")

SEEDS = Path(__file__).parents[3] / "seeds"
FILES = (SEEDS / "us_russia.csv", SEEDS / "disputes.toml")
# Counted in the file without this project's code.
BASES = {"stated": 53, "inferred": 25, "": 30}
LINKED = {"part_of": 8, "executes": 2, "carries_out": 1, "same_as": 0, "reverses": 6}
SOURCES = 201
LINKS = ("executes", "carries_out", "same_as", "reverses")
SILENT = {"none_stated", "unknown", "disputed", "not_applicable"}


@cache
def rows() -> tuple[dict[str, str], ...]:
    with FILES[0].open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def ledger() -> Ledger:
    made = new_ledger()
    report = import_files(made, FILES)
    assert (report.new, report.rejected, report.conflict) == (117, 0, 0)
    return made


@cache
def dossiers() -> dict[str, Dossier]:
    return dict(ledger().history(Reading(), "us-russia").dossiers)


def split(cell: str, by: str = ";") -> list[str]:
    return [part for part in cell.split(by) if part]


def outsiders(row: dict[str, str]) -> list[str]:
    """The targets that have an account of their own: those that did not act themselves."""
    return [party for party in split(row["targets"]) if party not in split(row["actors"])]


def sources_of(cell: str) -> list[tuple[str, str, str, str]]:
    found = []
    for source in cell.split(" || "):
        title, publisher, date, address = [part.strip() for part in source.split("|")]
        found.append((title, publisher, date, address))
    return found


def told(held: Attributed | Characterised) -> list[tuple[str, str, str, str]]:
    return [(one.title, one.publisher, one.date, one.address) for one in held.sources]


def causes(held: Attributed) -> object:
    return held.causes.stored()


def expected_causes(cell: str) -> object:
    return cell if cell in SILENT | {"unprovoked"} else sorted(split(cell))


EACH_ROW = pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in rows()])


def test_every_row_is_there_and_nothing_else() -> None:
    assert list(dossiers()) == [row["id"] for row in rows()]
    assert len(rows()) == 114


def test_the_records_are_as_many_as_a_count_of_the_cells_gives() -> None:
    names = Counter(entry.record.stored_name.partition(".")[0] for entry in ledger().entries())
    assert names == {
        "action": 114,
        "attributed": 108,
        "characterised": 13,
        "dispute_opened": 1,
        "coverage_stated": 2,
    }
    bases = Counter(
        held.basis.value if held.basis else ""
        for dossier in dossiers().values()
        for held in dossier.attributions
    )
    assert bases == BASES
    links = {name: sum(len(getattr(d.action, name)) for d in dossiers().values()) for name in LINKS}
    links["part_of"] = sum(d.action.part_of is not None for d in dossiers().values())
    assert links == LINKED
    assert sum(len(d.action.sources) for d in dossiers().values()) == SOURCES


@EACH_ROW
def test_the_action_is_what_its_row_says(row: dict[str, str]) -> None:
    action = dossiers()[row["id"]].action
    assert (action.id, action.dispute, action.kind) == (row["id"], row["dispute"], row["kind"])
    assert (list(action.actors), list(action.targets)) == (
        split(row["actors"]),
        split(row["targets"]),
    )
    dates = (action.occurred, action.made_public, action.effective)
    assert [str(date) if date else "" for date in dates] == [
        row["occurred"],
        row["made_public"],
        row["effective"],
    ]
    assert action.family_of == row["family"]
    assert list(action.tags) == split(row["tags"])
    assert (action.description, action.note) == (row["description"], row["note"])
    assert action.confidence == row["confidence"]
    assert (action.organ, action.provenance) == (None, None)


@EACH_ROW
def test_the_quantity_is_what_its_row_says_and_unknown_is_never_zero(row: dict[str, str]) -> None:
    quantity = dossiers()[row["id"]].action.quantity
    if not row["unit"]:
        assert quantity is None
        assert row["quantity"] == ""
        return
    assert quantity is not None
    assert quantity.unit == row["unit"]
    if row["quantity"]:
        assert (quantity.value.lo, quantity.value.hi) == (int(row["quantity"]),) * 2
    else:
        assert quantity.value.is_unknown


@EACH_ROW
def test_the_actors_own_causes_are_what_its_row_says(row: dict[str, str]) -> None:
    cause = dossiers()[row["id"]].action.cause
    assert cause.stored() == expected_causes(row["actor_causes"])
    assert cause.is_silent is (row["actor_causes"] in SILENT)


@EACH_ROW
def test_the_links_are_what_its_row_says(row: dict[str, str]) -> None:
    action = dossiers()[row["id"]].action
    assert (action.part_of or "") == row["part_of"]
    for link in LINKS:
        assert list(getattr(action, link)) == split(row[link]), link
    named = {*split(row["part_of"]), *(name for link in LINKS for name in split(row[link]))}
    assert named <= dossiers().keys()


@EACH_ROW
def test_the_sources_are_what_its_row_says(row: dict[str, str]) -> None:
    action = dossiers()[row["id"]].action
    assert [(s.title, s.publisher, s.date, s.address) for s in action.sources] == sources_of(
        row["sources"]
    )


@EACH_ROW
def test_the_targets_accounts_are_what_its_row_says(row: dict[str, str]) -> None:
    held = dossiers()[row["id"]].attributions
    inferred = row["target_basis"] == "inferred"
    tellers = [
        f"analyst:compilers-for-{party}" if inferred else party
        for party in (outsiders(row) if row["target_causes"] else [])
    ]
    assert [one.account for one in held] == tellers
    for one in held:
        assert causes(one) == expected_causes(row["target_causes"])
        assert (one.basis or "") == row["target_basis"]
        assert one.stance == (row["target_stance"] or "not_said")
        # Nothing is said, so there is nothing to be sourced.
        is_unknown = row["target_causes"] == "unknown"
        assert told(one) == ([] if is_unknown else sources_of(row["sources"]))
        assert (one.quotation, one.stated_on, one.note) == ("", None, "")


@EACH_ROW
def test_what_the_targets_call_it_is_what_its_row_says(row: dict[str, str]) -> None:
    held = dossiers()[row["id"]].characterisations
    stated = row["target_basis"] == "stated"
    tellers = [
        party if stated else f"analyst:compilers-for-{party}"
        for party in (outsiders(row) if row["target_kind"] else [])
    ]
    assert [one.account for one in held] == tellers
    for one in held:
        assert (one.kind, one.quantity, one.denied) == (row["target_kind"], None, False)
        assert one.basis == ("stated" if stated else "inferred")
        assert told(one) == sources_of(row["sources"])


def test_no_inferred_word_is_a_partys_own() -> None:
    held = [
        *((one.account, one.basis) for d in dossiers().values() for one in d.attributions),
        *((one.account, one.basis) for d in dossiers().values() for one in d.characterisations),
    ]
    inferred = [account for account, basis in held if basis == "inferred"]
    assert len(inferred) == BASES["inferred"] + 2
    assert all(account.startswith("analyst:compilers-for-") for account in inferred)


def test_a_second_import_says_114_rows_are_the_same() -> None:
    report = import_files(ledger(), FILES[:1])
    assert (report.same, report.counts.rows, report.records) == (114, 114, 0)


def test_the_report_names_the_one_exchange_and_the_one_package_that_its_parts_exceed() -> None:
    report = import_files(ledger(), FILES)
    assert [one.members for one in report.exchanges] == [
        ("rus-2021-10-nuland-unban", "usa-2021-10-vorontsov-visa")
    ]
    assert [(p.package, str(p.whole), str(p.parts)) for p in report.exceeded_packages] == [
        ("usa-2021-09-list55", "55", "56")
    ]
    assert (report.impossible, report.undatable) == ((), ())
