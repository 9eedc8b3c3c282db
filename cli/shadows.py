"""Is each of our packages our own? `domain`, `ledger` and `cli` are names that others use too.

A module of the same name earlier on the import path hides ours, and the program then fails in ways
that say nothing of the cause. This module imports none of the three, so that it can always say so.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

PACKAGES = ("domain", "ledger", "cli")
HOME = Path(__file__).resolve().parent.parent
"""The folder that our three packages stand in, side by side."""

AGAIN = "python -m pip install --force-reinstall reciprocity-ledger"
OWN_PLACE = "python -m venv ENV && ENV/bin/python -m pip install reciprocity-ledger"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a package name leads: the place in use, and other places further on the path."""

    name: str
    used: str
    """Empty where the name leads nowhere."""
    hidden: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        """Whether the place in use is beside this file."""
        return self.used == str(HOME / self.name)


def standing(name: str, path: list[str] | None = None) -> Standing:
    """Find every place on the import path (sys.path unless given) that has a module of this name.

    What is already imported is the place in use, whatever the path says now.
    """
    places = [place for entry in (sys.path if path is None else path) for place in _at(name, entry)]
    loaded = getattr(sys.modules.get(name), "__file__", None) if path is None else None
    used = _place(loaded) if loaded else (places[0] if places else "")
    others = dict.fromkeys(place for place in places if place != used)
    return Standing(name, used, tuple(others))


def shadowed(path: list[str] | None = None) -> tuple[Standing, ...]:
    """Give the packages of ours whose name leads elsewhere, or nowhere."""
    return tuple(found for name in PACKAGES if not (found := standing(name, path)).is_ours)


def _at(name: str, entry: str) -> tuple[str, ...]:
    """Give the place that one entry of the import path has for a name, if any."""
    spec = PathFinder.find_spec(name, [entry])
    if spec is None or spec.origin is None:
        return ()
    return (_place(spec.origin),)


def _place(origin: str) -> str:
    """Give a package's folder, or a module's file."""
    path = Path(origin).resolve()
    return str(path.parent if path.name == "__init__.py" else path)


def advice(found: Standing) -> tuple[str, str]:
    """Say in words what hides a package of ours, and what to do about it."""
    if not found.used:
        return f"the package {found.name!r} is missing from {HOME}", f"install again: {AGAIN}"
    return (
        f"another module named {found.name!r} hides this program's own: {found.used}",
        f"rename or uninstall it, or give this program an environment of its own: {OWN_PLACE}",
    )
