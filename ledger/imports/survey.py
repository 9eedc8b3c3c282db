"""The first pass over an import: what its rows bring, what they need, and in which order they go.

An id may refer anywhere in the same import. So before anything is written every row is read once,
and the ids of those that will be taken are promised: a row that names an id which is neither in the
ledger nor promised is refused, with it what only it would have brought, and so on to the end.

A cause or a link may be promised. A party, a dispute, and the action that an account speaks of must
be there first: rows that stand before what they need so are put off to a later sweep.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from domain.errors import LedgerError
from domain.history import Dispute
from domain.parties import UnknownPartyError
from domain.records.accounts import Attributed, Characterised
from domain.records.action import Action
from domain.records.base import Amendment
from domain.records.subjects import DisputeOpened, PartyRegistered
from domain.sides import Sides
from ledger.context import Context
from ledger.rules import check

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator

    from domain.records.base import Record
    from ledger.application import LedgerApplication
    from ledger.imports.rows import Row

Key = tuple[str, str]
ACTION: Final = "action"
DISPUTE: Final = "dispute"
PARTY: Final = "party"
SWEEPS_MAX: Final = 16
"""Later than this goes only what needs itself: parties that are members of each other."""

ROWS_A_CONTEXT: Final = 500


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first pass found.

    `promised` are the ids of actions that the import will bring, `sweep` tells of a row, by its
    number from 0, in which sweep it goes where that is not the first, `fallen` at which place an id
    would have come from that will not come. `is_whole` is false where the pass was stopped.
    """

    rows: int
    promised: Collection[str]
    sweep: dict[int, int]
    fallen: dict[str, str]
    is_whole: bool = True

    @property
    def sweeps(self) -> int:
        """How often the rows must be gone through."""
        return 1 + max(self.sweep.values(), default=0)


class Wishes(Context):
    """A context that grants whatever the ledger does not hold, and remembers what it granted."""

    def __init__(self, application: LedgerApplication) -> None:
        super().__init__(application)
        self.granted: set[Key] = set()

    def is_promised(self, action: str) -> bool:
        """Grant an action."""
        self.granted.add((ACTION, action))
        return True

    def has_dispute(self, dispute: str) -> bool:
        """Grant a dispute that was not opened."""
        if not super().has_dispute(dispute):
            self.granted.add((DISPUTE, dispute))
        return True

    def dispute(self, dispute: str) -> Dispute | None:
        """Return a dispute, or grant one."""
        found = super().dispute(dispute)
        if found is None:
            self.granted.add((DISPUTE, dispute))
            return Dispute(DisputeOpened(id=dispute, title=""), Sides(), 0)
        return found

    def check_party(self, code: str) -> None:
        """Grant a party that is unknown."""
        try:
            super().check_party(code)
        except UnknownPartyError:
            self.granted.add((PARTY, code))


@dataclass(slots=True)
class Found:
    """What was found so far, by the number of the row: what it brings, what it needs, where it is.

    `needs_first` are those of its needs that must be there before it, `unread` the place of each
    action that a row would have brought that cannot be read.
    """

    brings: dict[int, tuple[Key, ...]] = field(default_factory=dict)
    needs: dict[int, frozenset[Key]] = field(default_factory=dict)
    needs_first: dict[int, frozenset[Key]] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)


def survey(rows: Iterable[Row], application: LedgerApplication, stop: Callable[[], bool]) -> Survey:
    """Go through all rows once, writing nothing.

    Memory is taken for names alone, never for what the rows say.

    Rule: docs/semantics.md#identity
    """
    found = Found()
    number = 0
    wishes = Wishes(application)
    for row in rows:
        if stop():
            return Survey(number, frozenset(), {}, {}, is_whole=False)
        if number % ROWS_A_CONTEXT == 0:
            wishes = Wishes(application)
        if row.error is None:
            look_at(number, row, wishes, found)
        elif row.meant:
            found.unread[row.meant] = row.place
        number += 1
    return _concluded(number, found)


