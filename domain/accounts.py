"""Accounts: what each teller says of an action's causes, and what its silence is taken to mean.

`A(a, e)` of the semantics is `option(dossier, account, ...)` here: a set of causes, perhaps empty,
or undetermined; with the teller whose words they are, and whether an analyst inferred them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.causes import ActionCause, Cause, Form, Grievance, OutsideCause, Said
from domain.dates import certainly_before
from domain.reading import BasisOf, Silence, StatedWhen
from domain.records.accounts import Attributed, Basis, compilers_for

if TYPE_CHECKING:
    from domain.dossiers import Dossier
    from domain.history import History
    from domain.sides import Sides


class How(StrEnum):
    """How an account came to hold its causes."""

    OWN = "own cause"
    ATTRIBUTED = "attributed"
    UNPROVOKED = "unprovoked"
    INHERITED = "inherited"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to "what did this action answer?"; `causes` None is undetermined.

    `teller` is the account whose words it rests on; `inferred` marks an analyst's in a party's
    place; `impossible` marks a cause that certainly comes after its effect. `silent` is an account
    that took over the teller's causes less those that blame it: so the teller never said it.
    """

    causes: tuple[Cause, ...] | None
    teller: str
    how: How
    inferred: bool = False
    statement: Attributed | None = None
    impossible: bool = False
    silent: str = ""

    @property
    def is_determined(self) -> bool:
        """Whether it gives causes, perhaps none, that are possible."""
        return self.causes is not None and not self.impossible


@dataclass(frozen=True, slots=True)
class Voice:
    """What one account itself said, or an analyst in its place."""

    said: Said
    teller: str
    inferred: bool
    statement: Attributed | None


@dataclass(frozen=True, slots=True)
class Conventions:
    """The part of a reading that decides what an account holds."""

    basis: BasisOf = BasisOf.WITH_INFERRED
    stated: StatedWhen = StatedWhen.LAST
    silence: Silence = Silence.INHERIT


@dataclass(frozen=True, slots=True)
class Setting:
    """What an account is read against: the history, the sides of its dispute, the conventions."""

    history: History
    sides: Sides
    conventions: Conventions


def voice(dossier: Dossier, account: str, conventions: Conventions) -> Voice | None:
    """Return what the account says, or None where it is silent.

    Where a party is silent and the reading allows it, the analyst who infers for it speaks.

    Rule: docs/semantics.md#accounts
    """
    own = _said_by(dossier, account, conventions.stated, actors=dossier.action.actors)
    if own is not None or conventions.basis is BasisOf.STATED_ONLY or ":" in account:
        return own
    inferred = _said_by(dossier, compilers_for(account), conventions.stated, actors=())
    return replace(inferred, inferred=True) if inferred else None


def _said_by(
    dossier: Dossier, account: str, stated: StatedWhen, actors: tuple[str, ...]
) -> Voice | None:
    spoken = []
    if account in actors and not dossier.action.cause.is_silent:
        spoken.append(Voice(dossier.action.cause, account, inferred=False, statement=None))
    spoken += [
        Voice(held.causes, account, inferred=held.basis is Basis.INFERRED, statement=held)
        for held in dossier.attributions
        if held.account == account and not held.causes.is_silent
    ]
    if not spoken:
        return None
    return spoken[-1] if stated is StatedWhen.LAST else spoken[0]


def actors_voice(dossier: Dossier, conventions: Conventions) -> Voice | None:
    """Return the actor's own causes: of a joint act, those of all acting parties that speak.

    The teller and the statement are those of the first that speaks; the whole is inferred if any
    part of it is. An actor that calls its own action unprovoked names nothing.
    """
    speaking = [
        heard
        for party in dossier.action.actors
        if (heard := voice(dossier, party, conventions)) is not None
    ]
    if not speaking:
        return None
    causes = {cause for heard in speaking for cause in heard.said.causes}
    return replace(
        speaking[0],
        said=Said(Form.CAUSES, tuple(sorted(causes, key=str))),
        inferred=any(heard.inferred for heard in speaking),
    )


