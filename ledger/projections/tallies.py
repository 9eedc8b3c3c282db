"""Tallies: every line of every dispute's tally, under the default reading.

Three views stand behind a line: which bundle an action is in, what each bundle adds to which
lines, and which ceilings a line of values in force chooses from. A change takes away what its
bundle added, joins or parts bundles, and adds anew.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from domain.measures.postings import Postings, posting_of, reversal_of
from domain.measures.tally import line_of, tally
from domain.measures.tally_cells import LineKey, keys_of
from ledger.projections.bundles import (
    DEFAULT,
    Share,
    adds_up,
    bundle_of,
    bundles,
    is_ceiling,
    restored_share,
    shares,
)
from ledger.projections.dossiers import MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.history import History
    from domain.measures.tally import TallyLine
    from ledger.projections.rows import Batch, Row, Views

LINES: Final = "tally"
BUNDLES: Final = "tally_bundles"
LEADERS: Final = "tally_leaders"
CEILINGS: Final = "tally_ceilings"


class Bundles:
    """The first id of a bundle to its members and what they add to each line."""

    name = BUNDLES

    def update(self, batch: Batch, views: Views) -> None:
        """Take apart the bundles that a change touches, put them together anew, and re-sum."""
        changed = dict(batch.actions)
        for dispute, position in batch.disputes.items():
            for key in views.keys(MEMBERS, f"{dispute}/"):
                changed.setdefault(key.partition("/")[2], position)
        position = max(changed.values(), default=0)
        touched = _touched(batch.history, views, changed)
        delta: dict[LineKey, Share] = {}
        for leader in sorted({views.get(LEADERS, name) or name for name in touched}):
            _dissolve(leader, views, delta, position)
        left = set(touched)
        while left:
            members = bundle_of(batch.history, views, min(left))
            left -= members
            _put_together(batch.history, members, views, delta, position)
        for line, share in delta.items():
            _change_line(batch.history, line, share, views, position)

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Bundle the whole history and sum each bundle."""
        del sealed
        for members in bundles(history):
            yield min(members), _bundle_row(members, shares(history, members))


class Leaders:
    """An action to the first id of its bundle, where that is another one."""

    name = LEADERS

    def update(self, batch: Batch, views: Views) -> None:
        """Kept by `Bundles`, whose rows they find."""

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Bundle the whole history."""
        del sealed
        for members in bundles(history):
            leader = min(members)
            yield from ((name, leader) for name in members if name != leader)


class Ceilings:
    """A line of values in force and an action to the action's place among them."""

    name = CEILINGS

    def update(self, batch: Batch, views: Views) -> None:
        """Kept by `Bundles`, which finds them."""

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Find every posting whose unit does not add up."""
        del sealed
        for name in history.dossiers:
            for key in _ceiling_keys(history, name):
                yield f"{line_name(key)}/{name}", name


class Lines:
    """A line of the tally to its figures: the unweighted tally by kind and unit, all time.

    Rule: docs/semantics.md#tally
    """

    name = LINES

    def update(self, batch: Batch, views: Views) -> None:
        """Kept by `Bundles`, whose sums they are."""

    def scratch(self, history: History, sealed: Iterable[tuple[int, str]]) -> Iterator[Row]:
        """Compute every line by the domain's tally, beside the sums that bundles come to."""
        del sealed
        sums: dict[LineKey, Share] = {}
        for members in bundles(history):
            for key, share in shares(history, members).items():
                sums[key] = sums.get(key, Share(0)).plus(share)
        for dispute in sorted({dossier.action.dispute for dossier in history.dossiers.values()}):
            for line in tally(history, dispute, DEFAULT).lines:
                if line.actions.lo:
                    yield line_name(line.key), _line_row(line, sums[line.key])


def line_name(key: LineKey) -> str:
    """Return the key of a line's row."""
    return "/".join(astuple(key))


def _touched(history: History, views: Views, changed: dict[str, int]) -> frozenset[str]:
    """Return the changed actions with all that their bundles held before or hold now."""
    seen: set[str] = set()
    waiting = list(changed)
    while waiting:
        name = waiting.pop()
        if name in seen or history.dossiers.get(name) is None:
            continue
        seen.add(name)
        waiting += [*_members(views, name), *bundle_of(history, views, name)]
    return frozenset(seen)


