"""A real PostgreSQL for tests: a cluster of its own on loopback, gone when the tests are over.

The server refuses to run as the superuser, so that tests run by root start it as `postgres`, or as
`nobody` where there is no such user; anybody else starts it as themselves. Nothing of an installed
server's own cluster is touched.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

START_S: Final = 30
PASSWORD: Final = "open-sesame-7Q"  # noqa: S105  of a server that lives for a minute

# Small and quick to start; what is acknowledged is on disk, as anywhere.
SETTINGS: Final = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
max_connections = 60
shared_buffers = 32MB
fsync = on
full_page_writes = on
recovery_init_sync_method = syncfs
lc_messages = 'C'
log_min_messages = fatal
wal_level = replica
hot_standby = on
"""
HBA: Final = """
local all all trust
host all guarded 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
host replication all 127.0.0.1/32 trust
"""


# Reads until this process is gone, however it went, and stops the server then.
WATCH: Final = 'read _; kill -QUIT "$0"; sleep 2; rm -rf "$1"'


class NoServerError(RuntimeError):
    """The programs of a PostgreSQL server are not installed, or it did not start."""


def binary(name: str) -> str:
    """Return the path of a program of the server, the newest that is installed."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3])
    )
    found = str(installed[-1]) if installed else shutil.which(name)
    if not found:
        message = f"{name} is not installed: apt-get install postgresql"
        raise NoServerError(message)
    return found


def server_user() -> tuple[int, int] | None:
    """Return user and group that the server runs as, None for one's own."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return found.pw_uid, found.pw_gid
    message = "neither a user postgres nor nobody"
    raise NoServerError(message)


def free_port() -> int:
    """Return a port of loopback that nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """One running server; `url()` names a new ledger in it each time."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    watch: subprocess.Popen[bytes] | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, schema: str = "", *, role: str = "postgres", database: str = "postgres") -> str:
        """Return the address of a schema, by default of one that nobody has used."""
        schema = schema or f"ledger_{os.getpid()}_{next(self.numbers)}"
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}?schema={schema}"

    def make(self) -> None:
        """Make the cluster's files; `initdb` alone may skip the syncing."""
        self._run("initdb", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync")
        self.settle()

    def settle(self) -> None:
        """Write the settings of this cluster."""
        settings = SETTINGS.format(port=self.port, folder=self.folder)
        (self.data / "postgresql.conf").write_text(settings, encoding="utf-8")
        (self.data / "pg_hba.conf").write_text(HBA, encoding="utf-8")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [binary("postgres"), "-D", str(self.data)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=self.folder,
                **server_options(),
            )
        self.watch = subprocess.Popen(
            ["sh", "-c", WATCH, str(self.process.pid), str(self.folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_S
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = (self.folder / "log").read_text(errors="replace")[-2_000:]
                self.stop()
                raise NoServerError(said)
            time.sleep(0.02)

    def stop(self, signal: str = "SIGQUIT") -> None:
        """Stop the server; SIGQUIT is an immediate stop, after which it has to recover."""
        if self.process is None:
            return
        if self.watch is not None:
            self.watch.kill()
            self.watch.communicate()
        self.process.send_signal({"SIGQUIT": 3, "SIGINT": 2}[signal])
        try:
            self.process.wait(START_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(START_S)
        self.process = None

    def crash_and_restart(self) -> None:
        """Stop at once, as by a crash, and start again."""
        self.stop()
        self.start()

    def sql(self, *statements: str, database: str = "postgres") -> str:
        """Run statements as the superuser, each by itself, and return what they print."""
        commands = [part for statement in statements for part in ("-c", statement)]
        done = subprocess.run(
            [
                *(binary("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder)),
                *("-p", str(self.port), "-U", "postgres", "-d", database, *commands),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            raise NoServerError(done.stderr)
        return done.stdout.strip()

    def _answers(self) -> bool:
        done = subprocess.run(
            [binary("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)],
            timeout=10,
            check=False,
        )
        return done.returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [binary(program), "-D", str(self.data), *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd=self.folder,
            **server_options(),
        )
        if done.returncode:
            raise NoServerError(done.stdout + done.stderr)


def new_folder() -> Path:
    """Make a folder with a short name where any user may look: a socket's path is short."""
    return Path(tempfile.mkdtemp(prefix="reciprocity-pg-", dir="/tmp"))


def server_options() -> dict[str, Any]:
    """Return how a process of the server is started, for `subprocess`."""
    user = server_user()
    return {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a server for as long as the body; it is stopped and its files go, whatever happens."""
    folder = new_folder()
    made = Cluster(folder)
    try:
        user = server_user()
        if user is not None:
            os.chown(folder, *user)
        made.make()
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


_shared: list[Cluster] = []
_closing = contextlib.ExitStack()


def shared_cluster() -> Cluster:
    """Return the one server of this test process, started when the first test asks for it."""
    if not _shared:
        _shared.append(_closing.enter_context(cluster()))
        atexit.register(_closing.close)
    return _shared[0]
