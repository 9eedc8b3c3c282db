"""UmaDB, an event store whose wheel carries its server: appends one by one and in batches."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from benchmarks.histories import finished, history
from benchmarks.measuring import Watch, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH: Final = 1_000
SERVER: Final = "from umadb.umadb_server_cli import main; main()"
PATIENCE_S: Final = 10.0


def commits(records: int) -> dict[str, Any]:
    """Append one event after another, each durable before the next."""
    if find_spec("umadb") is None:
        return {"missing": "umadb"}
    watch = Watch()
    with _client() as client:
        for event in _events(records, records):
            with watch.running():
                client.append([event])
    return {"seconds": watch.seconds / records, "records": records}


def bulk(actions: int) -> dict[str, Any]:
    """Append events in batches, then read all of them."""
    if find_spec("umadb") is None:
        return {"missing": "umadb"}
    watch, reading, count, read = Watch(), Watch(), 0, 0
    with _client() as client:
        events = _events(actions)
        while batch := list(islice(events, BATCH)):
            with watch.running():
                client.append(batch)
            count += len(batch)
        with reading.running():
            for found in client.read():
                read += len(found.event.data) > 0
    return {"seconds": watch.seconds, "records": count, "read_s": reading.seconds, "read": read}


def _events(actions: int, most: int | None = None) -> Iterator[Any]:
    from umadb import Event

    for _, stream, _, topic, state in islice(finished(history(actions)), most):
        yield Event(event_type=topic, data=state, tags=[stream])


@contextmanager
def _client() -> Iterator[Any]:
    from umadb import Client

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", SERVER, "--listen", address, "--db-path", folder]
        server = subprocess.Popen(  # noqa: S603  the words are this file's own
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield _connected(Client, f"http://{address}")
        finally:
            server.terminate()
            server.wait()


def _connected(client: Any, address: str) -> Any:  # noqa: ANN401  the library ships its own types
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            made = client(address)
            made.head()
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return made


if __name__ == "__main__":
    serve({"commits": commits, "bulk": bulk})
