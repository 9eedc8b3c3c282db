"""`reciprocity initiators`: who began it, according to whom."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.answers.common import say_what_is_left_out, warn_of
from cli.options import FormatOption, ReadingOptions, StoreOption
from cli.parts import PartOption, emit_answer
from cli.reading_options import reading_given


def initiators(
    store: StoreOption,
    format: FormatOption,
    reading: ReadingOptions,
    differences: Annotated[
        bool,
        typer.Option(
            "--differences", help="List the actions on which accounts part, and what parts them."
        ),
    ] = False,
    part: PartOption = None,
) -> None:
    """Show who initiated the hostile actions, account beside account

    Counts to whom each account puts the beginning of every hostile action, under each grievance
    policy: put to who acts, to who is blamed for it, or to nobody (external). Then the roots, each
    with the hostile actions that go back to it. An account is a party's own words; with inferred,
    an analyst speaks where it is silent.

    Parts: counts, roots, differences.

    Examples:
        reciprocity initiators --dispute us-russia
        reciprocity initiators --grievance actor --period 2021/2022 --family mission_staff
        reciprocity initiators --differences --account USA --account RUS
        reciprocity initiators --part roots --format csv
    """
    from cli.answers.who_initiated import answer_of
    from ledger import open_ledger
    from ledger.answers.obstacles import obstacles_in
    from ledger.answers.where_accounts_part import where_accounts_part
    from ledger.answers.who_initiated import hostile_of, who_initiated
    from ledger.asking import ask

    with open_ledger(store) as ledger:
        asked = ask(ledger, reading_given(reading))
        found = who_initiated(ledger, asked)
        wanted = differences or part == "differences"
        partings = where_accounts_part(ledger, asked) if wanted else None
        in_the_way = obstacles_in(asked, [held.id for held in hostile_of(asked)])
    emit_answer(answer_of(asked, found, partings, all_roots=part == "roots"), format, part)
    say_what_is_left_out(asked, found.hostile)
    warn_of(in_the_way)
