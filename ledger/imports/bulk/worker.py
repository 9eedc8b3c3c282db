"""A worker: reads pieces from its standard input, and writes what they came to on its output.

It is started with the import's own interpreter and module path, knows nothing of the terminal, and
ends when its input does: whoever started it is done then, or dead.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import sys
import threading
from typing import IO, TYPE_CHECKING, Final

from ledger.imports.bulk.tasks import Piece, Reading, read_piece

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH_BYTES: Final = 4
COLLECT_EVERY: Final = 100


def put(stream: IO[bytes], what: Piece | Reading) -> None:
    """Write a message: its length in 4 bytes, most significant first, and then itself."""
    message = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(message).to_bytes(LENGTH_BYTES, "big") + message)
    stream.flush()


def take(stream: IO[bytes]) -> Piece | Reading | None:
    """Read a message; None where there is none any more, or it is cut off."""
    head = stream.read(LENGTH_BYTES)
    message = stream.read(int.from_bytes(head, "big")) if len(head) == LENGTH_BYTES else b""
    if not message or len(message) < int.from_bytes(head, "big"):
        return None
    # What comes through this pipe was written by the other end of it, which is the same program.
    found: Piece | Reading = pickle.loads(message)  # noqa: S301
    return found


def main() -> None:
    """Work until the input ends."""
    # What prints must not get between the messages.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # Records are no circles, and looking for some among thousands of them takes half the time.
    gc.disable()
    try:
        for number, piece in enumerate(_arriving(sys.stdin.buffer), start=1):
            put(output, read_piece(piece))
            if number % COLLECT_EVERY == 0:
                gc.collect()
    except BrokenPipeError:
        # Nobody is there any more to say anything to.
        os._exit(0)


def _arriving(stream: IO[bytes]) -> Iterator[Piece]:
    """Give piece after piece; a thread takes them in, so that who sends them never waits."""
    pieces: queue.SimpleQueue[Piece | None] = queue.SimpleQueue()

    def take_in() -> None:
        while isinstance(piece := take(stream), Piece):
            pieces.put(piece)
        pieces.put(None)

    threading.Thread(target=take_in, daemon=True).start()
    while (piece := pieces.get()) is not None:
        yield piece


if __name__ == "__main__":
    main()
