"""Where the shipped histories stand: in the installed package, or in seeds/ of a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from domain.errors import InputError, require

INSTALLED: Final = Path(__file__).parent / "_seeds"
CHECKOUT: Final = Path(__file__).parent.parent / "seeds"


class SeedMissingError(InputError):
    """No shipped file has this name."""


def seeds_folder() -> Path:
    """The folder of shipped files: a wheel carries it inside `ledger`, a checkout beside it."""
    return INSTALLED if INSTALLED.is_dir() else CHECKOUT


def seed(name: str) -> Path:
    """Find a shipped file by its name relative to the seeds, such as `us_russia.csv`.

    Raises SeedMissingError, naming the files there are; a name may not leave the folder.
    """
    folder = seeds_folder().resolve()
    path = (folder / name).resolve()
    require(
        path.is_relative_to(folder) and path.is_file(),
        SeedMissingError(
            f"no shipped file is named {name!r}",
            where=str(folder),
            why=f"there are: {', '.join(seed_names()) or 'none'}",
            hint="reciprocity doctor",
        ),
    )
    return path


def seed_names() -> tuple[str, ...]:
    """The names that `seed` accepts, sorted; `/` between folders on every system."""
    folder = seeds_folder()
    files = (path for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(path.relative_to(folder).as_posix() for path in files))
