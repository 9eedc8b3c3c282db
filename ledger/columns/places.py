"""Where the columns of a ledger lie: beside its file, or in the user's cache."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from ledger.store.store import Store


def folder_for(store: Store) -> Path | None:
    """Return the folder for a store's columns; None for one that lives in memory.

    Beside a file that lies where one may not write, and for a server, it is the user's cache.
    """
    if store.url in {"memory:", ":memory:"}:
        return None
    if "://" in store.url:
        return cache_folder(without_password(store.url))
    file = Path(os.path.realpath(store.url))
    folder = file.with_name(f"{file.name}-columns")
    may_write = os.access(folder if folder.is_dir() else file.parent, os.W_OK)
    return folder if may_write else cache_folder(str(file))


def without_password(url: str) -> str:
    """Return an address that may be shown: with the user's name, without the password."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    asked = [pair for pair in parse_qsl(parts.query) if pair[0] != "password"]
    netloc = f"{user.partition(':')[0]}{at}{host}"
    return urlunsplit(parts._replace(netloc=netloc, query=urlencode(asked)))


def cache_folder(name: str) -> Path:
    """Return the folder in the user's cache that belongs to a name."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    key = hashlib.sha256(name.encode()).hexdigest()[:16]
    return Path(home) / "reciprocity" / "columns" / key
