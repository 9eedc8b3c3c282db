"""The reasons of an audit: the chains behind its steps, account by account, with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.claims.mentions import mentions
from domain.claims.verdicts import MIXED, Verdict
from domain.truth import Truth
from domain.worlds import UnknownCause, whole_account
from ledger.answers.audit_words import lines_of
from ledger.answers.obstacles import obstacles_in
from ledger.answers.told import told, told_of
from ledger.answers.words import action_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.claims.audit import AuditedTest, CruxUnder
    from domain.reading import BasisOf
    from domain.worlds import Node, World
    from ledger.answers.audit_words import Line
    from ledger.answers.obstacles import Obstacle
    from ledger.answers.told import Told
    from ledger.asking import Asked

SOUGHT = {
    Verdict.SUPPORTED: Truth.TRUE,
    Verdict.REFUTED: Truth.FALSE,
    Verdict.UNSUPPORTED: Truth.UNDETERMINED,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of a chain in an account: a step that decides at depth 0, below it what it answers.

    `line` says who did what when, `says` what the account holds of it, `sources` where that stands.
    """

    account: str
    basis: BasisOf
    step: str
    depth: int
    action: str
    line: str
    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CruxSource:
    """One of the two options between which a crux decides, and where it stands."""

    action: str
    told: Told


def reasons(asked: Asked, found: AuditedTest) -> tuple[Reason, ...]:
    """Return the chains behind the steps that decide, in each whole account.

    Rule: docs/semantics.md#matrix
    """
    shown: list[Reason] = []
    for (account, basis), lines in _by_account(found).items():
        world = whole_account(asked.history, asked.dispute, account, asked.on_basis(basis).reading)
        told_already: set[str] = set()
        for step in _steps(found, lines):
            shown += _chain(world, basis, step, told_already)
    return tuple(shown)


def _by_account(found: AuditedTest) -> dict[tuple[str, BasisOf], list[Line]]:
    gathered: dict[tuple[str, BasisOf], list[Line]] = {}
    for line in lines_of(found):
        if line.account != MIXED:
            gathered.setdefault((line.account, line.basis), []).append(line)
    return gathered


def _steps(found: AuditedTest, lines: list[Line]) -> tuple[str, ...]:
    """Return the actions that decide under some policy, or those that the test names."""
    steps = dict.fromkeys(
        item.action
        for line in lines
        if line.finding.judged is not None
        for item in line.finding.judged.items
        if item.value is SOUGHT.get(line.finding.verdict)
    )
    return tuple(steps) or mentions(found.test).subjects


def _chain(world: World, basis: BasisOf, step: str, told_already: set[str]) -> Iterator[Reason]:
    """Go back from a step, depth first; what was told before in this account is not told again."""
    waiting: list[tuple[int, Node]] = [(0, ActionCause(step))]
    while waiting:
        depth, node = waiting.pop()
        reason = _reason(world, basis, step, depth, node)
        if isinstance(node, ActionCause) and node.action in told_already:
            again = "told above" if depth else reason.says
            yield Reason(world.name, basis, step, depth, node.action, reason.line, again, ())
            continue
        yield reason
        if isinstance(node, ActionCause):
            told_already.add(node.action)
            causes = world.causes(node.action) if world.dossier(node.action) else None
            waiting += [(depth + 1, cause) for cause in reversed(causes or ())]


def _reason(world: World, basis: BasisOf, step: str, depth: int, node: Node) -> Reason:
    name = node.action if isinstance(node, (ActionCause, UnknownCause)) else str(node)
    dossier = world.dossier(name) if isinstance(node, ActionCause) else None
    if dossier is None:
        says = "retracted or missing" if isinstance(node, (ActionCause, UnknownCause)) else ""
        return Reason(world.name, basis, step, depth, name, "", says, ())
    held = told(world, name)
    line = f"{dossier.action.occurred}, {action_line(dossier.action)}"
    return Reason(world.name, basis, step, depth, name, line, held.words(), held.sources)


def in_the_way(asked: Asked, found: Iterable[AuditedTest]) -> tuple[Obstacle, ...]:
    """Return impossible options and dangling causes on the paths that the tests go back on."""
    actions = dict.fromkeys(
        action
        for test in found
        for action in (*_judged(test), *mentions(test.test).subjects)
        if asked.history.standing(action) is not None
    )
    return obstacles_in(asked, actions)


def _judged(found: AuditedTest) -> Iterator[str]:
    for cell in found.cells:
        if cell.finding.judged is not None:
            yield from (item.action for item in cell.finding.judged.items)


def crux_sources(asked: Asked, held: CruxUnder, ties: int | None = None) -> tuple[CruxSource, ...]:
    """Return where both options of every change of a crux stand; of the first `ties` sets only."""
    reading = asked.on_basis(held.basis).reading
    world = whole_account(asked.history, asked.dispute, held.crux.account, reading)
    changes = dict.fromkeys(change for tie in held.crux.ties[:ties] for change in tie)
    return tuple(
        CruxSource(change.action, told_of(world, change.action, given))
        for change in changes
        for given in (change.held, change.instead)
    )
