"""`reciprocity replies`: how answers relate to what they answer."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.answers.common import say_what_is_left_out, warn_of
from cli.options import FormatOption, ReadingOptions, ScaleOption, StoreOption
from cli.parts import PartOption, emit_answer
from cli.reading_options import reading_given


def replies(
    store: StoreOption,
    format: FormatOption,
    reading: ReadingOptions,
    scale: ScaleOption = None,
    budget: Annotated[
        bool,
        typer.Option(
            "--budget", help="Say whether each side's responses fit what they answer, all together."
        ),
    ] = False,
    part: PartOption = None,
) -> None:
    """Show how answers relate to what they answer, and what went unanswered

    Per side and account: how many hostile actions are responses, how many of these are in kind (the
    same kind), mirrored (the same kind, unit and quantity) or in another currency (no family in
    common), and how many days later. Then reply by reply, and what nobody answered. With --scale,
    the weight of each reply's kind beside that of what it answers. With --budget, whether the
    responses of a side in a unit fit k times what they answer, when each trigger is used up once,
    and which do not.

    Parts: sides, replies, unanswered, budget.

    Examples:
        reciprocity replies --dispute us-russia
        reciprocity replies --period 2021 --basis stated-only --part sides
        reciprocity replies --part unanswered --format csv
        reciprocity replies --part budget --k 2
    """
    from cli.answers.reply_rates import answer_of
    from ledger import open_ledger
    from ledger.answers.budgets import budgets
    from ledger.answers.obstacles import obstacles_in
    from ledger.answers.reply_rates import reply_rates
    from ledger.asking import ask
    from ledger.scale_files import scale_named
    from ledger.solvers.flow import NetworkxFlow

    with open_ledger(store) as ledger:
        asked = ask(ledger, reading_given(reading))
        chosen = scale_named(scale) if scale else None
        found = reply_rates(asked, chosen)
        wanted = budget or part == "budget"
        together = budgets(asked, NetworkxFlow()) if wanted else None
        counted = [dossier.id for dossier in asked.counted()]
        in_the_way = obstacles_in(asked, counted)
    emit_answer(answer_of(asked, found, chosen, together), format, part)
    say_what_is_left_out(asked, len(counted))
    warn_of(in_the_way)
