"""`reciprocity show`: one action with every account of it."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.answers.common import warn_of
from cli.options import FormatOption, ReadingOptions, StoreOption
from cli.parts import PartOption, emit_answer
from cli.reading_options import reading_given
from cli.terminal import say


def show(
    action: Annotated[str, typer.Argument(metavar="ID", help="The action.")],
    store: StoreOption,
    format: FormatOption,
    reading: ReadingOptions,
    part: PartOption = None,
) -> None:
    """Show one action with every account of it

    What is recorded of it; what each account says, on which basis and source; and what each account
    comes to: its role, its roots, who initiated it, how it escalates, and the facts that the law
    asks for (never conclusions). Then its links, sources and corrections. An account's source is
    where the account was found: often the very page that tells of the action.

    Parts: action, accounts, standings, links, sources, corrections.

    Examples:
        reciprocity show rus-2018-03-29-exp60
        reciprocity show usa-2021-09-list55 --account RUS --kinds-by RUS
        reciprocity show rus-2018-03-29-exp60 --part accounts --format json
    """
    from cli.answers.show import answer_of
    from ledger import open_ledger
    from ledger.answers.about import ask_about
    from ledger.answers.obstacles import obstacles_in
    from ledger.answers.show import shown

    with open_ledger(store) as ledger:
        asked = ask_about(ledger, reading_given(reading), action)
        found = shown(asked, action, ledger.stream(action))
        stands = asked.action(action).stands
        in_the_way = obstacles_in(asked, [action]) if stands else ()
    emit_answer(answer_of(asked, found), format, part)
    if not stands:
        say(f"{action} is retracted: it counts nowhere.")
    warn_of(in_the_way)
