"""`reciprocity chain`: from the roots of an action down to what descends from it."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.answers.common import warn_of
from cli.options import FormatOption, ReadingOptions, StoreOption
from cli.parts import PartOption, emit_answer
from cli.reading_options import reading_given


def chain(
    action: Annotated[str, typer.Argument(metavar="ID", help="The action.")],
    store: StoreOption,
    format: FormatOption,
    reading: ReadingOptions,
    part: PartOption = None,
) -> None:
    """Trace an action back to its roots, and on to what descends from it

    One tree for each root, under each account: what each step answers, who says so (the actor
    itself, an attribution, an analyst where the account is silent) and on which source; and where
    the accounts part. The dispute is the action's own. A source is where the account was found:
    often the very page that tells of the action.

    Parts: accounts, steps, partings.

    Examples:
        reciprocity chain rus-2017-07-28-cap455
        reciprocity chain usa-2022-02-28-exp12un --account RUS --basis stated-only
        reciprocity chain rus-2017-07-28-cap455 --part partings --format csv
    """
    from cli.answers.chains import answer_of
    from ledger import open_ledger
    from ledger.answers.about import ask_about, require_standing
    from ledger.answers.chains import chain_of
    from ledger.answers.obstacles import obstacles_in

    with open_ledger(store) as ledger:
        asked = ask_about(ledger, reading_given(reading), action)
        require_standing(asked, action)
        found = chain_of(asked, action)
        in_the_way = obstacles_in(asked, [action])
    emit_answer(answer_of(asked, found), format, part)
    warn_of(in_the_way)
