"""Generated histories: all that can be recorded, in an order in which it could have been recorded.

Small pools of parties, days, kinds and amounts, so that ties, cycles, nested packages, repeated
words and dangling causes come up often. What is drawn follows the rules of appending: a ledger
takes every record as new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

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
    from collections.abc import Callable

    from domain.dossiers import Dossier
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


def dates() -> st.SearchStrategy[str]:
    return st.sampled_from(DAYS * 3 + VAGUE)


def some(strategy: st.SearchStrategy[Any], one_in: int) -> st.SearchStrategy[Any]:
    """Draw from the strategy once in so many times, else None."""
    return st.integers(1, one_in).flatmap(lambda n: strategy if n == one_in else st.none())


@st.composite
def party_lists(draw: st.DrawFn) -> list[str]:
    """One party, or, for a joint act or joint targets, two."""
    first = draw(st.sampled_from(PARTIES))
    second = draw(some(st.sampled_from(PARTIES), 6))
    return [first] if second in {None, first} else [first, second]


@st.composite
def cause_lists(draw: st.DrawFn, past: Past, most: int = 2) -> list[str]:
    pool = past.standing[-4:] * 3 + list(FREE)
    return draw(st.lists(st.sampled_from(pool), max_size=most, unique=True))


@st.composite
def quantities(draw: st.DrawFn, unit: str) -> dict[str, object]:
    return {"value": draw(st.sampled_from(AMOUNTS)), "unit": unit}


@dataclass(frozen=True)
class Shape:
    """Which histories to draw: how many causes an action has at most, links or none, how long."""

    causes: int = 2
    links: bool = True
    dispute_changes: bool = True
    steps: int = 12


ANYTHING: Final = Shape()
CHAINS: Final = Shape(causes=1, links=False)
LONG: Final = Shape(causes=3, steps=40)


@st.composite
def actions(draw: st.DrawFn, past: Past, shape: Shape = ANYTHING) -> Action:
    """Draw an action that may answer, and be linked to, what was recorded before it."""
    name = f"e{len(past.known)}"
    what, unit = draw(st.sampled_from(KINDS))
    causes = draw(cause_lists(past, shape.causes))
    fields: dict[str, Any] = {}
    if what == "retaliation":
        fields["rung"] = draw(st.integers(3, 8))
        causes = [*causes[: shape.causes - 1], draw(st.sampled_from(past.standing or FREE[3:]))]
    answers: Any = list(dict.fromkeys(causes))
    if what != "retaliation" and draw(st.integers(0, 3)) == 0:
        answers = draw(st.sampled_from(SILENT))
    by, against = draw(party_lists()), draw(party_lists())
    if shape.links and past.known and draw(st.integers(0, 2)) == 0:
        fields |= draw(links(past))
    if fields.get("part_of") and draw(st.booleans()):
        package = past.fold.dossiers[fields["part_of"]].action
        by, against = list(package.actors), list(package.targets)
        if what != "retaliation" and package.kind != "retaliation" and package.quantity:
            what, unit = package.kind, package.quantity.unit
    if what == "reversal" and past.known:
        fields["reverses"] = [draw(st.sampled_from(past.known))]
    if unit and (what in COUNTED or draw(st.integers(0, 4))):
        fields["quantity"] = draw(quantities(unit))
    disputes = sorted(past.fold.disputes)
    return draw_action(
        name,
        by,
        against,
        draw(dates()),
        kind=what,
        answers=answers,
        dispute=draw(st.sampled_from([DISPUTE, DISPUTE, *disputes])),
        made_public=draw(some(dates(), 4)),
        effective=draw(some(dates(), 5)),
        **fields,
    )


def draw_action(name: str, by: list[str], against: list[str], on: str, **fields: Any) -> Action:
    """Make the action, with its quantity given whole."""
    quantity = fields.pop("quantity", None)
    given = {} if quantity is None else {"quantity": quantity["value"], "unit": quantity["unit"]}
    kept = {key: value for key, value in fields.items() if value is not None}
    if quantity is None and kept["kind"] in {"visa_refusal", "rotation_departure"}:
        kept["kind"] = "travel_restriction"
    return act(name, by, against, on, **given, **kept)


@st.composite
def links(draw: st.DrawFn, past: Past) -> dict[str, Any]:
    """Draw one link: mostly a package, also another row for the same act, and the rest."""
    parts = [name for name, held in past.fold.dossiers.items() if held.action.part_of]
    other = draw(st.sampled_from(past.known + parts * 2))
    which = draw(
        st.sampled_from(("part_of", "part_of", "part_of", "same_as", "carries_out", "executes"))
    )
    return {which: other if which == "part_of" else [other]}


ACCOUNTS: Final = ("USA", "RUS", "USA", "RUS", "GBR", "POL", "analyst:someone", "press:daily")


@st.composite
def attributions(draw: st.DrawFn, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Let an account speak of an action's causes; later ones too, so that cycles arise."""
    if not past.standing:
        return None
    account = draw(st.sampled_from(ACCOUNTS))
    words: Any = draw(
        st.one_of(
            cause_lists(past, shape.causes),
            cause_lists(past, shape.causes),
            st.sampled_from(("unprovoked", "unprovoked", "none_stated", "disputed")),
        )
    )
    return said(
        draw(st.sampled_from(past.standing)),
        account,
        words,
        inferred=":" not in account and draw(st.integers(0, 3)) == 0,
        stated_on=draw(some(dates(), 2)),
    )


