"""Scales: what an action of each kind weighs. A weighted figure always names its scale.

No published scale sees magnitude (1 person weighs what 755 do), and on Goldstein's one seizure
outweighs two expulsions: so counting by kind and unit, without a scale, is the default.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING, Final, Literal, cast

from domain.errors import InputError, require
from domain.kinds import KINDS, kind
from domain.nearest import did_you_mean
from domain.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

Magnitude = Literal["none", "quantity"]

EXAMPLE: Final = 'name = "mine", source = "where from", [weights] expulsion = -5.5'


class UnusableScaleError(InputError):
    """A scale lacks something, has something unknown, or weighs with what is not a number."""


class UnknownScaleError(InputError):
    """No published scale has this name."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights by kind, from where they come, and whether the quantity multiplies them.

    Rule: docs/semantics.md#scales
    """

    name: str
    source: str
    weights: tuple[tuple[str, float], ...]
    """Kind and weight, in the order of the kinds table; kinds that are not here have none."""
    magnitude: Magnitude = "none"
    """"none": an action weighs its weight once; "quantity": its weight times its quantity."""

    def weight(self, kind_name: str) -> float | None:
        """Give the weight of the kind; None where the scale gives none, which is not zero."""
        return dict(self.weights).get(kind_name)


GOLDSTEIN: Final = Scale(
    name="goldstein",
    source="Goldstein 1992, as extended to CAMEO codes; by the CAMEO code of each kind",
    weights=tuple((row.name, row.goldstein) for row in KINDS if row.goldstein is not None),
)
PLOVER: Final = Scale(
    name="plover",
    source="PLOVER 2.0 conflict-cooperation scores; by the PLOVER type and mode of each kind",
    weights=tuple((row.name, row.plover) for row in KINDS if row.plover is not None),
)
PUBLISHED_SCALES: Final = (GOLDSTEIN, PLOVER)


def published_scale(name: str) -> Scale:
    """Give the published scale of this name; raises UnknownScaleError."""
    by_name = {scale.name: scale for scale in PUBLISHED_SCALES}
    require(
        name in by_name,
        UnknownScaleError(
            f"there is no scale {quoted(name)}",
            why=did_you_mean(name, by_name) or f"published scales: {', '.join(by_name)}",
            hint="name a published scale or a TOML file: reciprocity tally --scale goldstein",
        ),
    )
    return by_name[name]


def scale_from_mapping(mapping: Mapping[str, object]) -> Scale:
    """Make a scale of what a user's TOML file holds: name, source, [weights], magnitude.

    `weights` maps kinds to finite numbers; `magnitude` is "none" (the default) or "quantity".
    Raises UnusableScaleError, and UnknownKindError for a weight of a kind that does not exist.
    Rule: docs/semantics.md#scales
    """
    for key in mapping:
        _require(
            key in {"name", "source", "weights", "magnitude"}, f"a scale has no field {quoted(key)}"
        )
    name = _text(mapping, "name")
    _require(
        name not in {scale.name for scale in PUBLISHED_SCALES},
        f"{quoted(name)} is the name of a published scale; give yours another",
    )
    magnitude = mapping.get("magnitude", "none")
    _require(
        magnitude in ("none", "quantity"),
        f'magnitude is {quoted(str(magnitude))}, not "none" or "quantity"',
    )
    return Scale(
        name=name,
        source=_text(mapping, "source"),
        weights=_weights(mapping.get("weights")),
        magnitude=cast("Magnitude", magnitude),
    )


def _require(condition: object, what: str) -> None:
    require(
        condition,
        UnusableScaleError(
            what,
            why=f"a scale is: {EXAMPLE}",
            hint="mend the file, or take a published scale: reciprocity tally --scale goldstein",
        ),
    )


def _text(mapping: Mapping[str, object], key: str) -> str:
    """Give a required text of the mapping."""
    value = mapping.get(key)
    _require(isinstance(value, str) and value.strip(), f"a scale needs a {key}, as text")
    return str(value)


def _weights(table: object) -> tuple[tuple[str, float], ...]:
    """Give kind and weight in the order of the kinds table, every one checked."""
    if not isinstance(table, dict) or not table:
        _require(condition=False, what="a scale needs a table [weights] of kinds and numbers")
        return ()
    weighed = {kind(str(name)).name: _number(str(name), value) for name, value in table.items()}
    return tuple((row.name, weighed[row.name]) for row in KINDS if row.name in weighed)


def _number(kind_name: str, value: object) -> float:
    """Give a weight as a number that can be added: not a truth value, text, NaN or infinite."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        _require(
            condition=False, what=f"the weight of {kind_name} is {quoted(str(value))}, not a number"
        )
        return 0.0
    try:
        weight = float(value)
    except OverflowError:
        weight = inf
    _require(isfinite(weight), f"the weight of {kind_name} is not a finite number")
    return weight
