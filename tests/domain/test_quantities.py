"""Quantities have a unit, units do not mix, and absurd numbers are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.errors import InputError, LedgerError
from domain.quantities import (
    UNKNOWN,
    AbsurdQuantityError,
    Amount,
    FractionalQuantityError,
    NegativeQuantityError,
    Quantity,
    QuantitySyntaxError,
    UnitDoesNotAddError,
    UnitsDoNotMixError,
    UnknownUnitError,
    same_unit,
)
from domain.units import UNITS, Nature, Unit, unit
from tests.domain.test_amounts import amounts

FLOWS = st.sampled_from([row.name for row in UNITS if row.nature is Nature.FLOW])


def quantity(value: object, unit_name: str = "persons") -> Quantity:
    return Quantity.model_validate({"value": value, "unit": unit_name})


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ('{"value":35,"unit":"persons"}', Amount.exact(35)),
        ('{"value":0,"unit":"persons"}', Amount.exact(0)),
        ('{"value":"24..55","unit":"persons"}', Amount.between(24, 55)),
        ('{"value":">=79","unit":"persons"}', Amount.at_least(79)),
        ('{"value":"unknown","unit":"persons"}', UNKNOWN),
    ],
)
def test_a_quantity_is_stored_as_its_value_and_its_unit(stored: str, value: Amount) -> None:
    read = Quantity.model_validate_json(stored)
    assert read == Quantity(value=value, unit="persons")
    assert read.model_dump_json() == stored


def test_a_number_in_quotes_means_the_number() -> None:
    assert quantity("35") == quantity(35)


@given(amounts(), FLOWS)
def test_every_quantity_is_read_back_as_it_was(value: Amount, name: str) -> None:
    if (value.hi or value.lo) <= unit(name).bound:
        kept = Quantity(value=value, unit=name)
        assert Quantity.model_validate_json(kept.model_dump_json()) == kept
        assert Quantity.model_validate(kept.model_dump()) == kept


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("-5", NegativeQuantityError),
        ("3.5", FractionalQuantityError),
        ("35.0", FractionalQuantityError),
        ("NaN", FractionalQuantityError),
        ("Infinity", FractionalQuantityError),
        ("null", QuantitySyntaxError),
        ("true", QuantitySyntaxError),
        ("[35]", QuantitySyntaxError),
        ("100001", AbsurdQuantityError),
        ('">=100001"', AbsurdQuantityError),
        ('"1..100001"', AbsurdQuantityError),
        ("9999999999999999999999", AbsurdQuantityError),
        ("-9999999999999999999999", AbsurdQuantityError),
    ],
)
def test_bad_json_values_are_refused_by_name(value: str, error: type[LedgerError]) -> None:
    with pytest.raises(error) as caught:
        Quantity.model_validate_json(f'{{"value": {value}, "unit": "persons"}}')
    assert isinstance(caught.value, InputError)
    assert "reciprocity " in caught.value.hint


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row.name)
def test_each_unit_takes_its_bound_and_refuses_one_more(row: Unit) -> None:
    known = row
    assert quantity(known.bound, known.name).value == Amount.exact(known.bound)
    with pytest.raises(AbsurdQuantityError, match=known.plural):
        quantity(known.bound + 1, known.name)


def test_an_unknown_unit_and_an_unknown_field_are_refused() -> None:
    with pytest.raises(UnknownUnitError, match="no unit 'people'"):
        quantity(35, "people")
    with pytest.raises(ValidationError):
        Quantity.model_validate({"value": 35, "unit": "persons", "about": True})
    with pytest.raises(ValidationError):
        Quantity.model_validate({"value": 35})


def test_a_quantity_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        quantity(35).unit = "visas"  # type: ignore[misc]


def test_units_do_not_mix() -> None:
    with pytest.raises(UnitsDoNotMixError, match="persons and visas"):
        _ = quantity(35) + quantity(5, "visas")
    with pytest.raises(UnitsDoNotMixError):
        _ = quantity(755, "posts_cut") + quantity(455, "posts_ceiling")


@pytest.mark.parametrize("row", [row for row in UNITS if row.nature is not Nature.FLOW])
def test_what_is_no_flow_never_adds(row: Unit) -> None:
    ceiling = quantity(100, row.name)
    with pytest.raises(UnitDoesNotAddError):
        _ = ceiling + ceiling


def test_flows_of_one_unit_add_and_the_sum_has_no_bound() -> None:
    assert quantity(35) + quantity(60) == quantity(95)
    assert (quantity(100_000) + quantity(100_000)).value == Amount.exact(200_000)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "1 person"),
        (35, "35 persons"),
        ("unknown", "an unknown number of persons"),
        (">=79 (1 unknown)", "at least 79 persons (1 part unknown)"),
        ("24..55", "between 24 and 55 persons"),
    ],
)
def test_a_quantity_is_said_in_words(value: object, words: str) -> None:
    assert quantity(value).words() == words


def test_only_quantities_that_are_there_have_the_same_unit() -> None:
    assert same_unit(quantity(35), quantity("unknown"))
    assert not same_unit(quantity(35), quantity(35, "visas"))
    assert not same_unit(None, quantity(35))
    assert not same_unit(None, None)
