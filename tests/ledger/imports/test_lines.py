"""Lines of files that may be anything."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.imports.lines import BOM, LINE_BYTES_MAX, Line, read_lines

MEBIBYTE = 1 << 20


def lines(data: bytes) -> list[Line]:
    return list(read_lines(io.BytesIO(data)))


def names(data: bytes) -> list[str]:
    """What is wrong with each line, or its text."""
    return [type(line.error).__name__ if line.error else line.text for line in lines(data)]


class Endless(io.RawIOBase):
    """A file of one line of so many bytes, which are made as they are read; then a good line."""

    def __init__(self, length: int) -> None:
        self._left = length
        self._end = b"\ngood\n"
        self.longest_read = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert size > 0, "the whole line was asked for"
        self.longest_read = max(self.longest_read, size)
        if self._left:
            taken = min(size, self._left)
            self._left -= taken
            return b"x" * taken
        line, _, self._end = self._end.partition(b"\n")
        return line + b"\n" if line or self._end else b""


def test_lines_are_numbered_and_know_the_place_of_their_first_byte() -> None:
    found = lines("äb\r\n\ncd".encode())
    assert [(one.number, one.offset, one.text) for one in found] == [
        (1, 0, "äb\r\n"),
        (2, 5, "\n"),
        (3, 6, "cd"),
    ]


def test_a_byte_order_mark_is_passed_over_at_the_beginning_and_only_there() -> None:
    assert names(BOM + b"a\n" + BOM + b"b\n") == ["a\n", "\ufeffb\n"]


def test_what_is_not_utf_8_is_said_with_its_byte_and_reading_goes_on() -> None:
    bad = lines(b"ab\ncaf\xe9 au\nok\n")
    assert [one.text for one in bad] == ["ab\n", "", "ok\n"]
    assert bad[1].error is not None
    assert bad[1].error.where == "byte 6"
    assert "e9" in bad[1].error.what
    assert bad[1].data == b"caf\xe9 au\n"


def test_the_byte_of_a_fault_counts_the_byte_order_mark() -> None:
    [bad] = lines(BOM + b"a\xff\n")
    assert bad.error is not None
    assert bad.error.where == "byte 4"
    [nul] = lines(BOM + b"a\0\n")
    assert nul.error is not None
    assert nul.error.where == "byte 4"


def test_a_nul_is_refused_in_its_line() -> None:
    assert names(b"a\nb\0c\nd\n") == ["a\n", "NulInTextError", "d\n"]


def test_a_line_as_long_as_the_limit_is_read_and_one_byte_more_is_not() -> None:
    longest = b"x" * (LINE_BYTES_MAX - 1) + b"\n"
    assert names(longest + b"x" + longest + b"y\n")[1:] == ["LineTooLongError", "y\n"]


def test_a_long_line_without_an_end_is_one_line() -> None:
    assert names(b"a\n" + b"x" * (3 * MEBIBYTE + 5)) == ["a\n", "LineTooLongError"]


def test_a_line_of_100_megabytes_is_passed_over_without_being_held() -> None:
    file = Endless(100 * 1000 * 1000)
    tracemalloc.start()
    try:
        found = list(read_lines(file))  # type: ignore[arg-type]  # all that is read of a file
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [(one.number, one.text, one.data) for one in found][1] == (2, "good\n", b"good\n")
    assert found[0].data == b""
    assert found[0].error is not None
    assert "100000001 bytes" in found[0].error.what
    assert found[1].offset == 100000001
    assert peak < 4 * MEBIBYTE
    assert file.longest_read <= LINE_BYTES_MAX + 1


@given(st.binary(max_size=200))
def test_the_bytes_of_a_file_are_the_bytes_of_its_lines(data: bytes) -> None:
    found = lines(data)
    assert b"".join(line.data for line in found) == data
    assert [line.offset for line in found] == [
        sum(len(before.data) for before in found[:place]) for place in range(len(found))
    ]


@pytest.mark.parametrize("data", [b" \n", b"\r\n", b"\t"])
def test_a_line_of_white_space_is_blank(data: bytes) -> None:
    assert lines(data)[0].is_blank
