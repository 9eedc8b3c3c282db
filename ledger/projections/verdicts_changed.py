"""What a batch changed, as verdicts see it: actions, what descends from them, what ties to them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from domain.records.stocks import StockObserved
from ledger.projections.effects import Descent, descendants, descent, named_by, named_in
from ledger.projections.standings import NAME as STANDINGS
from ledger.projections.standings import prefix_of
from ledger.projections.verdicts_rows import NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from domain.claims.filters import Filter
    from domain.claims.sight import Sight
    from domain.dossiers import Dossier
    from ledger.projections.rows import Batch, Views

TYING: Final = ("part_of", "same_as")
"""Links by which one action changes how another is counted."""


class Changed:
    """One batch: `own` are the actions that its records are about."""

    def __init__(self, batch: Batch, views: Views) -> None:
        self.batch = batch
        self.views = views
        self.position = max((sealed.entry.position for sealed in batch.sealed), default=0)
        self.own = batch.actions
        self.stocks = any(isinstance(sealed.entry.record, StockObserved) for sealed in batch.sealed)
        self.claims = {
            sealed.entry.stream.removeprefix("claim:")
            for sealed in batch.sealed
            if sealed.entry.stream.startswith("claim:")
        }
        self._moved: dict[str, tuple[str, ...]] = {}

    def put(self, key: str, value: object) -> None:
        """Change a row of the verdicts, or take it away with None."""
        self.views.put(NAME, key, value, self.position)

    @cached_property
    def reached(self) -> tuple[str, ...]:
        """The changed actions, those that count by them, and all that descends from any.

        What an action is answered, compared and summed by lies before it: its causes, and the
        packages and other rows that these name. So whatever else is not looked at again.
        """
        return self._descending(both_ways=False)

    def is_reached(self, action: str) -> bool:
        """Whether an action is among those that are reached."""
        return action in self._reached_ones

    @cached_property
    def _reached_ones(self) -> frozenset[str]:
        return frozenset(self.reached)

    @cached_property
    def tied(self) -> tuple[str, ...]:
        """The same, with all that links tie to a change in either direction."""
        return self._descending(both_ways=True)

    def _descending(self, *, both_ways: bool) -> tuple[str, ...]:
        found = dict(self.own)
        waiting = list(found)
        while waiting:
            name = waiting.pop()
            for other in self._tied(name, both_ways=both_ways):
                if other not in found:
                    found[other] = found[name]
                    waiting.append(other)
        return tuple(descendants(self.views, found))

    def _tied(self, name: str, *, both_ways: bool) -> Iterator[str]:
        for link in TYING:
            yield from named_in(self.views, name, link)
        for dossier in self.dossiers(name) if both_ways else ():
            for other, how in named_by(dossier).items():
                if set(how) & set(TYING):
                    yield other

    def dossiers(self, name: str) -> Iterator[Dossier]:
        """Go through an action as it stood before the batch, and as it stands after it."""
        for dossier in (self.batch.before.get(name), self.batch.history.dossiers.get(name)):
            if dossier is not None:
                yield dossier

    def moved(self, sight: Sight) -> tuple[str, ...]:
        """Return the changed actions, and those that stand elsewhere now in an account's world.

        Its own words, its role, what it answers and who began it: nothing else of it moved.
        """
        prefix = prefix_of(sight.world)
        if prefix not in self._moved:
            changed = self.views.changes
            stand = [
                name
                for name in self.reached
                if name in self.own or (STANDINGS, prefix + name) in changed
            ]
            self._moved[prefix] = tuple(stand)
        return self._moved[prefix]

    def selections(self, sight: Sight, which: Filter) -> Collection[str]:
        """Return the actions of which it may have changed how far a filter selects them."""
        if which.flags or (which.disputes and set(which.disputes) != {sight.world.dispute}):
            return self.reached
        return self.moved(sight) if which.roles or which.answers else self.own

    @cached_property
    def descent(self) -> Descent:
        """What is reached, causes first."""
        return descent(self.views, self.reached)
