"""Text from anywhere is shown harmless, measured and folded without loss."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cli.text import BRANCHES, columns_of, folded, harmless, harmless_lines

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("clear \x1b[2J screen", r"clear \x1b[2J screen"),
        ("title \x1b]0;owned\x07", r"title \x1b]0;owned\x07"),
        ("8-bit \x9b31m", r"8-bit \x9b31m"),
        ("over\rwritten", r"over\rwritten"),
        ("two\nlines", r"two\nlines"),
        ("a\tb", r"a\tb"),
        ("rub\x08\x7fout", r"rub\x08\x7fout"),
        ("usa\u202efdp.exe", r"usa\u202efdp.exe"),
        ("isolate \u2066x\u2069", r"isolate \u2066x\u2069"),
        ("lone \udc80", r"lone \udc80"),
        ("tag \U000e0041", r"tag \U000e0041"),
        ("line\u2028sep", r"line\u2028sep"),
        ("byte order \ufeff", r"byte order \ufeff"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_an_escape(text: str, seen: str) -> None:
    assert harmless(text) == seen


@pytest.mark.parametrize(
    "text", ["Посольство закрыто", "外交部", "می\u200cخو", "é e\u0301", "a\u00a0b", "👩\u200d🚀"]
)
def test_letters_of_every_script_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(ANY_TEXT)
def test_harmless_text_is_one_line_without_controls(text: str) -> None:
    seen = harmless(text)
    assert len(seen.splitlines()) <= 1
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in seen)
    assert harmless(seen) == seen


@given(st.text())
def test_a_text_that_is_harmless_already_is_not_touched(text: str) -> None:
    if text.isprintable():
        assert harmless(text) is text


def test_talk_keeps_its_own_line_breaks_and_nothing_else() -> None:
    assert harmless_lines("one\ntwo\x1b[1m\r") == ("one", r"two\x1b[1m\r")


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("外交", 4), ("e\u0301", 1), ("", 0), ("Россия", 6)]
)
def test_width_counts_terminal_columns(text: str, columns: int) -> None:
    assert columns_of(text) == columns


@given(ANY_TEXT.map(harmless), st.integers(2, 40))
def test_folding_loses_nothing_but_spaces_and_fits(text: str, columns_max: int) -> None:
    assume(not text.lstrip(" ").startswith(tuple(BRANCHES)))
    lines = folded(text, columns_max)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if not text.startswith(" "):
        assert all(columns_of(line) <= columns_max for line in lines)


def test_folding_breaks_between_words_and_keeps_an_indent() -> None:
    assert folded("  answers the closure of two", 14) == ("  answers the", "  closure of", "  two")


def test_branches_of_a_tree_are_drawn_on_beside_a_folded_line() -> None:
    assert folded("│  ├─ usa-2021-09-list55 twice", 20) == (
        "│  ├─ usa-2021-09-li",
        "│  │  st55 twice",
    )
    assert folded("└─ one two", 8) == ("└─ one", "   two")


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert folded("ab usa-2016-12-29-expulsion", 10) == ("ab", "usa-2016-1", "2-29-expul", "sion")


def test_text_that_fits_is_not_touched() -> None:
    assert folded("a  b", 4) == ("a  b",)
