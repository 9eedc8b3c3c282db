"""The program `reciprocity`: from the words of a command line to an exit code.

`--version` is answered before typer loads; everything else goes to the table of commands.
"""

from __future__ import annotations

import sys

from cli.version import VERSION

PROGRAM = "reciprocity"
INTERRUPTED = 130


def main() -> None:
    """Run the program on the command line of this process, and leave with its exit code."""
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        # Only while the program is still loading: a run reports its own interruption.
        code = INTERRUPTED
    raise SystemExit(code)


def run(args: list[str]) -> int:
    """Run one command line; give the exit code (`cli.errors.ExitCode`)."""
    if args[:1] == ["--version"]:
        sys.stdout.write(f"{PROGRAM} {VERSION}\n")
        return 0
    try:
        from cli.run import run_command
    except ImportError as error:
        return _cannot_start(error)
    return run_command(PROGRAM, args)


def _cannot_start(error: ImportError) -> int:
    """Say why the program's own modules cannot be imported, where a namesake hides them."""
    from cli.shadows import advice, shadowed

    for found in shadowed():
        what, cure = advice(found)
        sys.stderr.write(f"Error: {what}\n  why: {error}\nHint: {cure}\n")
        return 1
    raise error


if __name__ == "__main__":
    main()
