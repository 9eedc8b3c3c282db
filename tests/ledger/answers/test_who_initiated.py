"""Who initiated, by the hand count of small ledgers and by the stored rows of the real one."""

from __future__ import annotations

from collections import defaultdict

from domain.measures.roots import RootNature
from domain.reading import BasisOf, Reading
from domain.records.amendments import Retracted
from ledger.answers.obstacles import Nature, obstacles_in
from ledger.answers.standing_of import is_stored
from ledger.answers.where_accounts_part import where_accounts_part
from ledger.answers.who_initiated import SEVERAL, UNDETERMINED, WhoInitiated, who_initiated
from ledger.asking import ask
from ledger.facade import open_ledger
from tests.cli.example import example
from tests.ledger.answers.support import asked_of, ledger_of
from tests.making import act, said

TIT_FOR_TAT = (
    act("u1", "USA", "RUS", "2020-01-01", answers=["ext:meddling@RUS"]),
    act("r1", "RUS", "USA", "2020-01-05", answers=["u1"]),
    act("u2", "USA", "RUS", "2020-02-01", answers=["r1"]),
    act("r2", "RUS", "USA", "2020-03-01", answers="none_stated"),
    act("w", "RUS", "USA", "2020-03-02", kind="protest", answers=["u2"]),
    said("u1", "RUS", "unprovoked"),
    said("r2", "USA", "unprovoked", inferred=True),
)


def figures(found: WhoInitiated, account: str, basis: str, policy: str) -> dict[str, int]:
    return {
        count.initiator: count.actions
        for count in found.counts
        if (count.teller.account, count.teller.basis, count.grievances) == (account, basis, policy)
    }


def test_hostile_actions_are_put_to_those_at_their_roots() -> None:
    ledger = ledger_of(*TIT_FOR_TAT)
    found = who_initiated(ledger, asked_of(ledger))
    assert found.hostile == 4
    assert found.acted == (("USA", 2), ("RUS", 2))
    stated = BasisOf.STATED_ONLY
    assert figures(found, "USA", stated, "actor") == {"USA": 3, "RUS": 0, UNDETERMINED: 1}
    assert figures(found, "USA", stated, "blamed") == {"USA": 0, "RUS": 3, UNDETERMINED: 1}
    assert figures(found, "USA", stated, "external") == {
        "USA": 0,
        "RUS": 0,
        "external": 3,
        UNDETERMINED: 1,
    }
    for policy in ("actor", "blamed", "external"):
        assert figures(found, "RUS", stated, policy) == {"USA": 3, "RUS": 0, UNDETERMINED: 1}
    inferred = figures(found, "USA", BasisOf.WITH_INFERRED, "actor")
    assert inferred == {"USA": 3, "RUS": 1}


def test_roots_count_the_hostile_actions_that_go_back_to_them() -> None:
    ledger = ledger_of(*TIT_FOR_TAT)
    found = who_initiated(ledger, asked_of(ledger, bases=["stated-only"]))
    rows = {(row.teller.account, row.root.name): row for row in found.roots}
    assert rows["USA", "ext:meddling@RUS"].actions == 3
    assert rows["USA", "ext:meddling@RUS"].by == "RUS"
    assert rows["RUS", "u1"].ids == ("u1", "r1", "u2")
    assert (rows["RUS", "u1"].by, rows["RUS", "u1"].when) == ("USA", "2020-01-01")
    assert rows["RUS", "r2"].root.nature is RootNature.UNDETERMINED


def test_a_root_that_is_a_grievance_says_who_denies_it() -> None:
    ledger = ledger_of(*TIT_FOR_TAT)
    found = who_initiated(ledger, asked_of(ledger, bases=["stated-only"]))
    assert {row.root.name: row.denied for row in found.roots if row.denied} == {
        "ext:meddling@RUS": (("RUS", "u1"),)
    }
    others = asked_of(ledger, grievances=["actor", "external"])
    assert not any(row.denied for row in who_initiated(ledger, others).roots)


