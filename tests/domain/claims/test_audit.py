"""Audits: the order of the matrix, who concedes, what rests on inferred words, other names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.claims.audit import Auditor
from domain.claims.verdicts import MIXED, Verdict
from domain.reading import BasisOf, GrievancePolicy, Reading
from ledger.claimtext.parsing import parse_claim
from ledger.solvers.engines import engines
from tests.making import DISPUTE, act, calls, make_history, said, two_sides

if TYPE_CHECKING:
    from domain.claims.audit import AuditedTest
    from domain.records.base import Record

BEGAN = "every hostile action by RUS initiated by USA"
ACTOR, BLAMED, EXTERNAL = GrievancePolicy


def audited(text: str, *records: Record, by: str | None = "RUS") -> AuditedTest:
    history = make_history(two_sides(), *records)
    return Auditor(history, DISPUTE, Reading(), engines()).audit(parse_claim(text), by)


U1 = act("u1", "USA", "RUS", "2020-01-01", answers=["ext:spies@RUS"])
R1 = act("r1", "RUS", "USA", "2020-01-02", answers=["u1"])


def test_whole_accounts_stand_first_and_mixed_worlds_last() -> None:
    cells = audited(BEGAN, U1, R1).cells
    places = [(cell.account, cell.basis, cell.policy) for cell in cells]
    assert places == [
        (account, basis, policy)
        for account in ("USA", "RUS", MIXED)
        for basis in BasisOf
        for policy in GrievancePolicy
    ]


def test_an_opponent_concedes_only_by_its_stated_words_and_with_its_policies() -> None:
    found = audited(BEGAN, U1, R1)
    assert [(held.account, held.policies) for held in found.conceded] == [("USA", (ACTOR,))]
    inferred = audited(BEGAN, act("u1", answers=[]), R1, said("r1", "USA", [], inferred=True))
    assert [held.account for held in inferred.conceded] == ["USA"]


def test_a_claimants_own_words_can_refute_it() -> None:
    found = audited(BEGAN, act("r1", "RUS", "USA", "2020-01-02", answers=[]))
    assert [held.account for held in found.self_refuted] == ["RUS"]
    assert found.conceded == ()


def test_nobody_concedes_what_nobody_claims_and_every_account_may_turn() -> None:
    found = audited(BEGAN, U1, R1, said("r1", "USA", []), by=None)
    assert (found.conceded, found.self_refuted) == ((), ())
    assert {held.crux.account for held in found.cruxes} == {"USA", "RUS"}


def test_an_account_in_which_a_claim_fails_already_turns_nothing_for_its_claimant() -> None:
    found = audited(BEGAN, U1, R1, said("r1", "USA", []))
    assert {(held.crux.account, str(held.crux.before)) for held in found.cruxes} >= {
        ("RUS", "true"),
        ("USA", "false"),
    }


def test_steps_rest_on_inferred_words_however_far_back() -> None:
    r2 = act("r2", "RUS", "USA", "2020-01-05", answers=["r1"])
    found = audited(BEGAN, act("u1", answers=[]), R1, r2, said("r1", "USA", [], inferred=True))
    [held] = found.resting
    assert (held.account, held.items, held.total) == ("USA", ("r1", "r2"), 2)
    assert held.inferred == ("r1",)
    assert audited(BEGAN, U1, R1, said("r1", "USA", [])).resting == ()


def test_other_names_matter_only_where_the_claim_looks() -> None:
    rotation = act("u1", kind="rotation_departure", answers=[])
    named = calls("u1", "RUS", kind="expulsion")
    count = "count expulsions by USA >= 1"
    found = audited(count, rotation, named)
    assert found.renamed is not None
    assert [held.action for held in found.renamed.actions] == ["u1"]
    verdicts = {(b.finding.verdict, a.finding.verdict) for b, a in found.renamed.changes}
    assert verdicts == {(Verdict.REFUTED, Verdict.SUPPORTED)}
    assert audited("count designations by USA >= 1", rotation, named).renamed is None
    assert audited(count, rotation).renamed is None


def test_other_names_of_what_is_answered_matter_where_kinds_are_compared() -> None:
    rotation = act("u1", kind="rotation_departure", answers=[])
    answer = act("r1", "RUS", "USA", "2020-01-02", answers=["u1"])
    found = audited(
        "every expulsion by RUS answers u1 in kind",
        rotation,
        answer,
        calls("u1", "RUS", kind="expulsion"),
    )
    assert found.renamed is not None
    assert found.renamed.changes


def test_a_test_that_is_not_testable_has_no_crux_and_no_other_names() -> None:
    found = audited('not testable "whether it was just"', U1, R1)
    assert {cell.finding.verdict for cell in found.cells} == {Verdict.NOT_TESTABLE}
    assert (found.cruxes, found.renamed) == ((), None)


def test_cells_that_are_known_are_not_found_again() -> None:
    history = make_history(two_sides(), U1, R1)
    auditor = Auditor(history, DISPUTE, Reading(), engines())
    test = parse_claim(BEGAN)
    cells = auditor.cells(test)
    lie = replace(cells[0], finding=cells[-1].finding)
    assert auditor.cells(test, [lie])[0] is lie
    assert auditor.cells(test, [lie])[1:] == cells[1:]


def test_nobody_concedes_against_what_it_calls_an_action_itself() -> None:
    rotation = act("u1", kind="rotation_departure", answers=[])
    named = calls("u1", "RUS", kind="expulsion")
    claim = "kind of u1 is rotation_departure"
    assert [held.account for held in audited(claim, rotation, by="USA").conceded] == ["RUS"]
    assert audited(claim, rotation, named, by="USA").conceded == ()
    counted = "count expulsions by USA >= 1"
    assert [held.account for held in audited(counted, rotation).self_refuted] == ["RUS"]
    assert audited(counted, rotation, named).self_refuted == ()


def test_a_change_of_names_flips_only_where_the_verdict_becomes_another() -> None:
    rotation = act("u1", kind="rotation_departure", answers=[])
    named = calls("u1", "RUS", kind="expulsion")
    found = audited("count expulsions by USA >= 1", rotation, named).renamed
    assert found is not None
    assert (found.flips(), found.flips("USA"), found.flips("nobody")) == (True, True, False)
    same = [(before, before) for before, _ in found.changes]
    assert not replace(found, changes=tuple(same)).flips()


def test_nothing_rests_on_inferred_words_where_no_cause_is_read() -> None:
    records = (act("u1", answers=[]), R1, said("r1", "USA", [], inferred=True))
    for text in (
        "exists action by RUS",
        "count action by RUS >= 1",
        "no action by RUS initiated directly by RUS",
    ):
        assert audited(text, *records).resting == ()
    for text in (
        "exists opening by RUS",
        "every action by RUS answers u1",
        "root of r1 is USA",
        "cause of r1 includes u1",
        "if exists action by RUS then exists opening by RUS",
    ):
        assert audited(text, *records).resting, text


def test_a_concession_says_on_which_steps_the_account_is_silent() -> None:
    r2 = act("r2", "RUS", "USA", "2020-01-05", answers=["u1"])
    [held] = audited(BEGAN, U1, R1, r2, said("r2", "USA", ["u1"])).conceded
    assert (held.steps, held.silent) == (("r1", "r2"), ("r1",))
    [spoken] = audited(BEGAN, U1, R1, said("r1", "USA", ["u1"])).conceded
    assert spoken.silent == ()
    [asked] = audited("root of r1 is u1", act("u1", answers=[]), R1).conceded
    assert (asked.steps, asked.silent) == (("r1",), ("r1",))


def test_a_self_refutation_says_so_too_and_silence_matters_only_where_causes_are_read() -> None:
    r1 = act("r1", "RUS", "USA", "2020-01-02", answers=["u1"])
    opened = act("u1", answers=[])
    [held] = audited("every action by USA initiated by RUS", opened, r1).self_refuted
    assert (held.account, held.steps, held.silent) == ("RUS", ("u1",), ("u1",))
    [kinds] = audited("not exists action by USA", opened, r1).self_refuted
    assert (kinds.steps, kinds.silent) == (("u1",), ())


def test_only_actions_whose_other_name_changes_something_are_named() -> None:
    actions = (
        act("u1", kind="rotation_departure", answers=[]),
        act("u2", kind="expulsion", quantity=3, answers=[]),
        act("r1", "RUS", "USA", "2020-01-02", answers=["u1"]),
    )
    names = (calls("u1", "RUS", kind="expulsion"), calls("u2", "RUS", kind="staff_cap"))

    def named(text: str) -> tuple[list[str], bool]:
        found = audited(text, *actions, *names).renamed
        assert found is not None
        return [held.action for held in found.actions], bool(found.changes)

    assert named("every expulsion by RUS answers anything in kind") == (["u1"], True)
    assert named("exists staff_cap by USA") == (["u2"], True)
    assert named("count rotation_departure by USA >= 3") == (["u1"], True)
    assert named("every hostile action by USA initiated by USA") == (["u1", "u2"], False)