@st.composite
def characterisations(draw: st.DrawFn, past: Past) -> Record | None:
    """Let an account call an action another kind, give another quantity, or deny it."""
    if not past.standing:
        return None
    action = draw(st.sampled_from(past.standing))
    changes: dict[str, object] = {}
    row = past.fold.dossiers[action].action.kind_row
    if draw(st.booleans()):
        row = kind(draw(st.sampled_from([name for name, _ in KINDS if name != "reversal"])))
        changes["kind"] = row.name
    is_counted = draw(st.booleans())
    if row.units and is_counted:
        changes["quantity"] = draw(quantities(row.units[0]))
    if not changes or draw(st.integers(0, 3)) == 0:
        changes["denied"] = True
    teller = draw(st.sampled_from(ACCOUNTS))
    return Characterised.model_validate({"action": action, "account": teller, **changes})


@st.composite
def withdrawals(draw: st.DrawFn, past: Past) -> Record | None:
    """Withdraw a statement that is in force."""
    held: list[Attributed | Characterised] = []
    for name in past.standing:
        held += past.fold.dossiers[name].characterisations
        held += past.fold.dossiers[name].attributions
    if not held:
        return None
    one = draw(st.sampled_from(held))
    withdrawn = AttributionWithdrawn if isinstance(one, Attributed) else CharacterisationWithdrawn
    return withdrawn(action=one.action, account=one.account, statement=one.key(), reason="no more")


