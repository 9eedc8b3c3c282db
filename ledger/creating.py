"""Making a new ledger, where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from domain.errors import InputError, require
from ledger.facade import open_ledger
from ledger.store.errors import LedgerNotFoundError, NotALedgerError

if TYPE_CHECKING:
    from ledger.facade import Ledger


NAMES_OF_LEDGERS: Final = frozenset({"", ".db", ".sqlite", ".sqlite3"})


class LedgerExistsError(InputError):
    """There is a ledger at this place already."""


class NotMeantForALedgerError(InputError):
    """An empty file is in the place, and its name says that it is something else."""


def create_ledger(url: str, *, by: str = "") -> Ledger:
    """Make a ledger and open it; an existing one is left as it is.

    A file without anything in it, as a crash may leave, becomes a ledger. Raises LedgerExistsError,
    NotMeantForALedgerError and the StoreUnavailableErrors of the store.
    """
    try:
        open_ledger(url, read_only=True).close()
    except (LedgerNotFoundError, NotALedgerError):
        _require_meant_for_it(url)
        # What is no ledger, and not empty either, is refused in there.
        return open_ledger(url, create=True, by=by)
    raise LedgerExistsError(
        "there is a ledger here already",
        where=url,
        why="it is never made anew over what it holds",
        hint="record in it (`reciprocity add --help`), or name another: "
        "`reciprocity init --store PATH`",
    )


def _require_meant_for_it(url: str) -> None:
    """Refuse to make a ledger of an empty file that is named as something else."""
    path = Path(url)
    require(
        path.suffix.lower() in NAMES_OF_LEDGERS or not path.is_file() or path.stat().st_size,
        NotMeantForALedgerError(
            "an empty file is here already, and it may be meant for something else",
            where=url,
            why=f"a ledger's file ends in .db, and this one in {path.suffix}",
            hint="remove the file, or name another: `reciprocity init --store PATH`",
        ),
    )
