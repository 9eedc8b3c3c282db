"""Which set of projections wrote the views: known without loading any of them."""

from __future__ import annotations

from typing import Final

VERSION: Final = 5
"""Raised where the rows of a projection change their form."""

NAMES: Final = (
    "digests",
    "subjects",
    "dossiers",
    "members",
    "effects",
    "standings",
    "tally_bundles",
    "tally_leaders",
    "tally_ceilings",
    "tally",
    "verdicts",
)
"""The projections of `ledger.projections.table`, in its order."""

SCHEMA: Final = f"{VERSION}:{','.join(NAMES)}"
"""Views written by another set of projections are thrown away and computed again."""
