"""The table of kinds: what sort of action there is, one row a kind.

To add a kind, add a row. Everything that differs between kinds is a column here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.data.weights import GOLDSTEIN_BY_CAMEO, PLOVER_BY_MODE
from domain.errors import InputError
from domain.nearest import did_you_mean
from domain.quoting import quoted
from domain.units import UNITS


class UnknownKindError(InputError):
    """No kind has this name."""


class Family(StrEnum):
    """The field that an action belongs to; a kind gives the default, the action decides."""

    MISSION_STAFF = "mission_staff"
    VISAS = "visas"
    PROPERTY = "property"
    SANCTIONS = "sanctions"
    AMBASSADOR = "ambassador"
    MEDIA = "media"
    UN_MISSION = "un_mission"
    TRAVEL = "travel"
    PROCESS = "process"
    TREATY = "treaty"
    OTHER = "other"


class Polarity(StrEnum):
    """What an action is to its target: words are rungs 0 to 2, hostile rungs 3 to 8."""

    WORDS = "words"
    HOSTILE = "hostile"
    CONCILIATORY = "conciliatory"
    SELF_BORNE = "self-borne"
    UNCLASSIFIED = "unclassified"


class Bearer(StrEnum):
    """Who suffers the action: those it is aimed at, or the one who takes it."""

    TARGETS = "targets"
    ACTOR = "actor"


ANY_UNIT: Final = ("persons", *(unit.name for unit in UNITS if unit.name != "persons"))
"""For kinds that speak of, undo or stand for any other kind, and so take any unit."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of action and all that follows from the sort alone.

    Rule: docs/semantics.md#kinds
    """

    name: str
    """The stored name: never changed, never reused."""
    family: Family
    """The family of an action of this kind that names none."""
    polarity: Polarity
    rung: int | None
    """Severity on the ladder, 0 to 8, a stated convention; None: each record chooses, or none.

    Rule: docs/semantics.md#rungs
    """
    cameo: str
    """CAMEO code, as text since leading zeros count; "": the kind alone does not say."""
    plover_type: str
    plover_mode: str
    """PLOVER 2.0 event type and mode; "": none, or the type as a whole."""
    meaning: str
    units: tuple[str, ...] = ANY_UNIT
    """The units that a quantity may have, the default first; empty: no quantity."""
    can_be_undone: bool = True
    """Whether a later act of the actor can put back what this kind takes away.

    The test is that of articles 49 and 53 of the ILC Articles on State Responsibility: can the
    relation that was interrupted be resumed? A cap can be lifted and a property returned. So can
    an expulsion be undone: the person is readmitted, or a successor accepted, although the
    departure did happen; days lost come back for no kind, and counting them nothing could ever
    be undone. False for what is complete in the doing (words said, a meeting day gone by) and
    where the kind alone does not say what was done (retaliation, other).
    """
    protects: str = ""
    """What the kind touches that the Vienna Convention on Diplomatic Relations makes inviolable.

    "premises" (articles 22 and 30: the mission's premises, a private residence), "persons"
    (article 29: a diplomat's person, freedom and dignity), or "". An expulsion has "": article 9
    allows it, and it ends a function and leaves the person inviolable until departure.
    """
    borne_by: Bearer = Bearer.TARGETS
    article: str = ""
    """Articles of the Vienna Convention on Diplomatic Relations that apply: "9", "22, 45", ""."""

    @property
    def goldstein(self) -> float | None:
        """The Goldstein weight of the CAMEO code, -10 to +10; None: the scale gives none."""
        return GOLDSTEIN_BY_CAMEO.get(self.cameo)

    @property
    def plover(self) -> float | None:
        """The PLOVER 2.0 weight of type and mode, -10 to +10; None: the scale gives none."""
        return PLOVER_BY_MODE.get((self.plover_type, self.plover_mode))


_F, _P = Family, Polarity
_WORDS, _HOSTILE, _SELF_BORNE = _P.WORDS, _P.HOSTILE, _P.SELF_BORNE
_ACTOR = Bearer.ACTOR

# fmt: off
KINDS: Final[tuple[Kind, ...]] = (
    # name, family, polarity, rung, CAMEO code, PLOVER type and mode, meaning, exceptions
    Kind("statement", _F.PROCESS, _WORDS, 0, "010", "", "",
         "says something of the dispute and asks for nothing",
         can_be_undone=False),
    Kind("proposal", _F.PROCESS, _WORDS, 0, "030", "AGREE", "",
         "offers a step or a bargain"),
    Kind("consultation", _F.PROCESS, _WORDS, 0, "040", "CONSULT", "",
         "meets or talks with the target",
         can_be_undone=False),
    Kind("demand", _F.PROCESS, _WORDS, 1, "100", "REQUEST", "",
         "requires the target to do or stop something, and names no penalty"),
    Kind("protest", _F.PROCESS, _WORDS, 1, "114", "ACCUSE", "disapprove",
         "complains officially: a note, a summoned ambassador",
         can_be_undone=False),
    Kind("legal_action", _F.PROCESS, _WORDS, 1, "115", "ACCUSE", "allege",
         "sues, or announces a suit"),
    Kind("symbolic_act", _F.PROCESS, _WORDS, 1, "017", "", "",
         "does something that means much and takes nothing: a renamed street",
         can_be_undone=False),
    Kind("threat", _F.PROCESS, _WORDS, 2, "130", "THREATEN", "",
         "announces a hostile step, certain or on a condition"),

    Kind("visa_refusal", _F.VISAS, _HOSTILE, 3, "172", "REJECT", "",
         "refuses or leaves unanswered applications for visas",
         units=("visas", "persons")),
    Kind("visa_suspension", _F.VISAS, _HOSTILE, 3, "160", "SANCTION", "discontinue",
         "stops or cuts down the issue of visas to a group or at a post",
         units=("visas",)),
    Kind("travel_restriction", _F.TRAVEL, _HOSTILE, 3, "172", "COERCE", "restrict",
         "limits where the target's staff or citizens may go",
         units=("persons", "visits", "kilometres"), protects="persons", article="26"),
    Kind("denial_of_access", _F.PROPERTY, _HOSTILE, 3, "172", "COERCE", "restrict",
         "keeps the target from a place, a use or a person that it may otherwise reach",
         units=("properties", "visits", "media_outlets", "persons"),
         protects="premises", article="22"),
    Kind("privilege_withdrawal", _F.MISSION_STAFF, _HOSTILE, 3, "160", "SANCTION", "discontinue",
         "takes back a courtesy or facility of the mission: reserved parking",
         units=("persons", "properties", "accounts"), article="25"),
    Kind("talks_cancelled", _F.PROCESS, _HOSTILE, 3, "164", "REJECT", "meet",
         "calls off a meeting or a round of talks that was agreed",
         units=("meetings", "visits"), can_be_undone=False),

    Kind("accreditation_withdrawal", _F.MISSION_STAFF, _HOSTILE, 4,
         "161", "SANCTION", "discontinue",
         "ends the recognition of people in a function: honorary consuls",
         units=("accreditations", "persons"), article="9"),
    Kind("media_restriction", _F.MEDIA, _HOSTILE, 4, "1721", "COERCE", "censor",
         "limits the work of the target's media or journalists",
         units=("media_outlets", "accreditations", "persons")),
    Kind("organisation_ban", _F.OTHER, _HOSTILE, 4, "166", "SANCTION", "expel",
         "ends the work of the target's organisations: foundations, agencies",
         units=("organisations",)),
    Kind("recall", _F.AMBASSADOR, _HOSTILE, 4, "161", "SANCTION", "withdraw",
         "calls its own ambassador or envoy home, or announces it, as a sign of displeasure",
         units=("persons",), borne_by=_ACTOR, article="45"),
    Kind("rotation_departure", _F.MISSION_STAFF, _HOSTILE, 4, "161", "SANCTION", "expel",
         "forces staff out by a limit of term or by not extending their visas",
         units=("persons", "days"), article="9"),
    Kind("local_staff_ban", _F.MISSION_STAFF, _HOSTILE, 4, "161", "SANCTION", "discontinue",
         "forbids the target's missions to employ people hired locally",
         units=("local_posts", "persons"), article="11"),

    Kind("expulsion", _F.MISSION_STAFF, _HOSTILE, 5, "161", "SANCTION", "expel",
         "orders named or counted staff of the target to leave; families are not counted",
         units=("persons",), article="9"),
    Kind("staff_cap", _F.MISSION_STAFF, _HOSTILE, 5, "161", "SANCTION", "discontinue",
         "limits how many may serve in the target's missions, or arrive there in a year",
         units=("posts_ceiling", "posts_cut", "visas_per_year_ceiling"), article="11"),
    Kind("own_post_closure", _F.PROPERTY, _SELF_BORNE, 5, "161", "SANCTION", "withdraw",
         "closes or suspends a post of its own",
         units=("properties",), borne_by=_ACTOR),
    Kind("own_staff_withdrawal", _F.MISSION_STAFF, _SELF_BORNE, 5, "161", "SANCTION", "withdraw",
         "withdraws or dismisses staff of its own missions",
         units=("persons", "local_posts", "posts_cut"), borne_by=_ACTOR),

    Kind("property_closure", _F.PROPERTY, _HOSTILE, 6, "161", "SANCTION", "discontinue",
         "orders the target to close a mission, a consulate or another property",
         units=("properties",), protects="premises", article="22, 45"),
    Kind("property_seizure", _F.PROPERTY, _HOSTILE, 6, "171", "COERCE", "seize",
         "takes a property of the target, or control of it",
         units=("properties",), protects="premises", article="22, 45"),

    Kind("designation", _F.SANCTIONS, _HOSTILE, 7, "163", "SANCTION", "discontinue",
         "puts persons, bodies or states on a list with legal effects",
         units=("designations", "persons", "organisations", "media_outlets", "states", "acts")),
    Kind("treaty_suspension", _F.TREATY, _HOSTILE, 7, "160", "SANCTION", "discontinue",
         "stops applying a treaty, or leaves it",
         units=("treaties",)),

    Kind("breaking_relations", _F.PROCESS, _HOSTILE, 8, "161", "SANCTION", "discontinue",
         "ends diplomatic relations",
         units=(), article="45"),

    Kind("retaliation", _F.OTHER, _HOSTILE, None, "", "", "",
         "counters an action that it must name, in a way that fits no other kind",
         can_be_undone=False),
    Kind("reversal", _F.OTHER, _P.CONCILIATORY, None, "080", "CONCEDE", "",
         "undoes an action in whole or in part: restitution, readmission, lifting"),
    Kind("other", _F.OTHER, _P.UNCLASSIFIED, None, "", "", "",
         "fits no kind: counted nowhere as hostile, and reported",
         can_be_undone=False),
)
# fmt: on

_BY_NAME: Final = {row.name: row for row in KINDS}


def kind(name: str) -> Kind:
    """Give the row of the kind with this stored name; raises UnknownKindError.

    Rule: docs/semantics.md#kinds
    """
    if name not in _BY_NAME:
        raise UnknownKindError(
            f"there is no kind {quoted(name)}",
            why=did_you_mean(name, _BY_NAME),
            hint="see all kinds: reciprocity add --help",
        )
    return _BY_NAME[name]