def _dissolve(leader: str, views: Views, delta: dict[LineKey, Share], position: int) -> None:
    held = views.get(BUNDLES, leader)
    if held is None:
        return
    for name, stored in held["lines"]:
        key = LineKey(*name.split("/"))
        delta[key] = delta.get(key, Share(0)).plus(restored_share(stored), -1)
        for member in held["members"] if is_ceiling(key) else ():
            views.put(CEILINGS, f"{name}/{member}", None, position)
    for member in held["members"]:
        views.put(LEADERS, member, None, position)
    views.put(BUNDLES, leader, None, position)


def _put_together(
    history: History,
    members: frozenset[str],
    views: Views,
    delta: dict[LineKey, Share],
    position: int,
) -> None:
    leader = min(members)
    found = shares(history, members)
    views.put(BUNDLES, leader, _bundle_row(members, found), position)
    for member in members - {leader}:
        views.put(LEADERS, member, leader, position)
    for member in members:
        for key in _ceiling_keys(history, member):
            views.put(CEILINGS, f"{line_name(key)}/{member}", member, position)
    for key, share in found.items():
        delta[key] = delta.get(key, Share(0)).plus(share)


def _change_line(history: History, key: LineKey, delta: Share, views: Views, position: int) -> None:
    name = line_name(key)
    held = views.get(LINES, name)
    share = (restored_share(held["sums"]) if held else Share(0)).plus(delta)
    row: dict[str, object] | None = None
    if share.actions and is_ceiling(key):
        row = _line_row(_line_in_force(history, key, views), share)
    elif share.actions:
        row = _summed_row(key, share)
    views.put(LINES, name, row, position)


def _line_in_force(history: History, key: LineKey, views: Views) -> TallyLine:
    """Choose the value in force among a line's ceilings, which are few."""
    prefix = f"{line_name(key)}/"
    names = [found.removeprefix(prefix) for found in views.keys(CEILINGS, prefix)]
    posted = [posting_of(history, history.dossiers[name], DEFAULT) for name in names]
    beside = {other for name in names for other in _members(views, name)}
    reversals = [
        reversal_of(history, dossier, DEFAULT)
        for name in sorted(beside)
        if (dossier := history.standing(name)) is not None and dossier.action.dispute == key.dispute
    ]
    postings = Postings(
        tuple(posting for posting in posted if posting),
        tuple(reversal for reversal in reversals if reversal),
    )
    return line_of(history, key, postings, DEFAULT)


def _members(views: Views, name: str) -> tuple[str, ...]:
    """Return the bundle of an action: a reversal may name another row of the same act."""
    held = views.get(BUNDLES, views.get(LEADERS, name) or name)
    return tuple(held["members"]) if held else ()


def _ceiling_keys(history: History, name: str) -> Iterator[LineKey]:
    dossier = history.standing(name)
    posting = posting_of(history, dossier, DEFAULT) if dossier else None
    key = keys_of(posting)[0] if posting else None
    if key is not None and is_ceiling(key):
        yield key


def _bundle_row(members: frozenset[str], found: dict[LineKey, Share]) -> dict[str, object]:
    lines = sorted((line_name(key), share.stored()) for key, share in found.items())
    return {"members": sorted(members), "lines": [list(line) for line in lines]}


def _line_row(line: TallyLine, share: Share) -> dict[str, object]:
    """The row of a line that the domain's tally computed."""
    return {
        "actions": share.actions,
        "imposed": None if line.imposed is None else str(line.imposed),
        "reversed": None if line.reversed is None else str(line.reversed),
        "in_force": line.in_force,
        "sums": share.stored(),
    }


def _summed_row(key: LineKey, share: Share) -> dict[str, object]:
    """The row of a line whose figures are the sums of what bundles add to it."""
    has_amounts = adds_up(key)
    return {
        "actions": share.actions,
        "imposed": str(share.imposed.amount()) if has_amounts else None,
        "reversed": str(share.reversed.amount()) if has_amounts else None,
        "in_force": None,
        "sums": share.stored(),
    }
