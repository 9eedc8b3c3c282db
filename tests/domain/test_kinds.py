from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.data.weights import GOLDSTEIN_BY_CAMEO, PLOVER_BY_MODE
from domain.kinds import KINDS, Bearer, Family, Kind, Polarity, UnknownKindError, kind
from domain.nearest import did_you_mean, nearest
from domain.units import UNITS

RUNGS = {
    0: {"statement", "proposal", "consultation"},
    1: {"demand", "protest", "legal_action", "symbolic_act"},
    2: {"threat"},
    3: {
        "visa_refusal",
        "visa_suspension",
        "travel_restriction",
        "denial_of_access",
        "privilege_withdrawal",
        "talks_cancelled",
    },
    4: {
        "accreditation_withdrawal",
        "media_restriction",
        "organisation_ban",
        "recall",
        "rotation_departure",
        "local_staff_ban",
    },
    5: {"expulsion", "staff_cap", "own_post_closure", "own_staff_withdrawal"},
    6: {"property_closure", "property_seizure"},
    7: {"designation", "treaty_suspension"},
    8: {"breaking_relations"},
    None: {"retaliation", "reversal", "other"},
}

# Every (kind, family, unit) of the US-Russia history; "" where it gives no unit.
PAIRS_OF_THE_REAL_HISTORY = (
    ("accreditation_withdrawal", "mission_staff", "accreditations"),
    ("consultation", "process", ""),
    ("demand", "ambassador", "persons"),
    ("denial_of_access", "media", ""),
    ("denial_of_access", "media", "media_outlets"),
    ("denial_of_access", "other", "visits"),
    ("denial_of_access", "property", "properties"),
    ("designation", "media", "media_outlets"),
    ("designation", "mission_staff", "states"),
    ("designation", "sanctions", ""),
    ("designation", "sanctions", "acts"),
    ("designation", "sanctions", "designations"),
    ("expulsion", "mission_staff", "persons"),
    ("expulsion", "un_mission", "persons"),
    ("legal_action", "property", ""),
    ("local_staff_ban", "mission_staff", "local_posts"),
    ("organisation_ban", "other", ""),
    ("other", "other", "accounts"),
    ("own_post_closure", "property", "properties"),
    ("own_staff_withdrawal", "mission_staff", "local_posts"),
    ("privilege_withdrawal", "property", ""),
    ("property_closure", "property", "properties"),
    ("proposal", "mission_staff", "persons"),
    ("proposal", "process", ""),
    ("proposal", "property", "properties"),
    ("proposal", "visas", ""),
    ("recall", "ambassador", "persons"),
    ("reversal", "ambassador", "persons"),
    ("reversal", "mission_staff", ""),
    ("reversal", "visas", ""),
    ("reversal", "visas", "visas"),
    ("rotation_departure", "mission_staff", ""),
    ("rotation_departure", "mission_staff", "persons"),
    ("staff_cap", "mission_staff", "posts_ceiling"),
    ("staff_cap", "mission_staff", "posts_cut"),
    ("staff_cap", "visas", "visas_per_year_ceiling"),
    ("statement", "mission_staff", ""),
    ("statement", "mission_staff", "persons"),
    ("symbolic_act", "property", ""),
    ("talks_cancelled", "process", "meetings"),
    ("threat", "ambassador", "persons"),
    ("threat", "mission_staff", ""),
    ("threat", "mission_staff", "persons"),
    ("threat", "mission_staff", "posts_ceiling"),
    ("travel_restriction", "travel", ""),
    ("travel_restriction", "travel", "persons"),
    ("travel_restriction", "un_mission", ""),
    ("treaty_suspension", "treaty", ""),
    ("visa_refusal", "treaty", "visas"),
    ("visa_refusal", "visas", "visas"),
    ("visa_suspension", "visas", ""),
)


def named(rows: tuple[Kind, ...]) -> set[str]:
    return {row.name for row in rows}


def test_each_kind_has_one_row_and_is_found_by_its_name() -> None:
    assert len(KINDS) == 32
    assert len(named(KINDS)) == 32
    assert all(kind(row.name) is row for row in KINDS)


