"""The reversed part: what reversals took back, never more than there was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.measures.packages import Counted, package_total
from domain.measures.postings import postings_of
from domain.measures.reversed_part import reversed_part
from domain.measures.tally import tally
from domain.quantities import ZERO, Amount
from domain.reading import Reading
from domain.records.action import Action
from tests.making import DISPUTE, act, make_history

READING = Reading()


def undoes(name: str, *actions: str, quantity: object = None, unit: str = "persons") -> Action:
    """A reversal; without a quantity it does not say how far."""
    counted = {} if quantity is None else {"unit": unit, "quantity": quantity}
    return act(name, kind="reversal", reverses=list(actions), **counted)  # type: ignore[arg-type]


def taken(*rows: Action, cell: str | None = None) -> Amount:
    """What is reversed of the actions of a cell: of all, or of those of one family."""
    history = make_history(*rows)
    postings = postings_of(history, DISPUTE, READING)
    members: dict[str, Counted] = {}
    for posting in postings.posted:
        counted = posting.counted()
        if counted is not None and cell in {None, posting.family.value}:
            members[posting.id] = counted
    return reversed_part(history, members, postings.reversals, READING)


def test_a_reversal_takes_its_quantity() -> None:
    assert taken(act("a", quantity=9), undoes("r", "a", quantity=4)) == Amount.exact(4)


def test_nothing_is_reversed_without_a_reversal() -> None:
    assert taken(act("a", quantity=9)) == ZERO


def test_a_reversal_without_a_quantity_takes_an_unknown_part() -> None:
    assert taken(act("a", quantity=9), undoes("r", "a")) == Amount(0, 9, 1)


def test_a_reversal_in_another_unit_takes_an_unknown_part() -> None:
    rows = [act("a", quantity=9), undoes("r", "a", quantity=4, unit="visas")]
    assert taken(*rows) == Amount(0, 9, 1)


def test_however_often_it_is_reversed_no_more_is_taken_than_was_imposed() -> None:
    rows = [act("a", quantity=9), act("b", quantity=9)]
    rows += [undoes("r", "a", quantity=7), undoes("s", "a", quantity=7)]
    assert taken(*rows) == Amount.exact(9)


def test_an_unknown_number_can_be_reversed_by_a_known_one() -> None:
    assert taken(act("a", quantity="unknown"), undoes("r", "a", quantity=7)) == Amount.exact(7)


def test_a_reversal_of_several_takes_its_quantity_once() -> None:
    rows = [act("a", quantity=9), act("b", quantity=9), undoes("r", "a", "b", quantity=7)]
    assert taken(*rows) == Amount.exact(7)


def test_what_is_claimed_of_one_action_is_at_most_that_action() -> None:
    rows = [act("a", quantity=5), act("b", quantity=5)]
    rows += [undoes("r", "a", quantity=9), undoes("s", "a", "b", quantity=0)]
    assert taken(*rows) == Amount.exact(5)


def test_claims_that_meet_in_one_action_are_at_most_all_that_they_name() -> None:
    rows = [act("a", quantity=5), act("b", quantity=5)]
    rows += [undoes("r", "b", quantity=5), undoes("s", "a", "b", quantity=10)]
    assert taken(*rows) == Amount.exact(10)


def test_a_reversal_that_also_names_another_cell_takes_a_share_that_is_not_known() -> None:
    rows = [act("a", quantity=9), act("b", quantity=9, family="un_mission")]
    rows += [undoes("r", "a", "b", quantity=7)]
    assert taken(*rows, cell="mission_staff") == Amount.between(0, 7)
    assert taken(*rows) == Amount.exact(7)


def test_another_unit_named_too_takes_no_share() -> None:
    rows = [act("a", quantity=9), act("b", quantity=9, kind="visa_refusal")]
    rows += [undoes("r", "a", "b", quantity=7)]
    assert taken(*rows, cell="mission_staff") == Amount.exact(7)


def test_a_part_and_its_package_reversed_are_not_reversed_twice() -> None:
    rows = [act("p", quantity=9), act("a", quantity=5, part_of="p")]
    rows += [undoes("r", "p", quantity=9), undoes("s", "a", quantity=5)]
    assert taken(*rows) == Amount.exact(9)


def test_parts_reversed_are_at_most_the_package_that_is_not_there() -> None:
    package = act("p", quantity=6, family="un_mission")
    rows = [package, act("a", quantity=5, part_of="p"), act("b", quantity=5, part_of="p")]
    rows += [undoes("r", "a", quantity=5), undoes("s", "b", quantity=5)]
    assert taken(*rows, cell="mission_staff") == Amount.exact(6)


def test_the_tally_shows_what_is_outstanding() -> None:
    rows = [act("a", quantity=9), undoes("r", "a", quantity=4)]
    line = tally(make_history(*rows), DISPUTE, READING).lines[0]
    assert (line.imposed, line.reversed, line.outstanding) == tuple(
        Amount.exact(n) for n in (9, 4, 5)
    )


def test_a_reversal_beside_an_unknown_leaves_an_unknown() -> None:
    rows = [act("a", quantity=9), act("b", quantity="unknown"), undoes("r", "a", quantity=4)]
    line = tally(make_history(*rows), DISPUTE, READING).lines[0]
    assert line.outstanding == Amount(5, None, 1)


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=4),
    st.lists(st.tuples(st.sets(st.integers(0, 3), min_size=1), st.integers(0, 9)), max_size=5),
    st.lists(st.integers(0, 3), max_size=4),
)
def test_never_more_is_reversed_than_the_actions_named_come_to(
    sizes: list[int], undone: list[tuple[set[int], int]], packages: list[int]
) -> None:
    rows = []
    for n, size in enumerate(sizes):
        around = {"part_of": f"a{packages[n]}"} if n < len(packages) else {}
        rows.append(act(f"a{n}", quantity=size, **around))
    for n, (names, quantity) in enumerate(undone):
        rows.append(undoes(f"r{n}", *(f"a{name}" for name in sorted(names)), quantity=quantity))
    history = make_history(*rows)
    postings = postings_of(history, DISPUTE, READING)
    members = {row.id: held for row in postings.posted if (held := row.counted()) is not None}
    found = reversed_part(history, members, postings.reversals, READING)
    named = {name for held in postings.reversals for name, _ in held.named}
    most = package_total(history, [members[name] for name in sorted(named)]).amount
    assert found.is_exact
    assert found.lo <= most.lo
    assert found.lo <= sum(quantity for _, quantity in undone)
    if len(undone) == 1 and named:
        assert found.lo == min(undone[0][1], most.lo)
