"""Every record ever stored can be read, and still means what it meant.

A golden line is a stored event (topic, stream, version, state) and beside it everything that it
said, defaults spelled out. Lines are added and never changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from eventsourcing.persistence import StoredEvent

from domain.causes import ActionCause, Form, Grievance, OutsideCause, Said
from domain.dates import parse_date
from domain.quantities import Amount, Quantity
from domain.records.accounts import Attributed, Basis, Stance
from domain.records.actions.removal import Expulsion
from domain.records.base import Record, Source
from domain.records.registry import RECORDS
from ledger.seeds import seed
from ledger.store.mapper import EntryMapper

LINES: list[dict[str, Any]] = [
    json.loads(line)
    for line in seed("golden/records.jsonl").read_text(encoding="utf-8").splitlines()
]
NAMES = [f"{number}-{line['topic']}" for number, line in enumerate(LINES)]


def stored(line: Mapping[str, Any]) -> StoredEvent:
    return StoredEvent(
        line["stream"], line["stream_version"], line["topic"], line["state"].encode()
    )


def first(topic: str) -> Record:
    line = next(line for line in LINES if line["topic"] == topic)
    return EntryMapper().to_domain_event(stored(line)).record


def without_a_line(records: Mapping[str, type[Record]], topics: Iterable[str]) -> list[str]:
    """Name every type and version that is or was stored and has no golden line."""
    wanted = [
        f"{name}:{version}"
        for name, row in records.items()
        for version in range(1, row.stored_version + 1)
    ]
    return [topic for topic in wanted if topic not in set(topics)]


@pytest.mark.parametrize("line", LINES, ids=NAMES)
def test_a_golden_line_still_means_what_it_meant(line: dict[str, Any]) -> None:
    entry = EntryMapper().to_domain_event(stored(line))
    means = line["means"]
    assert (entry.stream, entry.version) == (line["stream"], line["stream_version"])
    assert entry.recorded_at == datetime.fromisoformat(means["recorded_at"]).astimezone(UTC)
    assert (entry.recorded_by, entry.salt) == (means["recorded_by"], means["salt"])
    assert entry.record.stored_name == line["topic"].partition(":")[0]
    said = entry.record.model_dump(mode="json")
    assert {field: said[field] for field in means["record"]} == means["record"]
    # A field that came later than the line says nothing about it.
    later = said.keys() - means["record"].keys()
    assert later.isdisjoint(entry.record.model_dump(mode="json", exclude_defaults=True))


@pytest.mark.parametrize("line", LINES, ids=NAMES)
def test_a_golden_line_of_today_is_stored_again_byte_by_byte(line: dict[str, Any]) -> None:
    mapper = EntryMapper()
    again = mapper.to_stored_event(mapper.to_domain_event(stored(line)))
    name, _, version = line["topic"].partition(":")
    if RECORDS[name].stored_version == int(version):
        assert again == stored(line)
    else:
        assert again.topic == f"{name}:{RECORDS[name].stored_version}"


def test_every_type_and_version_of_record_has_a_golden_line() -> None:
    assert without_a_line(RECORDS, [line["topic"] for line in LINES]) == []


def test_a_new_type_or_version_without_a_golden_line_is_named() -> None:
    class Novel(Record):
        stored_name: ClassVar[str] = "novel"

    class Raised(Record):
        stored_name: ClassVar[str] = "retracted"
        stored_version: ClassVar[int] = 2

    grown: dict[str, type[Record]] = {**RECORDS, "novel": Novel, "retracted": Raised}
    topics = [line["topic"] for line in LINES]
    assert without_a_line(grown, topics) == ["retracted:2", "novel:1"]


def test_every_field_of_every_record_stands_in_some_golden_line() -> None:
    given: dict[str, set[str]] = {}
    for line in LINES:
        name = line["topic"].partition(":")[0].partition(".")[0]
        given.setdefault(name, set()).update(json.loads(line["state"])["record"])
    for name, row in RECORDS.items():
        # The kind of an action is its type, and is not stored twice.
        fields = set(row.model_fields) - ({"kind"} if name.startswith("action.") else set())
        assert fields <= given[name.partition(".")[0]], name


def test_a_golden_expulsion_is_this_expulsion() -> None:
    assert first("action.expulsion:1") == Expulsion(
        id="usa-2016-12-29-expulsion",
        dispute="us-russia",
        actors=("USA",),
        targets=("RUS",),
        occurred=parse_date("2016?"),
        made_public=parse_date("2016-12-30"),
        cause=Said(
            Form.CAUSES,
            (
                OutsideCause("measures", "USA"),
                Grievance("meddling", "RUS"),
                Grievance("weather"),
                ActionCause("rus-2016-a"),
            ),
        ),
        quantity=Quantity(value=Amount.exact(35), unit="persons"),
        description='Zażółć «gęślą» 外交官: a "quoted" text,\nover two lines',
        sources=(Source(title="A report"),),
    )


def test_a_golden_attribution_is_this_attribution() -> None:
    lines = [line for line in LINES if line["topic"] == "attributed:1"]
    assert EntryMapper().to_domain_event(stored(lines[1])).record == Attributed(
        action="usa-2016-12-29-expulsion",
        account="analyst:compilers-for-RUS",
        causes=Said(
            Form.CAUSES,
            (
                OutsideCause("measures", "USA"),
                Grievance("meddling", "RUS"),
                ActionCause("rus-2016-a"),
            ),
        ),
        stance=Stance.JUSTIFIED,
        basis=Basis.INFERRED,
        again=1,
    )
