from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kinds import KINDS, UnknownKindError, kind
from domain.scales import (
    GOLDSTEIN,
    PLOVER,
    UnknownScaleError,
    UnusableScaleError,
    published_scale,
    scale_from_mapping,
)


def mapping(**changes: object) -> dict[str, object]:
    return {"name": "mine", "source": "a guess", "weights": {"expulsion": -5, "recall": -1.5}} | (
        changes
    )


def test_published_scales_weigh_as_the_kinds_table() -> None:
    for row in KINDS:
        assert GOLDSTEIN.weight(row.name) == row.goldstein
        assert PLOVER.weight(row.name) == row.plover


def test_published_scales_do_not_see_magnitude() -> None:
    assert (GOLDSTEIN.magnitude, PLOVER.magnitude) == ("none", "none")


def test_no_weight_is_not_zero() -> None:
    assert GOLDSTEIN.weight("other") is None
    assert GOLDSTEIN.weight("statement") == 0.0
    assert PLOVER.weight("statement") is None


def test_every_hostile_kind_with_a_code_weighs_below_zero() -> None:
    for row in KINDS:
        if row.polarity == "hostile" and row.cameo:
            assert row.goldstein is not None
            assert row.goldstein < 0
            assert row.plover is not None
            assert row.plover < 0


def test_a_published_scale_is_found_by_its_name() -> None:
    assert published_scale("goldstein") is GOLDSTEIN
    assert published_scale("plover") is PLOVER


def test_an_unknown_scale_is_answered_with_the_likely_one() -> None:
    with pytest.raises(UnknownScaleError) as caught:
        published_scale("goldstien")
    assert caught.value.why == "did you mean goldstein?"
    with pytest.raises(UnknownScaleError) as caught:
        published_scale("zzz")
    assert caught.value.why == "published scales: goldstein, plover"


def test_a_user_scale_holds_what_was_written() -> None:
    scale = scale_from_mapping(mapping(magnitude="quantity"))
    assert (scale.name, scale.source, scale.magnitude) == ("mine", "a guess", "quantity")
    assert scale.weight("expulsion") == -5.0
    assert scale.weight("recall") == -1.5
    assert scale.weight("threat") is None


def test_the_order_of_the_file_does_not_matter() -> None:
    turned = mapping(weights={"recall": -1.5, "expulsion": -5})
    assert scale_from_mapping(turned) == scale_from_mapping(mapping())


def test_a_weight_of_an_unknown_kind_is_refused_with_the_likely_one() -> None:
    with pytest.raises(UnknownKindError) as caught:
        scale_from_mapping(mapping(weights={"expulsions": -5}))
    assert caught.value.why == "did you mean expulsion?"


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        -math.inf,
        pytest.param(10**400, id="huge"),
        "-5",
        None,
        True,
        [1],
        {"x": 1},
    ],
)
def test_a_weight_that_is_no_finite_number_is_refused(value: object) -> None:
    with pytest.raises(UnusableScaleError, match="expulsion"):
        scale_from_mapping(mapping(weights={"expulsion": value}))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": 3},
        {"source": " "},
        {"weights": {}},
        {"weights": [1]},
        {"weights": None},
        {"magnitude": "log"},
        {"magnitude": ["none"]},
        {"wieghts": {}},
    ],
)
def test_a_scale_that_lacks_or_invents_a_field_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(UnusableScaleError) as caught:
        scale_from_mapping(mapping(**changes))
    assert "reciprocity tally --scale" in caught.value.hint


@pytest.mark.parametrize("missing", ["name", "source", "weights"])
def test_a_missing_field_is_named(missing: str) -> None:
    held = {key: value for key, value in mapping().items() if key != missing}
    with pytest.raises(UnusableScaleError, match=missing):
        scale_from_mapping(held)


@pytest.mark.parametrize("name", ["goldstein", "plover"])
def test_nobody_passes_off_a_scale_as_a_published_one(name: str) -> None:
    with pytest.raises(UnusableScaleError, match="published scale"):
        scale_from_mapping(mapping(name=name))


@given(
    st.dictionaries(
        st.sampled_from([row.name for row in KINDS]),
        st.floats(allow_nan=False, allow_infinity=False),
        min_size=1,
    )
)
def test_finite_weights_of_known_kinds_come_back_unchanged(weights: dict[str, float]) -> None:
    scale = scale_from_mapping(mapping(weights=weights))
    assert dict(scale.weights) == weights
    assert all(kind(name) for name, _ in scale.weights)
