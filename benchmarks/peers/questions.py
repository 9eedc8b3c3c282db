"""The two questions that every hand-written peer answers, over the files that the generator writes.

Tally: of hostile and self-borne actions, told twice ones left out, by dispute, side, side borne
against, kind and unit: how many actions, the sum of the least numbers, the sum of the greatest, and
how many are not known.

Initiators: in the account of the first party of each side, stated words only: each action's causes
in that party's own words, else in the actor's. Who is silent leaves an action undetermined (`?`);
an action that answers nothing, or a grievance, was initiated by its actor's side; an outside act by
the side of its party; any other by whoever initiated what it answers. Hostile actions are counted
by dispute, account and initiators.

This is less than the ledger computes: corrections, packages, reversals, ceilings, impossible causes
and inferred words are left out, and an action that an account calls unprovoked is an opening.
"""

from __future__ import annotations

from typing import Final

from domain.kinds import KINDS, Bearer, Polarity

HOSTILE: Final = tuple(row.name for row in KINDS if row.polarity is Polarity.HOSTILE)
TALLIED: Final = (*HOSTILE, *(row.name for row in KINDS if row.polarity is Polarity.SELF_BORNE))
BORNE_BY_ACTOR: Final = tuple(
    row.name for row in KINDS if row.borne_by is Bearer.ACTOR or row.polarity is Polarity.SELF_BORNE
)
SILENT: Final = ("", "none_stated", "unknown")
NO_CAUSE: Final = ("nothing", "unprovoked")
UNDETERMINED: Final = "?"
