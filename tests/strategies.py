"""Generated histories: all that can be recorded, in an order in which it could have been recorded.

Small pools of parties, days, kinds and amounts, so that ties, cycles, nested packages, repeated
words and dangling causes come up often. What is drawn follows the rules of appending: a ledger
takes every record as new.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from hypothesis import strategies as st

from domain.canonical import FrozenJson
from domain.dossiers import corrected_action
from domain.errors import LedgerError
from domain.findings import named_as_causes
from domain.history import History, fold
from domain.kinds import kind
from domain.records.accounts import (
    Attributed,
    AttributionWithdrawn,
    CharacterisationWithdrawn,
    Characterised,
)
from domain.records.amendments import Corrected, Reinstated, Retracted, SourceAdded
from domain.records.base import Record
from domain.records.entry import Entry
from domain.records.stocks import StockObserved
from domain.records.subjects import CoverageStated, DisputeOpened, PartyRegistered, SidesChanged
from tests.making import DISPUTE, SOURCE, act, said
from tests.pasts import Past, entries_in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.records.action import Action

OTHER_DISPUTE: Final = "c-d"
PARTIES: Final = ("USA", "RUS", "USA", "RUS", "GBR", "POL")
SIDES: Final[tuple[dict[str, list[str]], ...]] = (
    {"USA": ["USA"], "RUS": ["RUS"]},
    {"West": ["USA", "GBR"], "RUS": ["RUS"]},
    {"USA": ["USA"], "RUS": ["RUS"], "Third": ["POL"]},
    {},
)
DAYS: Final = ("2020-01-02", "2020-01-03", "2020-01-03", "2020-01-05", "2020-01-09")
VAGUE: Final = (
    *("2020-01", "2020", "2020-01-XX", "2020-01-04~", "2020-01-03?", "2020-01-02/2020-01-06"),
    *("../2020-01-04", "2020-01-04/..", "2019-12-30/2020-01-02"),
)
AMOUNTS: Final = (1, 2, 2, 3, 5, 8, 0, "2..4", ">=2", "unknown")
FREE: Final = ("ext:war", "ext:spies@RUS", "ext:spies@USA", "act:raid@USA", "act:ban@RUS")
SILENT: Final = ("none_stated", "unknown")
# kind and unit; "" where the kind carries none, None where the action need not carry one
KINDS: Final[tuple[tuple[str, str], ...]] = (
    *(("expulsion", "persons"),) * 4,
    *(("visa_refusal", "visas"), ("visa_refusal", "persons"), ("property_closure", "properties")),
    *(("staff_cap", "posts_ceiling"), ("staff_cap", "posts_cut"), ("designation", "persons")),
    *(("rotation_departure", "persons"), ("recall", "persons"), ("own_post_closure", "properties")),
    *(("threat", "persons"), ("threat", "persons"), ("statement", ""), ("proposal", "visas")),
    *(("consultation", ""), ("breaking_relations", ""), ("other", "acts")),
    *(("reversal", "persons"), ("reversal", "persons"), ("retaliation", "persons")),
)
COUNTED: Final = frozenset({"expulsion", "staff_cap"})
DATES: Final = DAYS * 3 + VAGUE
ACCOUNTS: Final = ("USA", "RUS", "USA", "RUS", "GBR", "POL", "analyst:someone", "press:daily")
WORDS: Final = ("unprovoked", "unprovoked", "none_stated", "disputed")
LINKS: Final = ("part_of", "part_of", "part_of", "same_as", "carries_out", "executes")
CORRECTED: Final = (
    *("occurred", "made_public", "actors", "targets", "quantity", "cause", "part_of", "dispute"),
    "description",
)
T = TypeVar("T")


@cache
def _upto(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


@dataclass(frozen=True)
class Dice:
    """What is drawn with: plain numbers only, which is fast, and shrinks to the first of a pool."""

    draw: st.DrawFn

    def upto(self, most: int) -> int:
        return self.draw(_upto(most))

    def one(self, pool: Sequence[T]) -> T:
        return pool[self.upto(len(pool) - 1)]

    def several(self, pool: Sequence[T], most: int) -> list[T]:
        return list(dict.fromkeys(self.one(pool) for _ in range(self.upto(most))))

    def chance(self, one_in: int) -> bool:
        """Say yes once in so many times."""
        return self.upto(one_in - 1) == one_in - 1


@dataclass(frozen=True)
class Shape:
    """Which histories to draw: how many causes an action has at most, links or none, how long."""

    causes: int = 2
    links: bool = True
    steps: int = 12


ANYTHING: Final = Shape()
CHAINS: Final = Shape(causes=1, links=False)
LONG: Final = Shape(causes=3, steps=40)


def parties(dice: Dice) -> list[str]:
    """One party, or, for a joint act or joint targets, two."""
    first = dice.one(PARTIES)
    return list(dict.fromkeys([first, dice.one(PARTIES)])) if dice.chance(6) else [first]


def causes_of(dice: Dice, past: Past, shape: Shape) -> list[str]:
    return dice.several(past.standing[-4:] * 3 + list(FREE), shape.causes)


def an_amount(dice: Dice, unit: str) -> dict[str, object]:
    return {"value": dice.one(AMOUNTS), "unit": unit}


def an_action(dice: Dice, past: Past, shape: Shape = ANYTHING) -> Action:
    """Draw an action that may answer, and be linked to, what was recorded before it."""
    what, unit = dice.one(KINDS)
    fields: dict[str, Any] = {"on": dice.one(DATES), "dispute": dice.one(sorted(past.disputes))}
    by, against = parties(dice), parties(dice)
    if shape.links and past.known and dice.chance(3):
        fields |= a_link(dice, past)
    if fields.get("part_of") and dice.chance(2):
        package = past.fold.dossiers[fields["part_of"]].action
        by, against = list(package.actors), list(package.targets)
        if package.quantity and "retaliation" not in {what, package.kind}:
            what, unit = package.kind, package.quantity.unit
    if what == "retaliation":
        fields["rung"] = 3 + dice.upto(5)
    if what == "reversal" and past.known:
        fields["reverses"] = [dice.one(past.known)]
    if dice.chance(4):
        fields["made_public"] = dice.one(DATES)
    if dice.chance(5):
        fields["effective"] = dice.one(DATES)
    if unit and (what in COUNTED or not dice.chance(5)):
        fields |= {"quantity": dice.one(AMOUNTS), "unit": unit}
    elif what in {"visa_refusal", "rotation_departure"}:
        what = "travel_restriction"
    answers = an_answer(dice, past, shape, must_name=what == "retaliation")
    name = f"e{len(past.known)}"
    return act(name, by, against, kind=what, answers=answers, **fields)


def an_answer(dice: Dice, past: Past, shape: Shape, *, must_name: bool) -> list[str] | str:
    """What the actor says that it answers: causes, perhaps none; or nothing is said."""
    causes = causes_of(dice, past, shape)
    if must_name:
        named = dice.one(past.standing or FREE[3:])
        return list(dict.fromkeys([*causes[: shape.causes - 1], named]))
    return dice.one(SILENT) if dice.chance(4) else causes


def a_link(dice: Dice, past: Past) -> dict[str, Any]:
    """Draw one link: mostly a package, also another row for the same act, and the rest."""
    parts = [name for name, held in past.fold.dossiers.items() if held.action.part_of]
    other, which = dice.one(past.known + parts * 2), dice.one(LINKS)
    return {which: other if which == "part_of" else [other]}


def an_attribution(dice: Dice, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Let an account speak of an action's causes; later ones too, so that cycles arise."""
    if not past.standing:
        return None
    account = dice.one(ACCOUNTS)
    words = dice.one(WORDS) if dice.chance(3) else causes_of(dice, past, shape)
    return said(
        dice.one(past.standing),
        account,
        words,
        inferred=":" not in account and dice.chance(4),
        stated_on=dice.one(DATES) if dice.chance(2) else None,
    )