def test_every_kind_stands_on_its_rung() -> None:
    assert named(KINDS) == set().union(*RUNGS.values())
    for rung, names in RUNGS.items():
        assert {row.name for row in KINDS if row.rung == rung} == names


def test_polarity_follows_from_the_rung_but_for_what_an_actor_does_to_itself() -> None:
    self_borne = {"own_post_closure", "own_staff_withdrawal"}
    for row in KINDS:
        if row.name in self_borne:
            assert row.polarity is Polarity.SELF_BORNE
        elif row.rung is not None:
            hostile = row.rung >= 3
            assert row.polarity is (Polarity.HOSTILE if hostile else Polarity.WORDS)
    assert kind("retaliation").polarity is Polarity.HOSTILE
    assert kind("reversal").polarity is Polarity.CONCILIATORY
    assert kind("other").polarity is Polarity.UNCLASSIFIED


def test_only_recalls_and_self_borne_kinds_are_borne_by_the_actor() -> None:
    borne_by_actor = {row.name for row in KINDS if row.borne_by is Bearer.ACTOR}
    assert borne_by_actor == {"recall", "own_post_closure", "own_staff_withdrawal"}
    assert kind("recall").polarity is Polarity.HOSTILE


def test_every_unit_of_a_kind_is_in_the_units_table_once() -> None:
    known = {unit.name for unit in UNITS}
    for row in KINDS:
        assert set(row.units) <= known
        assert len(set(row.units)) == len(row.units)


def test_words_reversals_retaliations_and_other_take_any_unit() -> None:
    every = {unit.name for unit in UNITS}
    takes_any = {row.name for row in KINDS if set(row.units) == every}
    words = {row.name for row in KINDS if row.polarity is Polarity.WORDS}
    assert takes_any == words | {"reversal", "retaliation", "other"}


@pytest.mark.parametrize(("name", "family", "unit"), PAIRS_OF_THE_REAL_HISTORY)
def test_the_table_allows_what_the_real_history_holds(name: str, family: str, unit: str) -> None:
    row = kind(name)
    assert Family(family)
    assert not unit or unit in row.units


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("expulsion", "persons"),
        ("staff_cap", "posts_ceiling"),
        ("visa_refusal", "visas"),
        ("property_closure", "properties"),
        ("designation", "designations"),
        ("threat", "persons"),
    ],
)
def test_the_first_unit_is_the_default(name: str, unit: str) -> None:
    assert kind(name).units[0] == unit


def test_breaking_relations_has_no_quantity() -> None:
    assert kind("breaking_relations").units == ()


@pytest.mark.parametrize(
    ("name", "cameo", "goldstein"),
    [
        ("expulsion", "161", -4.0),
        ("visa_suspension", "160", -4.0),
        ("designation", "163", -8.0),
        ("talks_cancelled", "164", -6.5),
        ("property_seizure", "171", -9.2),
        ("travel_restriction", "172", -5.0),
        ("organisation_ban", "166", -7.0),
        ("threat", "130", -4.4),
        ("protest", "114", -2.0),
        ("reversal", "080", 5.0),
        ("retaliation", "", None),
        ("other", "", None),
    ],
)
def test_goldstein_weight_is_that_of_the_cameo_code(
    name: str, cameo: str, goldstein: float | None
) -> None:
    assert (kind(name).cameo, kind(name).goldstein) == (cameo, goldstein)


@pytest.mark.parametrize(
    ("name", "plover_type", "plover_mode", "plover"),
    [
        ("expulsion", "SANCTION", "expel", -5.5),
        ("recall", "SANCTION", "withdraw", -6.0),
        ("staff_cap", "SANCTION", "discontinue", -6.0),
        ("property_seizure", "COERCE", "seize", -7.0),
        ("threat", "THREATEN", "", -3.5),
        ("protest", "ACCUSE", "disapprove", -2.0),
        ("legal_action", "ACCUSE", "allege", -3.5),
        ("reversal", "CONCEDE", "", 4.5),
        ("statement", "", "", None),
        ("retaliation", "", "", None),
    ],
)
def test_plover_weight_is_that_of_type_and_mode(
    name: str, plover_type: str, plover_mode: str, plover: float | None
) -> None:
    row = kind(name)
    assert (row.plover_type, row.plover_mode, row.plover) == (plover_type, plover_mode, plover)


