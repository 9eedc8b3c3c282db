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


class StoreAddressError(StoreUnavailableError):
    """The address of a store cannot be taken apart."""


class DriverMissingError(StoreUnavailableError):
    """What speaks to this type of store is not installed."""


class UnsafeSettingError(StoreUnavailableError):
    """The environment asks for something under which a store would lose what it promises."""


class ServerUnreachableError(StoreUnavailableError):
    """No database server answers at this address."""


class ServerNotReadyError(StoreUnavailableError):
    """The database server takes no connection just now: it starts, stops, or has too many."""


class ServerLostError(StoreUnavailableError):
    """The connection to the database server broke, and none could be made again in time."""


class OutcomeUnknownError(ServerLostError):
    """The server was lost while it was to confirm a write: it was kept whole or not at all."""


class DatabaseMissingError(StoreUnavailableError):
    """The server has no database of this name."""


class RoleRefusedError(StoreUnavailableError):
    """The server does not let this role in, or not at what it needs."""


class StoredEventUnreadableError(VerificationError):
    """A stored event cannot be read back as the record that was stored."""


class RecordNotStorableError(InputError):
    """A record or its stamp has no canonical form that could be stored."""
