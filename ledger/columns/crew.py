"""Decoders that work side by side, each on pages of its own, and each writing what it decoded.

Rows carry their positions and are sorted when they are written, so it does not matter who decoded
which page.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from ledger.columns.decoding import Decoder
from ledger.columns.schema import TABLES
from ledger.columns.segments import RUN, Segment, write_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ledger.columns.engine import Engine
    from ledger.columns.tails import Rows
    from ledger.store.raw import RawEvent, RawLog

MOST: Final = 4
"""Each decoder holds a page and its rows: more of them take more memory than they save time."""

PAGE: Final = 40_000
"""Events that one decoder takes at once."""

SIZE: Final = min(os.cpu_count() or 1, MOST)


class Crew:
    """As many decoders as are useful; the first alone where there is little to do.

    `connection` opens one more connection to the engine.
    """

    def __init__(self, connection: Callable[[], Engine], log: RawLog) -> None:
        self._connection = connection
        self._log = log
        self._decoders: list[Decoder] = []

    @property
    def engine(self) -> Engine:
        """A connection to the engine, for what is done one by one."""
        return self._ready(1)[0].engine

    def add(self, pages: Sequence[Sequence[RawEvent]]) -> None:
        """Decode pages, each by a decoder of its own; raise what an event raises."""
        decoders = self._ready(len(pages))
        if len(pages) == 1:
            decoders[0].add(pages[0])
            return
        with ThreadPoolExecutor(len(pages)) as pool:
            list(pool.map(Decoder.add, decoders, pages))

    def take(self, rows: Rows) -> None:
        """Add the rows of a tail."""
        self._ready(1)[0].take(rows)

    def runs(self, folder: Path, number: int) -> list[Segment]:
        """Write all that was decoded as runs, with names from a number on, and forget it."""
        starts = range(number, number + len(self._decoders) * len(TABLES), len(TABLES))
        folders = [folder] * len(self._decoders)
        with ThreadPoolExecutor(len(self._decoders)) as pool:
            return [
                run for made in pool.map(_runs, self._decoders, folders, starts) for run in made
            ]

    def close(self) -> None:
        """Forget what was decoded and not written, and let go of the connections."""
        for decoder in self._decoders:
            decoder.engine.close()
        self._decoders = []

    def _ready(self, count: int) -> list[Decoder]:
        while len(self._decoders) < count:
            self._decoders.append(Decoder(self._connection(), self._log))
        return self._decoders


def groups(log: RawLog, after: int, until: int | None) -> Iterator[list[list[RawEvent]]]:
    """Go through the log, a page for each decoder at a time, reading the next ones meanwhile."""
    with ThreadPoolExecutor(1) as reader:
        group = _group(log, after, until)
        while group:
            coming = reader.submit(_group, log, group[-1][-1][0], until)
            yield group
            group = coming.result()


def _group(log: RawLog, after: int, until: int | None) -> list[list[RawEvent]]:
    pages: list[list[RawEvent]] = []
    while len(pages) < SIZE and (page := log.page(after, until, PAGE)):
        pages.append(page)
        after = page[-1][0]
    return pages


def _runs(decoder: Decoder, folder: Path, number: int) -> list[Segment]:
    found = [
        write_segment(decoder.engine, folder, table, f"new_{table}", level=RUN, number=place)
        for place, table in enumerate(TABLES, number)
    ]
    decoder.clear()
    return [segment for segment in found if segment is not None]
