"""Which streams a record names: what the rules will look up, so that it can be read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.causes import ActionCause
from domain.records.action import Action
from domain.records.amendments import Corrected
from ledger.rules import said_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.records.base import Record


def streams_named(records: Iterable[Record]) -> dict[str, None]:
    """Name the streams of records, of the disputes, causes and links that they name, each once.

    Not all: what is left out is read when a rule asks for it.
    """
    return dict.fromkeys(stream for record in records for stream in _named(record))


def _named(record: Record) -> Iterator[str]:
    yield record.stream()
    if isinstance(record, Corrected):
        return
    if isinstance(record, Action):
        yield f"dispute:{record.dispute}"
        yield from (f"action:{name}" for name in record.linked_ids())
    for cause in said_in(record).causes:
        if isinstance(cause, ActionCause):
            yield f"action:{cause.action}"
