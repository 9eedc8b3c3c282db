"""Physical lines of a file that may be anything: read one by one, never more than a limit of one.

A line that is too long is passed over to its end without being held. What is not UTF-8, or holds a
NUL, is said of the line where it stands, and the next one is read as if nothing had happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from domain.errors import InputError, LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_BYTES_MAX: Final = 1 << 20
"""The longest line that is read, its end included."""

BOM: Final = b"\xef\xbb\xbf"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
HINT: Final = "mend the line, then: reciprocity import FILE"


class LineTooLongError(InputError):
    """A line is longer than any record."""


class NotUtf8Error(InputError):
    """Text is not encoded as UTF-8."""


class NulInTextError(InputError):
    """A line holds a NUL, which no text has."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the file, its end included; `number` counts from 1.

    `offset` is the place of its first byte. Where `error` says what is wrong, `text` is empty;
    of a line that is too long, `data` is empty too.
    """

    number: int
    offset: int
    data: bytes
    text: str = ""
    error: LedgerError | None = None

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but white space."""
        return self.error is None and not self.text.strip()


def read_lines(file: BinaryIO, number: int = 0, offset: int = 0) -> Iterator[Line]:
    """Go through the lines of a file; a byte order mark in front (RFC 3629, 6) is passed over.

    Where the file is a piece of a longer one, `number` lines and `offset` bytes stand before it.
    """
    while data := file.readline(LINE_BYTES_MAX + 1):
        number += 1
        if len(data) > LINE_BYTES_MAX:
            length = len(data) + _rest_of_line(file, data)
            yield Line(number, offset, b"", error=_too_long(offset, length))
            offset += length
            continue
        yield _read(number, offset, data)
        offset += len(data)


def _rest_of_line(file: BinaryIO, data: bytes) -> int:
    """Pass over what is left of a line, piece by piece; return how many bytes that was."""
    length = 0
    while data and not data.endswith(b"\n"):
        data = file.readline(LINE_BYTES_MAX)
        length += len(data)
    return length


def _read(number: int, offset: int, data: bytes) -> Line:
    body = data.removeprefix(BOM) if offset == 0 else data
    if (place := body.find(b"\0")) >= 0:
        return Line(number, offset, data, error=_nul(offset + len(data) - len(body) + place))
    try:
        return Line(number, offset, data, body.decode())
    except UnicodeDecodeError as error:
        return Line(number, offset, data, error=_not_utf8(offset + len(data) - len(body), error))


def _too_long(offset: int, length: int) -> LineTooLongError:
    return LineTooLongError(
        f"the line has {length} bytes",
        where=f"bytes {offset} to {offset + length - 1}",
        why=f"no line may have more than {LINE_BYTES_MAX}; it was not read, and stays in the file",
        hint=HINT,
    )


def _nul(place: int) -> NulInTextError:
    return NulInTextError(
        "the line holds a NUL",
        where=f"byte {place}",
        why="text has none; the file may be damaged, binary, or UTF-16",
        hint=HINT,
    )


def _not_utf8(offset: int, error: UnicodeDecodeError) -> NotUtf8Error:
    wrong = error.object[error.start : error.end].hex(" ")
    return NotUtf8Error(
        f"the line is not UTF-8: {wrong}",
        where=f"byte {offset + error.start}",
        why=f"{error.reason}; other encodings are not guessed, for a wrong guess changes names",
        hint="save the file as UTF-8, then: reciprocity import FILE",
    )
