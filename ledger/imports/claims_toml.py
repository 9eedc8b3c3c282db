"""TOML of claims: one table each, its test in the text form of the claim language.

    [[claim]]
    id = "c-a01"
    dispute = "us-russia"
    side = "RUS"
    speaker = "Maria Zakharova"
    role = "MFA spokeswoman"
    said_on = "2022-02-17"
    words = "It was begun by the US"
    test = "root of rus-2022-dcm-gorman is side USA within 2021-09/.."
    sources = ["Title | Publisher | 2022-02-18 | https://example.org/page"]

Where the words can be made precise in several ways, `[[claim.variants]]` stand in place of `test`,
each with a `label` and a `test`. All other fields are those of the record. A test may be given as a
table too: its data form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.errors import InputError, require
from ledger.claimtext.parsing import parse_claim
from ledger.imports.sources import with_sources

TABLE: Final = "claim"
HINT: Final = "reciprocity claim add --help"


class NoTestError(InputError):
    """A claim has no test, or `test` beside `variants`."""


def claim_payload(fields: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return a claim's table as its record stores it: tests parsed, sources taken apart.

    Raises NoTestError and what `parse_claim` raises.
    """
    payload = {name: value for name, value in fields.items() if name not in {"test", "variants"}}
    variants = _variants(fields, where)
    payload["variants"] = [
        {**variant, "test": _test(variant.get("test"), _place(where, number, variants))}
        for number, variant in enumerate(variants)
    ]
    return with_sources(payload)


def _variants(fields: Mapping[str, Any], where: str) -> list[Mapping[str, Any]]:
    given = [name for name in ("test", "variants") if name in fields]
    require(
        len(given) == 1,
        NoTestError(
            "a claim has a test" if not given else "a claim has a test, or variants with tests",
            where=where,
            why=f"fields given: {', '.join(fields) or 'none'}",
            hint=HINT,
        ),
    )
    if given == ["test"]:
        return [{"test": fields["test"]}]
    listed = fields["variants"]
    require(
        isinstance(listed, list) and all(isinstance(one, Mapping) for one in listed),
        NoTestError("variants is no list of tables", where=where, hint=HINT),
    )
    return list(listed)


def _test(given: object, where: str) -> object:
    if not isinstance(given, str):
        require(
            given is not None,
            NoTestError("a variant has no test", where=where, hint=HINT),
        )
        return given
    return parse_claim(given, where).model_dump(mode="json", exclude_defaults=True)


def _place(where: str, number: int, variants: list[Mapping[str, Any]]) -> str:
    if len(variants) == 1:
        return f"{where}, test"
    label = variants[number].get("label")
    return f"{where}, test {number + 1}" + (f" ({label})" if label else "")
