"""CSV of actions: the columns that come in, one row an action as it stands.

Each row is read back as an import would read it. So it is known, and said, what a row could not
hold; and no row says anything that the history does not.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from domain.causes import said_cell
from domain.errors import LedgerError
from domain.reading import Reading
from domain.records.accounts import Attributed, Characterised, Stance, compilers_for
from domain.records.action import Action
from ledger.exports.csv_lines import csv_line
from ledger.imports.actions_csv import COLUMNS, LISTS, RETALIATION, TEXTS, records_of_row
from ledger.imports.settling import differences
from ledger.imports.sources import sources_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.dossiers import Dossier
    from domain.records.base import Record
    from ledger.exports.left_out import LeftOut
    from ledger.facade import Ledger

Cells = dict[str, str]
NO_ACCOUNT: Cells = {"target_causes": "", "target_basis": "", "target_stance": ""}


def lines(ledger: Ledger, left_out: LeftOut) -> Iterator[str]:
    """Go through the lines: the names of the columns, then every action that is not retracted."""
    yield csv_line(COLUMNS)
    held: set[tuple[str, str]] = set()
    written: set[str] = set()
    for dossier in ledger.history(Reading()).dossiers.values():
        if dossier.stands:
            row, records = row_of(dossier)
            yield csv_line(row[column] for column in COLUMNS)
            written.add(dossier.id)
            held |= {(record.stream(), record.key()) for record in records}
            _note_fields(dossier, records, left_out)
    for entry in ledger.entries():
        record = entry.record
        is_action = isinstance(record, Action) and record.id in written
        if not is_action and (record.stream(), record.key()) not in held:
            left_out.note(record.stored_name, record.stream().partition(":")[2])


def row_of(dossier: Dossier) -> tuple[Cells, tuple[Record, ...]]:
    """Return the row of an action, and the records that an import would make of it.

    Of the accounts that could stand in the row, those are taken with which it says most.
    """
    own = _cells_of_action(dossier.action)
    said = {record.key() for record in (*dossier.attributions, *dossier.characterisations)}
    best: tuple[Cells, tuple[Record, ...]] | None = None
    for account, called in product(_accounts(dossier), _kinds(dossier)):
        row = {**own, **account, "target_kind": called}
        try:
            action, *others = records_of_row(row, dossier.id)
        except LedgerError:
            continue
        if {record.key() for record in others} <= said and (
            best is None or len(others) >= len(best[1])
        ):
            best = (row, (action, *others))
    return best or ({**own, **NO_ACCOUNT, "target_kind": ""}, ())


def _cells_of_action(action: Action) -> Cells:
    cells = {name: str(getattr(action, name) or "") for name in TEXTS}
    cells |= {name: ";".join(getattr(action, name)) for name in LISTS}
    quantity = action.quantity
    is_known = quantity is not None and not quantity.value.is_unknown
    return {
        **cells,
        "kind": action.kind,
        "family": action.family_of.value,
        "quantity": str(quantity.value) if quantity and is_known else "",
        "unit": quantity.unit if quantity else "",
        "actor_causes": said_cell(action.cause),
        "sources": sources_cell(action.sources),
        "rung": str(action.rung_of) if action.kind == RETALIATION else "",
    }


def _targets(action: Action) -> tuple[str, ...]:
    return tuple(party for party in action.targets if party not in action.actors)


def _accounts(dossier: Dossier) -> list[Cells]:
    """What could stand in the row as the targets' account; the last is to be preferred."""
    found: list[Cells] = [NO_ACCOUNT]
    for party in _targets(dossier.action)[:1]:
        for teller in (compilers_for(party), party):
            found += [_account(held) for held in dossier.attributions if held.account == teller]
    return found


def _account(held: Attributed) -> Cells:
    return {
        "target_causes": said_cell(held.causes),
        "target_basis": held.basis.value if held.basis else "",
        "target_stance": "" if held.stance is Stance.NOT_SAID else held.stance.value,
    }


def _kinds(dossier: Dossier) -> list[str]:
    """What could stand in the row as the kind that the targets call it."""
    tellers = {
        name for party in _targets(dossier.action)[:1] for name in (party, compilers_for(party))
    }
    called: list[Characterised] = [
        held for held in dossier.characterisations if held.account in tellers and held.kind
    ]
    return ["", *dict.fromkeys(held.kind or "" for held in called)]


def _note_fields(dossier: Dossier, records: tuple[Record, ...], left_out: LeftOut) -> None:
    """Note the fields of an action that its row does not hold, or that no row can be read back."""
    if not records:
        left_out.note("action whose row cannot come in again", dossier.id)
        return
    for field in differences(dossier.action, records[0]):
        left_out.note(f"field {field}", dossier.id)
