"""Amounts as text: `35`, `24..55`, `>=79`, `unknown`; and sums that keep their unknown parts.

A sum with unknown parts is `>=79 (1 unknown)`. Each amount has exactly one text.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from domain.errors import InputError, require
from domain.quoting import quoted

UNKNOWN_TEXT: Final = "unknown"
MOST_DIGITS: Final = 15
"""Digits of the largest number read at all; the units table has the tighter bounds."""
LARGEST: Final = 10**MOST_DIGITS - 1
LONGEST_AMOUNT: Final = 80

FORMS_HINT: Final = (
    "quantities look like 35, 24..55, '>=79' or unknown; see: reciprocity add --help"
)

_FORM: Final = re.compile(
    r"(?:(?P<exact>[0-9]+)|(?P<lo>[0-9]+)\.\.(?P<hi>[0-9]+)|>=(?P<least>[0-9]+)|(?P<unknown>unknown))"
    r"(?: \((?P<parts>[0-9]+) unknown\))?"
)


class QuantitySyntaxError(InputError):
    """A text is no whole number, range, lower bound or `unknown`."""


class NegativeQuantityError(InputError):
    """A quantity is below zero."""


class FractionalQuantityError(InputError):
    """A quantity is not a whole number."""


class AbsurdQuantityError(InputError):
    """A quantity is larger than anything its unit can count."""


class QuantityRangeReversedError(InputError):
    """A range of quantities ends below its start."""


class Bounds(NamedTuple):
    """What an amount says: at least `lo`, at most `hi` (None: no bound), and its unknown parts."""

    lo: int
    hi: int | None
    unknown_parts: int


def read_bounds(text: str) -> Bounds:
    """Read an amount from its text.

    Raises QuantitySyntaxError, NegativeQuantityError, FractionalQuantityError,
    AbsurdQuantityError, QuantityRangeReversedError.
    """
    match = _FORM.fullmatch(text) if len(text) <= LONGEST_AMOUNT else None
    if match is None:
        raise _refusal(text)
    for number in re.findall(r"[0-9]+", text):
        require_readable(len(number) <= MOST_DIGITS)
    parts = int(match["parts"] or 0)
    if match["unknown"]:
        return Bounds(0, None, parts or 1)
    if match["least"]:
        return Bounds(int(match["least"]), None, parts)
    lo = int(match["exact"] or match["lo"])
    hi = int(match["exact"] or match["hi"])
    require(
        lo <= hi,
        QuantityRangeReversedError(
            f"{quoted(text)} ends below its start", hint=f"write {hi}..{lo}; {FORMS_HINT}"
        ),
    )
    return Bounds(lo, hi, parts)


def write_bounds(bounds: Bounds) -> str:
    """Return the one text of an amount: what `read_bounds` reads back."""
    lo, hi, parts = bounds
    if bounds == Bounds(0, None, 1):
        return UNKNOWN_TEXT
    known = f">={lo}" if hi is None else str(lo) if lo == hi else f"{lo}..{hi}"
    return f"{known} ({parts} unknown)" if parts else known


def require_readable(condition: object) -> None:
    """Refuse a number of more digits than any count has."""
    require(
        condition,
        AbsurdQuantityError(
            f"a quantity has more than {MOST_DIGITS} digits",
            why="nothing that is counted here is that many",
            hint=f"correct the number; {FORMS_HINT}",
        ),
    )


def _refusal(text: str) -> InputError:
    """Say why a text is no amount."""
    shown = quoted(text)
    near = text[: LONGEST_AMOUNT + 1]
    bare = "".join(near.split())
    require_readable(not re.fullmatch(r"(>=)?[0-9]+", near))
    if re.search(r"(^|\.\.|>=)[-\u2212][0-9]", near):
        return NegativeQuantityError(
            f"{shown} is below zero", why="a quantity counts something", hint=FORMS_HINT
        )
    if re.fullmatch(r"(>=)?[0-9]{1,3}(,[0-9]{3})+", near):
        why = "digits are written without separators"
        return QuantitySyntaxError(f"{shown} is not a quantity", why=why, hint=FORMS_HINT)
    if re.search(r"(^|[^.])[0-9]+[.,][0-9]", near) or re.fullmatch(r"[0-9]+/[0-9]+", near):
        return FractionalQuantityError(
            f"{shown} is not a whole number", why="quantities are whole", hint=FORMS_HINT
        )
    if bare != near and _FORM.fullmatch(bare):
        hint = f"write {quoted(bare)}; {FORMS_HINT}"
        return QuantitySyntaxError(f"{shown} has spaces", why="nothing is stripped", hint=hint)
    return QuantitySyntaxError(
        f"{shown} is not a quantity",
        why="it is no whole number, range, lower bound or 'unknown'; a unit is a field of its own",
        hint=FORMS_HINT,
    )
