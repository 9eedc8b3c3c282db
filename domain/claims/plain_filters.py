"""A filter in plain English: a noun and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.claims.plain_names import either, period_in_words
from domain.kinds import Family, Polarity
from domain.reading import EscalationFlag, MembershipRule
from domain.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.claims.filters import Filter
    from domain.claims.plain_names import Called

ACTION: Final = ("action", "actions")
KIND_NOUNS: Final = {
    "denial_of_access": ("denial of access", "denials of access"),
    "talks_cancelled": ("cancellation of talks", "cancellations of talks"),
    "own_post_closure": ("closure of an own post", "closures of own posts"),
    "own_staff_withdrawal": ("withdrawal of own staff", "withdrawals of own staff"),
    "breaking_relations": ("break of relations", "breaks of relations"),
    "other": ("act that fits no kind", "acts that fit no kind"),
}
"""Kind -> singular and plural, where they do not follow from its stored name."""

ROLE_NOUNS: Final = {
    Role.OPENING: ("opening", "openings"),
    Role.RESPONSE: ("response", "responses"),
    Role.JOINING: ("act of joining others", "acts of joining others"),
    Role.CONTINUATION: (
        "follow-up to its own side's steps",
        "follow-ups to their own side's steps",
    ),
    Role.UNDETERMINED: ("action whose role is open", "actions whose role is open"),
}
POLARITY_WORDS: Final = {
    Polarity.WORDS: "merely verbal",
    Polarity.HOSTILE: "hostile",
    Polarity.CONCILIATORY: "conciliatory",
    Polarity.SELF_BORNE: "self-borne",
    Polarity.UNCLASSIFIED: "unclassified",
}
FAMILY_WORDS: Final = {
    Family.MISSION_STAFF: "mission staff",
    Family.VISAS: "visas",
    Family.PROPERTY: "property",
    Family.SANCTIONS: "sanctions",
    Family.AMBASSADOR: "ambassadors",
    Family.MEDIA: "media",
    Family.UN_MISSION: "missions to the United Nations",
    Family.TRAVEL: "travel",
    Family.PROCESS: "talks and procedure",
    Family.TREATY: "treaties",
    Family.OTHER: "other matters",
}
FLAG_WORDS: Final = {
    EscalationFlag.OPENING: "by opening",
    EscalationFlag.VERTICAL: "in severity",
    EscalationFlag.OVER_RESPONSE: "in size",
    EscalationFlag.HORIZONTAL: "into a new field or against a new target",
}
ORGAN_WORDS: Final = {
    "executive": "the executive",
    "legislature": "the legislature",
    "court": "a court",
    "private": "a private body",
}
MEMBERSHIP_WORDS: Final = {
    MembershipRule.CERTAIN: "certainly",
    MembershipRule.POSSIBLE: "certainly or possibly",
}


def kind_noun(kind: str) -> tuple[str, str]:
    """Give the noun of a kind, singular and plural."""
    plain = kind.replace("_", " ")
    return KIND_NOUNS.get(kind, (plain, f"{plain}s"))


def a(noun: str) -> str:
    """Put the article before a noun."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def selection(which: Filter, called: Called, *, many: bool = False) -> str:
    """Give what a filter selects in words, without an article: "expulsion by Russia"."""
    return " ".join([head(which, many=many), *_among(which, called), *rest(which, called)])


def named(which: Filter, called: Called) -> str:
    """Give what a filter selects that names actions: "the expulsions A and B by Russia"."""
    names = either(map(called, which.ids), "and")
    words = [head(which, many=len(which.ids) > 1), names, *rest(which, called)]
    return f"the {' '.join(words)}"


def _among(which: Filter, called: Called) -> Iterator[str]:
    if which.ids:
        yield f"among {either(map(called, which.ids), 'and')}"


def head(which: Filter, *, many: bool = False) -> str:
    """Give the noun with its adjectives."""
    nouns = [ROLE_NOUNS[role] for role in which.roles]
    if which.kinds or not nouns:
        nouns = [kind_noun(kind) for kind in which.kinds] or [ACTION]
    adjectives = [POLARITY_WORDS[polarity] for polarity in which.polarities]
    noun = either(pair[many] for pair in nouns)
    return f"{either(adjectives)} {noun}" if adjectives else noun


def rest(which: Filter, called: Called) -> Iterator[str]:
    """Go through what follows the noun."""
    rows = (("by", which.actors), ("against", which.targets))
    yield from _listed(called, rows)
    yield from _listed(FAMILY_WORDS.__getitem__, (("over", which.families),))
    yield from _listed(str, (("in the dispute", which.disputes),))
    if times := list(_times(which, called)):
        yield either(times, "and")
    yield from _listed(str, (("tagged", which.tags),))
    if deeds := list(_deeds(which, called)):
        yield f"that {either(deeds, 'and')}"


def _times(which: Filter, called: Called) -> Iterator[str]:
    when = "" if which.period is None else period_in_words(which.period)
    if which.membership is not None:
        when = f"{MEMBERSHIP_WORDS[which.membership]} {when or 'in the period looked at'}"
    if when:
        yield when
    if which.after is not None:
        yield f"certainly after {called(which.after)}"
    if which.before is not None:
        yield f"certainly before {called(which.before)}"
    if which.until is not None:
        yield f"not certainly after {called(which.until)}"


def _deeds(which: Filter, called: Called) -> Iterator[str]:
    """Go through what a filter says that an action did or was."""
    if which.kinds and which.roles:
        yield f"was {either(a(ROLE_NOUNS[role][0]) for role in which.roles)}"
    yield from _listed(ORGAN_WORDS.__getitem__, (("was decided by", which.organs),))
    if which.flags == tuple(EscalationFlag):
        yield "escalated"
    elif which.flags:
        yield f"escalated {either(FLAG_WORDS[flag] for flag in which.flags)}"
    links = (("undid", which.reverses), ("carried out", which.executes))
    yield from _listed(called, (*links, ("answered", which.answers)))


def _listed(
    words: Callable[[Any], str], rows: tuple[tuple[str, tuple[str, ...]], ...]
) -> Iterator[str]:
    for begun, values in rows:
        if values:
            yield f"{begun} {either(map(words, values))}"
