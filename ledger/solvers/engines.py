"""All engines together, as an audit of claims wants them."""

from __future__ import annotations

from typing import Final

from domain.claims.verdicts import Solvers
from ledger.solvers.clock import patience
from ledger.solvers.cpsat import CpSat
from ledger.solvers.flow import NetworkxFlow
from ledger.solvers.sat import PySat, Rc2

SECONDS: Final = 10.0
"""How long one question may take unless the user says otherwise."""


def engines(seconds: float = SECONDS) -> Solvers:
    """Return the engines, with so many seconds for each question; none is loaded yet."""
    return Solvers(PySat(), Rc2(), NetworkxFlow, CpSat(), seconds, patience)
