"""What several answers print alike: accounts side by side, amounts, truth values, empty answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.called import as_called
from cli.tables import Align, Cell, Column
from cli.terminal import say, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from domain.measures.denials import Denial
    from ledger.answers.obstacles import Obstacle
    from ledger.answers.told import Teller
    from ledger.asking import Asked

WITH_INFERRED = "with-inferred"


def teller_key(teller: Teller) -> str:
    """Name a teller's column for programs."""
    return f"{teller.account} {teller.basis}"


def teller_heading(teller: Teller) -> str:
    """Name a teller's column for people: "USA's account", "USA's, with inferred"."""
    owner = f"{teller.account}'s"
    return f"{owner}, with inferred" if teller.basis == WITH_INFERRED else f"{owner} account"


def teller_title(teller: Teller) -> str:
    """Name a teller's account in full: "USA's account, with what analysts infer"."""
    account = f"{teller.account}'s account"
    return f"{account}, with inferred" if teller.basis == WITH_INFERRED else account


def teller_columns(tellers: Iterable[Teller]) -> tuple[Column, ...]:
    """Give each teller a column of figures."""
    return tuple(
        Column(teller_key(teller), teller_heading(teller), Align.RIGHT) for teller in tellers
    )


def worth_showing(
    tellers: Iterable[Teller], figures: Callable[[Teller], object]
) -> tuple[tuple[Teller, ...], tuple[Teller, ...]]:
    """Part the tellers in those with figures of their own, and those whose account had them before.

    So what analysts infer is shown only where it makes a difference.
    """
    shown: list[Teller] = []
    equal: list[Teller] = []
    for teller in tellers:
        before = (figures(other) for other in shown if other.account == teller.account)
        (equal if figures(teller) in before else shown).append(teller)
    return tuple(shown), tuple(equal)


def equal_note(equal: Iterable[Teller], what: str) -> tuple[str, ...]:
    """Say for which accounts it makes no difference what analysts infer."""
    whose = " and ".join(f"{teller.account}'s" for teller in equal)
    return (f"With what analysts infer, {what} in {whose} account are the same.",) if whose else ()


def held_by(tellers: Sequence[Teller], those: Sequence[Teller]) -> str:
    """Name the accounts that hold something: all, or which, and on which basis if not on each."""
    if len(those) == len(tellers):
        return "all"
    bases = len({teller.basis for teller in tellers})
    found: dict[str, list[str]] = {}
    for teller in those:
        found.setdefault(teller.account, []).append(teller.basis.replace("-", " "))
    return ", ".join(
        account if len(held) == bases else f"{account} ({held[0]})"
        for account, held in found.items()
    )


def spaced(name: str) -> str:
    """Return a stored name as people write it: "staff cap"."""
    return name.replace("_", " ")


def actions_words(number: int, kind: str = "action") -> str:
    """Count actions: "1 action", "78 hostile actions"."""
    return f"{number} {kind}" if number == 1 else f"{number} {kind}s"


def listed(values: Iterable[object]) -> str:
    """Return several values in one line."""
    return ", ".join(str(value) for value in values)


def policies_cell(pairs: Sequence[tuple[str, str]]) -> Cell:
    """Show words under each grievance policy: once where they are all the same."""
    words = [word for _, word in pairs]
    shown = words[0] if len(set(words)) == 1 else " / ".join(words)
    return Cell(dict(pairs), shown)


def denied_cell(denials: Sequence[Denial]) -> Cell:
    """Show who denies a grievance; for programs each account with the actions of which it does."""
    from ledger.answers.denied import denied_words

    found: dict[str, list[str]] = {}
    for held in denials:
        found.setdefault(held.account, []).append(held.action)
    return Cell(found, denied_words(denials))


def legend(policies: Sequence[str]) -> str:
    """Say in what order several grievance policies stand in one cell."""
    return f" ({' / '.join(policies)})" if len(policies) > 1 else ""


def say_what_is_left_out(asked: Asked, found: int) -> None:
    """Say that nothing was selected, and how much that is only possibly in the period was not."""
    possible = asked.only_possible()
    if not found:
        _say_nothing_is_selected(asked)
    if possible:
        say(
            f"{actions_words(possible)} possibly in the period left out; "
            "count them too: --membership possible"
        )


def say_what_makes_ranges(asked: Asked, found: int) -> None:
    """Say that nothing was selected, or how much that is possibly in the period widens figures."""
    possible = asked.only_possible()
    if not found and not possible:
        _say_nothing_is_selected(asked)
    if possible:
        say(
            f"{actions_words(possible)} possibly in the period: figures that may hold them are "
            "ranges; count them for certain: --membership possible"
        )


def _say_nothing_is_selected(asked: Asked) -> None:
    every = sum(1 for _ in asked.history.in_dispute(asked.dispute))
    say(
        f"Nothing in {asked.dispute} is selected by this reading; the dispute holds "
        f"{actions_words(every)}. {as_called('See: reciprocity log --type action')}"
    )


def warn_of(obstacles: Iterable[Obstacle]) -> None:
    """Warn of what was in the way of an answer, and say how to see it."""
    for obstacle in obstacles:
        warn(f"{obstacle.words()}. {as_called(f'See: reciprocity show {obstacle.action}')}")
