"""CSV of actions: one row an action, with the target's account of it beside the actor's own.

The columns, and what their cells mean, are described in seeds/README.md. One row gives an action,
one attribution for each target that is not itself an actor, and one characterisation for each where
the target calls the action something else. An inferred word is the analyst's, never the target's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from domain.causes import Form, Said, parse_said
from domain.errors import InputError, require
from domain.kinds import kind
from domain.quoting import quoted
from domain.records.accounts import Basis, Stance, compilers_for
from domain.records.registry import load_record
from ledger.imports.csv_rows import read_table
from ledger.imports.sources import parse_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.records.base import Record
    from ledger.imports.rows import Row

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
    "rung",
)
OPTIONAL: Final = ("rung",)
"""Columns that a file may be without."""

LISTS: Final = ("tags", "actors", "targets", "executes", "carries_out", "same_as", "reverses")
RETALIATION: Final = "retaliation"
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


class CauseNotSaidError(InputError):
    """A cell of causes is empty, which could mean nothing, not stated, or not known."""


class RungNotChosenError(InputError):
    """A row gives a rung to an action whose kind has its own."""


class WordNotKnownError(InputError):
    """A cell holds a word that its column does not have."""


class AccountLostError(InputError):
    """A row says something of an account that it does not give."""


def read(name: str, file: BinaryIO) -> Iterator[Row]:
    """Go through the rows of a file; raise NoRowsError, WrongColumnsError, NotUtf8Error."""
    return read_table(name, file, COLUMNS, records_of_row, optional=OPTIONAL)


def records_of_row(row: Mapping[str, str], where: str) -> tuple[Record, ...]:
    """Return the records that a row stands for, the action first.

    Raises the named error of the first thing wrong, placed at `where` and its column.
    """
    action = load_record(
        f"action.{_kind(row['kind'], where, 'kind')}", 1, _payload(row, where), where
    )
    return (action, *_accounts(row, where), *_characterisations(row, where))


def read_said(cell: str, where: str) -> Said:
    """Read a cell of causes; an empty one is refused, for silence is said and not left out.

    Raises CauseNotSaidError, CauseSyntaxError.
    """
    require(
        cell.strip(" ;"),
        CauseNotSaidError(
            "the cell does not say what was answered",
            where=where,
            why="nothing (it answers nothing), none_stated and unknown are three different things",
            hint="write one of the three, or the causes; then: reciprocity import FILE",
        ),
    )
    try:
        return parse_said(cell)
    except InputError as error:
        raise error.located(where) from error


def read_word(cell: str, words: Iterable[str], where: str) -> str | None:
    """Read a cell that holds one of a few words or nothing; raise WordNotKnownError."""
    known = tuple(words)
    require(
        not cell or cell in known,
        WordNotKnownError(
            f"{quoted(cell)} is not a word of this column",
            where=where,
            why=f"it is one of {', '.join(known)}, or empty",
            hint="reciprocity attribute --help",
        ),
    )
    return cell or None


def _kind(cell: str, where: str, column: str) -> str:
    try:
        return kind(cell).name
    except InputError as error:
        raise error.located(f"{where}, column {column}") from error


def _payload(row: Mapping[str, str], where: str) -> dict[str, Any]:
    payload: dict[str, Any] = {name: row[name] for name in TEXTS if row[name]}
    payload |= {name: cell for name in LISTS if (cell := _listed(row[name]))}
    payload["cause"] = read_said(row["actor_causes"], f"{where}, column actor_causes").stored()
    payload["sources"] = parse_sources(row["sources"])
    if row["family"] and row["family"] != kind(row["kind"]).family:
        payload["family"] = row["family"]
    require(
        row["unit"] or not row["quantity"],
        QuantityWithoutUnitError(
            f"{quoted(row['quantity'])} of what?",
            where=f"{where}, column unit",
            why="a number needs a unit; leave both empty where none applies",
            hint="reciprocity add --help",
        ),
    )
    if row["unit"]:
        payload["quantity"] = {"value": row["quantity"] or "unknown", "unit": row["unit"]}
    if row.get("rung"):
        payload["rung"] = _rung(row, where)
    return payload


def _rung(row: Mapping[str, str], where: str) -> object:
    """Give the rung that a retaliation chooses; raise RungNotChosenError for any other kind."""
    require(
        row["kind"] == RETALIATION,
        RungNotChosenError(
            f"{row['kind']} has the rung of its kind",
            where=f"{where}, column rung",
            why=f"only a {RETALIATION} chooses its own rung",
            hint="leave the cell empty; then: reciprocity import FILE",
        ),
    )
    return int(row["rung"]) if row["rung"].isdecimal() else row["rung"]


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _targets(row: Mapping[str, str]) -> tuple[str, ...]:
    """The targets that are not themselves actors, each once: whose account the row gives."""
    actors = _listed(row["actors"])
    return tuple(dict.fromkeys(party for party in _listed(row["targets"]) if party not in actors))


def _accounts(row: Mapping[str, str], where: str) -> Iterator[Record]:
    """What the targets say of the cause, one attribution each."""
    basis = read_word(row["target_basis"], Basis, f"{where}, column target_basis")
    stance = read_word(row["target_stance"], Stance, f"{where}, column target_stance")
    if not row["target_causes"]:
        _require_nothing_lost(row, where)
        return
    said = read_said(row["target_causes"], f"{where}, column target_causes")
    if not _targets(row):
        _require_joint(said, row, where)
    for party in _targets(row):
        payload: dict[str, object] = {
            "action": row["id"],
            "account": compilers_for(party) if basis == Basis.INFERRED else party,
            "causes": said,
            "stance": stance or Stance.NOT_SAID,
            "basis": basis,
            "sources": parse_sources(row["sources"]) if said.form is not Form.UNKNOWN else (),
        }
        yield load_record("attributed", 1, payload, where)


def _require_nothing_lost(row: Mapping[str, str], where: str) -> None:
    """Refuse a stance of an account that the row does not give; raise AccountLostError."""
    require(
        not row["target_stance"],
        AccountLostError(
            f"the target's stance ({row['target_stance']}) stands without its account",
            where=f"{where}, column target_causes",
            why="an empty cell records no account, and the stance would be lost",
            hint="write none_stated there if the target named no cause",
        ),
    )


def _require_joint(said: Said, row: Mapping[str, str], where: str) -> None:
    """Refuse another account than the actors' own of what all did; raise JointAccountError."""
    require(
        said.is_silent or said == read_said(row["actor_causes"], where),
        JointAccountError(
            "a joint act has one account, that of all who act",
            where=f"{where}, column target_causes",
            why="every target is also an actor, and the two cells differ",
            hint="record the other account: reciprocity attribute --help",
        ),
    )


def _characterisations(row: Mapping[str, str], where: str) -> Iterator[Record]:
    """What the target calls it; only `stated` makes it the target's own word."""
    if not row["target_kind"]:
        return
    called = _kind(row["target_kind"], where, "target_kind")
    require(
        _targets(row),
        JointAccountError(
            "a joint act is called by one kind, that of all who act",
            where=f"{where}, column target_kind",
            why="every target is also an actor",
            hint="record what one of them calls it: reciprocity characterise --help",
        ),
    )
    stated = row["target_basis"] == Basis.STATED
    for party in _targets(row):
        payload: dict[str, object] = {
            "action": row["id"],
            "account": party if stated else compilers_for(party),
            "kind": called,
            "basis": Basis.STATED if stated else Basis.INFERRED,
            "sources": parse_sources(row["sources"]),
        }
        yield load_record("characterised", 1, payload, where)
