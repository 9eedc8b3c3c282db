"""What an account holds of one action's causes, and who says so where: for printing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.accounts import How, actors_voice
from domain.causes import ActionCause, Grievance, OutsideCause
from domain.records.accounts import Stance
from domain.worlds import conventions_of
from ledger.answers.words import cited_words, source_words

if TYPE_CHECKING:
    from domain.accounts import Option
    from domain.causes import Cause
    from domain.reading import BasisOf
    from domain.worlds import World

LEAVING_OUT: Final = frozenset({How.INHERITED, How.UNPROVOKED})


@dataclass(frozen=True, slots=True)
class Teller:
    """One account on one basis."""

    account: str
    basis: BasisOf


@dataclass(frozen=True, slots=True)
class Told:
    """One account's option for one action; `causes` None is undetermined.

    `teller` is whose words it rests on, `how` how the account came to hold it, `inferred` marks an
    analyst's in a party's place, `impossible` a cause that certainly comes after its effect.
    `missing` are the causes that are retracted or that nobody recorded, `left_out` the actor's own
    causes that this account does not take over. `is_own_doing` says that the actor's side did, or
    is blamed for, all that it answers. `cited` names the sources as briefly as may be.
    """

    account: str
    causes: tuple[str, ...] | None
    teller: str
    how: How
    inferred: bool
    impossible: bool
    missing: tuple[str, ...]
    left_out: tuple[str, ...]
    is_own_doing: bool
    stance: Stance
    stated_on: str
    quotation: str
    sources: tuple[str, ...]
    cited: str

    def words(self) -> str:
        """Return it in one line: "RUS, attributed: answers x"."""
        answers = "undetermined" if self.causes is None else f"answers {self._causes()}"
        if self.how is How.SILENT:
            return "silent: undetermined"
        told = self._inherited() if self.how is How.INHERITED else self.how.value
        if self.how is How.UNPROVOKED and not self.causes:
            told, answers = "unprovoked", "answers nothing"
        elif self.how is How.UNPROVOKED:
            whose = "its own side's " if self.is_own_doing else ""
            answers = f"answers only {whose}{self._causes()}"
        if self.inferred:
            told += f", inferred by {self.teller}"
        return f"{told}: {answers}{self._doubts()}"

    def _inherited(self) -> str:
        less = f" less {', '.join(self.left_out)}" if self.left_out else ""
        return f"silent, so as {self.teller} has it{less}"

    def _causes(self) -> str:
        return ", ".join(self.causes or ()) or "nothing"

    def _doubts(self) -> str:
        doubts = [f"{cause} is retracted or missing" for cause in self.missing]
        doubts += ["impossible: a cause comes certainly after it"] if self.impossible else []
        return f" ({'; '.join(doubts)})" if doubts else ""


def told(world: World, action: str) -> Told:
    """Return what a world's account holds of an action, and on whose word.

    Rule: docs/semantics.md#accounts
    """
    return told_of(world, action, world.option(action))


def told_of(world: World, action: str, option: Option) -> Told:
    """Return an option of an action for printing; its causes are as they were said."""
    said = option.statement
    dossier = world.history.dossiers[action]
    of_action = (*dossier.action.sources, *dossier.sources_added)
    sources = said.sources if said is not None else () if option.how is How.SILENT else of_action
    causes = option.causes
    actors = actors_voice(dossier, conventions_of(world.reading))
    theirs = actors.said.causes if actors is not None and option.how in LEAVING_OUT else ()
    return Told(
        account=world.name,
        causes=None if causes is None else tuple(str(cause) for cause in causes),
        teller=option.teller,
        how=option.how,
        inferred=option.inferred,
        impossible=option.impossible,
        missing=tuple(
            cause.action
            for cause in causes or ()
            if isinstance(cause, ActionCause) and world.dossier(cause.action) is None
        ),
        left_out=tuple(str(cause) for cause in theirs if cause not in (causes or ())),
        is_own_doing=all(_is_of_its_side(world, action, cause) for cause in causes or ()),
        stance=said.stance if said is not None else Stance.NOT_SAID,
        stated_on=str(said.stated_on or "") if said is not None else "",
        quotation=said.quotation if said is not None else "",
        sources=tuple(source_words(source) for source in sources),
        cited=cited_words(sources),
    )


def _is_of_its_side(world: World, action: str, cause: Cause) -> bool:
    """Whether a cause is the doing of the side that acts, and of no other."""
    match cause:
        case Grievance():
            sides = world.sides.sides_of([cause.blamed] if cause.blamed else [])
        case OutsideCause():
            sides = world.sides.sides_of([cause.party])
        case _:
            named = world.dossier(cause.action)
            sides = world.sides.sides_of(named.action.actors) if named else frozenset()
    return sides == world.sides.sides_of(world.history.dossiers[action].action.actors)
