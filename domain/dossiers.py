"""A dossier: one action with everything that was said of it, folded from its stream.

The fold is the meaning of amendments. A later statement of an account is its *last*, an earlier one
its *then*; a withdrawal removes exactly the statement it names; a correction replaces fields whole;
a retraction hides the action without forgetting it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from domain.dates import UncertainDate, certainly_before
from domain.records.accounts import (
    Attributed,
    AttributionWithdrawn,
    CharacterisationWithdrawn,
    Characterised,
)
from domain.records.action import Action
from domain.records.amendments import Corrected, Reinstated, Retracted, SourceAdded
from domain.records.base import Amendment, Source, dump
from domain.records.registry import dump_record, load_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.records.entry import Entry


Statement = TypeVar("Statement", bound=Attributed | Characterised)
Withdrawal = AttributionWithdrawn | CharacterisationWithdrawn


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A statement that is in force no more: its place, and the content key of its withdrawal."""

    said: Attributed | Characterised
    place: int
    by: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One action as it stands now, and every account of it.

    `attributions` and `characterisations` hold what is in force, oldest statement first;
    `withdrawn` what is not, in the order of withdrawal. `position` is that of the action itself,
    `changed_at` that of the last entry of its stream.
    """

    action: Action
    position: int
    changed_at: int
    version: int = 1
    attributions: tuple[Attributed, ...] = ()
    characterisations: tuple[Characterised, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    sources_added: tuple[Source, ...] = ()
    retracted: str | None = None

    @property
    def id(self) -> str:
        """The action's id."""
        return self.action.id

    @property
    def stands(self) -> bool:
        """Whether the action counts: it is not retracted."""
        return self.retracted is None


def opened(entry: Entry) -> Dossier:
    """Open the dossier of an action with its first entry; the entry's record must be an action."""
    if not isinstance(entry.record, Action):
        message = f"{entry.stream} opens with {entry.record.stored_name}, not with an action"
        raise TypeError(message)
    return Dossier(action=entry.record, position=entry.position, changed_at=entry.position)


def amended(dossier: Dossier, entry: Entry) -> Dossier:
    """Fold one amendment into the dossier.

    Rule: docs/semantics.md#corrections
    """
    record = entry.record
    handler = HANDLERS.get(type(record))
    if handler is None or not isinstance(record, Amendment):
        message = f"{record.stored_name} is not an amendment"
        raise TypeError(message)
    changed = handler(dossier, record)
    return replace(changed, changed_at=entry.position, version=entry.version)


def corrected_action(action: Action, correction: Corrected) -> Action:
    """Return the action with the corrected fields whole; raise what a wrong action raises."""
    changes = correction.changes.thaw()
    kind = changes.pop("kind", action.kind)
    payload = {**dump(action), **changes}
    payload = {field: value for field, value in payload.items() if value is not None}
    payload.pop("kind", None)
    stored_name = f"action.{kind}"
    where = f"correction of {action.id}"
    loaded = load_record(stored_name, action.stored_version, payload, where)
    return loaded if isinstance(loaded, Action) else action


def _attributed(dossier: Dossier, record: Attributed) -> Dossier:
    return replace(dossier, attributions=_placed(dossier.attributions, record))


def _characterised(dossier: Dossier, record: Characterised) -> Dossier:
    return replace(dossier, characterisations=_placed(dossier.characterisations, record))


def _attribution_withdrawn(dossier: Dossier, record: AttributionWithdrawn) -> Dossier:
    held, withdrawn = _after(record, dossier.attributions, dossier.withdrawn, Attributed)
    return replace(dossier, attributions=held, withdrawn=withdrawn)


def _characterisation_withdrawn(dossier: Dossier, record: CharacterisationWithdrawn) -> Dossier:
    held, withdrawn = _after(record, dossier.characterisations, dossier.withdrawn, Characterised)
    return replace(dossier, characterisations=held, withdrawn=withdrawn)


def _after(
    record: Withdrawal,
    held: tuple[Statement, ...],
    withdrawn: tuple[Withdrawn, ...],
    of: type[Statement],
) -> tuple[tuple[Statement, ...], tuple[Withdrawn, ...]]:
    """Take away the statement that is named; or, of a withdrawal named, put it where it stood."""
    for place, said in enumerate(held):
        if said.key() == record.statement:
            gone = Withdrawn(said, place, record.key())
            return (*held[:place], *held[place + 1 :]), (*withdrawn, gone)
    for gone in withdrawn:
        if gone.by == record.statement and isinstance(gone.said, of):
            back = (*held[: gone.place], gone.said, *held[gone.place :])
            return back, tuple(other for other in withdrawn if other is not gone)
    return held, withdrawn


