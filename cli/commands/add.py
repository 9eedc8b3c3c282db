"""`reciprocity add`: record one action, by options or, on a terminal, question by question."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cli.action_options import ActionOptions, KindArgument
from cli.causes_options import CausesOptions
from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.terminal import is_terminal, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.facade import Ledger


def add(
    kind: KindArgument = None,
    *,
    options: ActionOptions,
    causes: CausesOptions,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Record one action and what it answers according to its actor

    Who did what to whom, when, how many, and the cause as the actor gave it: exactly one of
    --answers, --answers-outside and --grievance (together, if need be), --answers-nothing, or
    --cause-not-stated. At least one --source. The dispute may be left out where there is only one.

    Without options, on a terminal, it asks for one field after the other.

    The same content again is a no-op that says so. An id that is not given is made from actor, date
    and kind. A cause that certainly comes after its effect is recorded, with a warning.

    Examples:
        reciprocity add expulsion --by USA --against RUS --on 2016-12-29 --quantity 35 --grievance election-interference@RUS --source 'Statement on Actions | The White House | 2016-12-29'
        reciprocity add recall --by RUS --against USA --on 2021-03-17 --cause-not-stated --source 'Ambassador recalled | TASS | 2021-03-17'
        reciprocity add
    """  # noqa: E501 - an example is one line
    from cli.told import tell, warn_of_oddities
    from ledger import open_ledger
    from ledger.adding import add_action

    with open_ledger(store, by=recorded_by) as ledger:
        given = (
            _asked(ledger, kind, options.dispute)
            if _is_bare(options, causes)
            else _given(ledger, kind, options, causes)
        )
        if given is None:
            say("Nothing was recorded.")
            return
        outcome = add_action(ledger, *given)
        tell(outcome, format)
        warn_of_oddities(ledger, outcome)


def _is_bare(options: ActionOptions, causes: CausesOptions) -> bool:
    """Say whether nothing was given but perhaps the kind, on a terminal."""
    is_bare = replace(options, dispute=None) == ActionOptions() and causes == CausesOptions()
    return is_bare and is_terminal(sys.stdin) and is_terminal(sys.stdout)


def _given(
    ledger: Ledger, kind: str | None, options: ActionOptions, causes: CausesOptions
) -> tuple[str, Mapping[str, Any]]:
    from cli.action_payload import payload_of

    return kind or "", payload_of(ledger, kind or "", options, causes)


def _asked(
    ledger: Ledger, kind: str | None, dispute: str | None
) -> tuple[str, Mapping[str, Any]] | None:
    from cli.add_asked import asked_for

    ready = asked_for(ledger, kind, dispute)
    return (ready.kind, ready.payload) if ready else None
