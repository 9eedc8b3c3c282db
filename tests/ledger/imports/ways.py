"""The two ways of an import: row by row, and in bulk; here with pieces as small as can be."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Self

import pytest

from ledger.imports import run
from ledger.imports.bulk import run as bulk_run
from ledger.imports.bulk import spool, tasks
from ledger.imports.bulk.tasks import Piece, Reading, read_piece
from ledger.imports.bulk.worker import put, take

WAYS = ("row by row", "in bulk")


class NoCrew:
    """Reads pieces in this process, sent to and fro as between processes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def results(self, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Reading | None]]:
        for piece in pieces:
            if piece.data or piece.cells:
                sent = through_a_pipe(piece)
                assert isinstance(sent, Piece)
                reading = through_a_pipe(read_piece(sent))
                assert isinstance(reading, Reading)
                yield piece, reading
            else:
                yield piece, None


def through_a_pipe(message: Piece | Reading) -> Piece | Reading | None:
    pipe = io.BytesIO()
    put(pipe, message)
    pipe.seek(0)
    return take(pipe)


@contextmanager
def going(way: str, *, piece_bytes: int = 300, piece_rows: int = 2) -> Iterator[None]:
    """Let every import go this way."""
    with pytest.MonkeyPatch.context() as patch:
        if way == WAYS[1]:
            patch.setattr(run, "BULK_BYTES", 0)
            patch.setattr(bulk_run, "Crew", NoCrew)
            patch.setattr(bulk_run, "BATCHES_AT_ONCE", 1)
            patch.setattr(tasks, "PIECE_BYTES", piece_bytes)
            patch.setattr(tasks, "PIECE_ROWS", piece_rows)
            patch.setattr(spool, "LEVEL", 0)
        yield
