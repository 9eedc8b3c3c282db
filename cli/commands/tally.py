"""`reciprocity tally`: who imposed how much of what on whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.common import say_what_makes_ranges
from cli.options import FormatOption, ReadingOptions, ScaleOption, StoreOption
from cli.parts import PartOption, emit_answer
from cli.reading_options import reading_given

if TYPE_CHECKING:
    from cli.parts import Answer
    from ledger.asking import Asked


def tally(
    store: StoreOption,
    format: FormatOption,
    reading: ReadingOptions,
    scale: ScaleOption = None,
    part: PartOption = None,
) -> None:
    """Show what each side imposed and suffered

    By family, kind and unit: imposed, suffered, net (imposed less suffered), reversed, and what is
    outstanding. Different units never add up; a ceiling counts while it is in force; a package
    counts once. With --account, the actions as each of these accounts calls and counts them. With
    --scale, weights instead of quantities, by pair of sides.

    Parts: lines, totals, sides, exceeded, spanning, unclassified; with --scale: weights.

    Examples:
        reciprocity tally --dispute us-russia --period 2016-12-29/2023-12-31
        reciprocity tally --account USA --account RUS --family mission_staff
        reciprocity tally --scale goldstein
        reciprocity tally --part sides --format csv
    """
    from ledger import open_ledger
    from ledger.asking import ask

    with open_ledger(store) as ledger:
        asked = ask(ledger, reading_given(reading))
        answer = _answer(asked, scale)
        found = len(asked.counted())
        emit_answer(answer, format, part)
        say_what_makes_ranges(asked, found)


def _answer(asked: Asked, scale: str | None) -> Answer:
    from ledger.answers.tallies import tallies, weighted_tallies

    if scale is None:
        from cli.answers.tally import answer_of

        return answer_of(asked, tallies(asked))
    from cli.answers.weights import answer_of as answer_weighed
    from ledger.scale_files import scale_named

    chosen = scale_named(scale)
    return answer_weighed(asked, chosen, weighted_tallies(asked, chosen))
