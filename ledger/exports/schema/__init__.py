"""The JSON Schema of the JSONL form: made from the records' own classes, and shipped beside this.

`records.schema.json` describes one line. What a schema cannot say (a date exists, a unit fits its
kind, an id is known) the import still checks.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from domain.records.action import Action
from domain.records.base import Record
from domain.records.registry import RECORDS

SHIPPED: Final = Path(__file__).parent / "records.schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
CODE: Final = re.compile(r"^(?:Raises|Rule:) ", re.MULTILINE)
INNERMOST: Final = re.compile(r"[{\[]\n[^{}\[\]]{1,100}[}\]]")
STAMP: Final[dict[str, Any]] = {
    "seq": {"type": "integer", "minimum": 1, "description": "Counts the lines from 1."},
    "recorded_at": {
        "type": "string",
        "format": "date-time",
        "description": "When the ledger learned of it: UTC; never less than in the line before.",
    },
    "recorded_by": {"type": "string"},
    "salt": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
}
"""What an export adds to a record; an import without --restore may do without."""


def schema() -> dict[str, Any]:
    """Make the schema of a line: one alternative for each type and version of record.

    Source: JSON Schema, draft 2020-12.
    """
    rows: list[type[Record]] = list(RECORDS.values())
    classes: list[type[Record]] = [Action, *rows]
    models, made = models_json_schema([(each, "validation") for each in classes])
    defs: dict[str, Any] = {name: _without_titles(of) for name, of in made["$defs"].items()}
    fields: dict[str, Any] = defs[Action.__name__]["properties"]
    lines = {}
    for row in rows:
        model = defs.pop(models[row, "validation"]["$ref"].rpartition("/")[2])
        line = _line(model, row.stored_name, row.stored_version)
        if issubclass(row, Action):
            line["properties"] = _shared(line["properties"], fields)
        lines[f"{row.stored_name}:{row.stored_version}"] = line
    return {
        "$schema": DIALECT,
        "title": "One line of a reciprocity ledger in JSONL",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in lines],
        "$defs": {**lines, **dict(sorted(defs.items()))},
    }


def schema_text() -> str:
    """Return the schema as it is shipped."""
    text = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    return INNERMOST.sub(lambda found: " ".join(found[0].split()), text)


def _line(model: dict[str, Any], stored_name: str, version: int) -> dict[str, Any]:
    """A record's own schema with what stands around it in a line."""
    named = {"type": {"const": stored_name}, "version": {"const": version}}
    described = (
        str(model.get("description", "")).partition("\n\nRaises")[0].partition("\n\nRule")[0]
    )
    return {
        "description": described,
        "type": "object",
        "properties": {**named, **STAMP, **model.get("properties", {})},
        "required": [*named, *model.get("required", [])],
        "additionalProperties": False,
    }


def _shared(properties: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Refer to the fields that every action has, instead of saying them again."""
    return {
        name: {"$ref": f"#/$defs/{Action.__name__}/properties/{name}"}
        if fields.get(name) == property_
        else property_
        for name, property_ in properties.items()
    }


def _without_titles(made: Any) -> Any:  # noqa: ANN401  any JSON
    """Leave out what only repeats a field's name, and of descriptions what is for the code."""
    if isinstance(made, list):
        return [_without_titles(item) for item in made]
    if not isinstance(made, dict):
        return made
    kept = {
        key: value
        for key, value in made.items()
        if not isinstance(made.get("title"), str) or key != "title"
    }
    # What tells alternatives apart must stand there; `discriminator` is no word of JSON Schema.
    kept.pop("discriminator", None)
    if "const" in kept.get("properties", {}).get("form", {}):
        kept["required"] = ["form", *kept.get("required", [])]
    if isinstance(kept.get("description"), str):
        kept["description"] = CODE.split(kept["description"])[0].strip()
    return {key: _without_titles(value) for key, value in kept.items()}
