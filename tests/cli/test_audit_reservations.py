"""What an audit prints beside its verdicts: silence in concessions, and what other names change."""

from __future__ import annotations

import csv
import io

from tests.cli.claims_example import asked


def lines(claim: str, begins: str) -> list[str]:
    return [line for line in asked("audit", claim).out.splitlines() if line.startswith(begins)]


def rows(claim: str, part: str) -> list[dict[str, str]]:
    out = asked("audit", claim, "--part", part, "--format", "csv").out
    return list(csv.DictReader(io.StringIO(out)))


def test_a_concession_by_silence_is_counted_for_people_and_for_programs() -> None:
    [told] = lines("c-a01", "Conceded")
    assert told.endswith("if a grievance is put to who acts, on 8 of 15 steps by silence.")
    counted = [(row["steps"], row["by_silence"]) for row in rows("c-a01", "conceded")]
    assert ("15", "8") in counted


def test_nobody_is_said_to_concede_against_its_own_name_for_an_action() -> None:
    assert [row["test"] for row in rows("c-a06", "conceded")] == ["2"]
    assert [(row["test"], row["what"]) for row in rows("c-a08", "conceded")] == [("2", "conceded")]


def test_no_step_rests_on_inferred_words_where_no_cause_is_read() -> None:
    assert {row["test"] for row in rows("c-a11", "inferred")} == {"3"}


def test_a_verdict_that_stays_is_not_told_as_a_change() -> None:
    told = lines("c-a19", "If what the other side calls it") + lines("c-a03", "If what")
    assert any("no verdict would change; still refuted on other grounds (" in line for line in told)
    assert any("this would change: supported becomes refuted (" in line for line in told)
    assert not [line for line in told if " stays" in line]
