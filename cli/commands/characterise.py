"""`reciprocity characterise`: what an account calls an action, or that it denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import FormatOption, RecordedByOption, StoreOption
from cli.statement_options import (
    ActionArgument,
    StatementOptions,
    account_of,
    require_nothing_said,
    statement_payload,
)
from cli.values import at, quantity_value, require_action

if TYPE_CHECKING:
    from domain.records.base import Record
    from ledger.facade import Ledger

KindOption = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="The kind that it calls the action.")
]
QuantityOption = Annotated[
    str | None, typer.Option("--quantity", metavar="NUMBER", help="The number that it gives.")
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", metavar="UNIT", help="Of what; else as the action has it.")
]
DeniedOption = Annotated[bool, typer.Option("--denied", help="It denies that it happened.")]


def characterise(
    action: ActionArgument,
    *,
    statement: StatementOptions,
    kind: KindOption = None,
    quantity: QuantityOption = None,
    unit: UnitOption = None,
    denied: DeniedOption = False,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Record that an account calls an action something else

    Another kind, another number, or a denial that it happened. With --inferred the word is an
    analyst's, never the party's own. With --withdraw, what the account said last is taken back.

    Examples:
        reciprocity characterise rus-2017-07-28-cap455 --account USA --kind expulsion --quantity 755
        reciprocity characterise usa-2016-12-29-exp35 --account RUS --quantity 35 --inferred
        reciprocity characterise usa-2016-12-29-exp35 --account RUS --denied --note 'as reported'
    """
    from cli.told import tell, warn_of_oddities
    from ledger import open_ledger

    said = {"--kind": kind, "--quantity": quantity, "--unit": unit, "--denied": denied}
    with open_ledger(store, by=recorded_by) as ledger:
        require_action(ledger, action)
        if statement.withdraw:
            require_nothing_said({**said})
            record = _withdrawal(ledger, action, statement)
        else:
            record = _characterisation(ledger, action, statement, (kind, quantity, unit), denied)
        outcome = ledger.record(record)
        tell(outcome, format)
        warn_of_oddities(ledger, outcome)


def _characterisation(
    ledger: Ledger,
    action: str,
    statement: StatementOptions,
    called: tuple[str | None, str | None, str | None],
    denied: bool,
) -> Record:
    from domain.kinds import kind as known_kind
    from domain.records.registry import load_record
    from ledger.context import Context
    from ledger.lookups import dossier_of

    name, number, unit = called
    payload = statement_payload(action, statement, Context(ledger.application), "characterise")
    if name is not None:
        with at("option --kind"):
            payload["kind"] = known_kind(name).name
    if number is not None or unit is not None:
        held = dossier_of(ledger, action).action
        units = (held.quantity.unit,) if held.quantity and not name else ()
        row = known_kind(name) if name else held.kind_row
        payload["quantity"] = quantity_value(number, unit, units + row.units)
    if denied:
        payload["denied"] = True
    payload["basis"] = "inferred" if statement.inferred else "stated"
    return load_record("characterised", 1, payload, f"characterisation of {action}")


def _withdrawal(ledger: Ledger, action: str, statement: StatementOptions) -> Record:
    from ledger.context import Context
    from ledger.statements import withdraw_characterisation

    account = account_of(statement, Context(ledger.application), "characterise")
    return withdraw_characterisation(ledger, action, account, statement.reason)
