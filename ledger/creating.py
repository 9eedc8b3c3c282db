"""Making a new ledger, where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import InputError
from ledger.facade import open_ledger
from ledger.store.errors import LedgerNotFoundError, NotALedgerError

if TYPE_CHECKING:
    from ledger.facade import Ledger


class LedgerExistsError(InputError):
    """There is a ledger at this place already."""


def create_ledger(url: str, *, by: str = "") -> Ledger:
    """Make a ledger and open it; an existing one is left as it is.

    A file without anything in it, as a crash may leave, becomes a ledger. Raises LedgerExistsError
    and the StoreUnavailableErrors of the store.
    """
    try:
        open_ledger(url, read_only=True).close()
    except (LedgerNotFoundError, NotALedgerError):
        # What is no ledger, and not empty either, is refused in there.
        return open_ledger(url, create=True, by=by)
    raise LedgerExistsError(
        "there is a ledger here already",
        where=url,
        why="it is never made anew over what it holds",
        hint="record in it (`reciprocity add --help`), or name another: "
        "`reciprocity init --store PATH`",
    )
