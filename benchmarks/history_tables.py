"""What generated histories draw from: kinds and parties, each as often as real ones have them.

Kinds and their units are counted in the history that the ledger ships (`seeds/us_russia.csv`);
some that it lacks stand once; a table of actions cannot say all of a retaliation, so there is none.
States come as often as in event data: few of them take part in most of what happens.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Final, NamedTuple


class Sort(NamedTuple):
    """A kind of action and the unit that it is counted in, "" for none."""

    kind: str
    unit: str


_COUNTED: Final = (
    ("accreditation_withdrawal", "accreditations", 1),
    ("breaking_relations", "", 1),
    ("consultation", "", 8),
    ("demand", "persons", 1),
    ("denial_of_access", "", 1),
    ("denial_of_access", "media_outlets", 1),
    ("denial_of_access", "properties", 5),
    ("denial_of_access", "visits", 1),
    ("designation", "", 1),
    ("designation", "acts", 1),
    ("designation", "designations", 6),
    ("designation", "media_outlets", 2),
    ("designation", "states", 1),
    ("expulsion", "persons", 17),
    ("legal_action", "", 1),
    ("local_staff_ban", "local_posts", 1),
    ("media_restriction", "media_outlets", 1),
    ("organisation_ban", "", 1),
    ("other", "accounts", 1),
    ("own_post_closure", "properties", 1),
    ("own_staff_withdrawal", "local_posts", 1),
    ("privilege_withdrawal", "", 1),
    ("property_closure", "properties", 5),
    ("property_seizure", "properties", 1),
    ("proposal", "", 2),
    ("proposal", "persons", 1),
    ("proposal", "properties", 2),
    ("protest", "", 1),
    ("recall", "persons", 2),
    ("rotation_departure", "persons", 8),
    ("staff_cap", "posts_ceiling", 1),
    ("staff_cap", "posts_cut", 1),
    ("staff_cap", "visas_per_year_ceiling", 1),
    ("statement", "", 1),
    ("statement", "persons", 1),
    ("symbolic_act", "", 1),
    ("talks_cancelled", "meetings", 1),
    ("threat", "", 1),
    ("threat", "persons", 5),
    ("threat", "posts_ceiling", 1),
    ("travel_restriction", "", 3),
    ("travel_restriction", "persons", 1),
    ("treaty_suspension", "", 1),
    ("visa_refusal", "visas", 9),
    ("visa_suspension", "", 4),
)
SORTS: Final = tuple(Sort(kind, unit) for kind, unit, _ in _COUNTED)
SORTS_SUMMED: Final = tuple(accumulate(times for _, _, times in _COUNTED))
REVERSAL: Final = Sort("reversal", "persons")

PARTIES: Final = (
    *("USA", "RUS", "CHN", "GBR", "ISR", "IRN", "FRA", "DEU", "TUR", "IND", "PAK", "UKR"),
    *("SYR", "JPN", "KOR", "PRK", "SAU", "EGY", "AUS", "CAN", "POL", "ITA", "ESP", "GRC"),
    *("CZE", "SWE", "NOR", "NLD", "BEL", "ROU", "BGR", "HUN", "AUT", "CHE", "SRB", "GEO"),
    *("ARM", "AZE", "KAZ", "BLR", "LTU", "LVA", "EST", "FIN", "DNK", "MEX", "BRA", "VEN"),
    *("COL", "CUB", "QAT", "ARE", "IRQ", "LBN", "JOR", "AFG", "VNM", "PHL", "IDN", "MYS"),
)
PARTIES_SUMMED: Final = tuple(accumulate(1 / place for place in range(1, len(PARTIES) + 1)))

OUTLETS: Final = ("Reuters", "RFE/RL", "Коммерсантъ", "BBC", "AFP", "TASS", "Xinhua", "Le Monde")
