"""Invariants 9 to 14: what holds of verdicts and cruxes, whatever is claimed of whatever history.

Each is a pure function of what was found, and raises InvariantBrokenError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.checks.broken import hold
from domain.claims.choices import Choices
from domain.claims.language import NotTestable
from domain.claims.swapping import renamed
from domain.claims.verdicts import MIXED, in_account, over_mixed
from domain.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from domain.claims.crux import Crux
    from domain.claims.verdicts import Finding, Possible, Question, Solvers


def check_more_worlds(fewer: Possible, more: Possible, where: str) -> None:
    """9: what some of the worlds show, more worlds show as well."""
    for was, now in zip(fewer.values(), more.values(), strict=True):
        hold(now is not False or not was, 9, "something possible became impossible", where)


def check_agreement(found: Possible, where: str) -> None:
    """10: where nothing is contested, one value alone is possible."""
    one = found.values().count(True) == 1 or None in found.values()
    hold(one, 10, "it is not one value", where)


def check_certain(found: Possible, whole: Truth, where: str) -> None:
    """11: what no mixed world shows, no whole account shows that is one of them."""
    at = tuple(Truth).index(whole)
    hold(found.values()[at] is not False, 11, f"one whole account has it {whole}", where)


def check_swapped(before: Finding, after: Finding, where: str) -> None:
    """12: with the sides swapped in ledger and claim the verdict is the same."""
    same = before.verdict is after.verdict and before.possible == after.possible
    hold(same, 12, "the verdict changed", where, _two(before.verdict, after.verdict))


def check_fast(found: Possible, shown: AbstractSet[Truth], where: str) -> None:
    """13: the fast verdict is that of going through every world."""
    for truth, value in zip(Truth, found.values(), strict=True):
        hold(value is (truth in shown), 13, f"the claim can be {truth}, or cannot", where)


def check_crux(found: Crux, smallest: AbstractSet[frozenset[str]], where: str) -> None:
    """14: the ties of a crux are exactly the smallest sets of actions that flip the claim."""
    ties = {frozenset(change.action for change in tie) for tie in found.ties}
    complete = ties == smallest if found.is_complete else ties <= smallest
    hold(complete, 14, "it is not the smallest, or not all of them", where, _two(ties, smallest))


def _two(before: object, after: object) -> str:
    return f"one has {before}, the other {after}"


def _more_worlds(asked: Question, panel: tuple[str, ...], solvers: Solvers) -> None:
    more = Choices(asked.history, asked.dispute, panel, asked.reading)
    found = over_mixed(asked, panel, solvers).possible
    for account in panel:
        fewer = Choices(asked.history, asked.dispute, (account,), asked.reading)
        part = over_mixed(asked, (account,), solvers).possible
        if found is not None and part is not None and _is_part(asked, fewer, more):
            check_more_worlds(part, found, f"account {account} alone")


def _is_part(asked: Question, fewer: Choices, more: Choices) -> bool:
    """Whether every option of the one is an option of the other.

    An account all of whose options are impossible adds an option that others leave out.
    """
    return all(
        {one.causes for one in fewer.options(name)} <= {one.causes for one in more.options(name)}
        for name, held in asked.history.dossiers.items()
        if held.stands
    )


def _agreement(asked: Question, panel: tuple[str, ...], solvers: Solvers) -> None:
    choices = Choices(asked.history, asked.dispute, panel, asked.reading)
    standing = (name for name, held in asked.history.dossiers.items() if held.stands)
    found = over_mixed(asked, panel, solvers).possible
    if found is not None and not any(choices.is_contested(name) for name in standing):
        check_agreement(found, MIXED)


def _certain(asked: Question, panel: tuple[str, ...], solvers: Solvers) -> None:
    mixed = Choices(asked.history, asked.dispute, panel, asked.reading)
    found = over_mixed(asked, panel, solvers).possible
    for account in panel:
        alone = Choices(asked.history, asked.dispute, (account,), asked.reading)
        whole = in_account(asked, account, solvers).judged
        if found is not None and whole is not None and _is_closed(asked, alone, mixed):
            check_certain(found, whole.value, f"account {account}")


def _is_closed(asked: Question, alone: Choices, mixed: Choices) -> bool:
    """Whether an account gives every action one option, and one that mixed worlds have."""
    standing = [name for name, held in asked.history.dossiers.items() if held.stands]
    one_each = not any(alone.is_contested(name) for name in standing)
    return one_each and _is_part(asked, alone, mixed)


def _swapped(asked: Question, panel: tuple[str, ...], solvers: Solvers) -> None:
    sides = asked.history.sides(asked.dispute).sides
    if len(sides) < len(("one", "other")):
        return
    one, other = sides[0].parties[0], sides[1].parties[0]
    names = {one: other, other: one}
    after = over_mixed(
        renamed(asked, names), tuple(names.get(party, party) for party in panel), solvers
    )
    check_swapped(over_mixed(asked, panel, solvers), after, f"{one} and {other} swapped")


CLAIM_INVARIANTS: Final[
    tuple[tuple[int, Callable[[Question, tuple[str, ...], Solvers], None]], ...]
] = ((9, _more_worlds), (10, _agreement), (11, _certain), (12, _swapped))


def audit_claim(asked: Question, panel: tuple[str, ...], solvers: Solvers) -> tuple[int, ...]:
    """Check every invariant that one question shows by itself, and return their numbers.

    Raises InvariantBrokenError at the first that does not hold.

    Rule: docs/semantics.md#invariants
    """
    if isinstance(asked.test, NotTestable):
        return ()
    for _, check in CLAIM_INVARIANTS:
        check(asked, panel, solvers)
    return tuple(number for number, _ in CLAIM_INVARIANTS)
