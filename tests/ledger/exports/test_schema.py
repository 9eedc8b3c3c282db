"""The shipped JSON Schema is the one of the models, and says of a line what the import says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from domain.records.registry import RECORDS
from ledger.exports.left_out import LeftOut
from ledger.exports.schema import SHIPPED, schema, schema_text
from ledger.facade import open_ledger
from tests.ledger.test_golden import LINES
from tests.real import real_records

CHECKED = frozenset(
    {
        *("$ref", "description", "type", "properties", "required", "additionalProperties"),
        *("const", "default", "enum", "anyOf", "items", "minItems", "pattern", "minimum"),
        *("maximum", "exclusiveMinimum", "format", "oneOf"),
    }
)
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def faults(value: object, rule: dict[str, Any], defs: dict[str, Any]) -> Iterator[str]:
    """Check a value against the keywords that our schema uses (JSON Schema, draft 2020-12)."""
    assert rule.keys() <= CHECKED, rule.keys() - CHECKED
    if "$ref" in rule:
        found: Any = {"$defs": defs}
        for step in rule["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        yield from faults(value, found, defs)
    if "anyOf" in rule and all(any(faults(value, one, defs)) for one in rule["anyOf"]):
        yield f"{value!r} fits nothing of {rule['anyOf']}"
    if "oneOf" in rule:
        fitting = [one for one in rule["oneOf"] if not any(faults(value, one, defs))]
        if len(fitting) != 1:
            yield f"{value!r} fits {len(fitting)} of {rule['oneOf']}"
    if "const" in rule and value != rule["const"]:
        yield f"{value!r} is not {rule['const']!r}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{value!r} is not in {rule['enum']}"
    if "type" in rule and not isinstance(value, TYPES[rule["type"]]):
        yield f"{value!r} is no {rule['type']}"
        return
    yield from faults_inside(value, rule, defs)


def faults_inside(value: object, rule: dict[str, Any], defs: dict[str, Any]) -> Iterator[str]:
    if isinstance(value, dict) and "properties" in rule:
        yield from (f"lacks {name}" for name in rule.get("required", ()) if name not in value)
        for name, part in value.items():
            if name in rule["properties"]:
                yield from faults(part, rule["properties"][name], defs)
            elif rule.get("additionalProperties") is False:
                yield f"has {name}"
    if isinstance(value, list):
        yield from (f"{value!r} is too short" for _ in range(len(value), rule.get("minItems", 0)))
        for part in value:
            yield from faults(part, rule.get("items", {}), defs)
    if isinstance(value, str) and not re.search(rule.get("pattern", ""), value):
        yield f"{value!r} does not match {rule['pattern']}"
    if isinstance(value, int):
        yield from faults_of_number(value, rule)


def faults_of_number(value: int, rule: dict[str, Any]) -> Iterator[str]:
    low, high = rule.get("minimum", value), rule.get("maximum", value)
    if value <= rule.get("exclusiveMinimum", value - 1):
        yield f"{value!r} is too small"
    if not low <= value <= high:
        yield f"{value!r} is not from {low} to {high}"


def alternatives(line: object) -> list[str]:
    """The record types that a line could be by the schema."""
    made = schema()
    return [
        one["$ref"].rpartition("/")[2]
        for one in made["oneOf"]
        if not any(faults(line, one, made["$defs"]))
    ]


def golden(number: int) -> dict[str, Any]:
    name, _, version = LINES[number]["topic"].partition(":")
    record: dict[str, Any] = json.loads(LINES[number]["state"])["record"]
    return {"type": name, "version": int(version), **record}


def test_the_shipped_schema_is_the_one_of_the_models() -> None:
    assert SHIPPED.read_text(encoding="utf-8") == schema_text()


def test_the_schema_has_one_alternative_for_each_type_of_record() -> None:
    wanted = {f"{name}:{row.stored_version}" for name, row in RECORDS.items()}
    assert {one["$ref"].rpartition("/")[2] for one in schema()["oneOf"]} == wanted


@pytest.mark.parametrize("number", range(len(LINES)))
def test_every_golden_record_fits_its_own_alternative_alone(number: int) -> None:
    line = golden(number)
    assert alternatives(line) == [f"{line['type']}:{line['version']}"]


def test_every_exported_line_of_the_real_history_fits_the_schema() -> None:
    from ledger.exports.jsonl import lines

    made = schema()
    with open_ledger("memory:", create=True, by="tester") as ledger:
        records = real_records()
        ledger.append(records, promised={getattr(record, "id", "") for record in records})
        for text in lines(ledger, LeftOut()):
            line = json.loads(text)
            rule = {"$ref": f"#/$defs/{line['type']}:{line['version']}"}
            assert list(faults(line, rule, made["$defs"])) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "Not A Slug"}, "does not match"),
        ({"actors": []}, "too short"),
        ({"actors": "USA"}, "is no array"),
        ({"colour": "red"}, "has colour"),
        ({"cause": "because"}, "fits nothing"),
        ({"salt": "x"}, "does not match"),
        ({"seq": 0}, "is not from"),
        ({"quantity": {"value": -1, "unit": "persons"}}, "fits nothing"),
    ],
)
def test_what_the_import_refuses_the_schema_refuses(change: dict[str, object], fault: str) -> None:
    made = schema()
    line = {**golden(20), **change}
    found = list(faults(line, made["$defs"]["action.expulsion:1"], made["$defs"]))
    assert any(fault in one for one in found), found


def test_a_line_without_a_field_that_it_needs_is_refused() -> None:
    line = golden(20)
    del line["occurred"]
    assert alternatives(line) == []
