"""Asking a person which side of a conflict is right."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cli.terminal import say, write
from cli.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.interrupts import Interrupts
    from cli.progress import ProgressLine
    from ledger.imports.review import Choice, Conflict

QUESTION = "Take the [f]ile's, keep the [l]edger's, or [q]uit? "


def ask_which(line: ProgressLine, interrupts: Interrupts) -> Callable[[Conflict], Choice]:
    """Return the question for an import: it shows a conflict, and asks until it is answered.

    The end of input and Ctrl-C are answers too: quit.
    """
    from ledger.field_words import value_words
    from ledger.imports.review import Choice

    answers = {"f": Choice.THEIRS, "l": Choice.OURS, "q": Choice.QUIT, "": Choice.QUIT}

    def ask(conflict: Conflict) -> Choice:
        line.end()
        say(f"{conflict.place}: {conflict.name} is recorded already, with other content:")
        for field, (held, given) in conflict.differing.items():
            say(f"  {field}")
            say(f"    ledger: {harmless(value_words(field, held))}")
            say(f"    file:   {harmless(value_words(field, given))}")
        while True:
            write(sys.stderr, QUESTION)
            sys.stderr.flush()
            try:
                with interrupts.raised():
                    read = sys.stdin.readline()
            except KeyboardInterrupt:
                return Choice.QUIT
            word = read.strip().lower()[:1]
            if word in answers and (word or not read):
                return answers[word]

    return ask
