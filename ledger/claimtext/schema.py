"""The JSON Schema of a claim's data form: made from its own classes, and shipped beside this.

`claim.schema.json` describes one test. It is the part of the schema of the JSONL form that speaks
of tests, so that the two never differ.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from domain.claims.claim import Variant
from ledger.exports.schema import DIALECT, INNERMOST, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED: Final = Path(__file__).parent / "claim.schema.json"
REFERENCE: Final = "#/$defs/"


def claim_schema() -> dict[str, Any]:
    """Make the schema of a test, with the definitions that it needs.

    Source: JSON Schema, draft 2020-12.
    """
    defs: dict[str, Any] = schema()["$defs"]
    test = defs[Variant.__name__]["properties"]["test"]
    needed: dict[str, Any] = {}
    waiting = list(_referred(test))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = defs[name]
            waiting += _referred(defs[name])
    return {
        "$schema": DIALECT,
        "title": "A claim of a reciprocity ledger in its data form",
        **test,
        "$defs": dict(sorted(needed.items())),
    }


def claim_schema_text() -> str:
    """Return the schema as it is shipped."""
    text = json.dumps(claim_schema(), indent=1, ensure_ascii=False) + "\n"
    return INNERMOST.sub(lambda found: " ".join(found[0].split()), text)


def _referred(made: object) -> Iterator[str]:
    """Go through the names of the definitions that a schema refers to."""
    if isinstance(made, list):
        for item in made:
            yield from _referred(item)
    elif isinstance(made, dict):
        for key, value in made.items():
            if key == "$ref":
                yield str(value).removeprefix(REFERENCE)
            else:
                yield from _referred(value)
