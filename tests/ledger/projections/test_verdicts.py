"""The stored verdicts: kept up they are those from scratch, and only what is touched is touched."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims.audit import Auditor
from domain.claims.claim import ClaimRecorded, ClaimWithdrawn
from domain.claims.language import Every, Exists, No, NotExists
from domain.reading import Reading
from domain.records.amendments import Corrected
from ledger.answers.audits import Said, audit_all
from ledger.answers.known_verdicts import known_cells
from ledger.asking import ask
from ledger.facade import open_ledger
from ledger.projections.catchup import catch_up
from ledger.projections.verdicts_rows import NAME
from ledger.solvers.engines import engines
from ledger.store.memory_views import MemoryViews
from tests.domain.claims.claims_about import records_of
from tests.domain.claims.forms_about import any_test
from tests.ledger.ledgers import new_bench
from tests.ledger.rows import scratch_rows, stored_rows
from tests.making import DISPUTE, SOURCE, act, said, two_sides
from tests.strategies import record_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.claims.language import Test
    from domain.records.base import Record
    from ledger.facade import Ledger
    from ledger.projections.rows import Sealed

NAMES = {f"{letter}{number}" for letter in "ae" for number in range(10)}
SEEDS = st.integers(0, 10**9)
EVERY = {"polarities": ["hostile"], "actors": ["RUS"]}
BEGUN: dict[str, Any] = {"form": "every", "of": EVERY, "holds": {"form": "initiated", "by": "USA"}}


def claim(name: str, *tests: Any) -> ClaimRecorded:
    return ClaimRecorded.model_validate(
        {
            "id": name,
            "dispute": DISPUTE,
            "side": "RUS",
            "speaker": "A minister",
            "said_on": "2020-03-01",
            "words": "They began it",
            "variants": [{"test": test} for test in tests],
            "sources": [SOURCE],
        }
    )


def sealed_of(records: Sequence[Record]) -> tuple[Sealed, ...]:
    """Record everything in memory, whatever names what, and return it as it was stored."""
    with new_bench(None).open() as ledger:
        outcomes = ledger.append(records, promised=NAMES)
        assert [outcome.error for outcome in outcomes if outcome.error] == []
        return tuple(ledger.sealed())


def feed_of(sealed: tuple[Sealed, ...]) -> Callable[[int, int | None], Iterator[Sealed]]:
    return lambda after, until: iter(sealed[after:until])


def verdict_rows(rows: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in rows.items() if key.startswith(f"{NAME} ")}


@given(SEEDS, st.integers(1, 3))
def test_kept_up_verdicts_are_those_from_scratch(seed: int, page: int) -> None:
    rng = Random(seed)
    records = records_of(rng)
    place = rng.randint(1, len(records))
    tests = [any_test(rng) for _ in range(3)]
    records.insert(place, claim("c1", *tests))
    if rng.random() < 0.2:
        records.append(ClaimWithdrawn(claim="c1", reason="a slip"))
    sealed = sealed_of(records)
    views = MemoryViews()
    catch_up(feed_of(sealed), views, page=page)
    assert verdict_rows(stored_rows(views)) == verdict_rows(scratch_rows(sealed))


@given(record_lists(), SEEDS, st.integers(1, 3))
def test_whatever_is_recorded_kept_up_verdicts_are_those_from_scratch(
    records: tuple[Record, ...], seed: int, page: int
) -> None:
    rng = Random(seed)
    mixed = list(records)
    for number in range(2):
        tests = [drawn(rng) for _ in range(2)]
        mixed.insert(rng.randint(0, len(mixed)), claim(f"c{number}", *tests))
    mixed.append(claim("last", drawn(rng)))
    with new_bench(None).open() as opened:
        opened.append(mixed, promised=NAMES)
        sealed = tuple(opened.sealed())
    views = MemoryViews()
    catch_up(feed_of(sealed), views, page=page)
    assert verdict_rows(stored_rows(views)) == verdict_rows(scratch_rows(sealed))


def drawn(rng: Random) -> Test:
    """A test about the actions e0, e1, ...; now and then about those of another dispute too."""
    made = any_test(rng)
    renamed = re.sub(r'"a(\d)"', r'"e\1"', made.model_dump_json())
    renamed = renamed.replace('"West"', rng.choice(('"West"', '"USA"', '"USA"')))
    test = type(made).model_validate_json(renamed)
    if not isinstance(test, (Every, No, Exists, NotExists)) or rng.random() < 0.75:
        return test
    of = test.of.model_copy(update={"disputes": rng.choice(((DISPUTE, "c-d"), ("c-d",)))})
    return test.model_copy(update={"of": of})


@given(SEEDS)
def test_a_stored_finding_is_made_again_as_the_domain_finds_it(seed: int) -> None:
    rng = Random(seed)
    recorded = claim("c1", any_test(rng))
    with new_bench(None).open() as opened:
        opened.append([*records_of(rng), recorded], promised=NAMES)
        asked = ask(opened, Reading(dispute=DISPUTE))
        cells = known_cells(opened, asked, recorded, 1)
        auditor = Auditor(asked.history, DISPUTE, asked.reading, engines())
        computed = {
            (cell.account, cell.basis, cell.policy): cell
            for cell in auditor.cells(recorded.variants[0].test)
        }
    assert len(cells) >= len(asked.panel) * 6
    for cell in cells:
        assert computed[cell.account, cell.basis, cell.policy] == cell


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger("memory:", create=True, by="tester") as opened:
        opened.append(
            [
                two_sides(),
                act("u1", "USA", "RUS", "2020-01-01", answers=[]),
                act("r1", "RUS", "USA", "2020-01-02", answers=["u1"]),
                act("r2", "RUS", "USA", "2020-01-03", answers=["r1"]),
                act("far", "USA", "RUS", "2020-02-01", answers=[]),
                claim("c1", BEGUN),
                claim("c2", {"form": "exists", "of": {"ids": ["far"]}}),
            ]
        )
        opened.views()
        yield opened


def positions(ledger: Ledger) -> dict[str, set[int]]:
    """Of each claim, the positions at which its rows were last written."""
    found: dict[str, set[int]] = {}
    for key, _, position in ledger.views().scan(NAME):
        found.setdefault(key.split("/")[1], set()).add(position)
    return found


def test_a_changed_cause_touches_the_claims_about_what_descends_from_it(ledger: Ledger) -> None:
    before = positions(ledger)
    outcome = ledger.record(said("u1", "USA", ["ext:spies@RUS"]))
    after = positions(ledger)
    assert after["c1"] >= {outcome.position}
    assert after["c2"] == before["c2"]


def test_a_corrected_date_of_what_may_be_answered_touches_the_claims_that_name_it(
    ledger: Ledger,
) -> None:
    answering = {"form": "exists", "of": {"ids": ["silent"], "answers": ["far"]}}
    meant = {"form": "answers", "what": {"ids": ["far"]}}
    every = {"form": "every", "of": {"ids": ["silent"]}, "holds": meant}
    ledger.append([act("silent", "RUS", "USA", "2020-01-20"), claim("c3", answering, every)])
    assert stored_are_scratch(ledger)
    outcome = ledger.record(
        Corrected.model_validate(
            {
                "action": "far",
                "changes": {"occurred": "2020-01-10"},
                "reason": "a slip",
            }
        )
    )
    assert outcome.position in positions(ledger)["c3"]
    assert stored_are_scratch(ledger)


def stored_are_scratch(ledger: Ledger) -> bool:
    stored = {key: value for key, value, _ in ledger.views().scan(NAME)}
    sealed = tuple(ledger.sealed())
    views = MemoryViews()
    catch_up(feed_of(sealed), views, page=len(sealed))
    assert {key: value for key, value, _ in views.scan(NAME)} == stored
    return verdict_rows(stored_rows(views)) == verdict_rows(scratch_rows(sealed))


def test_a_new_action_touches_nothing_before_it(ledger: Ledger) -> None:
    before = {key: position for key, _, position in ledger.views().scan(NAME)}
    ledger.record(act("far2", "USA", "RUS", "2020-02-02", answers=["r2"]))
    after = {key: position for key, _, position in ledger.views().scan(NAME)}
    assert after.items() >= before.items()
    assert {key.split("/")[-1] for key in after.keys() - before.keys()} == {"far2"}


def test_a_withdrawn_claim_has_no_rows_and_gets_them_back(ledger: Ledger) -> None:
    ledger.record(ClaimWithdrawn(claim="c1", reason="not his words"))
    assert "c1" not in positions(ledger)
    ledger.undo()
    assert "c1" in positions(ledger)


def test_an_audit_under_the_default_reading_resumes_what_is_stored(ledger: Ledger) -> None:
    resumed = audit_all(ledger, Reading(), Said())[1]
    ledger.store.views.reset()
    again = audit_all(ledger, Reading(), Said())[1]
    # A reading that is not the default one is computed: here it makes no difference.
    computed = audit_all(ledger, Reading(period="../2030"), Said())[1]
    cells = [one.variants[0].found.cells for one in resumed]
    assert cells == [one.variants[0].found.cells for one in again]
    assert cells == [one.variants[0].found.cells for one in computed]
