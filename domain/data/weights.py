"""Published conflict-cooperation weights, from -10 (worst) to +10 (best).

Both scales weigh the sort of action alone: one person expelled weighs what 755 do.
"""

from __future__ import annotations

from typing import Final

GOLDSTEIN_BY_CAMEO: Final[dict[str, float]] = {
    "010": 0.0,  # make statement
    "017": 0.0,  # engage in symbolic act
    "030": 4.0,  # express intent to cooperate
    "040": 1.0,  # consult
    "055": 7.0,  # apologise
    "080": 5.0,  # yield
    "081": 5.0,  # ease administrative sanctions
    "0841": 7.0,  # return, release persons
    "0842": 7.0,  # return, release property
    "085": 7.0,  # ease economic sanctions
    "100": -5.0,  # demand
    "111": -2.0,  # criticise or denounce
    "112": -2.0,  # accuse
    "114": -2.0,  # complain officially
    "115": -2.0,  # bring lawsuit
    "130": -4.4,  # threaten
    "138": -7.0,  # threaten with military force
    "139": -7.0,  # give ultimatum
    "160": -4.0,  # reduce relations
    "161": -4.0,  # reduce or break diplomatic relations: expelling diplomats is coded here
    "163": -8.0,  # impose embargo, boycott or sanctions
    "164": -6.5,  # halt negotiations
    "166": -7.0,  # expel or withdraw organisations
    "171": -9.2,  # seize or damage property
    "1711": -9.2,  # confiscate property
    "172": -5.0,  # impose administrative sanctions, restrictions
    "1721": -5.0,  # restrict freedoms of speech and expression
    "174": -5.0,  # expel or deport individuals
}
"""CAMEO code (text: leading zeros count) to Goldstein weight.

Source: Goldstein, Journal of Conflict Resolution 36 (1992) 369-385, as extended to CAMEO.
"""

PLOVER_BY_MODE: Final[dict[tuple[str, str], float]] = {
    ("AGREE", ""): 2.5,
    ("CONSULT", ""): 2.5,
    ("CONCEDE", ""): 4.5,
    ("RETREAT", ""): 6.5,
    ("RETREAT", "release"): 6.5,
    ("REQUEST", ""): 0.0,
    ("ACCUSE", "disapprove"): -2.0,
    ("ACCUSE", "allege"): -3.5,
    ("REJECT", ""): -2.0,
    ("REJECT", "meet"): -2.0,
    ("THREATEN", ""): -3.5,
    ("SANCTION", "expel"): -5.5,
    ("SANCTION", "withdraw"): -6.0,
    ("SANCTION", "discontinue"): -6.0,
    ("COERCE", "seize"): -7.0,
    ("COERCE", "restrict"): -7.0,
    ("COERCE", "censor"): -6.5,
}
"""PLOVER type and mode ("" = the type as a whole) to PLOVER weight.

Source: PLOVER 2.0 manual (Open Event Data Alliance), table of conflict-cooperation scores.
"""
