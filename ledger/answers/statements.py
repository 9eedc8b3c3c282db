"""Every account of one action: what each teller said of it, in the order it was said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.records.accounts import Attributed, Basis
from ledger.answers.words import characterised_words, cited_words, said_words, source_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.dossiers import Dossier
    from domain.records.accounts import Characterised


class About(StrEnum):
    """What a statement is about."""

    CAUSE = "cause"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: who says what of the action, on which basis, where and when.

    `is_last` says that the account said nothing later about the same thing, `is_withdrawn` that it
    is in force no more. `key` names the statement in a withdrawal and is empty for the actor's own
    cause, which stands in the action.
    """

    account: str
    about: About
    says: str
    basis: str
    stance: str
    stated_on: str
    quotation: str
    note: str
    is_last: bool
    is_withdrawn: bool
    sources: tuple[str, ...]
    cited: str
    key: str


def statements_of(dossier: Dossier) -> tuple[Statement, ...]:
    """Return what the actor gave as its cause, then every statement, withdrawn ones last.

    Rule: docs/semantics.md#accounts
    """
    groups: tuple[tuple[Attributed | Characterised, ...], ...] = (
        dossier.attributions,
        dossier.characterisations,
    )
    return (
        *_actors_own(dossier),
        *(
            _statement(said, is_last=_is_last(said, group[place + 1 :]))
            for group in groups
            for place, said in enumerate(group)
        ),
        *(
            replace(_statement(gone.said, is_last=False), is_withdrawn=True)
            for gone in dossier.withdrawn
        ),
    )


def _actors_own(dossier: Dossier) -> Iterator[Statement]:
    action = dossier.action
    speakers_later = {said.account for said in dossier.attributions if not said.causes.is_silent}
    for party in action.actors:
        yield Statement(
            account=party,
            about=About.CAUSE,
            says=said_words(action.cause),
            basis=Basis.STATED.value,
            stance="",
            stated_on="",
            quotation="",
            note="with the action",
            is_last=party not in speakers_later,
            is_withdrawn=False,
            sources=tuple(source_words(source) for source in action.sources),
            cited=cited_words(action.sources),
            key="",
        )


def _statement(said: Attributed | Characterised, *, is_last: bool) -> Statement:
    is_of_cause = isinstance(said, Attributed)
    return Statement(
        account=said.account,
        about=About.CAUSE if is_of_cause else About.KIND,
        says=said_words(said.causes) if isinstance(said, Attributed) else characterised_words(said),
        basis=said.basis.value if said.basis else "",
        stance=said.stance.value.replace("_", " ") if isinstance(said, Attributed) else "",
        stated_on=str(said.stated_on or ""),
        quotation=said.quotation,
        note=said.note,
        is_last=is_last,
        is_withdrawn=False,
        sources=tuple(source_words(source) for source in said.sources),
        cited=cited_words(said.sources),
        key=said.key(),
    )


def _is_last(
    said: Attributed | Characterised, after: tuple[Attributed | Characterised, ...]
) -> bool:
    """Whether the account says nothing later of the same; a silent word takes back nothing."""
    return not any(
        later.account == said.account
        and not (isinstance(later, Attributed) and later.causes.is_silent)
        for later in after
    )
