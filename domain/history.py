"""History: the fold of all entries into actions with every account of them.

Records of different streams are independent of each other: folding them in another order gives the
same history. What a measure needs of history it reads from here, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from domain.claims.claim import Claim, ClaimRecorded, ClaimWithdrawn, claim_after
from domain.dossiers import Dossier, amended, opened
from domain.records.action import Action
from domain.records.base import Amendment
from domain.records.stocks import StockObserved
from domain.records.subjects import CoverageStated, DisputeOpened, PartyRegistered, SidesChanged
from domain.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.records.entry import Entry


@dataclass(frozen=True, slots=True)
class Dispute:
    """A contest as it stands now, with the latest sides as known."""

    opened: DisputeOpened
    sides: Sides
    changed_at: int

    @property
    def id(self) -> str:
        """The dispute's id."""
        return self.opened.id


@dataclass(frozen=True, slots=True)
class History:
    """Everything that the ledger knows up to a position."""

    dossiers: Mapping[str, Dossier] = field(default_factory=dict)
    disputes: Mapping[str, Dispute] = field(default_factory=dict)
    parties: Mapping[str, PartyRegistered] = field(default_factory=dict)
    coverage: Mapping[str, CoverageStated] = field(default_factory=dict)
    stocks: Mapping[str, StockObserved] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    _by_dispute: dict[str, list[Dossier]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What `in_dispute` found, where the dossiers do not change any more."""

    def standing(self, action: str) -> Dossier | None:
        """Return the dossier of an action that counts; None if unknown or retracted."""
        dossier = self.dossiers.get(action)
        return dossier if dossier is not None and dossier.stands else None

    def in_dispute(self, dispute: str) -> Iterator[Dossier]:
        """Go through the actions of a dispute that count, in the order they were recorded."""
        if not isinstance(self.dossiers, (dict, MappingProxyType)):
            for dossier in self.dossiers.values():
                if dossier.stands and dossier.action.dispute == dispute:
                    yield dossier
            return
        if not self._by_dispute:
            for dossier in self.dossiers.values():
                if dossier.stands:
                    self._by_dispute.setdefault(dossier.action.dispute, []).append(dossier)
        yield from self._by_dispute.get(dispute, ())

    def claims_in(self, dispute: str) -> Iterator[Claim]:
        """Go through the claims about a dispute that stand, in the order they were recorded."""
        held = sorted(self.claims.values(), key=lambda claim: claim.position)
        for claim in held:
            if claim.stands and claim.recorded.dispute == dispute:
                yield claim

    def sides(self, dispute: str) -> Sides:
        """Return the sides of a dispute; without any declared, every party is a side of its own."""
        found = self.disputes.get(dispute)
        return found.sides if found else Sides(sides=())


class HistoryFold:
    """Folds entries one by one; `history()` shows what is known so far."""

    def __init__(self) -> None:
        self.dossiers: dict[str, Dossier] = {}
        self.disputes: dict[str, Dispute] = {}
        self.parties: dict[str, PartyRegistered] = {}
        self.coverage: dict[str, CoverageStated] = {}
        self.stocks: dict[str, StockObserved] = {}
        self.claims: dict[str, Claim] = {}

    def add(self, entry: Entry) -> None:
        """Fold one entry; entries of one stream come in the order of their versions."""
        record = entry.record
        if isinstance(record, Action):
            self.dossiers[record.id] = opened(entry)
        elif isinstance(record, Amendment):
            self.dossiers[record.action] = amended(self.dossiers[record.action], entry)
        else:
            self._add_subject(entry)

    def _add_subject(self, entry: Entry) -> None:
        record = entry.record
        if isinstance(record, (DisputeOpened, SidesChanged)):
            held = self.disputes.get(record.stream().removeprefix("dispute:"))
            self.disputes[entry.stream.removeprefix("dispute:")] = dispute_after(held, entry)
        elif isinstance(record, PartyRegistered):
            self.parties[record.code] = record
        elif isinstance(record, CoverageStated):
            self.coverage[record.id] = record
        elif isinstance(record, StockObserved):
            self.stocks[record.id] = record
        elif isinstance(record, (ClaimRecorded, ClaimWithdrawn)):
            claim = entry.stream.removeprefix("claim:")
            self.claims[claim] = claim_after(self.claims.get(claim), entry)

    def history(self) -> History:
        """Return what is known so far; it does not change as more is folded."""
        return History(
            dossiers=MappingProxyType(dict(self.dossiers)),
            disputes=MappingProxyType(dict(self.disputes)),
            parties=MappingProxyType(dict(self.parties)),
            coverage=MappingProxyType(dict(self.coverage)),
            stocks=MappingProxyType(dict(self.stocks)),
            claims=MappingProxyType(dict(self.claims)),
        )


def dispute_after(held: Dispute | None, entry: Entry) -> Dispute:
    """Fold an entry of a dispute's stream: it opens, or its sides are drawn anew."""
    record = entry.record
    if isinstance(record, DisputeOpened):
        return Dispute(record, Sides(sides=record.sides), entry.position)
    if isinstance(record, SidesChanged) and held is not None:
        return replace(held, sides=Sides(sides=record.sides), changed_at=entry.position)
    message = f"{entry.stream} does not open with its dispute"
    raise TypeError(message)


def fold(entries: Iterable[Entry]) -> History:
    """Fold entries into history.

    Rule: docs/semantics.md#records
    """
    folded = HistoryFold()
    for entry in entries:
        folded.add(entry)
    return folded.history()
