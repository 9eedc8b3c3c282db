"""Who can act: states by ISO 3166 code, organisations, and ad hoc groups.

A code is what is stored and compared, whole and in capital letters: never a name, never a prefix.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from domain.data.capitals import CAPITALS
from domain.data.iso3166 import ISO_3166_1, ISO_3166_3
from domain.errors import InputError
from domain.nearest import did_you_mean, nearest
from domain.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Collection

AD_HOC_FORM: Final = re.compile(r"X-[A-Z0-9]+(-[A-Z0-9]+)*")
"""An ad hoc group: `X-MULTI`, `X-E3`, `X-GULF-STATES`."""

ORGANISATIONS: Final[tuple[tuple[str, str], ...]] = (
    ("AU", "African Union"),
    ("ASEAN", "Association of Southeast Asian Nations"),
    ("BRICS", "BRICS"),
    ("CIS", "Commonwealth of Independent States"),
    ("COE", "Council of Europe"),
    ("CSTO", "Collective Security Treaty Organization"),
    ("EAEU", "Eurasian Economic Union"),
    ("EU", "European Union"),
    ("G7", "Group of Seven"),
    ("G20", "Group of Twenty"),
    ("GCC", "Gulf Cooperation Council"),
    ("IAEA", "International Atomic Energy Agency"),
    ("ICC", "International Criminal Court"),
    ("LAS", "League of Arab States"),
    ("NATO", "North Atlantic Treaty Organization"),
    ("OAS", "Organization of American States"),
    ("OIC", "Organisation of Islamic Cooperation"),
    ("OPCW", "Organisation for the Prohibition of Chemical Weapons"),
    ("OSCE", "Organization for Security and Co-operation in Europe"),
    ("SCO", "Shanghai Cooperation Organisation"),
    ("UN", "United Nations"),
    ("WHO", "World Health Organization"),
    ("WTO", "World Trade Organization"),
)
"""Code and title of the organisations known without being registered."""

EVERYDAY_NAMES: Final[tuple[tuple[str, str], ...]] = (
    ("America", "USA"),
    ("Britain", "GBR"),
    ("Brunei", "BRN"),
    ("Cape Verde", "CPV"),
    ("DR Congo", "COD"),
    ("East Germany", "DDR"),
    ("East Timor", "TLS"),
    ("GDR", "DDR"),
    ("Great Britain", "GBR"),
    ("Ivory Coast", "CIV"),
    ("Macedonia", "MKD"),
    ("Micronesia", "FSM"),
    ("Palestine", "PSE"),
    ("Russia", "RUS"),
    ("Soviet Union", "SUN"),
    ("Turkey", "TUR"),
    ("UAE", "ARE"),
    ("UK", "GBR"),
    ("USSR", "SUN"),
    ("Vatican", "VAT"),
    ("Yugoslavia", "YUG"),
    ("Czechoslovakia", "CSK"),
)
"""Names in use that ISO does not list, each with the code that it means."""

_TITLES: Final[dict[str, str]] = {
    **{row[0]: row[1] for row in ISO_3166_3},
    **{row[0]: row[2] for row in ISO_3166_1},
    **dict(ORGANISATIONS),
}
_CAPITALS: Final[dict[str, str]] = dict(CAPITALS)


class UnknownPartyError(InputError):
    """No party has this code: not a state, an organisation, a registered party or X-NAME."""


def _codes_by_name() -> dict[str, str]:
    """Give the code for every name and two-letter code in the tables, without case."""
    named = [
        *((name, row[0]) for row in ISO_3166_3 for name in row[1:]),
        *((name, row[0]) for row in ISO_3166_1 for name in row[1:]),
        *((title, code) for code, title in ORGANISATIONS),
        *EVERYDAY_NAMES,
    ]
    return {name.casefold(): code for name, code in named}


def _is_known(code: str, registered: Collection[str]) -> bool:
    return code in _TITLES or code in registered or AD_HOC_FORM.fullmatch(code) is not None


def _meant(text: str, registered: Collection[str]) -> str | None:
    """Give the code that the text surely means: other case, a name, a two-letter code."""
    upper = text.strip().upper()
    if _is_known(upper, registered):
        return upper
    return _codes_by_name().get(text.strip().casefold())


def _suggestion(text: str, registered: Collection[str]) -> str:
    """Give codes and names that look like the text, as a question."""
    by_name = _codes_by_name()
    named = tuple(by_name[name] for name in nearest(text.casefold(), by_name))
    if named:
        listed = " or ".join(f"{code} ({party_title(code)})" for code in dict.fromkeys(named))
        return f"did you mean {listed}?"
    return did_you_mean(text, [*_TITLES, *registered])


def check_party(code: str, registered: Collection[str] = ()) -> str:
    """Give the code back if it is a party's; raises UnknownPartyError with the likely ones.

    Known are ISO 3166-1 alpha-3 (`USA`), 3166-3 for states that are gone (`SUN`), the
    organisations of the table, ad hoc groups (`X-NAME`), and the codes registered in the ledger.
    Lower case and names are refused, so that one party is never stored under two spellings.
    Rule: docs/semantics.md#words
    """
    if _is_known(code, registered):
        return code
    meant = _meant(code, registered)
    if meant is not None:
        raise UnknownPartyError(
            f"{quoted(code)} is not a party's code",
            why="a party is written by its code, in capital letters",
            hint=f"write {meant}; all codes: reciprocity party list",
        )
    raise UnknownPartyError(
        f"there is no party {quoted(code)}",
        why=_suggestion(code, registered),
        hint="an ad hoc group is written X-NAME; register another: reciprocity party add --help",
    )


def capital(code: str) -> str | None:
    """Give the capital by which a state's government is called; None for all other parties."""
    return _CAPITALS.get(code)


def party_title(code: str) -> str:
    """Give the title of a state or organisation; a code without one stands for itself."""
    return _TITLES.get(code, code)
