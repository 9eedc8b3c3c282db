"""A PostgreSQL of one's own for the time of a measurement: on loopback, in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES: Final = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin")
USERS: Final = ("postgres", "nobody")
"""Who runs the server where we are root, which it refuses to be."""


def binaries() -> Path | None:
    """Return the folder of the server's programs, of the newest version there is."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    for place in PLACES:
        folders = sorted(Path("/").glob(place.removeprefix("/")))
        if folders:
            return folders[-1]
    return None


@contextmanager
def cluster() -> Iterator[str]:
    """Run a server with the settings it comes with, and give the address of an empty database."""
    programs = binaries()
    if programs is None:
        message = "no PostgreSQL server is installed"
        raise FileNotFoundError(message)
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="reciprocity-pg-"))
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data, port = folder / "data", _free_port()
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
    start = ("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        _run(programs, user, "initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8")
        _run(programs, user, *start)
        yield f"postgresql://bench@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _run(programs, user, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(programs: Path, user: str | None, program: str, *args: str | Path) -> None:
    subprocess.run(  # noqa: S603  the words are this file's own
        [programs / program, *args],
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        user=user,
        cwd="/",
    )


def _unprivileged() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {row.pw_name for row in pwd.getpwall()}
    return next(name for name in USERS if name in known)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
