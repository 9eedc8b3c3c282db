"""The one canonical form of JSON: sorted keys, no spaces, UTF-8, no NaN.

Digests, comparisons of records and stored events all rest on it, so that equal content has equal
bytes. Close to RFC 8785 (JSON Canonicalization Scheme): records hold whole numbers and text only,
for which the two agree.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler


ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def canonical_text(value: object) -> str:
    """Return the canonical JSON of plain data; raise ValueError on NaN and infinities."""
    return ENCODER.encode(value)


def canonical_bytes(value: object) -> bytes:
    """Return the canonical JSON as UTF-8; a lone surrogate raises UnicodeEncodeError."""
    return canonical_text(value).encode("utf-8")


def content_key(value: object) -> str:
    """Name plain data by its content: the first 16 hex digits of the SHA-256 of its canonical form.

    Two statements have the same key exactly when they say the same; 64 bits are ample within the
    one stream where keys are compared.
    """
    return hashlib.sha256(canonical_bytes(value)).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class FrozenJson:
    """A JSON object that cannot change: kept as its canonical text, read as plain data.

    A frozen model may otherwise hold a dict that is not frozen; this holds none.
    """

    text: str

    @classmethod
    def of(cls, value: object) -> FrozenJson:
        """Freeze a mapping of plain JSON data."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, dict):
            message = "a JSON object is expected"
            raise ValueError(message)  # noqa: TRY004  pydantic reports a ValueError with its place
        return cls(canonical_text(value))

    def thaw(self) -> dict[str, Any]:
        """Return a fresh, changeable copy."""
        thawed: dict[str, Any] = json.loads(self.text)
        return thawed

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate from a JSON object and serialise to one."""
        del source, handler
        return core_schema.no_info_plain_validator_function(
            cls.of,
            json_schema_input_schema=core_schema.dict_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.thaw),
        )
