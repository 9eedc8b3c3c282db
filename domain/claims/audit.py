"""The audit of a claim: the matrix of verdicts, what is conceded, and the crux."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.claims.crux import Crux, cruxes
from domain.claims.language import CauseOf, NotTestable, RootOf
from domain.claims.mentions import asks_who_initiated, leaves, mentions
from domain.claims.renaming import Asked, CalledOtherwise, called_otherwise, telling
from domain.claims.resting import Resting, reads_causes, resting_on_inferred, resting_on_silence
from domain.claims.stocks import is_counted_by
from domain.claims.verdicts import MIXED, Finding, Question, Verdict, in_account, over_mixed
from domain.reading import ACTORS_KINDS, OTHER_SIDES_KINDS, BasisOf, GrievancePolicy
from domain.truth import Truth
from domain.worlds import default_panel, whole_account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.claims.language import Test
    from domain.claims.verdicts import Solvers
    from domain.history import History
    from domain.reading import Reading


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix: an account (or `mixed`), a basis, a grievance policy; its finding."""

    account: str
    basis: BasisOf
    policy: GrievancePolicy
    finding: Finding

    def outcome(self) -> tuple[object, ...]:
        """Return the verdict with what it stands on: equal where two cells say the same."""
        found = self.finding
        return (found.verdict, found.judged.items if found.judged else (), found.why)


@dataclass(frozen=True, slots=True)
class Concession:
    """An account in which the claim holds (or fails), stated only, and under which policies.

    `steps` are the actions that show it; `silent` those of them of whose causes the account says
    nothing itself, where the claim reads causes.
    """

    account: str
    policies: tuple[GrievancePolicy, ...]
    steps: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CruxUnder:
    """A crux, and under which basis and grievance policy it is one."""

    basis: BasisOf
    policy: GrievancePolicy
    crux: Crux


@dataclass(frozen=True, slots=True)
class AuditedTest:
    """What becomes of one test: cells with whole accounts first and mixed last.

    `conceded` are opponents in whose own account it is true, `self_refuted` the claimant's own in
    which it is false, both stated only, and also by what the account itself calls the actions.
    `cruxes` are by basis and policy. `resting` says, account by account, how much stands on
    inferred words; `renamed` what changes when the other side's words for an action count, None
    where nobody calls what the test looks at anything else.
    """

    test: Test
    cells: tuple[Cell, ...]
    conceded: tuple[Concession, ...] = ()
    self_refuted: tuple[Concession, ...] = ()
    cruxes: tuple[CruxUnder, ...] = ()
    resting: tuple[Resting, ...] = ()
    renamed: Renamed | None = None

    def differs_by_basis(self, account: str) -> bool:
        """Whether stated only and with inferred come to something else in an account."""
        found: dict[GrievancePolicy, set[object]] = {}
        for cell in self.cells:
            if cell.account == account:
                found.setdefault(cell.policy, set()).add(cell.outcome())
        return any(len(outcomes) > 1 for outcomes in found.values())


@dataclass(frozen=True, slots=True)
class Renamed:
    """What becomes of a test when what the other side calls an action counts.

    `actions` are those that it calls otherwise, each with its words: those whose other name by
    itself changes something, or, where none does, all that the test may look at. `changes` are the
    cells that come to something else, before and after.
    """

    actions: tuple[CalledOtherwise, ...]
    changes: tuple[tuple[Cell, Cell], ...]

    def flips(self, account: str | None = None) -> bool:
        """Whether a verdict becomes another: in one account, or without one in any cell."""
        return any(
            before.finding.verdict is not after.finding.verdict
            for before, after in self.changes
            if account in {None, before.account}
        )


def panel_of(history: History, dispute: str, reading: Reading) -> tuple[str, ...]:
    """Return whose accounts are heard: those that the reading names, or the declared sides'."""
    return reading.accounts or default_panel(history, dispute)