def look_at(number: int, row: Row, wishes: Wishes, found: Found) -> None:
    """Note what a row brings and needs, and whether a rule refuses it whatever else comes."""
    wishes.granted = set()
    brings = tuple(key for record in row.records if (key := brought_by(record)) is not None)
    try:
        for record in row.records:
            _check(record, wishes)
    except LedgerError:
        found.refused.add(number)
    own = {key for key in brings if key[0] == ACTION}
    needs = frozenset(wishes.granted - own)
    spoken_of = {(ACTION, record.action) for record in row.records if isinstance(record, Amendment)}
    first = frozenset(key for key in needs if key[0] != ACTION or key in spoken_of)
    if brings:
        found.brings[number] = brings
        found.places[number] = row.place
    if needs:
        found.needs[number] = needs
    if first:
        found.needs_first[number] = first


def _check(record: Record, wishes: Wishes) -> None:
    """Check what needs nothing that an earlier row of the same import might have said."""
    if isinstance(record, Amendment) and not isinstance(record, (Attributed, Characterised)):
        if wishes.dossier(record.action) is None:
            wishes.granted.add((ACTION, record.action))
        return
    check(record, wishes)


def brought_by(record: Record) -> Key | None:
    """Name what a record brings that others may refer to."""
    if isinstance(record, Action):
        return (ACTION, record.id)
    if isinstance(record, DisputeOpened):
        return (DISPUTE, record.id)
    if isinstance(record, PartyRegistered):
        return (PARTY, record.code)
    return None


def _concluded(rows: int, found: Found) -> Survey:
    sweep = conclude(found)
    promised = frozenset(taken(found))
    return Survey(rows, promised, sweep, fallen(found, promised))


def conclude(found: Found) -> dict[int, int]:
    """Refuse what needs what will not come, and order the rest, until nothing changes.

    Returns the sweeps of the rows that are not taken in the first.
    """
    while True:
        close(found)
        sweep, late = _ordered(found)
        if not late:
            return sweep
        found.refused |= late


def taken(found: Found) -> Iterator[str]:
    """Go through the actions that the rows bring which are not refused."""
    for number, keys in found.brings.items():
        if number not in found.refused:
            yield from (name for kind, name in keys if kind == ACTION)


def fallen(found: Found, promised: Container[str]) -> dict[str, str]:
    """Say of the actions that will not come at which place each would have stood."""
    named = {name: place for name, place in found.unread.items() if name not in promised}
    return named | {
        name: found.places[number]
        for number in sorted(found.refused & found.brings.keys())
        for kind, name in found.brings[number]
        if kind == ACTION and name not in promised
    }


def close(found: Found) -> None:
    """Refuse every row that needs what no row brings that is taken."""
    users: dict[Key, list[int]] = {}
    for number, needs in found.needs.items():
        for key in needs:
            users.setdefault(key, []).append(number)
    bringers = dict.fromkeys(users, 0)
    for number, keys in found.brings.items():
        for key in keys:
            if key in bringers and number not in found.refused:
                bringers[key] += 1
    waiting = [number for key, count in bringers.items() if not count for number in users[key]]
    while waiting:
        number = waiting.pop()
        if number in found.refused:
            continue
        found.refused.add(number)
        for key in found.brings.get(number, ()):
            if key in bringers:
                bringers[key] -= 1
                waiting += users[key] if not bringers[key] else ()


def _ordered(found: Found) -> tuple[dict[int, int], set[int]]:
    """Give each row its sweep, where that is not the first, and name those that never fit.

    Everything said of an action that comes after some word about it waits together, so that what
    was said in an order is recorded in that order.
    """
    bringer = _first_bringers(found)
    rows = {n: keys for n, keys in found.needs_first.items() if n not in found.refused}
    behind = {key for number, keys in rows.items() for key in keys if bringer[key] > number}
    apart = {key for key in behind if key[0] == ACTION}
    sweep: dict[int, int] = {}
    late: set[int] = set()
    changed = True
    while changed:
        changed = False
        for number, keys in rows.items():
            step = max(
                sweep.get(bringer[key], 0) + (key in apart or bringer[key] >= number)
                for key in keys
            )
            if step > SWEEPS_MAX:
                late.add(number)
            elif step > sweep.get(number, 0):
                sweep[number] = step
                changed = True
    return sweep, late


def _first_bringers(found: Found) -> dict[Key, int]:
    bringer: dict[Key, int] = {}
    for number, keys in sorted(found.brings.items()):
        if number not in found.refused:
            for key in keys:
                bringer.setdefault(key, number)
    return bringer
