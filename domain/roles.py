"""The names of roles, for whoever speaks of roles without computing them."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an action is in the sequence, in one world."""

    OPENING = "opening"
    RESPONSE = "response"
    JOINING = "joining"
    CONTINUATION = "continuation"
    UNDETERMINED = "undetermined"
