"""`reciprocity parity`: how many each side has with the other."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import FormatOption, ReadingOptions, StoreOption
from cli.parts import PartOption, emit_answer
from cli.reading_options import reading_given
from cli.terminal import say


def parity(
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="The stock, such as posts.")],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day to compare on.")],
    store: StoreOption,
    format: FormatOption,
    reading: ReadingOptions,
    part: PartOption = None,
) -> None:
    """Compare what each side has with the other on a date

    Stocks never add up. Compared are, teller by teller, the latest observations by the date, and
    the ceilings in force; a ratio is printed where both numbers are certain.

    Parts: comparisons, stocks.

    Examples:
        reciprocity parity --unit posts --on 2017-08-01
        reciprocity parity --unit posts --on 2021-12 --part stocks --format json
    """
    from cli.answers.parity import answer_of
    from ledger import open_ledger
    from ledger.answers.parity import parity_on
    from ledger.asking import ask

    with open_ledger(store) as ledger:
        asked = ask(ledger, reading_given(reading))
        found = parity_on(asked, unit, on)
    emit_answer(answer_of(asked, found), format, part)
    if not found.stocks:
        say(
            f"No {unit} are known by {on} in {asked.dispute}. "
            "Record what was observed: reciprocity stock --help"
        )
