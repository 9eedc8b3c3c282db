"""Older payloads brought up to the version of today, one step at a time.

A stored event is never rewritten: the steps run when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

Payload = dict[str, Any]
Upcast = Callable[[Payload], Payload]
Upcasts = Mapping[tuple[str, int], Upcast]
"""(stored name, version) to what makes that payload one of the next version."""

UPCASTS: Final[Upcasts] = MappingProxyType({})


def upcast(
    stored_name: str, version: int, payload: Payload, table: Upcasts = UPCASTS
) -> tuple[int, Payload]:
    """Return the highest version the table leads to, and the payload in that form."""
    while step := table.get((stored_name, version)):
        payload = step(payload)
        version += 1
    return version, payload
