"""From the parts of a filter, in any order, to the filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lark import Token, Transformer

from domain.claims.filters import Filter
from domain.reading import EscalationFlag
from ledger.claimtext import reading_names as read
from ledger.claimtext.errors import ClaimSyntaxError
from ledger.claimtext.words import FLAGS, KIND_WORDS, MEMBERSHIPS, ROLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

SAID_ONCE: Final = {
    "disputes": ("in dispute", "A or B"),
    "kinds": ("a list of kinds", "expulsion or recall"),
    "families": ("in family", "in family visas or media"),
    "polarities": ("a list such as hostile", "hostile or conciliatory"),
    "roles": ("a list such as opening", "opening or response"),
    "flags": ("escalating", "escalating vertically or by opening"),
    "actors": ("by", "by USA or GBR"),
    "targets": ("against", "against USA or GBR"),
    "period": ("a period", "from 2016 to 2017"),
    "membership": ("certainly or possibly", "certainly in 2017"),
    "before": ("before", "exists action before A and exists action before B"),
    "after": ("after", "exists action after A and exists action after B"),
    "until": ("until", "exists action until A and exists action until B"),
    "tags": ("tagged", "tagged core or prelude"),
    "organs": ("by organ", "by organ court or executive"),
    "ids": ("namely", "namely A, B"),
    "reverses": ("reversing", "reversing A or B"),
    "executes": ("executing", "executing A or B"),
    "answers": ("answering", "answering A or B"),
}
"""Field of a filter -> how it is begun, and how several values are written."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a filter, and the word it was read from."""

    field: str
    value: object
    at: Token


def spelt(token: Token) -> str:
    """Give a word of the language in small letters, with single spaces."""
    return " ".join(str(token).casefold().split())


class FilterBuilder(Transformer[Token, Any]):
    """Builds filters while the text is parsed; a method a rule of claim.lark."""

    def name(self, children: list[Token]) -> Token:
        """Give the token of a name, without its quotes."""
        (token,) = children
        return read.unquoted(token) if token.type == "STRING" else token

    def names(self, children: list[Token]) -> list[Token]:
        """Give the tokens of a list."""
        return children

    def noun(self, _children: list[Token]) -> None:
        """`action` selects nothing."""

    def polarities(self, tokens: list[Token]) -> Part:
        """`hostile or conciliatory`."""
        return Part("polarities", tuple(spelt(token) for token in tokens), tokens[0])

    def roles(self, tokens: list[Token]) -> Part:
        """`opening or responses`."""
        return Part("roles", tuple(ROLE_WORDS[spelt(token)] for token in tokens), tokens[0])

    def kinds(self, tokens: list[Token]) -> Part:
        """`expulsion or staff_caps`."""
        return Part("kinds", tuple(KIND_WORDS[spelt(token)] for token in tokens), tokens[0])

    def actors(self, children: list[list[Token]]) -> Part:
        """`by USA or GBR`."""
        return _listed("actors", children, str)

    def targets(self, children: list[list[Token]]) -> Part:
        """`against RUS`."""
        return _listed("targets", children, str)

    def organs(self, tokens: list[Token]) -> Part:
        """`by organ executive`."""
        return Part("organs", tuple(spelt(token) for token in tokens), tokens[0])

    def families(self, children: list[list[Token]]) -> Part:
        """`in family visas or mission_staff`."""
        return _listed("families", children, read.family)

    def disputes(self, children: list[list[Token]]) -> Part:
        """`in dispute us-russia`."""
        return _listed("disputes", children, read.action_id)

    def tags(self, children: list[list[Token]]) -> Part:
        """`tagged core`."""
        return _listed("tags", children, str)

    def reverses(self, children: list[list[Token]]) -> Part:
        """`reversing ACTION`."""
        return _listed("reverses", children, read.action_id)

    def executes(self, children: list[list[Token]]) -> Part:
        """`executing ACTION`."""
        return _listed("executes", children, read.action_id)

    def answering(self, children: list[list[Token]]) -> Part:
        """`answering ACTION`."""
        return _listed("answers", children, read.action_id)

    def ids(self, children: list[list[Token]]) -> Part:
        """`namely ACTION, ACTION`."""
        return _listed("ids", children, read.action_id)

    def before(self, children: list[Token]) -> Part:
        """`before ACTION`."""
        return Part("before", read.action_id(children[0]), children[0])

    def after(self, children: list[Token]) -> Part:
        """`after ACTION`."""
        return Part("after", read.action_id(children[0]), children[0])

    def until(self, children: list[Token]) -> Part:
        """`until ACTION`."""
        return Part("until", read.action_id(children[0]), children[0])

    def span(self, tokens: list[Token]) -> tuple[Token, object]:
        """`2017`, `2016/2017` or `2016 to 2017`."""
        return tokens[0], read.period(*tokens)

    def period(self, children: list[Any]) -> Part:
        """`in 2017` or `from 2016 to 2017`."""
        first = children[0]
        at, value = first if isinstance(first, tuple) else self.span(children)
        return Part("period", value, at)

    def membership(self, tokens: list[Token]) -> Part:
        """`certainly` or `possibly`."""
        return Part("membership", MEMBERSHIPS[spelt(tokens[0])], tokens[0])

    def flags(self, tokens: list[Token]) -> Part:
        """`escalating`, in any way or in those that are named."""
        named = tuple(FLAGS[spelt(token)] for token in tokens[1:])
        return Part("flags", named or tuple(EscalationFlag), tokens[0])

    def filter(self, parts: list[Part | None]) -> Filter:
        """Put the parts together; no field may be given twice."""
        return filter_of(parts)


def filter_of(parts: list[Part | None]) -> Filter:
    """Put the parts of a filter together; raise ClaimSyntaxError for a field given twice."""
    fields: dict[str, object] = {}
    for part in parts:
        if part is not None:
            begun, example = SAID_ONCE[part.field]
            twice = ClaimSyntaxError(
                f"{begun} stands here for the second time in one selection",
                why=f"it stands once, as in: {example}",
            )
            read.require_at(part.at, part.field not in fields, twice)
            fields[part.field] = part.value
    return Filter.model_validate(fields)


def _listed(field: str, children: list[list[Token]], one: Callable[[Token], object]) -> Part:
    tokens = children[0]
    return Part(field, tuple(one(token) for token in tokens), tokens[0])
