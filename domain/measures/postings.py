"""Postings: what each action adds to the tally, entered twice, as imposed and as suffered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.called import Called, called
from domain.dates import Membership, UncertainDate, membership
from domain.kinds import Bearer, Family, Polarity
from domain.measures.links import act_recorded
from domain.measures.packages import Counted
from domain.reading import MembershipRule, Reading
from domain.selection import date_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.quantities import Amount
    from domain.sides import Sides

NO_UNIT: Final = ""
POSTED: Final = frozenset({Polarity.HOSTILE, Polarity.SELF_BORNE})
REVERSAL: Final = "reversal"


@dataclass(frozen=True, slots=True)
class Posting:
    """One action's entry: imposed by the account `by`, suffered by the account `against`.

    `amount` is None, and `unit` empty, where no quantity applies. `is_certain` says whether the
    action is certainly in the period; a posting that is certainly outside it is not made.
    """

    id: str
    dispute: str
    by: str
    against: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    family: Family
    kind: str
    unit: str
    amount: Amount | None
    part_of: str | None
    when: UncertainDate
    is_certain: bool

    def counted(self) -> Counted | None:
        """Return the posting as a sum sees it; None where there is nothing to sum."""
        if self.amount is None:
            return None
        return Counted(self.id, self.amount, self.actors, self.targets, self.unit, self.part_of)


@dataclass(frozen=True, slots=True)
class Reversal:
    """An action that undoes others in whole or in part: the posted ones it names, and how many.

    `named` holds (id, unit) of each; `amount` is None where the reversal gives no quantity.
    """

    id: str
    named: tuple[tuple[str, str], ...]
    unit: str
    amount: Amount | None
    when: UncertainDate
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Postings:
    """All that one dispute's tally is made of, in the order in which it was recorded."""

    posted: tuple[Posting, ...]
    reversals: tuple[Reversal, ...]


def postings_of(history: History, dispute: str, reading: Reading) -> Postings:
    """Return every posting and reversal of a dispute that is certainly or possibly in the period.

    Rule: docs/semantics.md#tally
    """
    posted = []
    reversals = []
    for dossier in history.in_dispute(dispute):
        posting = posting_of(history, dossier, reading)
        reversal = reversal_of(history, dossier, reading)
        posted += [posting] if posting else []
        reversals += [reversal] if reversal else []
    return Postings(tuple(posted), tuple(reversals))


def posting_of(history: History, dossier: Dossier, reading: Reading) -> Posting | None:
    """Return what an action posts, or None if it posts nothing or lies outside the reading.

    Hostile actions are suffered by whoever bears them: the targets, or the actor itself for a
    recall; self-borne actions stand under the pair (actor, actor). Words, denied actions, and rows
    that carry out another party's measure or repeat another row, while that stands, post nothing.
    Several sides are one joint account; their shares are not known, and nothing is multiplied.

    Rule: docs/semantics.md#tally
    """
    action = dossier.action
    when = date_of(action, reading.date_basis)
    inside = membership(when, reading.period)
    name = called(dossier, reading)
    is_asked = not reading.families or name.family in reading.families
    if not is_asked or inside is Membership.NO or not posts(history, dossier, name):
        return None
    sides = history.sides(action.dispute)
    by = account_of(sides, action.actors)
    bears_it = name.kind.borne_by is Bearer.ACTOR or name.kind.polarity is Polarity.SELF_BORNE
    return Posting(
        id=action.id,
        dispute=action.dispute,
        by=by,
        against=by if bears_it else account_of(sides, action.targets),
        actors=action.actors,
        targets=action.targets,
        family=name.family,
        kind=name.kind.name,
        unit=_unit(name),
        amount=name.quantity.value if name.quantity else None,
        part_of=action.part_of,
        when=when,
        is_certain=_counts_for_certain(inside, reading),
    )


def reversal_of(history: History, dossier: Dossier, reading: Reading) -> Reversal | None:
    """Return what a reversal undoes, or None if the action undoes nothing that is posted.

    Rule: docs/semantics.md#tally
    """
    action = dossier.action
    if not action.reverses or not _is_own_row(history, dossier):
        return None
    name = called(dossier, reading)
    when = date_of(action, reading.date_basis)
    inside = membership(when, reading.period)
    if name.denied or name.kind.name != REVERSAL or inside is Membership.NO:
        return None
    named = tuple(_posted_units(history, action.reverses, reading))
    if not named:
        return None
    return Reversal(
        id=action.id,
        named=named,
        unit=_unit(name),
        amount=name.quantity.value if name.quantity else None,
        when=when,
        is_certain=_counts_for_certain(inside, reading),
    )


def posts(history: History, dossier: Dossier, name: Called) -> bool:
    """Say whether an action, so called, posts anything, whatever the period."""
    is_borne = name.kind.polarity in POSTED and not name.denied
    return dossier.stands and is_borne and _is_own_row(history, dossier)


def account_of(sides: Sides, parties: Iterable[str]) -> str:
    """Name the account of these parties: their side, or their sides joined by `+`.

    Declared sides come first, as declared, then third sides by name.
    """
    names = sides.sides_of(parties)
    declared = [name for name in sides.declared if name in names]
    return "+".join(declared + sorted(names - set(declared)))


def _is_own_row(history: History, dossier: Dossier) -> bool:
    """Whether the row is an act of its own: no carrying out, no repetition of another row.

    A row whose measures carried out are all retracted or missing is one: nothing else posts it.
    """
    carries_out = any(history.standing(name) for name in dossier.action.carries_out)
    return not carries_out and act_recorded(history, dossier.id) == dossier.id


def _posted_units(
    history: History, reversed_ids: tuple[str, ...], reading: Reading
) -> Iterable[tuple[str, str]]:
    acts = (act_recorded(history, name) for name in reversed_ids if history.standing(name))
    for act in dict.fromkeys(acts):
        dossier = history.dossiers[act]
        name = called(dossier, reading)
        if posts(history, dossier, name):
            yield act, _unit(name)


def _unit(name: Called) -> str:
    return name.quantity.unit if name.quantity else NO_UNIT


def _counts_for_certain(inside: Membership, reading: Reading) -> bool:
    return inside is Membership.CERTAIN or reading.membership is MembershipRule.POSSIBLE
