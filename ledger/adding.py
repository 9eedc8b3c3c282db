"""Adding one record by hand: under the id that was chosen, or under the first that is free.

A derived id that is taken by other content gives way to the next number; one that holds the very
same content is that record again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.errors import InputError, require
from domain.records.action import Action
from domain.records.registry import action_class, load_record
from ledger.appending import Outcome, Status, decided
from ledger.context import Context
from ledger.ids import action_id, numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.records.base import Record
    from ledger.facade import Ledger

NUMBERS_MAX: Final = 1000


class RetractedIdError(InputError):
    """The id belongs to an action that was retracted."""


class NoFreeIdError(InputError):
    """Every id that could be derived is taken by other content."""


class QuantityMissingError(InputError):
    """A kind that must be counted comes without a quantity."""


class RungOfKindError(InputError):
    """A rung is given for a kind that has its own, or missing where each record chooses."""


def add_action(ledger: Ledger, kind: str, payload: Mapping[str, Any]) -> Outcome:
    """Append an action, under an id made from actors, date and kind where `payload` has none.

    Raises what is wrong with it: the errors of the record, of the rules of appending, ConflictError
    and RetractedIdError.

    Rule: docs/semantics.md#identity
    """
    return _added(ledger, kind, payload, ledger.record, lambda one: ledger.append([one])[0])


def would_add(ledger: Ledger, kind: str, payload: Mapping[str, Any]) -> Outcome:
    """Say what `add_action` would do now, and with which id; nothing is written.

    A conflict or a rejection is raised, as by `add_action`.
    """

    def decide(record: Record) -> Outcome:
        return decided(record, Context(ledger.application))

    def decide_or_raise(record: Record) -> Outcome:
        return _raised(decide(record))

    return _added(ledger, kind, payload, decide_or_raise, decide)


def add_under(ledger: Ledger, stored_name: str, payload: Mapping[str, Any], base: str) -> Outcome:
    """Append another kind of record, under the first id free from `base` on if it has none.

    Raises what is wrong with it, ConflictError included.
    """

    def make(name: str) -> Record:
        return load_record(stored_name, 1, {**payload, "id": name}, f"{stored_name} {name}")

    if "id" in payload:
        return ledger.record(make(payload["id"]))
    return _numbered(base, make, lambda one: ledger.append([one])[0])


def _added(
    ledger: Ledger,
    kind: str,
    payload: Mapping[str, Any],
    record: Callable[[Record], Outcome],
    decide: Callable[[Record], Outcome],
) -> Outcome:
    """Find the id and decide; `record` raises a conflict, `decide` returns it."""
    _require_fields(kind, payload)

    def make(name: str) -> Record:
        return load_record(f"action.{kind}", 1, {**payload, "id": name}, f"action {name}")

    if "id" in payload:
        made = make(payload["id"])
        _require_not_retracted(ledger, payload["id"])
        return record(made)
    base = action_id(kind, payload["actors"], payload["occurred"])
    outcome = _numbered(base, make, decide)
    if outcome.status is Status.SAME and isinstance(outcome.record, Action):
        _require_not_retracted(ledger, outcome.record.id)
    return outcome


def _numbered(
    base: str, make: Callable[[str], Record], decide: Callable[[Record], Outcome]
) -> Outcome:
    for name, _ in zip(numbered(base), range(NUMBERS_MAX), strict=False):
        outcome = decide(make(name))
        if outcome.status is not Status.CONFLICT:
            return _raised(outcome)
    raise NoFreeIdError(
        f"{base} and {NUMBERS_MAX - 1} ids after it are taken",
        hint="choose an id yourself: --id",
    )


def _raised(outcome: Outcome) -> Outcome:
    if outcome.error is not None:
        raise outcome.error
    return outcome


def _require_not_retracted(ledger: Ledger, action: str) -> None:
    """Refuse the id of a retracted action, whatever the content.

    Rule: docs/semantics.md#corrections
    """
    dossier = Context(ledger.application).dossier(action)
    require(
        dossier is None or dossier.stands,
        RetractedIdError(
            f"the action {action} was retracted, and its id is never used again",
            where=f"action {action}",
            why=f"it was retracted because: {dossier.retracted}" if dossier else "",
            hint=f"reciprocity reinstate {action} --reason ..., or choose another id with --id",
        ),
    )


def _require_fields(kind: str, payload: Mapping[str, Any]) -> None:
    """Refuse what is missing or too much for this kind, in words of the user.

    Raises QuantityMissingError, RungOfKindError, UnknownKindError.
    """
    fields = action_class(kind).model_fields
    require(
        "quantity" in payload or not fields["quantity"].is_required(),
        QuantityMissingError(
            f"{kind} always has a number, known or not",
            where="option --quantity",
            why="a number that nobody gave is unknown, never zero",
            hint="--quantity 35, a range 24..55, '>=79', or --quantity unknown",
        ),
    )
    require(
        ("rung" in payload) == ("rung" in fields),
        RungOfKindError(
            f"{kind}: its rung must be chosen" if "rung" in fields else f"{kind} has its own rung",
            where="option --rung",
            why="a retaliation, and nothing else, stands on the rung that its record chooses: "
            "3 (a refusal) to 8 (breaking relations)",
            hint="reciprocity add --help",
        ),
    )
