"""The projections, in the order in which each may read the ones before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.projections.digests import Digests
from ledger.projections.dossiers import Dossiers, Members
from ledger.projections.effects import Effects
from ledger.projections.standings import Standings
from ledger.projections.subjects import Subjects
from ledger.projections.tallies import Bundles, Ceilings, Leaders, Lines
from ledger.projections.verdicts import Verdicts

if TYPE_CHECKING:
    from ledger.projections.rows import Projection

PROJECTIONS: Final[tuple[Projection, ...]] = (
    Digests(),
    Subjects(),
    Dossiers(),
    Members(),
    Effects(),
    Standings(),
    Bundles(),
    Leaders(),
    Ceilings(),
    Lines(),
    Verdicts(),
)
