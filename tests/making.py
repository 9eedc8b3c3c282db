"""Small histories written by hand, as short as the thing they show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from domain.history import History, fold
from domain.records.accounts import Attributed, Basis, Characterised, compilers_for
from domain.records.action import Action
from domain.records.entry import Entry
from domain.records.registry import load_record
from domain.records.subjects import DisputeOpened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.records.base import Record

SOURCE = {"title": "A page", "publisher": "A paper", "date": "2020-01-01"}
START = datetime(2024, 1, 1, tzinfo=UTC)
DISPUTE = "a-b"
SALT = "00" * 16


def act(
    name: str,
    by: str | Sequence[str] = "USA",
    against: str | Sequence[str] = "RUS",
    on: str = "2020-01-01",
    *,
    kind: str = "expulsion",
    quantity: object = 1,
    unit: str | None = None,
    answers: Iterable[str] | str = "none_stated",
    dispute: str = DISPUTE,
    **fields: object,
) -> Action:
    """Make an action; `answers` is a list of causes, or a silent word."""
    counted = {"expulsion": "persons", "rotation_departure": "persons", "visa_refusal": "visas"}
    measured = unit or counted.get(kind)
    payload: dict[str, Any] = {
        "id": name,
        "dispute": dispute,
        "actors": [by] if isinstance(by, str) else list(by),
        "targets": [against] if isinstance(against, str) else list(against),
        "occurred": on,
        "cause": answers if isinstance(answers, str) else list(answers),
        "sources": [SOURCE],
        **fields,
    }
    if measured is not None:
        payload["quantity"] = {"value": quantity, "unit": measured}
    made = load_record(f"action.{kind}", 1, payload, name)
    if not isinstance(made, Action):
        raise TypeError(made)
    return made


def said(
    action: str, account: str, causes: Iterable[str] | str, *, inferred: bool = False, **fields: Any
) -> Attributed:
    """Make an attribution; an inferred one becomes the analyst's who infers for the party."""
    teller = compilers_for(account) if inferred else account
    return Attributed.model_validate(
        {
            "action": action,
            "account": teller,
            "causes": causes if isinstance(causes, str) else list(causes),
            "basis": Basis.INFERRED if inferred else Basis.STATED,
            **fields,
        }
    )


def calls(action: str, account: str, **fields: Any) -> Characterised:
    """Make a characterisation."""
    return Characterised.model_validate({"action": action, "account": account, **fields})


def two_sides(dispute: str = DISPUTE, **sides: Sequence[str]) -> DisputeOpened:
    """Open a dispute; by default between USA and RUS."""
    declared = sides or {"USA": ["USA"], "RUS": ["RUS"]}
    return DisputeOpened.model_validate(
        {
            "id": dispute,
            "title": "A contest",
            "sides": [
                {"name": name, "parties": list(parties)} for name, parties in declared.items()
            ],
        }
    )


def entries_of(*records: Record) -> tuple[Entry, ...]:
    """Stamp records in the order given, a second apart."""
    versions: dict[str, int] = {}
    made = []
    for position, record in enumerate(records, start=1):
        stream = record.stream()
        versions[stream] = versions.get(stream, 0) + 1
        at = START + timedelta(seconds=position)
        made.append(Entry(stream, versions[stream], at, "tester", SALT, record, position))
    return tuple(made)


def make_history(*records: Record) -> History:
    """Fold records into history; a dispute between USA and RUS is opened unless one is given."""
    has_dispute = any(isinstance(record, DisputeOpened) for record in records)
    return fold(entries_of(*(() if has_dispute else (two_sides(),)), *records))
