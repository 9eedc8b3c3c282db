"""`reciprocity attribute`: what an account says that an action answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.causes_options import CausesOptions, said_of
from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.statement_options import (
    ActionArgument,
    SilentForm,
    StanceChoice,
    StatementOptions,
    account_of,
    require_nothing_said,
    statement_payload,
)
from cli.values import require_action

if TYPE_CHECKING:
    from domain.records.base import Record
    from ledger.facade import Ledger

UnprovokedOption = Annotated[
    bool, typer.Option("--unprovoked", help="Nothing that the account's own side did.")
]
SilentOption = Annotated[
    SilentForm | None, typer.Option("--silent", help="It says nothing of the cause, in this way.")
]
StanceOption = Annotated[
    StanceChoice | None, typer.Option("--stance", help="What it says of the action's right.")
]


def attribute(
    action: ActionArgument,
    *,
    statement: StatementOptions,
    causes: CausesOptions,
    unprovoked: UnprovokedOption = False,
    silent: SilentOption = None,
    stance: StanceOption = None,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Record what an account says that an action answered

    Exactly one way: --answers, --answers-outside and --grievance (together, if need be),
    --answers-nothing, --unprovoked, or --silent. A later statement of the same account counts from
    then on; the earlier stays readable. With --inferred the word is an analyst's
    (analyst:compilers-for-RUS), never the party's own. With --withdraw, what the account said last
    is taken back.

    Examples:
        reciprocity attribute usa-2016-12-29-exp35 --account RUS --unprovoked --stance unjustified --source 'Comment by the ministry | MID | 2016-12-30'
        reciprocity attribute rus-2017-07-28-cap455 --account press:reuters --answers usa-2016-12-29-exp35
        reciprocity attribute usa-2016-12-29-exp35 --account RUS --withdraw --reason 'wrong ministry'
    """  # noqa: E501 - an example is one line
    from cli.told import tell, warn_of_oddities
    from ledger import open_ledger

    with open_ledger(store, by=recorded_by) as ledger:
        require_action(ledger, action)
        ways = {
            "--unprovoked": (unprovoked, "unprovoked"),
            "--silent": (silent is not None, str(silent)),
        }
        record = (
            _withdrawal(ledger, action, statement, {**_given(causes, ways), "--stance": stance})
            if statement.withdraw
            else _attribution(ledger, action, statement, causes, ways, stance)
        )
        outcome = ledger.record(record)
        tell(outcome, format)
        warn_of_oddities(ledger, outcome)


def _attribution(
    ledger: Ledger,
    action: str,
    statement: StatementOptions,
    causes: CausesOptions,
    ways: dict[str, tuple[bool, str]],
    stance: StanceChoice | None,
) -> Record:
    from domain.records.registry import load_record
    from ledger.context import Context

    context = Context(ledger.application)
    said = said_of(causes, ways, context)
    payload = statement_payload(action, statement, context, "attribute")
    payload["causes"] = said
    if stance is not None:
        payload["stance"] = stance.value
    basis = _basis(statement, said, stance)
    if basis is not None:
        payload["basis"] = basis
    return load_record("attributed", 1, payload, f"attribution to {action}")


def _basis(statement: StatementOptions, said: object, stance: StanceChoice | None) -> str | None:
    """Say whether it was stated or inferred: neither, where nothing at all was said."""
    if statement.inferred:
        return "inferred"
    nothing = {SilentForm.NONE_STATED, SilentForm.UNKNOWN, SilentForm.NOT_APPLICABLE}
    quoted = statement.quote or statement.source or statement.stated_on
    is_mute = isinstance(said, str) and said in nothing and stance is None and not quoted
    return None if is_mute else "stated"


def _withdrawal(
    ledger: Ledger, action: str, statement: StatementOptions, given: dict[str, Any]
) -> Record:
    from ledger.context import Context
    from ledger.statements import withdraw_attribution

    require_nothing_said(given)
    account = account_of(statement, Context(ledger.application), "attribute")
    return withdraw_attribution(ledger, action, account, statement.reason)


def _given(causes: CausesOptions, ways: dict[str, tuple[bool, str]]) -> dict[str, Any]:
    return {
        "--answers": causes.answers,
        "--answers-outside": causes.answers_outside,
        "--grievance": causes.grievance,
        "--answers-nothing": causes.answers_nothing,
        **{name: given for name, (given, _) in ways.items()},
    }
