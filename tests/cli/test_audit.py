"""Audits as they are printed: all claims a line each, one claim whole, and what cannot be asked."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from cli.claim_options import ExpectedVerdict
from domain.claims.claim import ClaimRecorded
from domain.claims.verdicts import Verdict
from ledger.facade import open_ledger
from tests.cli.claims_example import asked, claims_example, real_claims
from tests.cli.harness import run
from tests.making import act, said, two_sides

IDS = [record.stream().removeprefix("claim:") for record in real_claims()]
TEXT = "every expulsion by RUS in 2021 answers anything in kind"


def lines(*args: str) -> list[str]:
    return asked("audit", *args).out.splitlines()


def rows(*args: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(asked("audit", *args, "--format", "csv").out)))


def test_without_an_argument_every_claim_stands_with_every_way_to_take_it(
    snapshot: SnapshotAssertion,
) -> None:
    result = asked("audit")
    assert result.code == 0
    assert result.out == snapshot
    assert result.err == "More of one: reciprocity audit c-a01\n"
    assert len(IDS) == 29


def test_the_overview_has_a_row_for_each_test_with_the_verdict_that_its_audit_gives() -> None:
    found = rows()
    claims = [record for record in real_claims() if isinstance(record, ClaimRecorded)]
    assert [(row["claim"], int(row["test"])) for row in found] == [
        (claim.id, number) for claim in claims for number in range(1, len(claim.variants) + 1)
    ]
    for claim in ("c-a01", "c-a09", "c-a19"):
        mine = [row["verdict"] for row in found if row["claim"] == claim]
        assert mine == [row["verdict"] for row in rows(claim, "--part", "tests")]


@pytest.mark.slow
@pytest.mark.parametrize("claim", IDS[1:])
def test_every_shipped_claim_audited(claim: str, snapshot: SnapshotAssertion) -> None:
    hold_the_audit(claim, snapshot)


def test_the_sentence_that_began_it_audited(snapshot: SnapshotAssertion) -> None:
    hold_the_audit(IDS[0], snapshot)


def hold_the_audit(claim: str, snapshot: SnapshotAssertion) -> None:
    result = asked("audit", claim)
    assert result.code == 0
    assert result.out.partition("known: ")[2] == snapshot


def test_the_whole_accounts_come_first_and_mixes_last() -> None:
    accounts = [row["account"] for row in rows("c-a01", "--part", "verdicts")]
    assert list(dict.fromkeys(accounts)) == ["USA", "RUS", "mixed"]
    assert len(accounts) == 2 * 3 * 2 * 3


def test_what_is_inferred_is_shown_only_where_it_differs() -> None:
    out = asked("audit", "c-a02").out
    assert "with inferred" not in out.partition("account  ")[2].partition("In RUS")[0]
    assert "USA's, with inferred" in asked("audit", "c-a01").out


def test_equal_policies_stand_in_one_line() -> None:
    assert any("RUS's account         no matter" in line for line in lines("c-a01"))
    assert any("who is blamed or nobody  refuted" in line for line in lines("c-a01"))


def test_the_crux_is_one_plain_sentence() -> None:
    assert any(
        "It turns on one thing: whether usa-2023-10-06-exp2 answered rus-2023-09-14-exp2, as "
        "Washington says, or answered nothing, as Moscow says." in line
        for line in lines("c-a20")
    )


def test_one_step_rests_and_one_crux_more_there_is() -> None:
    assert "Under other readings there is 1 more: --part cruxes" in asked("audit", "c-a20").out
    assert "inferred, the one step rests on inferred words" in asked("audit", "c-a15").out
    out = asked("audit", "c-a11").out
    assert "1 of 2 steps rests on inferred words" in out
    assert "2 of 2 steps rest on inferred words" in out


def test_because_draws_the_chains_with_their_sources(snapshot: SnapshotAssertion) -> None:
    result = asked("audit", "c-a02", "--because", "--basis", "stated-only", "--grievance", "actor")
    assert result.code == 0
    assert result.out.partition("known: ")[2] == snapshot


def test_json_holds_every_part_with_the_method_of_each_verdict(
    snapshot: SnapshotAssertion,
) -> None:
    found = json.loads(asked("audit", "c-a20", "--format", "json").out)
    assert list(found) == [
        *("reading", "claim", "tests", "verdicts", "conceded", "cruxes", "witnesses", "inferred"),
        *("renamed", "changed", "counts", "sources", "because"),
    ]
    methods = {row["method"] for row in found["verdicts"]}
    assert methods <= {"traversal of one account", "extremal worlds", "solver"}
    assert found["tests"] == snapshot(name="tests")
    assert found["cruxes"][0] == snapshot(name="crux")
    assert found["witnesses"][:2] == snapshot(name="witnesses")


def test_a_contested_verdict_has_a_witness_on_each_side() -> None:
    found = json.loads(asked("audit", "c-a19", "--format", "json").out)
    contested = {
        (row["test"], row["basis"], row["grievances"])
        for row in found["verdicts"]
        if row["account"] == "mixed" and row["verdict"] == "contested"
    }
    assert contested
    shown: dict[tuple[int, str, str], set[str]] = {}
    for row in found["witnesses"]:
        place = (row["test"], row["basis"], row["grievances"])
        shown.setdefault(place, set()).add(row["value"])
    assert set(shown) == contested
    assert all(values == {"true", "false"} for values in shown.values())


def test_witnesses_are_told_to_people_who_ask_why() -> None:
    assert "Witnesses" not in asked("audit", "c-a20").out
    out = asked("audit", "c-a20", "--because").out
    assert (
        "It fails where USA's account is believed but for this: usa-2023-10-06-exp2 answered "
        "nothing, as Moscow says; failing on the one step: usa-2023-10-06-exp2." in out
    )


def test_what_analysts_infer_or_silence_leaves_is_never_said_by_a_capital() -> None:
    out = asked("audit", "c-a15").out
    assert "answered nothing, as analysts infer for the United States" in out
    assert "answered nothing, as Washington says" not in out
    assert (
        "answered nothing, if Washington's silence is no confession" in asked("audit", "c-a21").out
    )


def test_counts_are_named_with_their_tellers_and_concede_nothing_for_others() -> None:
    out = asked("audit", "c-a24").out
    assert "USA had 120 posts in RUS on 2021-10-27, as USA counts (About 120" in out
    assert "RUS had 230 posts in USA on 2021-10-27, as USA counts (Some 230" in out
    assert "Conceded" not in out
    counted = rows("c-a24", "--part", "counts")
    assert {(row["teller"], row["count_lo"]) for row in counted} >= {("USA", "120"), ("USA", "230")}


def test_markdown_tells_the_same(snapshot: SnapshotAssertion) -> None:
    result = asked("audit", "c-a20", "--format", "md")
    assert result.out.partition("known: ")[2] == snapshot


def test_the_choices_of_expect_are_the_verdicts() -> None:
    assert [choice.value for choice in ExpectedVerdict] == [verdict.value for verdict in Verdict]


def test_the_exit_code_is_0_whatever_the_verdict_and_4_where_another_was_expected() -> None:
    assert asked("audit", "c-a05").code == 0
    assert asked("audit", "c-a05", "--expect", "refuted").code == 0
    missed = asked("audit", "c-a05", "--expect", "supported")
    assert missed.code == 4
    assert "c-a05 is refuted, and was expected to be supported" in missed.err
    assert missed.out


def test_a_text_is_audited_as_if_somebody_said_it() -> None:
    result = asked("audit", TEXT, "--claimant", "RUS")
    assert result.code == 0
    assert "as if said by RUS" in result.out
    assert "In RUS's account" in result.out


def test_of_a_text_nobody_says_the_crux_is_sought_from_every_account() -> None:
    out = asked("audit", "every action namely usa-2023-10-06-exp2 answers rus-2023-09-14-exp2").out
    assert "In USA's account it holds." in out
    assert "In RUS's account it fails." in out
    assert "Conceded" not in out


def test_as_of_claim_without_a_date_takes_the_claims_own() -> None:
    out = asked("audit", "c-a02", "--as-of-claim").out
    assert "only what was public and said by 2022-02-17" in out
    assert (
        "only what was public and said by 2021"
        in asked("audit", "--as-of-claim", "2021", "c-a02").out
    )
    every = asked("audit", "--as-of-claim").out
    assert "as of: each claim's own date" in every


def test_times_and_periods_stand_in_the_header() -> None:
    out = asked("audit", "c-a01", "--period", "2017", "--as-known-at", "120").out
    assert "period: 2017, by the day it occurred" in out
    assert "known: at ledger position 120 (asked: as known at 120)" in out


def test_a_filter_that_selects_nothing_is_said_to() -> None:
    result = asked("audit", "every expulsion by RUS against RUS initiated by USA")
    assert result.code == 0
    assert "nothing is selected, so there is nothing to hold or fail" in result.out
    note = "Nothing in us-russia is selected in this reading by: expulsion by RUS against RUS"
    assert result.out.count(note) == 1
    assert result.err == ""


def test_programs_are_told_beside_their_rows_what_selects_nothing() -> None:
    args = ("audit", "exists hostile action by RUS", "--period", "1990", "--format")
    for way in ("json", "csv"):
        result = asked(*args, way, "--part", "tests")
        assert "is selected in this reading by" not in result.out
        assert result.err.count("Nothing in us-russia is selected in this reading by: hostile") == 1
    assert "selected" not in asked(*args, "table").err


@pytest.mark.parametrize("teller", ["analyst:zzz", "GBR", "press:nobody"])
@pytest.mark.parametrize(
    "text",
    [
        "kind of usa-2018-03-26-exp48 is expulsion in {}",
        "cause of usa-2018-03-26-exp48 includes ext:salisbury-2018@RUS in {}",
        "not (exists expulsion and kind of usa-2018-03-26-exp48 is expulsion in {})",
        "stock of posts of RUS in USA on 2021-10-27 by {} = 230",
    ],
)
def test_who_tells_nothing_is_not_quoted(text: str, teller: str) -> None:
    refused = asked("audit", text.format(teller))
    assert (refused.code, refused.out) == (3, "")
    assert f"{teller} tells nothing in us-russia, and does nothing in it" in refused.err
    assert "reciprocity log --type attributed" in refused.err


@pytest.mark.parametrize("teller", ["USA", "RUS", "analyst:compilers-for-RUS"])
def test_who_tells_anything_in_the_dispute_may_be_quoted(teller: str) -> None:
    text = f"kind of usa-2018-03-26-exp48 is expulsion in {teller}"
    assert asked("audit", text).code == 0


@pytest.mark.parametrize(
    "cause", ["ext:nosuch@RUS", "ext:nosuch", "act:nosuch@GBR", "ext:salisbury-2018@USA"]
)
def test_a_cause_that_nobody_names_is_said_to_be(cause: str) -> None:
    text = f"cause of usa-2018-03-26-exp48 includes {cause} in RUS"
    note = f"Nobody in us-russia names the cause: {cause}"
    result = asked("audit", text)
    assert result.code == 0
    assert (result.out.count(note), result.err.count(note)) == (1, 0)
    assert asked("audit", text, "--format", "json").err.count(note) == 1


def test_a_grievance_that_nobody_names_is_said_to_be_wherever_it_stands() -> None:
    out = asked("audit", "exists expulsion and every expulsion answers ext:nosuch@RUS").out
    assert out.count("Nobody in us-russia names the cause: ext:nosuch@RUS") == 1


def test_a_cause_that_somebody_names_is_passed_over_in_silence() -> None:
    text = "cause of usa-2018-03-26-exp48 includes ext:salisbury-2018@RUS"
    assert "names the cause" not in asked("audit", text).out


@pytest.mark.parametrize(
    "args",
    [
        ("c-a99",),
        ("every expulsoin by RUS in 2021 answers anything",),
        ("every expulsion by RUZ in 2021 answers anything",),
        ("root of usa-2016-12-29-exp36 is USA",),
        ("exists expulsion by RUS in 2021-02-30",),
        ("exists expulsion by RUS in family visa",),
        ("exists expulsion by RUS in dispute us-rusia",),
        ("c-a01", "--account", "GBX"),
        ("c-a01", "--claimant", "USA"),
        (TEXT, "--claimant", "Russia"),
        ("c-a01", "--part", "crux"),
        ("c-a01", "--as-known-at", "soon"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_asked_is_named(args: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    result = asked("audit", *args)
    assert (result.code, result.out) in {(2, ""), (3, "")}
    assert result.err == snapshot


def test_a_verdict_is_expected_of_a_claim_only() -> None:
    refused = asked("audit", "--expect", "not testable")
    assert (refused.code, refused.out) == (2, "")
    assert "a verdict is expected, and no claim is named" in refused.err
    assert "reciprocity audit c-a01 --expect 'not testable'" in refused.err


def test_an_unknown_dispute_is_refused_with_a_claim_as_without(tmp_path: Path) -> None:
    without, with_one = (
        asked("audit", *claim, "--dispute", "nosuch") for claim in ((), ("c-a01",))
    )
    assert (with_one.code, with_one.out) == (3, "")
    assert with_one.err == without.err
    store = tmp_path / "claims.db"
    shutil.copy(claims_example(), store)
    with open_ledger(str(store), by="tester") as ledger:
        ledger.record(two_sides().model_copy(update={"id": "another"}))
    refused = run("audit", "c-a01", "--dispute", "another", "--store", str(store))
    assert (refused.code, refused.out) == (2, "")
    assert "claim c-a01 is about us-russia, not about another" in refused.err
    assert asked("audit", "c-a05", "--dispute", "us-russia").code == 0
    usual = {"RECIPROCITY_STORE": str(store), "RECIPROCITY_DISPUTE": "another"}
    assert run("audit", "c-a05", env=usual).code == 0


def test_a_text_has_no_date_of_its_own() -> None:
    refused = asked("audit", TEXT, "--as-of-claim")
    assert (refused.code, refused.out) == (2, "")
    assert "a text has no date of its own" in refused.err
    assert "--as-of-claim DATE" in refused.err
    assert asked("audit", TEXT, "--as-of-claim", "2022").code == 0


def test_ten_thousand_brackets_are_refused_by_name() -> None:
    result = asked("audit", f"{'(' * 10_000} exists expulsion {')' * 10_000}")
    assert (result.code, result.out) == (3, "")
    assert "the claim is nested more than 200 deep" in result.err


def test_a_thousand_joined_tests_are_refused_by_name() -> None:
    result = asked("audit", " and ".join(["exists expulsion by RUS"] * 1_000), "--seconds", "1")
    assert (result.code, result.out) == (3, "")
    assert "the claim joins 1000 tests, more than 100" in result.err


def test_an_impossible_option_and_a_dangling_cause_in_the_way_are_reported(
    tmp_path: Path,
) -> None:
    store = str(tmp_path / "late.db")
    with open_ledger(store, create=True, by="tester") as ledger:
        for record in (
            two_sides(),
            act("u1", "USA", "RUS", "2020-02-01", answers=[]),
            act("r1", "RUS", "USA", "2020-01-01", answers=["u1"]),
            act("u0", "USA", "RUS", "2019-01-01", answers=[]),
            act("r2", "RUS", "USA", "2020-03-01", answers=["u0"]),
        ):
            ledger.record(record)
    run("retract", "u0", "--reason", "recorded twice", "--store", store)
    result = run("audit", "every hostile action by RUS initiated by USA", "--store", store)
    assert result.code == 0
    assert "Warning: r1 comes certainly before u1" in result.err
    assert f"See: reciprocity show --store {store} r1" in result.err
    assert "Warning: r2 answers u0, retracted or missing" in result.err


def test_a_withdrawn_claim_is_not_audited(tmp_path: Path) -> None:
    store = tmp_path / "claims.db"
    shutil.copy(claims_example(), store)
    run("claim", "withdraw", "c-a25", "--reason", "not his words", "--store", str(store))
    refused = run("audit", "c-a25", "--store", str(store))
    assert refused.code == 3
    assert "claim c-a25 is withdrawn" in refused.err
    assert "c-a25" not in run("audit", "--store", str(store)).out


def test_a_ledger_without_claims_says_so(tmp_path: Path) -> None:
    store = str(tmp_path / "empty.db")
    with open_ledger(store, create=True, by="tester") as ledger:
        ledger.record(two_sides())
    result = run("audit", "--store", store)
    assert result.code == 0
    assert "No claim about" in result.err


def test_an_attribution_changes_the_verdicts_that_rest_on_it(tmp_path: Path) -> None:
    store = tmp_path / "claims.db"
    shutil.copy(claims_example(), store)
    assert run("audit", "c-a20", "--store", str(store), "--expect", "contested").code == 0
    with open_ledger(str(store), by="tester") as ledger:
        ledger.record(said("usa-2023-10-06-exp2", "RUS", ["rus-2023-09-14-exp2"]))
    assert run("audit", "c-a20", "--store", str(store), "--expect", "supported").code == 0
    assert run("replay", "--verify", "--store", str(store)).code == 0