def a_characterisation(dice: Dice, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Let an account call an action another kind, give another quantity, or deny it."""
    del shape
    if not past.standing:
        return None
    action = dice.one(past.standing)
    changes: dict[str, object] = {}
    row = past.fold.dossiers[action].action.kind_row
    if dice.chance(2):
        row = kind(dice.one([name for name, _ in KINDS if name != "reversal"]))
        changes["kind"] = row.name
    if row.units and dice.chance(2):
        changes["quantity"] = an_amount(dice, row.units[0])
    if not changes or dice.chance(4):
        changes["denied"] = True
    account = dice.one(ACCOUNTS)
    return Characterised.model_validate({"action": action, "account": account, **changes})


def a_withdrawal(dice: Dice, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Withdraw a statement that is in force, or take such a withdrawal back."""
    del shape
    held: list[tuple[Attributed | Characterised, str]] = []
    for name in past.standing:
        dossier = past.fold.dossiers[name]
        held += [(one, one.key()) for one in dossier.characterisations]
        held += [(one, one.key()) for one in dossier.attributions]
        held += [(gone.said, gone.by) for gone in dossier.withdrawn]
    if not held:
        return None
    one, key = dice.one(held)
    withdrawn = AttributionWithdrawn if isinstance(one, Attributed) else CharacterisationWithdrawn
    return withdrawn(action=one.action, account=one.account, statement=key, reason="no more")


def a_correction(dice: Dice, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Correct one field of an action; None where the correction would be refused."""
    if not past.standing:
        return None
    dossier = past.fold.dossiers[dice.one(past.standing)]
    field = dice.one(CORRECTED)
    quantity = dossier.action.quantity
    value: object = None
    if field in {"occurred", "made_public"}:
        value = dice.one(DATES)
    elif field in {"actors", "targets"}:
        value = parties(dice)
    elif field == "description":
        value = dice.one(("seen again", "read again"))
    elif field == "cause":
        value = causes_of(dice, past, shape)
    elif field == "dispute":
        value = dice.one(sorted(past.disputes))
    elif field == "quantity" and quantity is not None:
        value = an_amount(dice, quantity.unit)
    changes = FrozenJson.of({field: value})
    made = Corrected(action=dossier.id, changes=changes, reason="misread")
    try:
        changed = corrected_action(dossier.action, made)
    except LedgerError:
        return None
    return None if changed == dossier.action else made


def a_retraction(dice: Dice, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Retract an action, often one that is answered; or reinstate one that is retracted."""
    del shape
    if not past.known:
        return None
    retracted = [name for name in past.known if name not in past.standing]
    cited = {name for held in past.fold.dossiers.values() for name in named_as_causes(held)}
    action = dice.one(past.known + retracted * 2 + sorted(cited) * 3)
    if past.fold.dossiers[action].stands:
        return Retracted(action=action, reason="a slip")
    return Reinstated(action=action, reason="no slip")


def an_aside(dice: Dice, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Add what changes no action: stocks, coverage, parties, sources; or draw sides anew."""
    del shape
    number = len(past.records)
    what = dice.upto(7)
    if what == 0:
        return CoverageStated.model_validate({"id": f"c{number}", "statement": "all expulsions"})
    if what == 1:
        return PartyRegistered(code=f"X-{number}", title="A group", nature="group")
    if what == 2 and past.standing:
        source = {**SOURCE, "title": f"Page {number}"}
        return SourceAdded.model_validate({"action": past.standing[-1], "source": source})
    if what == 3:
        observed = {"id": f"s{number}", "teller": "USA", "whose": "RUS", "where": "USA"}
        counted = {"quantity": an_amount(dice, "posts"), "on": dice.one(DATES)}
        return StockObserved.model_validate({**observed, **counted, "sources": [SOURCE]})
    return SidesChanged.model_validate({"dispute": DISPUTE, "sides": some_sides(dice)})


def some_sides(dice: Dice) -> list[dict[str, object]]:
    return [{"name": name, "parties": held} for name, held in dice.one(SIDES).items()]


NEXT: Final[tuple[Callable[[Dice, Past, Shape], Record | None], ...]] = (
    *(an_action,) * 7,
    *(an_attribution,) * 4,
    *(a_correction, a_characterisation, a_withdrawal) * 2,
    *(a_retraction, an_aside),
)


def what_follows(dice: Dice, past: Past, shape: Shape) -> Record | None:
    """Draw what may be recorded next; said again, it counts how often it was said before."""
    made = dice.one(NEXT)(dice, past, shape)
    if made is None:
        return None
    again = [
        one for one in past.records if type(one) is type(made) and one.stream() == made.stream()
    ]
    equal = [one for one in again if _counted_alike(one) == _counted_alike(made)]
    return made.model_copy(update={"again": len(equal)}) if equal else made


def _counted_alike(record: Record) -> Record:
    return record.model_copy(update={"again": 0}) if hasattr(record, "again") else record


@st.composite
def next_record(draw: st.DrawFn, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Draw what may be recorded next; None where what was drawn would be refused."""
    return what_follows(Dice(draw), past, shape)


@st.composite
def lone_actions(draw: st.DrawFn) -> Action:
    """Draw an action that is connected to no other."""
    return an_action(Dice(draw), begun(Dice(draw))).model_copy(update={"id": "lone"})


@st.composite
def opened(draw: st.DrawFn) -> Past:
    """Begin a history: one dispute, or two whose actions may answer each other."""
    return begun(Dice(draw))


def begun(dice: Dice) -> Past:
    past = Past()
    for dispute in (DISPUTE, OTHER_DISPUTE)[: dice.one((1, 1, 2))]:
        record = {"id": dispute, "title": "A contest", "sides": some_sides(dice)}
        past.add(DisputeOpened.model_validate(record))
    return past


@st.composite
def record_lists(draw: st.DrawFn, shape: Shape = ANYTHING) -> tuple[Record, ...]:
    """Draw a whole history as records, in the order in which they were recorded."""
    dice = Dice(draw)
    past = begun(dice)
    for _ in range(dice.one((shape.steps // 3, shape.steps, shape.steps))):
        made = what_follows(dice, past, shape)
        if made is not None:
            past.add(made)
    return tuple(past.records)


def entry_lists(shape: Shape = ANYTHING) -> st.SearchStrategy[tuple[Entry, ...]]:
    """Draw a whole history as stamped entries."""
    return record_lists(shape).map(entries_in_order)


def histories(shape: Shape = ANYTHING) -> st.SearchStrategy[History]:
    """Draw a whole history, folded."""
    return entry_lists(shape).map(fold)
