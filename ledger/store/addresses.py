"""Names of stores: which kind of store a text names, and how to show it without its password.

Nothing slow is imported: errors, hints and `doctor` ask here before any store is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from domain.errors import require
from ledger.store.errors import StoreAddressError

SERVER_SCHEMES: Final = ("postgresql", "postgres")
SCHEMA: Final = "reciprocity"
SCHEMA_BYTES_MAX: Final = 63
SECRETS: Final = frozenset({"password", "sslpassword", "passfile", "oauth_client_secret"})
ADDRESS_FORM: Final = "postgresql://USER@HOST:PORT/DATABASE?schema=NAME"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A PostgreSQL database and the schema in it that holds one ledger.

    `conninfo` is what the driver is given and may hold a password; `public` never does. `secrets`
    are the texts that no message may show.
    """

    conninfo: str = field(repr=False)
    public: str
    schema: str
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def scrubbed(self, text: str) -> str:
        """Return a text without the secrets, should any have got into it."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


def scheme_of(url: str) -> str:
    """Return what stands before `://` in lower case; "" for a path."""
    scheme, separator, _ = url.partition("://")
    return scheme.lower() if separator else ""


def is_server(url: str) -> bool:
    """Tell whether a text names a database server."""
    return scheme_of(url) in SERVER_SCHEMES


def public_name(url: str) -> str:
    """Return the name of a store as it may be printed: a path as it is, an address without secrets.

    An address of any other scheme, or one that is not well formed, is cut off after `://`.
    """
    scheme = scheme_of(url)
    if not scheme:
        return url
    if scheme not in SERVER_SCHEMES:
        return f"{scheme}://..."
    try:
        return server_address(url).public
    except StoreAddressError as error:
        return error.where


def server_address(url: str) -> ServerAddress:
    """Read `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?schema=NAME&...`.

    Every parameter but `schema` is the driver's own (libpq, "Connection URIs"). Raises
    StoreAddressError, which quotes nothing of an address that it cannot take apart: what looks like
    a host may be half a password.
    """
    place, _, query = url.partition("://")[2].partition("?")
    authority, slash, database = place.partition("/")
    _require(url.isprintable(), "it holds a character that cannot be printed")
    _require("#" not in url, "a # stands in it: in a password write %23")
    _require(
        "@" not in database + query and authority.count("@") <= 1,
        "an @ stands in more than one place: in a password write %40, for / write %2F",
    )
    login, at, hosts = authority.rpartition("@")
    user, _, password = login.partition(":")
    _require(_are_hosts(hosts), "its port is not a number: in a password write %3A for : and so on")
    pairs = parse_qsl(query, keep_blank_values=True)
    schema = dict(pairs).get("schema", SCHEMA)
    _require(_is_schema(schema), "its schema is not 1 to 63 bytes of text, or begins with pg_")
    given = [(name, value) for name, value in pairs if name != "schema"]
    shown = [(name, value) for name, value in given if name not in SECRETS]
    base = f"{hosts}{slash}{database}"
    own = [("schema", schema)] if schema != SCHEMA else []
    secrets = {unquote(password), password, *(v for name, v in given if name in SECRETS)}
    return ServerAddress(
        conninfo=f"postgresql://{login}{at}{base}{_query(given)}",
        public=f"postgresql://{user}{at if user else ''}{base}{_query(shown + own)}",
        schema=schema,
        secrets=tuple(sorted(secrets - {""}, key=len, reverse=True)),
    )


def _are_hosts(hosts: str) -> bool:
    """Tell whether every host of a list has a number for a port, or none."""
    ports = (host.rpartition("]")[2].rpartition(":")[2] for host in hosts.split(",") if ":" in host)
    return all(port.isdecimal() or not port for port in ports)


def _is_schema(name: str) -> bool:
    is_text = bool(name) and name.isprintable() and not name.startswith("pg_")
    return is_text and len(name.encode("utf-8", "replace")) <= SCHEMA_BYTES_MAX


def _query(pairs: list[tuple[str, str]]) -> str:
    # libpq takes %20 for a space and leaves a plus sign alone.
    return f"?{urlencode(pairs, quote_via=quote, safe='/:,')}" if pairs else ""


def _require(holds: object, why: str) -> None:
    require(
        holds,
        StoreAddressError(
            "the address of the store is not well formed",
            where="postgresql://...",
            why=why,
            hint=f"write it as {ADDRESS_FORM}, then `reciprocity doctor`",
        ),
    )
