"""A connection that breaks at the worst moment: a relay on loopback that cuts at COMMIT."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

CHUNK = 65_536


class Cut(StrEnum):
    """When the relay hangs up on both."""

    BEFORE = "before the server hears COMMIT"
    AFTER = "after the server has committed, before the client hears of it"


def nothing() -> None:
    """Do nothing while a connection is cut."""


@dataclass
class Relay:
    """Stands between clients and a server; the next COMMIT is cut as `cut` says, once.

    `meanwhile` happens just after the cut. With `is_deaf` connections are taken and never answered.
    """

    server_port: int
    cut: Cut | None = None
    meanwhile: Callable[[], object] = nothing
    is_deaf: bool = False
    cuts: int = 0
    listener: socket.socket = field(init=False)
    held: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._take, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def url(self, url: str) -> str:
        """Return the address that leads through the relay."""
        return url.replace(f":{self.server_port}/", f":{self.port}/")

    def hang_up(self) -> None:
        """Take no more connections and end those that are."""
        for one in (self.listener, *self.held):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _take(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.held.append(client)
            if not self.is_deaf:
                server = socket.create_connection(("127.0.0.1", self.server_port))
                self.held.append(server)
                threading.Thread(target=self._relay, args=(client, server), daemon=True).start()

    def _relay(self, client: socket.socket, server: socket.socket) -> None:
        ended = threading.Event()
        silent = threading.Event()
        back = threading.Thread(target=self._back, args=(server, client, silent, ended))
        back.start()
        with contextlib.suppress(OSError):
            while data := client.recv(CHUNK):
                cut = self.cut if b"COMMIT\0" in data else None
                if cut is not None:
                    self.cut = None
                    self.cuts += 1
                    silent.set()
                    if cut is Cut.AFTER:
                        server.sendall(data)
                        ended.wait(10)
                    break
                server.sendall(data)
        self._end(server)
        back.join(10)
        if silent.is_set():
            self.meanwhile()
        self._end(client)

    def _back(
        self,
        server: socket.socket,
        client: socket.socket,
        silent: threading.Event,
        ended: threading.Event,
    ) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(CHUNK):
                if silent.is_set():
                    # The answer to COMMIT, which nobody will hear.
                    ended.set()
                else:
                    client.sendall(data)

    def _end(self, one: socket.socket) -> None:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextlib.contextmanager
def relay(server_port: int) -> Iterator[Relay]:
    """Run a relay for as long as the body."""
    made = Relay(server_port)
    try:
        yield made
    finally:
        made.hang_up()
