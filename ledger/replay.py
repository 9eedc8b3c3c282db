"""Replay: the history from the first event, and the comparison with what is stored.

Two passes over the log, through the library's own read path. The first digests every stored event
and names the first that is not what it was. The second folds the whole history and computes every
projection from scratch, by the domain's measures and not by the code that keeps the views up to
date; the first row that differs is named. The invariants are checked on the history that results.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from domain.canonical import canonical_text, content_key
from domain.errors import VerificationError
from domain.history import History, HistoryFold
from domain.invariants import audit
from ledger.known_at import require_reached
from ledger.log_order import LogOrder
from ledger.projections.digests import NAME as DIGESTS
from ledger.projections.digests import key as digest_key
from ledger.projections.schema import SCHEMA
from ledger.projections.table import PROJECTIONS
from ledger.solvers.flow import NetworkxFlow
from ledger.store.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.facade import Ledger
    from ledger.projections.rows import Projection
    from ledger.store.views import ViewStore

POSITION: Final = "views_position"
"""In the place of a projection: how far into the log the stored views say that they stand."""


class ReplayDiffersError(VerificationError):
    """What is stored is not what the history comes to."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first row in which stored and recomputed differ; None where there is no row.

    `position` is that of the last event that changed the row.
    """

    projection: str
    key: str
    stored: str | None
    recomputed: str | None
    position: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay came to: the position it stopped at, and each projection's size and content.

    `content` names all rows of a projection by one key; equal histories have equal keys.
    """

    position: int
    rows: tuple[tuple[str, int, str], ...]


def replay(ledger: Ledger, until: int | None = None) -> Replayed:
    """Recompute every projection from the first event up to a position.

    Raises PositionAheadError.

    Rule: docs/semantics.md#replay
    """
    last = ledger.application.position()
    stop = last if until is None else until
    require_reached(stop, last, f"reciprocity replay --until {last}")
    history, digests = _recomputed(ledger, stop)
    counted = []
    for projection in PROJECTIONS:
        rows = sorted(projection.scratch(history, digests))
        counted.append((projection.name, len(rows), content_key([list(row) for row in rows])))
    return Replayed(stop, tuple(counted))


def first_difference(ledger: Ledger) -> Difference | None:
    """Compare every stored projection with the replay, at the position the views stand at.

    Rule: docs/semantics.md#replay
    """
    return _compared(ledger)[0]


def _compared(ledger: Ledger) -> tuple[Difference | None, History]:
    """Return the first difference, and the history that was recomputed as far as that."""
    misplaced = _misplaced(ledger)
    if misplaced is not None:
        return misplaced, History()
    views = ledger.views()
    position = views.position()
    changed = _changed_event(ledger, views, position)
    if changed is not None:
        return changed, History()
    history, digests = _recomputed(ledger, position)
    for projection in PROJECTIONS:
        found = _first_in(projection, views, history, digests)
        if found is not None:
            return found, history
    return None, history


def _misplaced(ledger: Ledger) -> Difference | None:
    """Name a stored position that is not where the views stand, before anything is folded on it.

    Views that claim to be ahead of the log would miss what comes, and those that claim to be
    behind their last digest would count it twice.
    """
    stored = ledger.store.views
    if stored.schema() != SCHEMA:
        return None
    before = stored.position()
    stands_at = max((key for key, _, _ in stored.scan(DIGESTS) if key.isdecimal()), default="")
    after = stored.position()
    last = ledger.application.position()
    if before > last and stands_at < digest_key(before):
        return Difference(POSITION, "position", str(before), str(last), last)
    if stands_at > digest_key(after):
        return Difference(POSITION, "position", str(after), str(int(stands_at)), after)
    return None


def _changed_event(ledger: Ledger, views: ViewStore, until: int) -> Difference | None:
    """Digest every stored event before any is decoded: a changed byte is named where it is."""
    stored = views.scan(DIGESTS)
    recomputed = (
        (digest_key(event.id), digest(event))
        for event in ledger.application.notifications(0, until)
    )
    for row, again in zip_longest(stored, recomputed):
        key, value, position = row or ("", None, 0)
        key_again, text_again = (again[0], canonical_text(again[1])) if again else ("", None)
        if (key, value) != (key_again, text_again):
            first = min(name for name in (key, key_again) if name)
            return Difference(
                DIGESTS,
                first,
                value if key == first else None,
                text_again if key_again == first else None,
                position if key == first else int(first),
            )
    return None


def _recomputed(ledger: Ledger, until: int) -> tuple[History, list[tuple[int, str]]]:
    fold = HistoryFold()
    digests = []
    order = LogOrder()
    for sealed in ledger.sealed(0, until) if until else ():
        order.see(sealed.entry)
        fold.add(sealed.entry)
        digests.append((sealed.entry.position, sealed.digest))
    return fold.history(), digests


def _first_in(
    projection: Projection, views: ViewStore, history: History, digests: Iterable[tuple[int, str]]
) -> Difference | None:
    computed = {key: canonical_text(value) for key, value in projection.scratch(history, digests)}
    for key, stored, position in views.scan(projection.name):
        again = computed.pop(key, None)
        if again != stored:
            return Difference(projection.name, key, stored, again, position)
    for key in sorted(computed):
        return Difference(projection.name, key, None, computed[key], views.position())
    return None


def verify(ledger: Ledger) -> int:
    """Hold what is stored against the replay and the invariants; return the position verified.

    Raises ReplayDiffersError with the first difference, or InvariantBrokenError.

    Rule: docs/semantics.md#replay
    """
    found, history = _compared(ledger)
    if found is not None:
        is_event = found.projection == DIGESTS
        raise ReplayDiffersError(
            f"event {found.position} is not what was recorded"
            if is_event
            else f"the stored projection {found.projection} is not what the history comes to",
            where=f"projection {found.projection}, key {found.key}, position {found.position}",
            why=f"stored {shortened(found.stored)}, recomputed {shortened(found.recomputed)}",
            hint="keep this file, and compare it with a copy or an export that verifies"
            if is_event
            else "the log itself is whole: bring it into a new ledger with reciprocity export "
            "and reciprocity import --restore",
        )
    audit(history, NetworkxFlow())
    return ledger.store.views.position()


def shortened(text: str | None, most: int = 300) -> str:
    """Give a value as an error shows it: the beginning of a long one, `nothing` for None."""
    if text is None:
        return "nothing"
    return text if len(text) <= most else f"{text[:most]}... ({len(text)} characters)"
