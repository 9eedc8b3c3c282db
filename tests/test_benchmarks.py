"""What benchmarks measure is the real thing: arrays and real records give the same verdicts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.claims import SEED, TIES, selected
from benchmarks.contests import (
    DISPUTE,
    SIDES,
    compact_of,
    contest,
    debts,
    held_by,
    history_of,
    knot,
)
from domain.claims.crux import cruxes
from domain.claims.extremal import of_every, states
from domain.claims.filters import Filter
from domain.claims.language import Budgeted, Every
from domain.claims.predicates import Initiated
from domain.claims.rescuing import rescue
from domain.claims.shortest import breaking
from domain.claims.verdicts import Method, Question, over_mixed
from domain.kinds import Polarity
from domain.reading import GrievancePolicy, Reading
from domain.truth import Truth
from ledger.solvers.clock import patience
from ledger.solvers.engines import engines
from ledger.solvers.sat import Rc2

SOLVERS = engines()
CLAIM = Every(of=Filter(actors=("RUS",), polarities=(Polarity.HOSTILE,)), holds=Initiated(by="USA"))


@settings(max_examples=25)
@given(st.integers(2, 60), st.integers(0, 2**32), st.sampled_from((0.0, 0.1, 0.4)))
def test_arrays_and_records_give_the_same_verdicts(size: int, seed: int, part: float) -> None:
    deeds = contest(size, contested=part, seed=seed)
    compact, nodes = compact_of(deeds), selected(size)
    asked = Question(history_of(deeds), DISPUTE, Reading(), GrievancePolicy.ACTOR, CLAIM)
    found = over_mixed(asked, SIDES, SOLVERS)
    assert found.method is Method.EXTREMAL
    assert found.possible is not None
    values = {truth for truth, held in zip(Truth, found.possible.values(), strict=True) if held}
    assert values == of_every(states(compact.stream)[nodes.start :: nodes.step])
    for teller, account in enumerate(SIDES):
        held = held_by(deeds, teller)
        for crux in cruxes(asked, account, SIDES, SOLVERS):
            if crux.after is Truth.FALSE:
                broken = breaking(compact, held, nodes, TIES)
                assert (broken.steps, len(broken.ties)) == (crux.robustness, len(crux.ties))
            else:
                saved = rescue(compact, held, nodes).cheapest(Rc2(), TIES, patience(10))
                assert len(saved.models) == len(crux.ties)


def test_as_much_is_contested_as_is_said() -> None:
    deeds = contest(10_000, contested=0.4, seed=SEED)
    assert 0.35 < sum(len(deed.options) > 1 for deed in deeds) / len(deeds) < 0.45


def test_what_is_owed_and_what_is_knotted_takes_constraints() -> None:
    budget = Budgeted(by="RUS", of=Filter(), unit="persons")
    owed, knotted = history_of(debts(30, seed=1)), history_of(knot(14, seed=1), one_day=True)
    for history, test in ((owed, budget), (knotted, CLAIM)):
        asked = Question(history, DISPUTE, Reading(), GrievancePolicy.ACTOR, test)
        assert over_mixed(asked, SIDES, SOLVERS).method is Method.CONSTRAINTS