def test_every_code_in_the_table_has_a_published_weight() -> None:
    for row in KINDS:
        assert not row.cameo or row.cameo in GOLDSTEIN_BY_CAMEO
        assert not row.plover_type or (row.plover_type, row.plover_mode) in PLOVER_BY_MODE


def test_reference_weights_are_as_published() -> None:
    published = {
        "160": -4.0,
        "161": -4.0,
        "163": -8.0,
        "164": -6.5,
        "171": -9.2,
        "1711": -9.2,
        "172": -5.0,
        "174": -5.0,
        "166": -7.0,
        "130": -4.4,
        "138": -7.0,
        "139": -7.0,
        "111": -2.0,
        "112": -2.0,
        "114": -2.0,
        "080": 5.0,
        "081": 5.0,
        "055": 7.0,
        "0841": 7.0,
        "0842": 7.0,
        "085": 7.0,
    }
    assert {code: GOLDSTEIN_BY_CAMEO[code] for code in published} == published
    assert PLOVER_BY_MODE["RETREAT", "release"] == 6.5


def test_one_seizure_outweighs_two_expulsions_on_goldstein() -> None:
    seizure, expulsion = kind("property_seizure").goldstein, kind("expulsion").goldstein
    assert seizure is not None
    assert expulsion is not None
    assert seizure < 2 * expulsion


def test_protected_are_premises_taken_and_persons_held_in_their_movement() -> None:
    protected = {row.name: row.protects for row in KINDS if row.protects}
    assert protected == {
        "denial_of_access": "premises",
        "property_closure": "premises",
        "property_seizure": "premises",
        "travel_restriction": "persons",
    }


def test_what_is_complete_in_the_doing_cannot_be_undone() -> None:
    assert {row.name for row in KINDS if not row.can_be_undone} == {
        "statement",
        "consultation",
        "protest",
        "symbolic_act",
        "talks_cancelled",
        "retaliation",
        "other",
    }
    assert kind("expulsion").can_be_undone


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("expulsion", "9"),
        ("staff_cap", "11"),
        ("recall", "45"),
        ("breaking_relations", "45"),
        ("travel_restriction", "26"),
        ("property_closure", "22, 45"),
        ("visa_refusal", ""),
    ],
)
def test_the_article_that_applies(name: str, article: str) -> None:
    assert kind(name).article == article


def test_an_unknown_kind_is_named_with_the_likely_one() -> None:
    with pytest.raises(UnknownKindError, match="no kind 'expulsoin'") as caught:
        kind("expulsoin")
    assert caught.value.why == "did you mean expulsion?"
    assert "reciprocity" in caught.value.hint


def test_a_kind_is_never_found_by_a_prefix_or_another_case() -> None:
    for name in ("expul", "Expulsion", " expulsion", ""):
        with pytest.raises(UnknownKindError):
            kind(name)


def test_nearest_ignores_case_spaces_and_hyphens() -> None:
    names = [row.name for row in KINDS]
    assert nearest("Staff-Cap", names)[0] == "staff_cap"
    assert nearest("property seizure", names)[0] == "property_seizure"


def test_nothing_is_suggested_for_what_is_like_nothing() -> None:
    assert nearest("zzzzzz", ["expulsion"]) == ()
    assert did_you_mean("zzzzzz", ["expulsion"]) == ""


def test_several_suggestions_read_as_a_sentence() -> None:
    found = did_you_mean("property", ["propertya", "propertyb", "propertyc"])
    assert found.startswith("did you mean ")
    assert found.count(", ") == 1
    assert found.count(" or ") == 1


def test_a_huge_word_is_compared_by_its_beginning() -> None:
    assert nearest("expulsion" + " " * 100 + "x" * 10_000_000, ["expulsion"]) == ("expulsion",)
    with pytest.raises(UnknownKindError) as caught:
        kind("x" * 10_000_000)
    assert len(str(caught.value)) < 300


@given(st.sampled_from([row.name for row in KINDS]))
def test_every_name_is_its_own_nearest(name: str) -> None:
    assert nearest(name.upper(), [row.name for row in KINDS])[0] == name
