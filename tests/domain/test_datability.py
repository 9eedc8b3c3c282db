"""Whether an account can be dated as a whole, against the definition followed word by word."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.causes import ActionCause
from domain.datability import Undatable, undatable
from domain.reading import BasisOf, Reading
from domain.records.amendments import Retracted
from domain.worlds import World, whole_account
from tests.making import DISPUTE, act, make_history, said
from tests.real import DISPUTE as REAL
from tests.real import real_history

STATED = Reading(bases=(BasisOf.STATED_ONLY,))


def world_of(*records: object, account: str = "USA") -> World:
    history = make_history(*records)  # type: ignore[arg-type]  # records, as each test makes them
    return whole_account(history, DISPUTE, account, STATED)


def by_definition(world: World) -> list[tuple[str, date, date]]:
    """est(e) = max(lo(e), est of each cause), repeated until nothing moves."""
    actions = {dossier.id: dossier.action for dossier in world.history.dossiers.values()}
    est = {name: action.occurred.lo for name, action in actions.items()}
    moved = True
    while moved:
        moved = False
        for name in actions:
            if world.dossier(name) is None:
                continue
            for node in world.causes(name) or ():
                if isinstance(node, ActionCause) and est[node.action] > est[name]:
                    est[name] = est[node.action]
                    moved = True
    return [
        (dossier.id, est[dossier.id], dossier.action.occurred.hi)
        for dossier in sorted(world.actions(), key=lambda found: found.id)
        if est[dossier.id] > dossier.action.occurred.hi
    ]


def test_a_chain_in_order_can_be_dated() -> None:
    first = act("a", on="2020-01-01")
    second = act("b", by="RUS", against="USA", on="2020-01-01", answers=["a"])
    assert undatable(world_of(first, second)) == ()


def test_overlapping_dates_that_fit_in_no_order_are_named_with_both_days() -> None:
    # Each step is possible by itself: a before b, b before c. All three are not.
    a = act("a", on="2020-03-01")
    b = act("b", by="RUS", against="USA", on="2020-01/2020-12", answers=["a"])
    c = act("c", on="2020-02", answers=["b"])
    found = undatable(world_of(a, b, c))
    assert found == (Undatable("c", date(2020, 3, 1), date(2020, 2, 29)),)


def test_members_of_an_exchange_share_the_latest_of_their_first_days() -> None:
    a = act("a", on="2020-01-01/2020-01-20", answers=["b"])
    b = act("b", by="RUS", against="USA", on="2020-01-15", answers=["a"])
    assert undatable(world_of(a, b)) == ()
    late = act("b", by="RUS", against="USA", on="2020-01-15", answers=["a", "c"])
    cause = act("c", on="2020-01-10/2020-03-01", answers=["d"])
    first = act("d", by="RUS", against="USA", on="2020-01-18")
    assert undatable(world_of(a, late, cause, first)) == (
        Undatable("b", date(2020, 1, 18), date(2020, 1, 15)),
    )


def test_an_impossible_cause_is_undetermined_and_dates_nothing() -> None:
    a = act("a", on="2020-05-01")
    b = act("b", by="RUS", against="USA", on="2020-01-01", answers=["a"])
    assert undatable(world_of(a, b)) == ()


def test_what_cannot_be_dated_depends_on_whom_one_believes() -> None:
    a = act("a", on="2020-03-01")
    b = act("b", by="RUS", against="USA", on="2020-01/2020-12", answers=[])
    c = act("c", on="2020-02", answers=["b"])
    claim = said("b", "USA", ["a"])
    assert [one.action for one in undatable(world_of(a, b, c, claim))] == ["c"]
    assert undatable(world_of(a, b, c, claim, account="RUS")) == ()


def test_a_retracted_cause_dates_nothing() -> None:
    a = act("a", on="2020-03-01")
    b = act("b", by="RUS", against="USA", on="2020-01/2020-12", answers=["a"])
    c = act("c", on="2020-02", answers=["b"])
    assert undatable(world_of(a, b, c, Retracted(action="a", reason="a mistake"))) == ()


def test_the_real_history_can_be_dated_under_both_accounts() -> None:
    for account in ("USA", "RUS"):
        assert undatable(whole_account(real_history(), REAL, account, Reading())) == ()


DATES = (
    *("2020-01-01", "2020-01-10", "2020-02", "2020-03-05", "2020-01/2020-06", "2020-02~"),
    *("2019/2021", "../2020-01-20", "2020-03-01/..", "2020?"),
)
NAMES = tuple("abcdef")


@st.composite
def tangled(draw: st.DrawFn) -> World:
    """A small history with overlapping dates, cycles, silences and dangling causes."""
    records = []
    for name in draw(st.permutations(NAMES)):
        causes = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
        by, against = draw(st.sampled_from([("USA", "RUS"), ("RUS", "USA")]))
        answers = draw(st.sampled_from([causes, "none_stated"]))
        on = draw(st.sampled_from(DATES))
        records.append(act(name, by=by, against=against, on=on, answers=answers))
    gone = draw(st.sampled_from([None, *NAMES]))
    taken_back = [Retracted(action=gone, reason="gone")] if gone else []
    account = draw(st.sampled_from(["USA", "RUS"]))
    return world_of(*records, *taken_back, account=account)


@given(tangled())
def test_it_is_the_definition_whatever_the_causes(world: World) -> None:
    found = [(one.action, one.earliest, one.latest) for one in undatable(world)]
    assert found == by_definition(world)