def test_jointly_and_directly_count_otherwise_than_solely() -> None:
    ledger = ledger_of(
        act("u1", "USA", "RUS", "2020-01-01", answers=[]),
        act("r1", "RUS", "USA", "2020-01-02", answers=[]),
        act("u2", "USA", "RUS", "2020-01-03", answers=["u1", "r1"]),
    )

    def counted(initiator: str) -> dict[str, int]:
        asked = asked_of(ledger, initiator=initiator, bases=["stated-only"])
        return figures(who_initiated(ledger, asked), "USA", "stated-only", "actor")

    assert counted("solely") == {"USA": 1, "RUS": 1, SEVERAL: 1}
    assert counted("jointly") == {"USA": 2, "RUS": 2}
    assert counted("directly") == {"USA": 2, "RUS": 1}


def test_where_accounts_part_is_named_with_what_each_says_there() -> None:
    ledger = ledger_of(*TIT_FOR_TAT)
    partings = where_accounts_part(ledger, asked_of(ledger, bases=["stated-only"]))
    assert [(held.action, held.at) for held in partings] == [
        ("u1", "u1"),
        ("r1", "u1"),
        ("u2", "u1"),
    ]
    assert partings[1].one.words() == "own cause: answers ext:meddling@RUS"
    assert partings[1].other.words() == "unprovoked: answers nothing"
    assert dict(partings[1].one_initiators)["blamed"] == "RUS"
    assert dict(partings[1].other_initiators)["blamed"] == "USA"
    assert partings[1].one.sources == ("A page, A paper, 2020-01-01",)


def test_an_impossible_cause_is_reported_with_the_cause_at_fault() -> None:
    ledger = ledger_of(
        act("u1", "USA", "RUS", "2020-02-01"),
        act("r1", "RUS", "USA", "2020-01-01", answers=["u1"]),
        act("u2", "USA", "RUS", "2020-03-01", answers=["r1"]),
    )
    asked = asked_of(ledger)
    (found,) = obstacles_in(asked, ["u2"])
    assert (found.nature, found.action, found.causes) == (Nature.IMPOSSIBLE, "r1", ("u1",))
    assert "in the account of USA, RUS" in found.words()
    assert obstacles_in(asked, ["u1"]) == ()


def test_a_dangling_cause_is_reported() -> None:
    ledger = ledger_of(
        act("u1", "USA", "RUS", "2020-01-01"),
        act("r1", "RUS", "USA", "2020-01-02", answers=["u1"]),
    )
    ledger.record(Retracted(action="u1", reason="a mistake"))
    asked = asked_of(ledger)
    (found,) = obstacles_in(asked, ["r1"])
    assert (found.nature, found.action, found.causes) == (Nature.DANGLING, "r1", ("u1",))
    assert figures(who_initiated(ledger, asked), "USA", "stated-only", "actor") == {
        "USA": 0,
        "RUS": 0,
        UNDETERMINED: 1,
    }


def test_an_account_that_cannot_be_dated_is_reported() -> None:
    ledger = ledger_of(
        act("r1", "RUS", "USA", "2020-05/2020-07", answers=[]),
        act("u1", "USA", "RUS", "2020-06-15/2020-08", answers=["r1"]),
        act("r2", "RUS", "USA", "2020-06/2020-06-20", answers=["u1"]),
        act("u2", "USA", "RUS", "2020-06-01/2020-06-14", answers=["r2"]),
    )
    found = obstacles_in(asked_of(ledger), ["u2"])
    assert [(held.nature, held.action) for held in found] == [(Nature.UNDATABLE, "u2")]


def test_stored_standings_say_what_is_computed() -> None:
    with open_ledger(str(example()), read_only=True) as ledger:
        asked = ask(ledger, Reading())
        assert all(is_stored(asked, world) for world in asked.worlds())
        stored = who_initiated(ledger, asked)
        computed = who_initiated(ledger, ask(ledger, Reading(as_known_at=str(asked.position))))
    assert stored == computed


def test_every_hostile_action_is_counted_once_in_each_account_and_policy() -> None:
    with open_ledger(str(example()), read_only=True) as ledger:
        found = who_initiated(ledger, ask(ledger, Reading()))
    seen: defaultdict[object, list[str]] = defaultdict(list)
    for count in found.counts:
        seen[count.teller, count.grievances].extend(count.ids)
    assert len(seen) == 12
    for ids in seen.values():
        assert len(ids) == len(set(ids)) == found.hostile
