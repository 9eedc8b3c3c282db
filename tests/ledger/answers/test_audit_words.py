"""On whose word a crux rests: a capital for a party's own words, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.accounts import How, Option
from domain.causes import ActionCause, Grievance, OutsideCause
from domain.claims.audit import AuditedTest, Auditor, Concession
from domain.claims.crux import Change
from domain.reading import BasisOf, GrievancePolicy, Reading
from ledger.answers.audit_words import (
    NAMES_DECIDE,
    NOTHING_DECIDES,
    conceded_words,
    crux_words,
    option_words,
    whether,
)
from ledger.claimtext.parsing import parse_claim
from ledger.solvers.engines import engines
from tests.making import DISPUTE, act, calls, make_history, two_sides

if TYPE_CHECKING:
    from domain.records.base import Record

ONE_SILENT = "on the one step by silence"
OWN = Option((ActionCause("a1"),), "USA", How.OWN)
NOTHING = Option((), "RUS", How.UNPROVOKED)


def test_a_disagreement_is_put_in_the_mouths_of_capitals() -> None:
    assert whether(Change("a2", NOTHING, OWN)) == (
        "whether a2 answered nothing, as Moscow says, or answered a1, as Washington says"
    )


@pytest.mark.parametrize(
    ("teller", "says"),
    [
        ("EU", "as the European Union says"),
        ("ZAF", "as South Africa says"),
        ("X-E3", "as X-E3 says"),
        ("press:wire", "as press:wire says"),
        ("analyst:ada", "as analyst:ada says"),
        ("rule:first", "as rule:first says"),
    ],
)
def test_who_has_no_capital_keeps_its_name(teller: str, says: str) -> None:
    assert option_words(replace(OWN, teller=teller)) == f"answered a1, {says}"


@pytest.mark.parametrize(
    "inferred",
    [
        replace(OWN, teller="RUS", inferred=True),
        replace(OWN, teller="analyst:compilers-for-RUS", inferred=True),
        replace(OWN, teller="analyst:compilers-for-RUS"),
    ],
)
def test_no_capital_ever_says_what_was_inferred_for_it(inferred: Option) -> None:
    assert option_words(inferred) == "answered a1, as analysts infer for Russia"
    left_open = replace(inferred, causes=None, how=How.SILENT)
    assert option_words(left_open) == "answered what analysts leave open for Russia"


def test_no_capital_says_what_only_follows_from_anothers_silence() -> None:
    kept = replace(OWN, causes=(), how=How.INHERITED, silent="RUS")
    assert option_words(kept) == "answered nothing, if Moscow's silence is no confession"
    inferred = replace(kept, silent="analyst:compilers-for-RUS", inferred=True)
    assert option_words(inferred) == option_words(kept)


def test_a_silence_is_left_open_by_the_silent() -> None:
    assert option_words(Option(None, "RUS", How.SILENT)) == "answered what Moscow leaves open"


def test_who_is_blamed_or_acted_elsewhere_keeps_its_own_name() -> None:
    causes = (OutsideCause("sanctions", "USA"), Grievance("meddling", "RUS"))
    assert option_words(replace(OWN, causes=causes)) == (
        "answered sanctions by the United States and meddling (put to Russia), as Washington says"
    )


def test_nothing_is_said_to_decide_where_what_an_action_is_called_does() -> None:
    rotation = act("u1", kind="rotation_departure", answers=[])
    named = calls("u1", "RUS", kind="expulsion")

    def told(*records: Record, by: str | None = "RUS") -> list[str]:
        history = make_history(two_sides(), *records)
        test = parse_claim("count expulsions by USA >= 1")
        found = Auditor(history, DISPUTE, Reading(), engines()).audit(test, by)
        words = crux_words(found, tuple(BasisOf), tuple(GrievancePolicy))
        return [sentence for held in words for sentence in held.sentences]

    assert told(rotation, by=None) == [NOTHING_DECIDES]
    assert told(rotation, named, by=None) == [NAMES_DECIDE]


def test_what_rests_on_silence_is_not_told_as_said() -> None:
    test = parse_claim("exists opening by USA")
    actor = (GrievancePolicy.ACTOR,)
    given = AuditedTest(
        test,
        (),
        conceded=(Concession("USA", actor, ("a", "b"), ("b",)), Concession("GBR", actor, ("a",))),
        self_refuted=(Concession("RUS", tuple(GrievancePolicy), ("a",), ("a",)),),
    )
    put = "if a grievance is put to who acts"
    no_matter = "no matter to whom a grievance is put"
    assert conceded_words(given, tuple(GrievancePolicy)) == (
        f"Conceded: in USA's own account, as stated, it holds {put}, on 1 of 2 steps by silence.",
        f"Conceded: in GBR's own account, as stated, it holds {put}.",
        f"Self-refuted: in RUS's own account, as stated, it fails, {no_matter}, {ONE_SILENT}.",
    )