def option(setting: Setting, dossier: Dossier, account: str) -> Option:
    """Return what the account holds of the action's causes, silence policy and all.

    Rule: docs/semantics.md#silence
    """
    heard = voice(dossier, account, setting.conventions)
    if heard is None:
        held = _held_by_the_silent(setting, dossier, account)
    elif heard.said.form is Form.UNPROVOKED:
        held = _unprovoked(setting, dossier, heard, account)
    else:
        how = How.OWN if heard.statement is None else How.ATTRIBUTED
        held = Option(heard.said.causes, heard.teller, how, heard.inferred, heard.statement)
    return replace(held, impossible=is_impossible(setting.history, dossier, held.causes))


def _held_by_the_silent(setting: Setting, dossier: Dossier, account: str) -> Option:
    """The actor's own causes, less grievances that blame the silent: silence is no confession.

    A party that is silent of an act in which it took part inherits what its partners say.
    """
    spoken = actors_voice(dossier, setting.conventions)
    if setting.conventions.silence is not Silence.INHERIT or spoken is None:
        return Option(None, account, How.SILENT)
    own_sides = _own_sides(setting.sides, account)
    kept = tuple(
        cause
        for cause in spoken.said.causes
        if not (isinstance(cause, Grievance) and _blames(setting.sides, cause, own_sides))
    )
    is_less = len(kept) < len(spoken.said.causes)
    held = Option(kept, spoken.teller, How.INHERITED, spoken.inferred, spoken.statement)
    return replace(held, silent=account) if is_less else held


def _unprovoked(setting: Setting, dossier: Dossier, heard: Voice, account: str) -> Option:
    """The actor's own causes less what the teller's side did or is blamed for.

    A teller of no side (an analyst, a medium, a rule) speaks of what the targets' sides did.

    Rule: docs/semantics.md#unprovoked
    """
    spoken = actors_voice(dossier, setting.conventions)
    targets = setting.sides.sides_of(dossier.action.targets)
    own_sides = _own_sides(setting.sides, account) or targets
    causes = spoken.said.causes if spoken else ()
    kept = tuple(cause for cause in causes if not _is_of(setting, cause, own_sides))
    inferred = heard.inferred or (bool(kept) and spoken is not None and spoken.inferred)
    return Option(kept, heard.teller, How.UNPROVOKED, inferred, heard.statement)


def _own_sides(sides: Sides, account: str) -> frozenset[str]:
    """Return the side that a teller speaks for; none for an analyst, a medium or a rule.

    An analyst who infers for a party stands where the party does.
    """
    party = account.removeprefix(compilers_for(""))
    return frozenset() if ":" in party else frozenset({sides.side_of(party)})


def _blames(sides: Sides, grievance: Grievance, own_sides: frozenset[str]) -> bool:
    return bool(grievance.blamed) and sides.side_of(grievance.blamed) in own_sides


def _is_of(setting: Setting, cause: Cause, own_sides: frozenset[str]) -> bool:
    """Whether the teller's side did it, alone or with others, or is blamed for it."""
    if isinstance(cause, Grievance):
        return _blames(setting.sides, cause, own_sides)
    if isinstance(cause, OutsideCause):
        return setting.sides.side_of(cause.party) in own_sides
    named = setting.history.dossiers.get(cause.action)
    return named is not None and bool(setting.sides.sides_of(named.action.actors) & own_sides)


def is_impossible(history: History, dossier: Dossier, causes: tuple[Cause, ...] | None) -> bool:
    """Whether some cause certainly comes after its effect.

    Rule: docs/semantics.md#impossible
    """
    for cause in causes or ():
        named = history.standing(cause.action) if isinstance(cause, ActionCause) else None
        if named is not None and certainly_before(dossier.action.occurred, named.action.occurred):
            return True
    return False
