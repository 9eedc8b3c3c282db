"""`add` on a terminal: asks field by field, shows what will be recorded, and then records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.action_payload import payload_of
from cli.add_questions import Known, options_of, questions
from cli.asking import BACK, MANUAL, Interview
from cli.completing import read_line
from cli.errors import explained, print_report
from cli.terminal import say
from domain.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.appending import Outcome
    from ledger.facade import Ledger

YES = ("yes", "no", BACK)


@dataclass(frozen=True, slots=True)
class Ready:
    """What would be recorded: a kind, its payload, and what the ledger says to it."""

    kind: str
    payload: Mapping[str, Any]
    outcome: Outcome


def asked_for(ledger: Ledger, kind: str | None, dispute: str | None) -> Ready | None:
    """Ask for an action until it is agreed to; None where it is not to be recorded.

    `kind` and `dispute` are what the command line gave. Raises WhichDisputeError before anything is
    asked where the ledger has no dispute, and typer.Abort where the input ends.
    """
    interview = _interview(ledger, kind, dispute)
    say(MANUAL)
    while True:
        answers = interview.finish()
        options, causes = options_of(answers, dispute)
        try:
            ready = _ready(
                ledger, answers["kind"], payload_of(ledger, answers["kind"], options, causes)
            )
        except LedgerError as error:
            print_report(explained(error))
            interview.back()
            continue
        tell_ready(ready)
        match confirmed():
            case "yes":
                return ready
            case "no":
                return None
            case _:
                interview.back()


def _interview(ledger: Ledger, kind: str | None, dispute: str | None) -> Interview:
    from ledger.context import Context
    from ledger.lookups import action_ids, dispute_meant, subjects_of
    from ledger.party_table import known_parties

    subjects = subjects_of(ledger)
    disputes = tuple(subjects.disputes)
    if not disputes:
        dispute_meant(ledger, None)
    known = Known(
        Context(ledger.application),
        actions=action_ids(ledger),
        parties=tuple(party.code for party in known_parties(subjects.parties)),
        disputes=disputes,
    )
    ask_dispute = dispute is None and len(disputes) > 1
    answers = {"kind": kind} if kind else {}
    return Interview(questions(known, ask_dispute=ask_dispute), read_line, answers)


def _ready(ledger: Ledger, kind: str, payload: Mapping[str, Any]) -> Ready:
    from ledger.adding import would_add

    return Ready(kind, payload, would_add(ledger, kind, payload))


def tell_ready(ready: Ready) -> None:
    """Show every field of what will be recorded."""
    from domain.records.base import dump

    fields = {"kind": ready.kind, **dump(ready.outcome.record)}
    width = max(len(name) for name in fields)
    is_same = ready.outcome.status.value == "same"
    say("This is recorded already:" if is_same else "This will be recorded:")
    for name, value in fields.items():
        say(f"  {name:<{width}}  {_in_words(name, value)}")


def _in_words(name: str, value: Any) -> str:  # noqa: ANN401 - plain data
    """Say a value of a record in one line."""
    match name, value:
        case "sources", list():
            return " || ".join(" | ".join(source.values()) for source in value)
        case "cause", []:
            return "nothing"
        case _, list():
            return ", ".join(value)
        case _, {"value": number, "unit": unit}:
            return f"{number} {unit}"
        case _:
            return str(value)


def confirmed() -> str:
    """Ask whether to record it: `yes`, `no`, or `<` to go back."""
    while True:
        answer = read_line("Record it? yes, no, or < to go back [yes]: ", YES).strip().lower()
        for choice in YES:
            if choice.startswith(answer or "yes"):
                return choice
        say("Answer yes, no, or <.")
