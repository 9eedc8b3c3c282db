"""Sources in one line of text: `title | publisher | date | address`, ` || ` between several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.records.base import Source, dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BETWEEN_SOURCES: Final = " || "
BETWEEN_FIELDS: Final = " | "
FIELDS_AFTER_TITLE: Final = 3


def parse_sources(cell: str) -> tuple[Source, ...]:
    """Read the sources of a cell; a title may itself contain the separator of fields."""
    return tuple(parse_source(part) for part in cell.split(BETWEEN_SOURCES) if part.strip())


def parse_source(text: str) -> Source:
    """Read one source; what is left out at the end is empty."""
    parts = [part.strip() for part in text.split(BETWEEN_FIELDS.strip())]
    if len(parts) > FIELDS_AFTER_TITLE + 1:
        title = BETWEEN_FIELDS.join(parts[:-FIELDS_AFTER_TITLE])
        parts = [title, *parts[-FIELDS_AFTER_TITLE:]]
    padded = [*parts, "", "", ""][: FIELDS_AFTER_TITLE + 1]
    return Source(title=padded[0], publisher=padded[1], date=padded[2], address=padded[3])


def sources_cell(sources: Iterable[Source]) -> str:
    """Write the cell that `parse_sources` reads."""
    return BETWEEN_SOURCES.join(
        BETWEEN_FIELDS.join((source.title, source.publisher, source.date, source.address))
        for source in sources
    )


def with_sources(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with its `sources` taken apart: lines of text, one or several, or tables."""
    sources = fields.get("sources", [])
    listed = [sources] if isinstance(sources, str) else sources
    taken = [dump(parse_source(one)) if isinstance(one, str) else one for one in listed]
    return {**fields, "sources": taken}
