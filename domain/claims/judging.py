"""Judging: whether a test is true, false or undetermined in one world, and on which items."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from domain.called import called
from domain.causes import ActionCause, Grievance
from domain.claims.itemwise import ItemWise, concluded, held_of, item_value, tallied
from domain.claims.language import (
    AllOf,
    AnyOf,
    Budgeted,
    CauseOf,
    Compare,
    Every,
    Exists,
    If,
    KindOf,
    No,
    Not,
    NotExists,
    NotTestable,
    RootOf,
)
from domain.claims.nesting import parts
from domain.claims.selecting import selected
from domain.claims.sight import Sight, decided
from domain.claims.terms import Value, compared, value_of
from domain.claims.windows import within
from domain.measures.budget import budgeted
from domain.measures.roots import RootNature, standings
from domain.truth import Truth, all_of, any_of, negate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.claims.language import Test
    from domain.measures.budget import Budget


@dataclass(frozen=True, slots=True)
class Item:
    """One action that decides: `value` is what the test comes to on it alone."""

    action: str
    value: Truth


@dataclass(frozen=True, slots=True)
class Judged:
    """What a test comes to in one world.

    `is_vacuous` marks an *every* that selects nothing. `items` are the actions that decide, each
    with its own value; `why` says what numbers came to, what nobody recorded, or what cannot be
    tested at all.
    """

    value: Truth
    is_vacuous: bool = False
    items: tuple[Item, ...] = ()
    why: tuple[str, ...] = field(default=())

    def failing(self) -> tuple[str, ...]:
        """Return the items on which the test fails."""
        return tuple(item.action for item in self.items if item.value is Truth.FALSE)


def judge(sight: Sight, test: Test) -> Judged:
    """Say what a test comes to in a world.

    Rule: docs/semantics.md#claim-language
    """
    return composed(test, lambda leaf: JUDGING[type(leaf)](sight, leaf))


def composed(test: Test, leaf: Callable[[Test], Judged]) -> Judged:
    """Say what a test comes to, given what the tests in it do that are made of no others.

    These are asked for in the order in which they stand.
    """
    inner = parts(test)
    if not inner:
        return leaf(test)
    return COMPOSING[type(test)]([composed(part, leaf) for part in inner])


def _itemwise(sight: Sight, test: ItemWise) -> Judged:
    chosen = selected(sight, test.of)
    items = tuple(
        Item(name, item_value(test, is_in, held_of(sight, test, name))) for name, is_in in chosen
    )
    certain = sum(is_in is Truth.TRUE for _, is_in in chosen)
    value, is_vacuous = concluded(test, tallied((item.value for item in items), certain))
    return Judged(value, is_vacuous, items)


def _compare(sight: Sight, test: Compare) -> Judged:
    return compared_values(test, value_of(sight, test.left), value_of(sight, test.right))


def compared_values(test: Compare, left: Value, right: Value) -> Judged:
    """Compare what two terms come to, and tell it; undetermined where one was never recorded."""
    why = tuple(term.why for term in (left, right) if term.why)
    if left.amount is None or right.amount is None:
        return Judged(Truth.UNDETERMINED, why=why)
    numbers = f"{left.amount.words()} against {right.amount.words()}"
    return Judged(compared(left.amount, right.amount, test), why=(numbers, *why))


def _budgeted(sight: Sight, test: Budgeted) -> Judged:
    """Fewer responses never need more: what is only possibly selected leaves it open, or not."""
    chosen = [
        (name, is_in)
        for name, is_in in selected(sight, test.of)
        if test.by in sight.world.acting(name)
    ]
    certain = [name for name, is_in in chosen if is_in is Truth.TRUE]
    found = _budget(sight, test, certain)
    value = found.feasible
    if value is Truth.TRUE and len(certain) < len(chosen):
        found = _budget(sight, test, [name for name, _ in chosen])
        value = value if found.feasible is Truth.TRUE else Truth.UNDETERMINED
    return Judged(value, items=tuple(Item(name, value) for name in found.over))


def _budget(sight: Sight, test: Budgeted, chosen: Sequence[str]) -> Budget:
    return budgeted(sight.world, test.unit, test.k, sight.max_flow(), chosen)


def _root_of(sight: Sight, test: RootOf) -> Judged:
    if sight.dossier(test.action) is None:
        return Judged(Truth.UNDETERMINED, why=(f"{test.action} does not count in this ledger",))
    if test.within is None:
        standing = sight.standing(test.action)
    else:
        standing = standings(within(sight.world, test.within), [test.action])[test.action]
    if test.side is not None:
        return Judged(standing.under(sight.policy).solely(test.side))
    unknown = {RootNature.UNKNOWN, RootNature.UNDETERMINED}
    names = {root.name for root in standing.roots if root.nature not in unknown}
    is_open = any(root.nature in unknown for root in standing.roots)
    if names - {test.is_action}:
        return Judged(Truth.FALSE)
    return Judged(Truth.UNDETERMINED if is_open else Truth.of(names))


def _cause_of(sight: Sight, test: CauseOf) -> Judged:
    """Say what an option names; of a cause that is retracted or missing nothing is known."""
    if sight.dossier(test.action) is None:
        return Judged(Truth.UNDETERMINED, why=(f"{test.action} does not count in this ledger",))
    world = sight.world if test.account is None else sight.account(test.account)
    picked = world.option(test.action)
    if picked.causes is None or picked.impossible:
        return Judged(Truth.UNDETERMINED)
    dangling = {
        cause
        for cause in picked.causes
        if isinstance(cause, ActionCause) and sight.dossier(cause.action) is None
    }
    texts = {str(cause) for cause in picked.causes if cause not in dangling}
    texts |= {str(Grievance(cause.slug)) for cause in picked.causes if isinstance(cause, Grievance)}
    return Judged(decided(test.includes in texts, unless=bool(dangling)))


def _kind_of(sight: Sight, test: KindOf) -> Judged:
    dossier = sight.dossier(test.action)
    if dossier is None:
        return Judged(Truth.UNDETERMINED, why=(f"{test.action} does not count in this ledger",))
    reading = sight.world.reading
    if test.account is not None:
        reading = reading.model_copy(update={"kinds_by": test.account})
    return Judged(Truth.of(called(dossier, reading).kind.name == test.kind))


def _all_of(inner: list[Judged]) -> Judged:
    return _joined(inner, all_of)


def _any_of(inner: list[Judged]) -> Judged:
    return _joined(inner, any_of)


def _joined(inner: list[Judged], join: Callable[..., Truth]) -> Judged:
    return Judged(
        join(part.value for part in inner),
        items=tuple(item for part in inner for item in part.items),
        why=tuple(why for part in inner for why in part.why),
    )


def _not(inner: list[Judged]) -> Judged:
    (part,) = inner
    items = tuple(Item(item.action, negate(item.value)) for item in part.items)
    return Judged(negate(part.value), part.is_vacuous, items, part.why)


def _if(inner: list[Judged]) -> Judged:
    condition, then = inner
    return _joined([Judged(negate(condition.value), why=condition.why), then], any_of)


def _not_testable(sight: Sight, test: NotTestable) -> Judged:
    del sight
    return Judged(Truth.UNDETERMINED, why=(test.reason,))


JUDGING: Final[dict[type, Callable[[Sight, Any], Judged]]] = {
    Every: _itemwise,
    No: _itemwise,
    Exists: _itemwise,
    NotExists: _itemwise,
    Compare: _compare,
    Budgeted: _budgeted,
    RootOf: _root_of,
    CauseOf: _cause_of,
    KindOf: _kind_of,
    NotTestable: _not_testable,
}

COMPOSING: Final[dict[type, Callable[[list[Judged]], Judged]]] = {
    AllOf: _all_of,
    AnyOf: _any_of,
    Not: _not,
    If: _if,
}
