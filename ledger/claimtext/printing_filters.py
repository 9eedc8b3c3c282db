"""From a filter to its words, always in the same order."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from domain.claims.filters import Filter
from domain.reading import EscalationFlag
from ledger.claimtext.words import FLAGS, MEMBERSHIPS, NAME_FORM, RESERVED, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.dates import UncertainDate

BARE: Final = re.compile(NAME_FORM)
FLAG_WORDS: Final = {flag: text for text, flag in FLAGS.items()}
MEMBERSHIP_WORDS: Final = {rule: text for text, rule in MEMBERSHIPS.items()}
LISTS: Final = (
    ("by", "actors"),
    ("against", "targets"),
    ("in family", "families"),
    ("in dispute", "disputes"),
)
LINKS: Final = (
    ("tagged", "tags"),
    ("reversing", "reverses"),
    ("executing", "executes"),
    ("answering", "answers"),
)
"""How a part begins, and its field, in the order in which they are printed."""


def name_text(name: str) -> str:
    """Give a name, in quotes where it could be taken for something else."""
    is_bare = (
        BARE.fullmatch(name)
        and any(char.isalpha() for char in name)
        and name.casefold() not in RESERVED
    )
    return name if is_bare else json.dumps(name, ensure_ascii=False)


def filter_text(which: Filter, *, many: bool = False) -> str:
    """Give a filter in words; `many` puts what it selects into the plural."""
    return " ".join([_noun(which, many=many), *parts_of(which)])


def parts_of(which: Filter) -> Iterator[str]:
    """Go through the parts that follow the noun."""
    yield from _listed(which, LISTS)
    if which.membership is not None:
        yield MEMBERSHIP_WORDS[which.membership]
    if which.period is not None:
        yield period_text(which.period, before=("in", "from"))
    for place in ("before", "after", "until"):
        name = getattr(which, place)
        if name is not None:
            yield f"{place} {name_text(name)}"
    yield from _escalating(which.flags)
    if which.organs:
        yield f"by organ {_alternatives(which.organs)}"
    yield from _listed(which, LINKS)
    if which.ids:
        yield f"namely {', '.join(map(name_text, which.ids))}"


def period_text(period: UncertainDate, before: tuple[str, str]) -> str:
    """Give a period: after the one word if it is a single date, after the other with both ends."""
    alone, pair = before
    first, slash, last = str(period).partition("/")
    return f"{pair} {first} to {last}" if slash else f"{alone} {first}"


def head_of(which: Filter) -> str:
    """Give what stands before the parts, or nothing: adjectives, roles and kinds."""
    lists: tuple[tuple[str, ...], ...] = (which.polarities, which.roles, which.kinds)
    return " ".join(_alternatives(values) for values in lists if values)


def _noun(which: Filter, *, many: bool) -> str:
    polarities = [_alternatives(which.polarities)] if which.polarities else []
    nouns: list[list[str]] = [list(which.roles), list(which.kinds)]
    if not any(nouns):
        nouns = [["action"]]
    last = max(place for place, words in enumerate(nouns) if words)
    if many:
        nouns[last] = [_plural(word) for word in nouns[last]]
    return " ".join([*polarities, *(_alternatives(words) for words in nouns if words)])


def _plural(word: str) -> str:
    return word if word == "undetermined" else plural(word)


def _alternatives(words: Iterable[str]) -> str:
    return " or ".join(words)


def _listed(which: Filter, rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for begun, field in rows:
        values: tuple[str, ...] = getattr(which, field)
        if values:
            yield f"{begun} {_alternatives(map(name_text, values))}"


def _escalating(flags: tuple[EscalationFlag, ...]) -> Iterator[str]:
    if flags == tuple(EscalationFlag):
        yield "escalating"
    elif flags:
        yield f"escalating {_alternatives(FLAG_WORDS[flag] for flag in flags)}"
