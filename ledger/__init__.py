"""The reciprocity ledger: what happened, under whose account; history in, answers out.

    from ledger import open_ledger

    with open_ledger("reciprocity.db") as ledger:
        history = ledger.history(Reading(), "us-russia")

Nothing that loads slowly is loaded before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.facade import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]


def __getattr__(name: str) -> object:
    """Load the public names when they are first used."""
    if name in __all__:
        from ledger import facade  # noqa: PLC0415  loading pydantic and the library takes time

        return getattr(facade, name)
    message = f"module 'ledger' has no attribute {name!r}"
    raise AttributeError(message)
