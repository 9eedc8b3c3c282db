"""JSONL: every record of the history, one a line, with its stamp; nothing is left out.

Lines are numbered densely by `seq`; the positions of the store are its own affair and stay there.
The fields of a line stand in a fixed order, so that the same history is the same bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from domain.records.registry import dump_record
from ledger.store.mapper import stamp_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.records.entry import Entry
    from ledger.exports.left_out import LeftOut
    from ledger.facade import Ledger


def lines(ledger: Ledger, left_out: LeftOut) -> Iterator[str]:
    """Go through the lines of the whole history, in the order of the ledger."""
    del left_out
    for seq, entry in enumerate(ledger.entries(), start=1):
        yield line_of(entry, seq)


def line_of(entry: Entry, seq: int) -> str:
    """Return the line of one entry, its end included."""
    record = entry.record
    fields = {
        "type": record.stored_name,
        "version": record.stored_version,
        "seq": seq,
        "recorded_at": stamp_text(entry.recorded_at),
        "recorded_by": entry.recorded_by,
        "salt": entry.salt,
        **dict(sorted(dump_record(record).items())),
    }
    return f"{json.dumps(fields, ensure_ascii=False, allow_nan=False)}\n"
