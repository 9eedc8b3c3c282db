"""What an import brought to light in the disputes it touched: nothing here refuses anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.accounts import How, Setting, option
from domain.causes import ActionCause
from domain.datability import undatable
from domain.dates import certainly_before
from domain.measures.exchanges import exchanges
from domain.measures.packages import Exceeded, package_total
from domain.measures.postings import postings_of
from domain.reading import BasisOf, Reading
from domain.worlds import World, conventions_of, default_panel, whole_account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from domain.dossiers import Dossier
    from domain.history import History

STATED = Reading(bases=(BasisOf.STATED_ONLY,))
INFERRED = Reading(bases=(BasisOf.WITH_INFERRED,))


@dataclass(frozen=True, slots=True)
class ExchangeFound:
    """Actions that are conditions of each other, and the accounts in which they are."""

    members: tuple[str, ...]
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImpossibleFound:
    """A cause that certainly comes after its effect, and the teller who names it."""

    action: str
    cause: str
    teller: str


@dataclass(frozen=True, slots=True)
class UndatableFound:
    """An action that cannot be after its causes, in the accounts where that is so.

    `earliest` is the first day it can have been after all that it answers, `latest` its last day.
    """

    action: str
    earliest: date
    latest: date
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was found in the disputes of an import."""

    exchanges: tuple[ExchangeFound, ...] = ()
    impossible: tuple[ImpossibleFound, ...] = ()
    exceeded_packages: tuple[Exceeded, ...] = ()
    undatable: tuple[UndatableFound, ...] = ()


def look_through(history: History, disputes: Iterable[str]) -> Findings:
    """Look through disputes: under each whole account of the panel, stated only and with inferred.

    Rule: docs/semantics.md#exchange
    """
    held = [dispute for dispute in dict.fromkeys(disputes) if dispute in history.disputes]
    return Findings(
        exchanges=tuple(found for dispute in held for found in _exchanges(history, dispute)),
        impossible=tuple(found for dispute in held for found in _impossible(history, dispute)),
        exceeded_packages=tuple(found for dispute in held for found in _exceeded(history, dispute)),
        undatable=tuple(found for dispute in held for found in _undatable(history, dispute)),
    )


def _worlds(history: History, dispute: str) -> Iterator[tuple[str, World]]:
    for account in default_panel(history, dispute):
        yield account, whole_account(history, dispute, account, STATED)
        yield f"{account}, with inferred", whole_account(history, dispute, account, INFERRED)


def _exchanges(history: History, dispute: str) -> Iterator[ExchangeFound]:
    names = [dossier.id for dossier in history.in_dispute(dispute)]
    found: dict[tuple[str, ...], list[str]] = {}
    for account, world in _worlds(history, dispute):
        for bargain in exchanges(world, names):
            found.setdefault(bargain.members, []).append(account)
    for members, accounts in sorted(found.items()):
        yield ExchangeFound(members, tuple(accounts))


def _undatable(history: History, dispute: str) -> Iterator[UndatableFound]:
    found: dict[tuple[str, date, date], list[str]] = {}
    for account, world in _worlds(history, dispute):
        for one in undatable(world):
            found.setdefault((one.action, one.earliest, one.latest), []).append(account)
    for (action, earliest, latest), accounts in sorted(found.items()):
        yield UndatableFound(action, earliest, latest, tuple(accounts))


def _impossible(history: History, dispute: str) -> Iterator[ImpossibleFound]:
    """Go through what tellers themselves said; what others inherit from it is not said again."""
    setting = Setting(history, history.sides(dispute), conventions_of(STATED))
    for dossier in history.in_dispute(dispute):
        tellers = (*dossier.action.actors, *(held.account for held in dossier.attributions))
        for teller in dict.fromkeys(tellers):
            given = option(setting, dossier, teller)
            if given.impossible and given.how in {How.OWN, How.ATTRIBUTED}:
                for cause in given.causes or ():
                    if isinstance(cause, ActionCause) and _is_after(history, cause, dossier):
                        yield ImpossibleFound(dossier.id, cause.action, teller)


def _is_after(history: History, cause: ActionCause, effect: Dossier) -> bool:
    named = history.standing(cause.action)
    return named is not None and certainly_before(effect.action.occurred, named.action.occurred)


def _exceeded(history: History, dispute: str) -> Iterator[Exceeded]:
    """Packages that come to less than their parts, unit by unit."""
    counted = [one.counted() for one in postings_of(history, dispute, STATED).posted]
    members = [one for one in counted if one is not None]
    for unit in sorted({one.unit for one in members}):
        of_unit = [one for one in members if one.unit == unit]
        yield from package_total(history, of_unit, STATED).exceeded
