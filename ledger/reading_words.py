"""A reading in words, as every output prints it: short lines, and nothing left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reading import (
    ACTORS_KINDS,
    OTHER_SIDES_KINDS,
    BasisOf,
    DateBasis,
    EscalationFlag,
    GrievancePolicy,
    InitiatorReading,
    MembershipRule,
    Silence,
    StatedWhen,
)
from domain.worlds import default_panel

if TYPE_CHECKING:
    from domain.history import History
    from domain.reading import Reading

Words = tuple[str, str]

BASES = {
    BasisOf.STATED_ONLY: "what was stated",
    BasisOf.WITH_INFERRED: "with what analysts infer for the silent",
}
STATED = {StatedWhen.LAST: "as stated last", StatedWhen.THEN: "as stated first"}
SILENCES = {
    Silence.INHERIT: "the silent hold the actor's causes",
    Silence.UNDETERMINED: "silence is undetermined",
}
GRIEVANCES = {
    GrievancePolicy.ACTOR: "who acts (actor)",
    GrievancePolicy.BLAMED: "who is blamed (blamed)",
    GrievancePolicy.EXTERNAL: "nobody (external)",
}
DATES = {
    DateBasis.OCCURRED: "the day it occurred",
    DateBasis.PUBLIC: "the day it was made public",
    DateBasis.EFFECTIVE: "the day it took effect",
}
MEMBERSHIPS = {
    MembershipRule.CERTAIN: "what is certainly in it counts",
    MembershipRule.POSSIBLE: "what is possibly in it counts too",
}
KINDS_BY = {ACTORS_KINDS: "the actor", OTHER_SIDES_KINDS: "the target"}


def reading_header(
    reading: Reading, history: History, dispute: str, position: int
) -> tuple[Words, ...]:
    """Return a reading as (name, words): every field of it, its dispute, the ledger's position.

    Rule: docs/semantics.md#reading
    """
    return (
        ("dispute", _dispute(history, dispute)),
        ("accounts", _accounts(reading, history, dispute)),
        ("words", _words(reading)),
        ("initiators", _initiators(reading)),
        ("escalation", _escalation(reading)),
        ("kinds", _kinds(reading)),
        ("period", _period(reading)),
        ("known", _known(reading, position)),
    )


def _dispute(history: History, dispute: str) -> str:
    held = history.disputes.get(dispute)
    title = f"{dispute}, {held.opened.title}" if held and held.opened.title else dispute
    sides = [
        side.name if side.parties == (side.name,) else f"{side.name} ({', '.join(side.parties)})"
        for side in history.sides(dispute).sides
    ]
    return f"{title}; sides: {', '.join(sides) or 'none declared'}"


def _accounts(reading: Reading, history: History, dispute: str) -> str:
    if reading.accounts:
        return ", ".join(reading.accounts)
    panel = ", ".join(default_panel(history, dispute)) or "none"
    return f"{panel} (the parties of the declared sides)"


def _words(reading: Reading) -> str:
    bases = ", then ".join(BASES[basis] for basis in reading.bases)
    causes = "words can be causes" if reading.words_as_causes else "words are no causes"
    return f"{bases}; {STATED[reading.stated]}; {SILENCES[reading.silence]}; {causes}"


def _initiators(reading: Reading) -> str:
    policies = ", ".join(GRIEVANCES[policy] for policy in reading.grievances)
    meaning = {
        InitiatorReading.SOLELY: "solely: alone at the root",
        InitiatorReading.JOINTLY: "jointly: among those at the root",
        InitiatorReading.DIRECTLY: "directly: among those who act, root or not",
    }[reading.initiator]
    return f"{meaning}; a grievance is put to {policies}"


def _escalation(reading: Reading) -> str:
    names = {flag: flag.value for flag in EscalationFlag}
    names[EscalationFlag.OVER_RESPONSE] += f" (more than {reading.k} x)"
    return ", ".join(names[flag] for flag in reading.flags) or "no flag counts"


def _kinds(reading: Reading) -> str:
    said = f"as {KINDS_BY.get(reading.kinds_by, reading.kinds_by)} calls them"
    families = f"only {', '.join(reading.families)}" if reading.families else "all families"
    rungs = ", ".join(f"{name} {rung}" for name, rung in reading.rungs)
    return f"{said}; {families}" + (f"; rungs replaced: {rungs}" if rungs else "")


def _period(reading: Reading) -> str:
    span = "all time" if reading.period is None else str(reading.period)
    return f"{span}, by {DATES[reading.date_basis]}; {MEMBERSHIPS[reading.membership]}"


def _known(reading: Reading, position: int) -> str:
    known = f"at ledger position {position}"
    if reading.as_known_at is not None:
        known += f" (asked: as known at {reading.as_known_at})"
    if reading.as_of_claim is not None:
        known += f"; only what was public and said by {reading.as_of_claim}"
    return known
