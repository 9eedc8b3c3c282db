"""What a form could not hold: kept while an export goes on, and said at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

NAMES_MAX: Final = 3


@dataclass(slots=True)
class LeftOut:
    """Things that were not written, by what they are: how many, and the first few names."""

    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, name: str) -> None:
        """Note one thing that was left out."""
        self.counts[what] = self.counts.get(what, 0) + 1
        named = self.names.setdefault(what, [])
        if len(named) < NAMES_MAX and name not in named:
            named.append(name)

    def words(self) -> tuple[str, ...]:
        """Say what was left out, a line for each sort of thing."""
        return tuple(
            f"{count} {what} ({', '.join(self.names[what])}"
            f"{', ...' if count > len(self.names[what]) else ''})"
            for what, count in sorted(self.counts.items())
        )
