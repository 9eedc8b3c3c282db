"""Everything that can go wrong between the ledger and its store, each with a name."""

from __future__ import annotations

from domain.errors import InputError, StoreUnavailableError, VerificationError


class LedgerNotFoundError(StoreUnavailableError):
    """There is no ledger at this place."""


class NotALedgerError(StoreUnavailableError):
    """There is something at this place, and it is not a ledger."""


class NewerLedgerError(StoreUnavailableError):
    """The ledger was written by a newer version of this program."""


class StoreLockedError(StoreUnavailableError):
    """Another writer held the store for as long as we were willing to wait."""


class DiskFullError(StoreUnavailableError):
    """There is no room left for what should be written; nothing of it was kept."""


class ReadOnlyStoreError(StoreUnavailableError):
    """The store can be read and not written."""


class StoreChangedError(StoreUnavailableError):
    """A store that can only be read without locks changed while it was being read."""


class StoreDamagedError(StoreUnavailableError):
    """The file is a ledger whose pages or tables are no longer whole."""


class StoreFailedError(StoreUnavailableError):
    """The operating system refused to open, read or write the store."""


class UnsupportedStoreError(StoreUnavailableError):
    """No store of this type, or no such use of a store, is supported."""


class StoredEventUnreadableError(VerificationError):
    """A stored event cannot be read back as the record that was stored."""


class RecordNotStorableError(InputError):
    """A record or its stamp has no canonical form that could be stored."""
