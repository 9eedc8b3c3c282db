"""The parser: claim.lark and the words, made into one by lark when a text is first read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledger.claimtext.words import terminals

if TYPE_CHECKING:
    from lark import Lark

RULES: Final = Path(__file__).with_name("claim.lark")


def grammar_text() -> str:
    """Give the whole grammar: the rules of claim.lark and a terminal for each word."""
    return f"{RULES.read_text(encoding='utf-8')}\n{terminals()}\n"


@cache
def parser() -> Lark:
    """Give the parser, made once; lark is imported here, since few commands read claims."""
    from lark import Lark  # noqa: PLC0415 - takes a tenth of a second

    from ledger.claimtext.building import Builder  # noqa: PLC0415 - imports lark

    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        start="claim",
        transformer=Builder(),
        maybe_placeholders=False,
    )
