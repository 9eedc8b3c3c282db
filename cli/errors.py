"""How a failure is told: what, where, why, a hint, and an exit code. Never a traceback unasked.

Everything a command can raise ends here, in one table of explainers: the ledger's own errors, what
typer says of a wrong call, what pydantic says of a wrong value, what the system says of a file, and
at last a fault of this program.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn

import typer

from cli.called import as_called
from cli.shadows import PACKAGES, advice, shadowed
from cli.terminal import Style, debug_wanted, painted, say, write
from cli.text import harmless, harmless_lines
from domain.errors import (
    InputError,
    LedgerError,
    StoreUnavailableError,
    UsageError,
    VerificationError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class ExitCode(IntEnum):
    """What the exit code says. The last two are the shell's convention of 128 + signal."""

    FINE = 0
    CRASH = 1
    USAGE = 2
    REJECTED = 3
    VERIFICATION_FAILED = 4
    UNAVAILABLE = 5
    INTERRUPTED = 130
    BROKEN_PIPE = 141


EXIT_CODES: tuple[tuple[type[LedgerError], ExitCode], ...] = (
    (UsageError, ExitCode.USAGE),
    (InputError, ExitCode.REJECTED),
    (VerificationError, ExitCode.VERIFICATION_FAILED),
    (StoreUnavailableError, ExitCode.UNAVAILABLE),
    (LedgerError, ExitCode.REJECTED),
)
"""Class of error -> exit code; the first row that fits holds."""

REASONS_MAX = 3
"""So many reasons are told at once where a value is wrong in several ways."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of a failure."""

    code: ExitCode
    what: str
    where: str = ""
    why: str = ""
    hint: str = ""


@contextmanager
def reported_errors() -> Iterator[None]:
    """Run the body; tell what goes wrong on stderr and leave with its exit code.

    Raises SystemExit for every failure, and for typer's own ways to leave. The whole program runs
    inside one, so a command needs none of its own; one inside another does no harm.
    """
    try:
        yield
    except typer.Exit as leaving:
        raise SystemExit(leaving.exit_code) from None
    except (KeyboardInterrupt, EOFError, typer.Abort):
        _interrupted()
    except BrokenPipeError:
        raise SystemExit(ExitCode.BROKEN_PIPE) from None
    except Exception as error:  # noqa: BLE001 - the one place where everything ends
        _tell(error)


def explained(error: Exception) -> Report:
    """Turn any exception into what is told of it."""
    if isinstance(error, LedgerError):
        return _of_ledger(error)
    if isinstance(error, typer.TyperException):
        return _of_typer(error)
    if isinstance(error, ImportError) and (report := _of_import(error)):
        return report
    if isinstance(error, OSError):
        return _of_system(error)
    return _of_pydantic(error) or _of_fault(error)


def _of_ledger(error: LedgerError) -> Report:
    """Tell an error of ours as it tells itself."""
    code = next(code for kind, code in EXIT_CODES if isinstance(error, kind))
    return Report(code, error.what, error.where, error.why, error.hint)


def _of_typer(error: typer.TyperException) -> Report:
    """Tell a wrong call in our form, with the help page of the command that was called."""
    context = getattr(error, "ctx", None)
    page = f"{context.command_path} --help" if context else "reciprocity --help"
    likely = getattr(error, "possibilities", None) or ()
    hint = f"did you mean {' or '.join(likely)}? {page}" if likely else page
    said = error.message if likely else error.format_message()
    return Report(ExitCode.USAGE, said.rstrip("."), hint=hint)


def _of_import(error: ImportError) -> Report | None:
    """Tell that another package has taken the name of one of ours, where that is the cause."""
    if (error.name or "").partition(".")[0] not in PACKAGES:
        return None
    for found in shadowed():
        what, cure = advice(found)
        return Report(ExitCode.CRASH, what, why=str(error), hint=cure)
    return None


def _of_system(error: OSError) -> Report:
    """Tell what the system refused: a file that cannot be read or written, a full disk."""
    return Report(
        ExitCode.UNAVAILABLE,
        "the system refused to read or write",
        where=os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "",
        why=error.strerror or str(error),
        hint="reciprocity doctor",
    )


def _of_pydantic(error: Exception) -> Report | None:
    """Tell a value that a model refused, by its field and reason; None for another exception.

    pydantic is looked up, never loaded: where it is not loaded, the error cannot be its own.
    """
    core = sys.modules.get("pydantic_core")
    if core is None or not isinstance(error, core.ValidationError):
        return None
    found = error.errors(include_url=False, include_context=False)
    fields = [".".join(str(part) for part in one["loc"]) or error.title for one in found]
    reasons = [f"{field}: {one['msg']}" for field, one in zip(fields, found, strict=True)]
    left_out = len(reasons) - REASONS_MAX
    return Report(
        ExitCode.REJECTED,
        f"this is not a valid {error.title}",
        where=fields[0],
        why="; ".join(reasons[:REASONS_MAX]) + (f"; and {left_out} more" if left_out > 0 else ""),
        hint="reciprocity --help",
    )


def _of_fault(error: Exception) -> Report:
    """Own up to a fault of this program."""
    return Report(
        ExitCode.CRASH,
        "a fault of this program, not of your input",
        why=f"{type(error).__name__}: {error}",
        hint="run the same command with --debug and report what it prints",
    )


def _tell(error: Exception) -> NoReturn:
    """Tell a failure and leave."""
    report = explained(error)
    with suppress(OSError):
        if debug_wanted():
            _print_traceback(error)
        print_report(report)
    raise SystemExit(report.code) from None


def _print_traceback(error: Exception) -> None:
    """Print the way to the error, harmless line by line."""
    import traceback

    say("".join(traceback.format_exception(error)).rstrip("\n"))


def print_report(report: Report) -> None:
    """Print `Error:`, `where:`, `why:` and `Hint:` on stderr, leaving out what is not known."""
    first, *rest = harmless_lines(report.what)
    write(sys.stderr, f"{painted('Error:', Style.ERROR, sys.stderr)} {first}\n")
    for line in rest:
        say(f"  {line}")
    for label, text in (("where", report.where), ("why", report.why)):
        if text:
            say(f"  {label}: {harmless(text)}")
    if report.hint:
        write(
            sys.stderr,
            f"{painted('Hint:', Style.HINT, sys.stderr)} {harmless(as_called(report.hint))}\n",
        )


def _interrupted() -> NoReturn:
    """Say that the user stopped us, and leave."""
    with suppress(OSError):
        say("Interrupted.")
    raise SystemExit(ExitCode.INTERRUPTED) from None


def settle_streams() -> None:
    """Flush stdout and stderr before leaving, and give up quietly on one that takes no more.

    What stays buffered would fail again when the interpreter flushes it at its end, loudly and
    with an exit code of its own, so such a stream is led to nowhere (the library reference says so
    under SIGPIPE).
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            continue
        except OSError:
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
