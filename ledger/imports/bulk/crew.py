"""Worker processes: pieces go out in turn, a few at a time, and come back in their order.

They are started as programs of their own, not forked and not from the caller's script, so that it
does not matter what that script does when it is imported, nor which threads run. Ctrl-C in the
terminal does not reach them; they end when the import closes their input, or dies.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

from domain.errors import StoreUnavailableError
from ledger.imports.bulk.tasks import Reading
from ledger.imports.bulk.worker import put, take

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from ledger.imports.bulk.tasks import Piece

WORKERS_MAX: Final = 8
PIECES_A_WORKER: Final = 3
"""So many are with a worker at once: one at work, and others so that it never waits."""

PATIENCE_S: Final = 5.0
PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from ledger.imports.bulk.worker import main; main()"
)


class WorkerDiedError(StoreUnavailableError):
    """A worker process ended before its work was done, or could not even be started."""


class Crew:
    """So many worker processes, as many as there are processors by default.

    As a context manager it leaves none of them behind.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers: list[subprocess.Popen[bytes]] = []
        self._count = workers or min(WORKERS_MAX, _processors())

    def results(self, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Reading | None]]:
        """Go through what pieces come to, in order; None for those without anything to read.

        Raises WorkerDiedError.
        """
        out: deque[tuple[Piece, subprocess.Popen[bytes] | None]] = deque()
        for turn, piece in enumerate(pieces):
            if len(out) >= self._count * PIECES_A_WORKER:
                yield self._next(out)
            out.append((piece, self._sent(turn % self._count, piece)))
        while out:
            yield self._next(out)

    def _sent(self, turn: int, piece: Piece) -> subprocess.Popen[bytes] | None:
        if not (piece.data or piece.cells):
            return None
        if len(self._workers) <= turn:
            self._workers += [self._started() for _ in range(turn + 1 - len(self._workers))]
        worker = self._workers[turn]
        if worker.stdin is not None:
            # Where it is dead, reading from it says so.
            with suppress(BrokenPipeError):
                put(worker.stdin, piece)
        return worker

    def _next(
        self, out: deque[tuple[Piece, subprocess.Popen[bytes] | None]]
    ) -> tuple[Piece, Reading | None]:
        piece, worker = out.popleft()
        if worker is None or worker.stdout is None:
            return piece, None
        reading = take(worker.stdout)
        if not isinstance(reading, Reading):
            raise _died(worker, piece)
        return piece, reading

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-c", PROGRAM, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # A group of its own: Ctrl-C is the import's affair.
                process_group=0,
            )
        except OSError as error:
            raise WorkerDiedError(
                "no worker process can be started for the import",
                where=sys.executable,
                why=error.strerror or str(error),
                hint="close other programs, then: reciprocity import FILE",
            ) from error

    def close(self) -> None:
        """End all workers, those at work too."""
        workers, self._workers = self._workers, []
        for worker in workers:
            for stream in (worker.stdin, worker.stdout):
                with suppress(BrokenPipeError):
                    if stream is not None:
                        stream.close()
        for worker in workers:
            try:
                worker.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self.close()


def _processors() -> int:
    """Count those that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _died(worker: subprocess.Popen[bytes], piece: Piece) -> WorkerDiedError:
    with suppress(subprocess.TimeoutExpired):
        worker.wait(PATIENCE_S)
    code = worker.returncode
    how = f"killed by signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    place = f"{piece.name}, behind {piece.unit} {piece.line}"
    return WorkerDiedError(
        "a worker process of the import ended before its work was done",
        where=place if piece.data else piece.name,
        why=f"{how}; the system ends processes where memory runs out",
        hint="what was recorded stays; run the same import again: reciprocity import FILE",
    )
