"""Pages of packed rows kept in a file between the two passes, so that none is parsed twice."""

from __future__ import annotations

import marshal
import tempfile
import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.imports.bulk.packed import Needs, Packed, PackedRecord
from ledger.store.errors import DiskFullError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LENGTH_BYTES: Final = 4
LEVEL: Final = 1


class Spool:
    """Compressed pages, put one after another and gone through from the beginning.

    They lie in a file without a name, which the system removes whatever happens; they take about a
    quarter of the file that comes in.
    """

    def __init__(self) -> None:
        # It lives as long as the import does.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115

    def put(self, page: bytes) -> None:
        """Add a page as `dumped` gave it; raise DiskFullError where there is no room."""
        try:
            self._file.write(len(page).to_bytes(LENGTH_BYTES, "big") + page)
            self._file.flush()
        except OSError as error:
            raise DiskFullError(
                "there is no room to keep what was read of the files",
                where=tempfile.gettempdir(),
                why=f"{error.strerror}; it takes about a quarter of them while they come in",
                hint="make room, or name another folder in TMPDIR; then: reciprocity import FILE",
            ) from error

    def pages(self) -> Iterator[Page]:
        """Go through all pages."""
        self._file.seek(0)
        while head := self._file.read(LENGTH_BYTES):
            yield loaded(self._file.read(int.from_bytes(head, "big")))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Page(NamedTuple):
    """Rows of one file, in order; `file` is its number within the import."""

    file: int
    rows: tuple[Packed, ...]


def dumped(file: int, rows: Sequence[Packed]) -> bytes:
    """Write a page as compressed bytes."""
    plain = [
        (
            *row[:2],
            tuple(map(tuple, row.records)),
            None if row.needs is None else tuple(row.needs),
            *row[4:],
        )
        for row in rows
    ]
    return zlib.compress(marshal.dumps((file, plain)), LEVEL)


def loaded(page: bytes) -> Page:
    """Read a page that `dumped` wrote, in this process or in a worker of it."""
    plain: tuple[int, list[Any]] = marshal.loads(zlib.decompress(page))  # noqa: S302  our own
    file, rows = plain
    # What `_make` does too, in half the time: this is done for every row, twice.
    made = tuple.__new__
    return Page(
        file,
        tuple(
            [
                made(
                    Packed,
                    (
                        line,
                        raw,
                        tuple([made(PackedRecord, record) for record in records]),
                        None if needs is None else made(Needs, needs),
                        error,
                        meant,
                    ),
                )
                for line, raw, records, needs, error, meant in rows
            ]
        ),
    )
