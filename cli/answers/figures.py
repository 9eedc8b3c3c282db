"""Figures for programs and people: an amount in words, and its bounds as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.tables import Align, Column

if TYPE_CHECKING:
    from domain.measures.weighted import Weight
    from domain.quantities import Amount, Net


def figure_columns(name: str, title: str = "") -> tuple[Column, ...]:
    """Name the columns of one figure: its words, its bounds, how many parts are unknown."""
    return (
        Column(name, title, Align.RIGHT),
        Column(f"{name}_lo", align=Align.RIGHT),
        Column(f"{name}_hi", align=Align.RIGHT),
        Column(f"{name}_unknown_parts", align=Align.RIGHT),
    )


def figure(name: str, value: Amount | Net | None) -> dict[str, object]:
    """Give the values of the columns of one figure; nothing where none applies."""
    if value is None:
        return dict.fromkeys((name, f"{name}_lo", f"{name}_hi", f"{name}_unknown_parts"))
    return {
        name: value.words(),
        f"{name}_lo": value.lo,
        f"{name}_hi": value.hi,
        f"{name}_unknown_parts": value.unknown_parts,
    }


def weight_words(weight: Weight) -> str:
    """Return a weight for a reader: "-42.5", "at most -4", "between -10 and -4", "not known"."""
    lo, hi = weight.lo, weight.hi
    if lo is None:
        return "not known" if hi is None else f"at most {_plain(hi)}"
    if hi is None:
        return f"at least {_plain(lo)}"
    return f"{_plain(lo)}" if lo == hi else f"between {_plain(lo)} and {_plain(hi)}"


def _plain(number: float) -> str:
    return f"{number:+.10g}" if number else "0"