def statement_named(dossier: Dossier, record: Withdrawal) -> Attributed | Characterised | None:
    """Return what a withdrawal would take away or bring back; None: it names nothing in force.

    Rule: docs/semantics.md#corrections
    """
    is_attribution = isinstance(record, AttributionWithdrawn)
    of = Attributed if is_attribution else Characterised
    held = dossier.attributions if is_attribution else dossier.characterisations
    found: list[Attributed | Characterised] = [
        said for said in held if said.key() == record.statement
    ]
    found += [
        gone.said
        for gone in dossier.withdrawn
        if gone.by == record.statement and isinstance(gone.said, of)
    ]
    return found[0] if found else None


def _corrected(dossier: Dossier, record: Corrected) -> Dossier:
    action = corrected_action(dossier.action, record)
    return replace(dossier, action=action, corrections=(*dossier.corrections, record))


def _retracted(dossier: Dossier, record: Retracted) -> Dossier:
    return replace(dossier, retracted=record.reason)


def _reinstated(dossier: Dossier, record: Reinstated) -> Dossier:
    del record
    return replace(dossier, retracted=None)


def _source_added(dossier: Dossier, record: SourceAdded) -> Dossier:
    return replace(dossier, sources_added=(*dossier.sources_added, record.source))


def _placed(held: tuple[Statement, ...], said: Statement) -> tuple[Statement, ...]:
    """Put a statement before the first of the same account that was certainly made after it.

    Else it goes to the end, as it arrived: statements of other accounts, and those without a date,
    keep nothing from its place.
    """
    later = (
        place
        for place, other in enumerate(held)
        if other.account == said.account and _said_before(said.stated_on, other.stated_on)
    )
    place = next(later, len(held))
    return (*held[:place], said, *held[place:])


def _said_before(one: UncertainDate | None, other: UncertainDate | None) -> bool:
    return one is not None and other is not None and certainly_before(one, other)


HANDLERS: Final[dict[type, Callable[..., Dossier]]] = {
    Attributed: _attributed,
    AttributionWithdrawn: _attribution_withdrawn,
    Characterised: _characterised,
    CharacterisationWithdrawn: _characterisation_withdrawn,
    Corrected: _corrected,
    Retracted: _retracted,
    Reinstated: _reinstated,
    SourceAdded: _source_added,
}


def dump_dossier(dossier: Dossier) -> dict[str, object]:
    """Return the dossier as plain data, for a stored view."""
    return {
        "type": dossier.action.stored_name,
        "action": dump_record(dossier.action),
        "position": dossier.position,
        "changed_at": dossier.changed_at,
        "version": dossier.version,
        "attributions": [dump(held) for held in dossier.attributions],
        "characterisations": [dump(held) for held in dossier.characterisations],
        "withdrawn": [
            {
                "of": gone.said.stored_name,
                "said": dump(gone.said),
                "place": gone.place,
                "by": gone.by,
            }
            for gone in dossier.withdrawn
        ],
        "corrections": [dump(held) for held in dossier.corrections],
        "sources_added": [dump(held) for held in dossier.sources_added],
        "retracted": dossier.retracted,
    }


def restored_dossier(stored: Mapping[str, Any]) -> Dossier:
    """Make the dossier again from the plain data of a stored view; raise what a record raises."""
    action = load_record(stored["type"], 1, stored["action"], "stored view of dossiers")
    if not isinstance(action, Action):
        message = f"{stored['type']} is not an action"
        raise TypeError(message)
    return Dossier(
        action=action,
        position=stored["position"],
        changed_at=stored["changed_at"],
        version=stored["version"],
        attributions=tuple(Attributed.model_validate(held) for held in stored["attributions"]),
        characterisations=tuple(
            Characterised.model_validate(held) for held in stored["characterisations"]
        ),
        withdrawn=tuple(
            Withdrawn(
                said=(
                    Attributed if gone["of"] == Attributed.stored_name else Characterised
                ).model_validate(gone["said"]),
                place=gone["place"],
                by=gone["by"],
            )
            for gone in stored["withdrawn"]
        ),
        corrections=tuple(Corrected.model_validate(held) for held in stored["corrections"]),
        sources_added=tuple(Source.model_validate(held) for held in stored["sources_added"]),
        retracted=stored["retracted"],
    )
