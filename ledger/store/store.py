"""A store as the application sees it: the log, the views, and one way to close both."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from types import TracebackType
from typing import NamedTuple, NoReturn, Self

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    Notification,
    ProcessRecorder,
    TrackingRecorder,
)

from ledger.store.engine import EngineInfo
from ledger.store.errors import UnsupportedStoreError
from ledger.store.raw import RawLog, RecorderLog
from ledger.store.views import ViewStore


class Detail(NamedTuple):
    """One thing to know about what serves a store, and what to do about it if anything."""

    check: str
    found: str
    advice: str = ""


@dataclass(frozen=True, kw_only=True)
class Store:
    """One open ledger: `recorder` holds the log, `views` what is computed from it.

    `url` never holds a password. `select_stream` reads a stream of the log by version, each event
    with its position, and `select_streams` many at once, where the store has a faster way than one
    by one; `raw_log` is its own way of reading raw rows, if it has one. What is written within
    `in_bulk` may be durable only when that is left. `details` looks into the health of what serves
    the store.
    """

    url: str
    recorder: ApplicationRecorder
    select_stream: Callable[[str], list[Notification]]
    views: ViewStore
    engine: EngineInfo
    let_go: Callable[[], None]
    read_only: bool = False
    why_read_only: str = ""
    details: Callable[[], tuple[Detail, ...]] = tuple
    select_streams: Callable[[Collection[str]], dict[str, list[Notification]]] | None = None
    in_bulk: Callable[[], AbstractContextManager[None]] = nullcontext
    raw_log: RawLog | None = None

    @property
    def raw(self) -> RawLog:
        """The log in raw rows, for readers that go through millions."""
        return self.raw_log or RecorderLog(self.recorder, self.select_stream)

    def streams(self, names: Collection[str]) -> dict[str, list[Notification]]:
        """Read many streams, each by version; those that are not there are left out."""
        if self.select_streams is not None:
            return self.select_streams(names)
        found = {name: self.select_stream(name) for name in names}
        return {name: events for name, events in found.items() if events}

    def close(self) -> None:
        """Let go of every connection; closing twice does no harm."""
        self.let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.close()


class StoreFactory(InfrastructureFactory[TrackingRecorder]):
    """Hands an open store to the library's Application, whatever the environment variables say.

    For `construct_factory`: `application_recorder()` is the store's own, and closing the
    application closes the store. A ledger keeps no snapshots and no tracking records of the
    library, so these are refused with UnsupportedStoreError.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(env={})
        self.store = store

    def application_recorder(self) -> ApplicationRecorder:
        """Return the recorder of the open store."""
        return self.store.recorder

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """Refuse."""
        self._refuse(f"no separate {purpose}")

    def tracking_recorder(
        self, tracking_recorder_class: type[TrackingRecorder] | None = None
    ) -> TrackingRecorder:
        """Refuse."""
        del tracking_recorder_class
        self._refuse("no tracking records: views carry their own position")

    def process_recorder(self) -> ProcessRecorder:
        """Refuse."""
        self._refuse("no process records")

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def _refuse(self, what: str) -> NoReturn:
        raise UnsupportedStoreError(
            f"a ledger keeps {what}", where=self.store.url, hint="reciprocity doctor"
        )
