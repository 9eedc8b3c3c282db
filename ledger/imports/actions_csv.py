"""CSV of actions: one row an action, with the target's account of it beside the actor's own.

The columns, and what their cells mean, are described in seeds/README.md. One row gives an action,
one attribution for each target that is not itself an actor, and one characterisation for each where
the target calls the action something else. An inferred word is the analyst's, never the target's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.causes import Form, parse_said
from domain.errors import InputError, require
from domain.kinds import kind
from domain.records.accounts import Attributed, Basis, Characterised, Stance, compilers_for
from domain.records.registry import load_record
from ledger.imports.sources import parse_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.records.base import Record

COLUMNS: Final = (
    "id",
    "dispute",
    "tags",
    "family",
    "occurred",
    "made_public",
    "effective",
    "actors",
    "targets",
    "kind",
    "target_kind",
    "quantity",
    "unit",
    "description",
    "actor_causes",
    "target_causes",
    "target_basis",
    "target_stance",
    "part_of",
    "executes",
    "carries_out",
    "same_as",
    "reverses",
    "sources",
    "confidence",
    "note",
)
LISTS: Final = ("tags", "actors", "targets", "executes", "carries_out", "same_as", "reverses")
TEXTS: Final = (
    "id",
    "dispute",
    "occurred",
    "made_public",
    "effective",
    "description",
    "confidence",
    "note",
    "part_of",
)


class JointAccountError(InputError):
    """A joint act carries a target's account that differs from the actors' own."""


class QuantityWithoutUnitError(InputError):
    """A row gives a number and not what it counts."""


def records_of_row(row: Mapping[str, str], where: str) -> tuple[Record, ...]:
    """Return the records that a row stands for, the action first.

    Raises the named error of the first thing wrong, placed at `where` and its column.
    """
    action = load_record(f"action.{_kind(row, where)}", 1, _payload(row, where), where)
    return (action, *_accounts(row, where), *_characterisations(row, where))


def _kind(row: Mapping[str, str], where: str) -> str:
    try:
        return kind(row["kind"]).name
    except InputError as error:
        raise error.located(f"{where}, column kind") from error


def _payload(row: Mapping[str, str], where: str) -> dict[str, Any]:
    payload: dict[str, Any] = {name: row[name] for name in TEXTS if row[name]}
    payload |= {name: cell for name in LISTS if (cell := _listed(row[name]))}
    payload["cause"] = _said(row["actor_causes"], f"{where}, column actor_causes").stored()
    payload["sources"] = parse_sources(row["sources"])
    if row["family"] and row["family"] != kind(row["kind"]).family:
        payload["family"] = row["family"]
    require(
        row["unit"] or not row["quantity"],
        QuantityWithoutUnitError(
            f"{row['quantity']} of what?",
            where=f"{where}, column unit",
            why="a number needs a unit; leave both empty where none applies",
            hint="reciprocity add --help",
        ),
    )
    if row["unit"]:
        payload["quantity"] = {"value": row["quantity"] or "unknown", "unit": row["unit"]}
    return payload


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _said(cell: str, where: str) -> Any:
    try:
        return parse_said(cell)
    except InputError as error:
        raise error.located(where) from error


def _targets(row: Mapping[str, str]) -> Iterator[str]:
    actors = _listed(row["actors"])
    return (party for party in _listed(row["targets"]) if party not in actors)


def _accounts(row: Mapping[str, str], where: str) -> Iterator[Record]:
    if not row["target_causes"]:
        return
    said = _said(row["target_causes"], f"{where}, column target_causes")
    if not list(_targets(row)):
        require(
            said.is_silent or said == _said(row["actor_causes"], where),
            JointAccountError(
                "a joint act has one account, that of all who act",
                where=f"{where}, column target_causes",
                why="every target is also an actor, and the two cells differ",
                hint="record the other account: reciprocity attribute ID --account PARTY ...",
            ),
        )
    basis = Basis(row["target_basis"]) if row["target_basis"] else None
    for party in _targets(row):
        yield Attributed(
            action=row["id"],
            account=compilers_for(party) if basis is Basis.INFERRED else party,
            causes=said,
            stance=Stance(row["target_stance"] or Stance.NOT_SAID),
            basis=basis,
            sources=parse_sources(row["sources"]) if said.form is not Form.UNKNOWN else (),
        )


def _characterisations(row: Mapping[str, str], where: str) -> Iterator[Record]:
    """What the target calls it; only `stated` makes it the target's own word."""
    if not row["target_kind"]:
        return
    try:
        called = kind(row["target_kind"]).name
    except InputError as error:
        raise error.located(f"{where}, column target_kind") from error
    stated = row["target_basis"] == Basis.STATED
    for party in _targets(row):
        yield Characterised(
            action=row["id"],
            account=party if stated else compilers_for(party),
            kind=called,
            basis=Basis.STATED if stated else Basis.INFERRED,
            sources=parse_sources(row["sources"]),
        )
