"""Generated histories hold all that a history can hold, and nothing that a ledger refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, Phase, given, settings

from domain.causes import Grievance, OutsideCause
from domain.findings import named_as_causes, worlds
from domain.history import fold
from domain.kinds import Polarity
from domain.measures.exchanges import exchanges
from domain.records.accounts import AttributionWithdrawn, Basis, CharacterisationWithdrawn
from domain.records.amendments import Corrected, Reinstated, Retracted
from domain.records.subjects import SidesChanged
from domain.units import Nature, unit
from ledger.appending import Status
from ledger.facade import open_ledger
from tests.pasts import entries_in_order
from tests.strategies import record_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from domain.dossiers import Dossier
    from domain.history import History
    from domain.records.base import Record

TYPES: Final[dict[str, type[Record]]] = {
    "a correction": Corrected,
    "a retraction": Retracted,
    "a reinstatement": Reinstated,
    "a withdrawn attribution": AttributionWithdrawn,
    "a withdrawn characterisation": CharacterisationWithdrawn,
    "sides drawn anew": SidesChanged,
}
OF_ACTIONS: Final[dict[str, Callable[[History, Dossier], object]]] = {
    "a silent actor": lambda _, held: held.action.cause.is_silent,
    "an outside action": lambda _, held: _names(held, OutsideCause),
    "a grievance": lambda _, held: _names(held, Grievance),
    "a joint act": lambda _, held: len(held.action.actors) > 1,
    "joint targets": lambda _, held: len(held.action.targets) > 1,
    "a third party": lambda past, held: past.sides(held.action.dispute).is_third(
        past.sides(held.action.dispute).side_of(held.action.actors[0])
    ),
    "words": lambda _, held: held.action.kind_row.polarity is Polarity.WORDS,
    "a ceiling": lambda _, held: (
        held.action.quantity and unit(held.action.quantity.unit).nature is Nature.STOCK
    ),
    "an unknown quantity": lambda _, held: (
        held.action.quantity and held.action.quantity.value.is_unknown
    ),
    "a ranged quantity": lambda _, held: (
        held.action.quantity and held.action.quantity.value.lo != held.action.quantity.value.hi
    ),
    "a reversal": lambda _, held: held.action.reverses,
    "a row for the same act": lambda _, held: held.action.same_as,
    "an act that carries out another's": lambda _, held: held.action.carries_out,
    "an uncertain date": lambda _, held: held.action.occurred.lo != held.action.occurred.hi,
    "an inferred attribution": lambda _, held: any(
        said.basis is Basis.INFERRED for said in held.attributions
    ),
    "a characterisation": lambda _, held: held.characterisations,
    "a dangling cause": lambda past, held: any(
        past.standing(name) is None for name in named_as_causes(held)
    ),
    "a cause in another dispute": lambda past, held: any(
        past.dossiers[name].action.dispute != held.action.dispute for name in named_as_causes(held)
    ),
    "a nested package": lambda past, held: (
        held.action.part_of and past.dossiers[held.action.part_of].action.part_of
    ),
    "a package of several kinds": lambda past, held: (
        held.action.part_of and past.dossiers[held.action.part_of].action.kind != held.action.kind
    ),
}
DEAR: Final = frozenset({"an exchange", "an impossible option"})


def _names(held: Dossier, nature: type) -> bool:
    return any(isinstance(cause, nature) for cause in held.action.cause.causes)


def shown_by(records: tuple[Record, ...], history: History, seen: Collection[str]) -> Iterator[str]:
    """Name what a history holds, apart from what is dear to look for and was seen already."""
    for name, type_ in TYPES.items():
        if any(isinstance(record, type_) for record in records):
            yield name
    for held in history.dossiers.values():
        for name, holds in OF_ACTIONS.items():
            if held.stands and holds(history, held):
                yield name
    days = [held.action.occurred.text for held in history.dossiers.values()]
    if len(days) != len(set(days)):
        yield "a tie"
    for world in worlds(history) if DEAR - set(seen) else ():
        actions = [held.id for held in world.actions()]
        if exchanges(world, actions):
            yield "an exchange"
        if any(world.option(action).impossible for action in actions):
            yield "an impossible option"


def test_generated_histories_hold_everything_there_is() -> None:
    seen: set[str] = set()

    @settings(
        max_examples=150,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(record_lists())
    def look(records: tuple[Record, ...]) -> None:
        seen.update(shown_by(records, fold(entries_in_order(records)), seen))

    look()
    assert {*TYPES, *OF_ACTIONS, *DEAR, "a tie"} - seen == set()


@given(record_lists())
def test_a_ledger_takes_every_generated_record_as_new(records: tuple[Record, ...]) -> None:
    with open_ledger("memory:", by="tester") as ledger:
        outcomes = [ledger.append([record])[0] for record in records]
    assert {outcome.status for outcome in outcomes} == {Status.NEW}
