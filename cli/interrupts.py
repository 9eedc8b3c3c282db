"""Ctrl-C as a wish to stop in good order; a second one stops at once."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, TracebackType


class Interrupts:
    """While it is entered, the first SIGINT is remembered; the next does what it always does."""

    def __init__(self) -> None:
        self._came = False
        self._is_waiting = False
        self._before: Any = None

    def came(self) -> bool:
        """Whether there was one."""
        return self._came

    @contextmanager
    def raised(self) -> Iterator[None]:
        """Let one be raised at once, where something waits for an answer."""
        self._is_waiting = True
        try:
            yield
        finally:
            self._is_waiting = False

    def _remember(self, signum: int, frame: FrameType | None) -> None:
        self._came = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if self._is_waiting:
            signal.default_int_handler(signum, frame)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._remember)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
