"""Runs the command line for tests: in this process and fast, or as a process of its own."""

from __future__ import annotations

import contextlib
import contextvars
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import cli.main

ROOT = Path(cli.main.__file__).parent.parent
Environ = Mapping[str, str | None]
"""Variables to set for one run; None takes a variable away."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run: exit code, and the text of both streams as it was written."""

    code: int
    out: str
    err: str


class Stream(io.TextIOWrapper):
    """A standard stream in memory that says whether it is a terminal."""

    def __init__(self, content: str = "", *, tty: bool = False) -> None:
        self.bytes = io.BytesIO(content.encode())
        self.tty = tty
        super().__init__(self.bytes, encoding="utf-8", newline="")

    def isatty(self) -> bool:
        return self.tty

    def written(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode()


def run(
    *args: str,
    input: str | None = None,  # noqa: A002 - the name that subprocess has for it
    env: Environ | None = None,
    tty: bool = False,
    cwd: Path | None = None,
) -> Result:
    """Run `reciprocity ARGS` in this process; with `tty`, all three streams are a terminal.

    The folder, the variables and the streams are put back afterwards. An exception that the command
    line lets through reaches the test.
    """
    stdin, out, err = Stream(input or "", tty=tty), Stream(tty=tty), Stream(tty=tty)
    terminal: Environ = {"TERM": "xterm"} if tty else {}
    with (
        _environment({**terminal, **(env or {})}),
        contextlib.chdir(cwd or Path.cwd()),
        mock.patch.object(sys, "stdin", stdin),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
    ):
        code = contextvars.copy_context().run(cli.main.run, list(args))
    return Result(code, out.written(), err.written())


def child(
    *args: str,
    input: str | None = None,  # noqa: A002 - as above
    env: Environ | None = None,
    cwd: Path | None = None,
) -> Result:
    """Run `reciprocity ARGS` as a process of its own: slower, and exactly as a user does."""
    return python("-m", "cli.main", *args, input=input, env=env, cwd=cwd)


def python(
    *args: str,
    input: str | None = None,  # noqa: A002 - as above
    env: Environ | None = None,
    cwd: Path | None = None,
) -> Result:
    """Run the interpreter of the tests, with this checkout on its path."""
    with _environment({"PYTHONPATH": str(ROOT), **(env or {})}):
        done = subprocess.run(
            [sys.executable, *args],
            input=(input or "").encode(),
            capture_output=True,
            check=False,
            cwd=cwd,
        )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextlib.contextmanager
def _environment(changes: Environ) -> Iterator[None]:
    with mock.patch.dict(os.environ):
        for name, value in changes.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        yield