@dataclass(frozen=True, slots=True)
class Auditor:
    """What claims are held against: a history, one dispute of it, a reading, and solvers."""

    history: History
    dispute: str
    reading: Reading
    solvers: Solvers

    def audit(
        self, test: Test, claimant: str | None = None, known: Iterable[Cell] = ()
    ) -> AuditedTest:
        """Hold a test against every account of the panel and against mixed worlds.

        `claimant` is the party that speaks; without one nobody concedes anything, and the crux is
        looked for from every account. `known` are cells that need not be found again.

        Rule: docs/semantics.md#matrix
        """
        panel = panel_of(self.history, self.dispute, self.reading)
        claimants, opponents = self._parted(panel, claimant)
        cells = self.cells(test, known)
        conceded, self_refuted = self.concessions(test, claimant)
        return AuditedTest(
            test=test,
            cells=cells,
            conceded=conceded,
            self_refuted=self_refuted,
            cruxes=tuple(self._cruxes(test, panel, claimants, opponents)),
            resting=tuple(self._resting(test, panel, cells)),
            renamed=self._renamed(test, panel, cells),
        )

    def concessions(
        self, test: Test, claimant: str | None
    ) -> tuple[tuple[Concession, ...], tuple[Concession, ...]]:
        """Return who concedes a test, and in which of the claimant's own accounts it fails.

        Rule: docs/semantics.md#conceded
        """
        panel = panel_of(self.history, self.dispute, self.reading)
        claimants, opponents = self._parted(panel, claimant)
        return (
            tuple(self._stated(test, opponents, Verdict.SUPPORTED)),
            tuple(self._stated(test, claimants, Verdict.REFUTED)),
        )

    def _parted(
        self, panel: tuple[str, ...], claimant: str | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Part the panel in the claimant's own side and all others; both empty without one."""
        if claimant is None:
            return (), ()
        sides = self.history.sides(self.dispute)
        own = sides.side_of(claimant)
        claimants = tuple(party for party in panel if sides.side_of(party) == own)
        return claimants, tuple(party for party in panel if sides.side_of(party) != own)

    def overview(self, test: Test, known: Iterable[Cell] = ()) -> AuditedTest:
        """Hold a test against every account and mixed worlds, and look no further.

        `known` are cells that need not be found again.
        """
        return AuditedTest(test, self.cells(test, known))

    def _asked(self, test: Test, basis: BasisOf, policy: GrievancePolicy) -> Question:
        reading = self.reading.model_copy(update={"bases": (basis,)})
        return Question(self.history, self.dispute, reading, policy, test)

    def cells(self, test: Test, known: Iterable[Cell] = ()) -> tuple[Cell, ...]:
        """Return the matrix: whole accounts first, mixed last.

        Rule: docs/semantics.md#matrix
        """
        held = {(cell.account, cell.basis, cell.policy): cell for cell in known}
        panel = panel_of(self.history, self.dispute, self.reading)
        is_one = not asks_who_initiated(test)
        found: list[Cell] = []
        for account in (*panel, MIXED):
            for basis in self.reading.bases:
                for policy in self.reading.grievances:
                    cell = held.get((account, basis, policy))
                    if cell is None and is_one and policy is not self.reading.grievances[0]:
                        cell = replace(found[-1], policy=policy)
                    found.append(cell or self._cell(test, account, basis, policy))
        return tuple(found)

    def _cell(self, test: Test, account: str, basis: BasisOf, policy: GrievancePolicy) -> Cell:
        asked = self._asked(test, basis, policy)
        if account == MIXED:
            panel = panel_of(self.history, self.dispute, self.reading)
            return Cell(account, basis, policy, over_mixed(asked, panel, self.solvers))
        return Cell(account, basis, policy, in_account(asked, account, self.solvers))

    def _reads_causes(self, test: Test) -> bool:
        return reads_causes(test, self.reading.initiator)

    def _resting(
        self, test: Test, panel: tuple[str, ...], cells: tuple[Cell, ...]
    ) -> Iterator[Resting]:
        """Say of each account how many items hang on inferred words, where causes are read."""
        if BasisOf.WITH_INFERRED not in self.reading.bases or not self._reads_causes(test):
            return
        reading = self._asked(test, BasisOf.WITH_INFERRED, self.reading.grievances[0]).reading
        for account in panel:
            world = whole_account(self.history, self.dispute, account, reading)
            mine = [c for c in cells if (c.account, c.basis) == (account, BasisOf.WITH_INFERRED)]
            found = resting_on_inferred(world, _items(test, mine))
            if found.items:
                yield found

    def _renamed(
        self, test: Test, panel: tuple[str, ...], cells: tuple[Cell, ...]
    ) -> Renamed | None:
        """Hold the test against everything once more, with the other side's words for actions."""
        if self.reading.kinds_by != ACTORS_KINDS or isinstance(test, NotTestable):
            return None
        named = called_otherwise(self.history, self.dispute, self.reading, panel, test)
        if not named:
            return None
        reading = self.reading.model_copy(update={"kinds_by": OTHER_SIDES_KINDS})
        again = replace(self, reading=reading).cells(test)
        changes = tuple(
            (before, after)
            for before, after in zip(cells, again, strict=True)
            if before.outcome() != after.outcome()
        )
        asked = Asked(self.history, self.dispute, self.reading, panel, test, self.solvers.max_flow)
        return Renamed(telling(asked, named) or named, changes)

    def _stated(
        self, test: Test, accounts: tuple[str, ...], sought: Verdict
    ) -> Iterator[Concession]:
        """Return in whose own words, stated only, the test comes to the verdict sought."""
        for account in accounts:
            if not is_counted_by(self.history, test, account):
                continue
            found = {
                policy: finding
                for policy in self.reading.grievances
                if (finding := self._says(test, account, policy)) and finding.verdict is sought
            }
            if found:
                steps = _showing(test, found.values())
                silent = self._unsaid(test, account, steps)
                yield Concession(account, tuple(found), steps, silent)

    def _unsaid(self, test: Test, account: str, steps: tuple[str, ...]) -> tuple[str, ...]:
        if not self._reads_causes(test):
            return ()
        reading = self._asked(test, BasisOf.STATED_ONLY, self.reading.grievances[0]).reading
        world = whole_account(self.history, self.dispute, account, reading)
        return resting_on_silence(world, steps)

    def _says(self, test: Test, account: str, policy: GrievancePolicy) -> Finding | None:
        """Say what a test comes to in an account's own words, stated only; None where they part.

        What it holds of causes and what it calls actions are both its words: neither may gainsay.
        """
        asked = self._asked(test, BasisOf.STATED_ONLY, policy)
        by_own_kinds = asked.reading.model_copy(update={"kinds_by": account})
        found = in_account(asked, account, self.solvers)
        own = in_account(replace(asked, reading=by_own_kinds), account, self.solvers)
        return found if found.verdict is own.verdict else None

    def _cruxes(
        self,
        test: Test,
        panel: tuple[str, ...],
        claimants: tuple[str, ...],
        opponents: tuple[str, ...],
    ) -> Iterator[CruxUnder]:
        """From the claimant's account what breaks the claim, from each opponent's what rescues it.

        An account in which a claimant's claim fails already, or an opponent's holds, turns nothing.
        """
        if isinstance(test, NotTestable):
            return
        for account in (*claimants, *opponents) or panel:
            settled = None
            if claimants or opponents:
                settled = Truth.FALSE if account in claimants else Truth.TRUE
            for basis in self.reading.bases:
                for policy in self.reading.grievances:
                    asked = self._asked(test, basis, policy)
                    for crux in cruxes(asked, account, panel, self.solvers):
                        if crux.before is not settled:
                            yield CruxUnder(basis, policy, crux)


def _showing(test: Test, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the items that show what a test comes to, or the actions whose causes it asks for."""
    items = dict.fromkeys(
        item.action
        for found in findings
        if found.judged is not None
        for item in found.judged.items
        if item.value is found.judged.value
    )
    asked = dict.fromkeys(
        form.action
        for form in leaves(test)
        if isinstance(form, RootOf) or (isinstance(form, CauseOf) and form.account is None)
    )
    return tuple(items) or tuple(asked)


def _items(test: Test, cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return what a test is decided on: its items, or the actions that it names."""
    judged = [cell.finding.judged for cell in cells if cell.finding.judged is not None]
    items = dict.fromkeys(item.action for found in judged for item in found.items)
    return tuple(items) or mentions(test).subjects