@st.composite
def corrections(draw: st.DrawFn, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Correct one field of an action; None where the correction would be refused."""
    if not past.standing:
        return None
    dossier = past.fold.dossiers[draw(st.sampled_from(past.standing))]
    changes = draw(st.one_of(_changes(past, dossier, shape)))
    made = Corrected(action=dossier.id, changes=FrozenJson.of(changes), reason="misread")
    try:
        changed = corrected_action(dossier.action, made)
    except LedgerError:
        return None
    return None if changed == dossier.action else made


def _changes(
    past: Past, dossier: Dossier, shape: Shape
) -> list[st.SearchStrategy[dict[str, object]]]:
    found: list[st.SearchStrategy[dict[str, object]]] = [
        dates().map(lambda day: {"occurred": day}),
        dates().map(lambda day: {"made_public": day}),
        party_lists().map(lambda parties: {"targets": parties}),
        party_lists().map(lambda parties: {"actors": parties}),
        st.just({"part_of": None}),
        st.sampled_from(["seen again", "read again"]).map(lambda text: {"description": text}),
        cause_lists(past, shape.causes).map(lambda causes: {"cause": causes}),
    ]
    if dossier.action.quantity is not None:
        amounts = quantities(dossier.action.quantity.unit)
        found.append(amounts.map(lambda quantity: {"quantity": quantity}))
    if shape.dispute_changes:
        found.append(st.sampled_from(sorted(past.fold.disputes)).map(lambda to: {"dispute": to}))
    return found


@st.composite
def retractions(draw: st.DrawFn, past: Past) -> Record | None:
    """Retract an action, or reinstate one that is retracted."""
    if not past.known:
        return None
    retracted = [name for name in past.known if name not in past.standing]
    cited = {name for held in past.fold.dossiers.values() for name in named_as_causes(held)}
    action = draw(st.sampled_from(past.known + retracted * 2 + sorted(cited) * 3))
    if past.fold.dossiers[action].stands:
        return Retracted(action=action, reason="a slip")
    return Reinstated(action=action, reason="no slip")


@st.composite
def asides(draw: st.DrawFn, past: Past) -> Record | None:
    """Add what changes no action: stocks, coverage, parties, sources; or draw sides anew."""
    number = len(past.records)
    made: list[Record] = [
        StockObserved.model_validate(
            {
                "id": f"s{number}",
                "teller": "USA",
                "whose": "RUS",
                "where": "USA",
                "quantity": {"value": draw(st.sampled_from(AMOUNTS)), "unit": "posts"},
                "on": draw(dates()),
                "sources": [SOURCE],
            }
        ),
        CoverageStated.model_validate({"id": f"c{number}", "statement": "all expulsions"}),
        PartyRegistered(code=f"X-{number}", title="A group", nature="group"),
    ]
    if past.standing:
        source = {**SOURCE, "title": f"Page {number}"}
        made.append(SourceAdded.model_validate({"action": past.standing[-1], "source": source}))
    if draw(st.booleans()):
        return draw(st.sampled_from(made))
    return SidesChanged.model_validate({"dispute": DISPUTE, "sides": sides(draw)})


def sides(draw: st.DrawFn) -> list[dict[str, object]]:
    drawn = draw(st.sampled_from(SIDES))
    return [{"name": name, "parties": parties} for name, parties in drawn.items()]


NEXT: Final[tuple[Callable[..., st.SearchStrategy[Record | None]], ...]] = (
    *(actions,) * 7,
    *(attributions,) * 4,
    *(corrections, characterisations, withdrawals) * 2,
    *(retractions, asides),
)
SHAPED: Final = (actions, attributions, corrections)


@st.composite
def next_record(draw: st.DrawFn, past: Past, shape: Shape = ANYTHING) -> Record | None:
    """Draw what may be recorded next; said again, it counts how often it was said before."""
    what = draw(st.sampled_from(NEXT))
    made: Record | None = draw(what(past, shape) if what in SHAPED else what(past))
    if made is None:
        return None
    equal = [one for one in past.records if _counted_alike(one) == _counted_alike(made)]
    return made.model_copy(update={"again": len(equal)}) if equal else made


def _counted_alike(record: Record) -> Record:
    return record.model_copy(update={"again": 0}) if hasattr(record, "again") else record


@st.composite
def opened(draw: st.DrawFn) -> Past:
    """Begin a history: one dispute, or two whose actions may answer each other."""
    past = Past()
    for dispute in (DISPUTE, OTHER_DISPUTE)[: draw(st.sampled_from((1, 1, 2)))]:
        record = {"id": dispute, "title": "A contest", "sides": sides(draw)}
        past.add(DisputeOpened.model_validate(record))
    return past


@st.composite
def record_lists(draw: st.DrawFn, shape: Shape = ANYTHING) -> tuple[Record, ...]:
    """Draw a whole history as records, in the order in which they were recorded."""
    past = draw(opened())
    for _ in range(draw(st.sampled_from((shape.steps // 3, shape.steps, shape.steps)))):
        made = draw(next_record(past, shape))
        if made is not None:
            past.add(made)
    return tuple(past.records)


def entry_lists(shape: Shape = ANYTHING) -> st.SearchStrategy[tuple[Entry, ...]]:
    """Draw a whole history as stamped entries."""
    return record_lists(shape).map(entries_in_order)


def histories(shape: Shape = ANYTHING) -> st.SearchStrategy[History]:
    """Draw a whole history, folded."""
    return entry_lists(shape).map(fold)
