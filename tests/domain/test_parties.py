from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.data.capitals import CAPITALS
from domain.data.iso3166 import ISO_3166_1, ISO_3166_3
from domain.parties import (
    EVERYDAY_NAMES,
    ORGANISATIONS,
    UnknownPartyError,
    capital,
    check_party,
    party_title,
)
from domain.sides import PARTY_CODE_FORM

ROOT = Path(__file__).parents[2]
STATES = [row[0] for row in (*ISO_3166_1, *ISO_3166_3)]
ORGANISATION_CODES = [code for code, _ in ORGANISATIONS]


@pytest.mark.parametrize(
    "code", ["USA", "RUS", "CZE", "POL", "X-MULTI", "EU", "NATO", "UN", "OSCE"]
)
def test_states_organisations_and_ad_hoc_groups_are_parties(code: str) -> None:
    assert check_party(code) == code


@pytest.mark.parametrize("code", ["SUN", "YUG", "CSK", "DDR", "SCG"])
def test_states_that_are_gone_are_parties(code: str) -> None:
    assert check_party(code) == code


def test_a_registered_party_is_known_in_that_ledger_only() -> None:
    assert check_party("WAGNER", registered={"WAGNER"}) == "WAGNER"
    with pytest.raises(UnknownPartyError):
        check_party("WAGNER")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("usa", "USA"),
        ("Russia", "RUS"),
        ("russian federation", "RUS"),
        ("US", "USA"),
        ("UK", "GBR"),
        ("Soviet Union", "SUN"),
        ("European Union", "EU"),
        ("nato", "NATO"),
        ("x-multi", "X-MULTI"),
        ("USA ", "USA"),
        ("Turkey", "TUR"),
        ("East Germany", "DDR"),
    ],
)
def test_another_spelling_is_refused_with_the_code_that_it_means(text: str, code: str) -> None:
    with pytest.raises(UnknownPartyError) as caught:
        check_party(text)
    assert caught.value.hint.startswith(f"write {code};")


def test_a_registered_party_in_lower_case_is_refused_with_its_code() -> None:
    with pytest.raises(UnknownPartyError) as caught:
        check_party("wagner", registered=("WAGNER",))
    assert caught.value.hint.startswith("write WAGNER;")


def test_a_slip_in_a_name_is_answered_with_code_and_name() -> None:
    with pytest.raises(UnknownPartyError, match="no party 'Rusia'") as caught:
        check_party("Rusia")
    assert "RUS (Russian Federation)" in caught.value.why
    assert "reciprocity party add" in caught.value.hint


@pytest.mark.parametrize("text", ["", "X-", "X-multi", "X--A", "QQQ", "USAA", "X-A\n", "12"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(UnknownPartyError):
        check_party(text)


def test_a_title_falls_back_to_the_code() -> None:
    assert party_title("USA") == "United States"
    assert party_title("EU") == "European Union"
    assert party_title("X-MULTI") == "X-MULTI"


def test_no_code_has_two_meanings() -> None:
    codes = [*STATES, *ORGANISATION_CODES]
    assert len(set(codes)) == len(codes)
    assert all(PARTY_CODE_FORM.fullmatch(code) for code in codes)


def test_every_everyday_name_means_a_known_party() -> None:
    for _, code in EVERYDAY_NAMES:
        assert check_party(code) == code


def test_the_tables_hold_all_states_of_the_standard() -> None:
    assert len(ISO_3166_1) == 249
    assert len(ISO_3166_3) >= 30


def test_every_capital_is_of_a_state_and_no_state_has_two() -> None:
    codes = [code for code, _ in CAPITALS]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(STATES)
    assert all(name == name.strip() and name[0].isupper() for _, name in CAPITALS)


def test_two_states_share_a_capital_only_where_one_followed_the_other() -> None:
    of_capital: dict[str, set[str]] = {}
    for code, name in CAPITALS:
        of_capital.setdefault(name, set()).add(code)
    shared = {name: codes for name, codes in of_capital.items() if len(codes) > 1}
    assert shared == {
        "Belgrade": {"SRB", "SCG", "YUG"},
        "Moscow": {"RUS", "SUN"},
        "Prague": {"CZE", "CSK"},
    }


@pytest.mark.parametrize(
    ("code", "name"),
    [("RUS", "Moscow"), ("USA", "Washington"), ("GBR", "London"), ("CHN", "Beijing")],
)
def test_a_state_is_called_by_its_capital(code: str, name: str) -> None:
    assert capital(code) == name


@pytest.mark.parametrize(
    "code",
    ["ISR", "PSE", "ZAF", "NLD", "BOL", "YEM", "SGP", "EU", "UN", "X-MULTI", "HKG", "GRL", "RU"],
)
def test_what_has_no_undoubted_capital_has_none(code: str) -> None:
    assert capital(code) is None


def test_the_committed_codes_are_what_the_generator_makes() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "make_iso3166.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0


@given(st.sampled_from(STATES))
def test_a_state_in_lower_case_is_always_refused_with_its_own_code(code: str) -> None:
    with pytest.raises(UnknownPartyError) as caught:
        check_party(code.lower())
    assert caught.value.hint.startswith(f"write {code};")


@given(st.text(max_size=12).filter(lambda text: text not in {*STATES, *ORGANISATION_CODES}))
def test_any_other_text_without_the_ad_hoc_form_is_refused_with_a_hint(text: str) -> None:
    assume(not text.startswith("X-"))
    with pytest.raises(UnknownPartyError) as caught:
        check_party(text)
    assert caught.value.hint
