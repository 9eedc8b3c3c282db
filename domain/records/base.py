"""What every stored record shares: frozen, strict about its fields, and named by a literal.

The stored name and version are written into the store and never change; a class may move or be
renamed without touching history. `registry.py` is the table from them to classes.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.canonical import content_key
from domain.dates import UncertainDate
from domain.errors import InputError

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,119}$")]
PartyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]
Account = Annotated[
    str,
    StringConstraints(
        pattern=r"^([A-Z][A-Z0-9-]{1,39}|(analyst|press|rule):[A-Za-z0-9][A-Za-z0-9._-]{0,79})$"
    ),
]


class SourceMissingError(InputError):
    """A record that needs a source names none."""


class Record(BaseModel):
    """One immutable fact of the ledger, as its teller gave it."""

    # Each of the many record classes is built when the first record of its kind is met.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    stored_name: ClassVar[str]
    stored_version: ClassVar[int] = 1

    def stream(self) -> str:
        """Return the id of the stream that the record belongs to, such as `action:<id>`.

        Each type of record says its own; TypeError for one that belongs to none.
        """
        message = f"{self.stored_name} belongs to no stream"
        raise TypeError(message)

    def key(self) -> str:
        """Name the record by its content; equal content has an equal key."""
        return content_key(dump(self))


class Source(BaseModel):
    """Where a fact stands: title, publisher, date, address; optionally an archived copy.

    `date` is text as the publisher gives it. `digest` is `sha256:<hex>` of the content seen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    publisher: str = ""
    date: str = ""
    address: str = ""
    archive: str = ""
    digest: str = ""


class Amendment(Record):
    """A later word about an action: it stands in the action's own stream.

    `again` counts the equal records before it, so that a statement repeated on purpose differs
    from one given twice.
    """

    action: Slug
    again: int = 0

    def stream(self) -> str:
        """Return the stream of the action that is spoken of."""
        return f"action:{self.action}"


def dump(record: BaseModel) -> dict[str, object]:
    """Return the stored form: plain data, fields at their default left out."""
    return record.model_dump(mode="json", exclude_defaults=True)


def require_sources(sources: tuple[Source, ...], what: str) -> None:
    """Refuse a record without a source; raise SourceMissingError."""
    if sources:
        return
    # Not `require`: a sentence for every record that is in order takes time.
    raise SourceMissingError(
        f"{what} names no source",
        where="sources",
        why="a reader must be able to check every fact of the ledger",
        hint="--source 'Title | Publisher | 2016-12-29 | https://example.org/page'",
    )


Dated = UncertainDate | None
