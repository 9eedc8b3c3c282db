"""`reciprocity ladder`: the rung of each step, by date, side by side."""

from __future__ import annotations

from cli.answers.common import say_what_is_left_out
from cli.options import FormatOption, ReadingOptions, ScaleOption, StoreOption
from cli.parts import emit_answer
from cli.reading_options import reading_given


def ladder(
    store: StoreOption,
    format: FormatOption,
    reading: ReadingOptions,
    scale: ScaleOption = None,
) -> None:
    """Show how high each side climbed, step by step

    Each step's rung by date, in a column for the side that took it, and who never stood so high
    before. Rungs are a convention that a reading can replace, in its file: [rungs] recall = 5.

    Examples:
        reciprocity ladder --dispute us-russia --period 2021
        reciprocity ladder --family mission_staff --kinds-by other
        reciprocity ladder --scale goldstein --format csv
    """
    from cli.answers.ladder import answer_of
    from ledger import open_ledger
    from ledger.answers.ladder import ladder_rows
    from ledger.asking import ask
    from ledger.scale_files import scale_named

    with open_ledger(store) as ledger:
        asked = ask(ledger, reading_given(reading))
        chosen = scale_named(scale) if scale else None
        found = ladder_rows(asked, chosen)
    emit_answer(answer_of(asked, found, chosen), format)
    say_what_is_left_out(asked, len(found))
