"""The audit of a claim: the matrix of verdicts, what is conceded, and the crux."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.claims.crux import Crux, cruxes
from domain.claims.language import NotTestable
from domain.claims.verdicts import MIXED, Finding, Question, Verdict, in_account, over_mixed
from domain.reading import BasisOf, GrievancePolicy
from domain.truth import Truth
from domain.worlds import default_panel

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@dataclass(frozen=True, slots=True)
class Concession:
    """An account in which the claim holds (or fails), stated only, and under which policies."""

    account: str
    policies: tuple[GrievancePolicy, ...]


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
    which it is false, both stated only. `cruxes` are by basis and policy.
    """

    test: Test
    cells: tuple[Cell, ...]
    conceded: tuple[Concession, ...]
    self_refuted: tuple[Concession, ...]
    cruxes: tuple[CruxUnder, ...]

    def differs_by_basis(self) -> bool:
        """Whether stated only and with inferred come to different verdicts anywhere."""
        found: dict[tuple[str, GrievancePolicy], set[Verdict]] = {}
        for cell in self.cells:
            found.setdefault((cell.account, cell.policy), set()).add(cell.finding.verdict)
        return any(len(verdicts) > 1 for verdicts in found.values())


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

    def audit(self, test: Test, claimant: str | None = None) -> AuditedTest:
        """Hold a test against every account of the panel and against mixed worlds.

        `claimant` is the party that speaks; without one there is no opponent and no crux.

        Rule: docs/semantics.md#matrix
        """
        panel = panel_of(self.history, self.dispute, self.reading)
        sides = self.history.sides(self.dispute)
        own = sides.side_of(claimant) if claimant else None
        claimants = tuple(party for party in panel if sides.side_of(party) == own)
        opponents = tuple(party for party in panel if own and sides.side_of(party) != own)
        return AuditedTest(
            test=test,
            cells=tuple(self._cells(test, panel)),
            conceded=tuple(self._stated(test, opponents, Verdict.SUPPORTED)),
            self_refuted=tuple(self._stated(test, claimants, Verdict.REFUTED)),
            cruxes=tuple(self._cruxes(test, panel, claimants, opponents)),
        )

    def _asked(self, test: Test, basis: BasisOf, policy: GrievancePolicy) -> Question:
        reading = self.reading.model_copy(update={"bases": (basis,)})
        return Question(self.history, self.dispute, reading, policy, test)

    def _cells(self, test: Test, panel: tuple[str, ...]) -> Iterator[Cell]:
        for account in (*panel, MIXED):
            for basis in self.reading.bases:
                for policy in self.reading.grievances:
                    asked = self._asked(test, basis, policy)
                    if account == MIXED:
                        finding = over_mixed(asked, panel, self.solvers)
                    else:
                        finding = in_account(asked, account, self.solvers)
                    yield Cell(account, basis, policy, finding)

    def _stated(
        self, test: Test, accounts: tuple[str, ...], sought: Verdict
    ) -> Iterator[Concession]:
        """Return in whose own words, stated only, the test comes to the verdict sought.

        Rule: docs/semantics.md#conceded
        """
        for account in accounts:
            policies = tuple(
                policy
                for policy in self.reading.grievances
                if in_account(
                    self._asked(test, BasisOf.STATED_ONLY, policy), account, self.solvers
                ).verdict
                is sought
            )
            if policies:
                yield Concession(account, policies)

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
        for account in (*claimants, *opponents):
            settled = Truth.FALSE if account in claimants else Truth.TRUE
            for basis in self.reading.bases:
                for policy in self.reading.grievances:
                    asked = self._asked(test, basis, policy)
                    for crux in cruxes(asked, account, panel, self.solvers):
                        if crux.before is not settled:
                            yield CruxUnder(basis, policy, crux)
