"""What is asked: a reading held against a ledger, its dispute found, its accounts checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from domain.claims.mentions import mentions
from domain.errors import InputError, UsageError, require
from domain.nearest import did_you_mean
from domain.quoting import quoted
from domain.reading import ACTORS_KINDS, OTHER_SIDES_KINDS, BasisOf
from domain.selection import counted, selected
from domain.worlds import default_panel, whole_account
from ledger.known_at import position_known_at
from ledger.reading_words import reading_header
from ledger.rules import UnknownActionError, UnknownDisputeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.claims.language import Test
    from domain.dossiers import Dossier
    from domain.history import History
    from domain.reading import Reading
    from domain.sides import Sides
    from domain.worlds import World
    from ledger.facade import Ledger


TRIES_MAX: Final = 8
"""So many times is a history read again that others changed meanwhile."""


class UnknownAccountError(InputError):
    """An account that is asked for tells nothing in this dispute, and does not act in it."""


class NothingKnownYetError(InputError):
    """It is asked what the ledger knew at a time when it held nothing."""


class DisputeNotNamedError(UsageError):
    """A ledger holds several disputes, or none, and it is not said which one is meant."""


class NoAccountsError(UsageError):
    """A dispute declares no sides, so there are no accounts to hear by default."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's ground: one dispute of a history, under a reading, at a ledger position."""

    history: History
    dispute: str
    reading: Reading
    position: int

    @property
    def sides(self) -> Sides:
        """The sides of the dispute."""
        return self.history.sides(self.dispute)

    @property
    def panel(self) -> tuple[str, ...]:
        """The accounts that are heard."""
        return self.reading.accounts or default_panel(self.history, self.dispute)

    @property
    def header(self) -> tuple[tuple[str, str], ...]:
        """The reading in words."""
        return reading_header(self.reading, self.history, self.dispute, self.position)

    def counted(self) -> tuple[Dossier, ...]:
        """Return the actions that the reading counts, by date."""
        return tuple(counted(self.history, self.dispute, self.reading))

    def only_possible(self) -> int:
        """Count the actions that are possibly in the period and are not counted."""
        total = sum(1 for _ in selected(self.history, self.dispute, self.reading))
        return total - len(self.counted())

    def on_basis(self, basis: BasisOf) -> Asked:
        """Return the same question on one basis."""
        return replace(self, reading=self.reading.model_copy(update={"bases": (basis,)}))

    def worlds(self) -> tuple[World, ...]:
        """Return each account's world on each basis of the reading, the first basis first.

        Raises NoAccountsError.

        Rule: docs/semantics.md#worlds
        """
        require(
            self.panel,
            NoAccountsError(
                f"dispute {self.dispute} declares no sides, so nobody is heard by default",
                why="the default accounts are those of the parties of the declared sides",
                hint="reciprocity initiators --account USA --account RUS",
            ),
        )
        return tuple(
            whole_account(self.history, self.dispute, account, self.on_basis(basis).reading)
            for basis in self.reading.bases
            for account in self.panel
        )

    def action(self, name: str) -> Dossier:
        """Return an action that the history holds, retracted or not; raise UnknownActionError."""
        found = self.history.dossiers.get(name)
        if found is None:
            raise unknown_action(name, self.history.dossiers)
        return found


def unknown_action(name: str, names: Iterable[str]) -> UnknownActionError:
    """Return the error that no action has this id, with the nearest ids."""
    return UnknownActionError(
        f"no action {quoted(name)} is known here",
        why=did_you_mean(name, names) or "no id is near it",
        hint="reciprocity log --type action",
    )


def ask(ledger: Ledger, reading: Reading) -> Asked:
    """Hold a reading against a ledger.

    Raises UnknownDisputeError, DisputeNotNamedError, UnknownAccountError, KnownAtSyntaxError,
    PositionAheadError, NothingKnownYetError.

    Rule: docs/semantics.md#reading
    """
    history, position = _read(ledger, reading)
    asked = Asked(history, _dispute(history, reading), reading, position)
    _check_accounts(asked)
    return asked


def _read(ledger: Ledger, reading: Reading) -> tuple[History, int]:
    """Return the history and the position that it stands at, though others may be writing."""
    if reading.as_known_at is not None:
        position = position_known_at(ledger.application, reading.as_known_at)
        _require_something_known(ledger, reading.as_known_at, position)
        return ledger.history(reading, reading.dispute), position
    for _ in range(TRIES_MAX):
        position = ledger.views().position()
        history = ledger.history(reading, reading.dispute)
        if ledger.views().position() == position:
            break
    return history, position


def _require_something_known(ledger: Ledger, asked: str, position: int) -> None:
    first = next(ledger.entries(0, 1), None)
    if first is None or position:
        return
    when = f"position {asked}" if asked.isdecimal() else asked
    raise NothingKnownYetError(
        f"the ledger held nothing yet at {when}",
        where="--as-known-at",
        why=f"its first record was made at {first.recorded_at:%Y-%m-%dT%H:%M:%SZ}",
        hint="reciprocity log --since 0 --limit 1",
    )


def _dispute(history: History, reading: Reading) -> str:
    named = reading.dispute
    known = sorted(history.disputes)
    when = f" as known at {reading.as_known_at}" if reading.as_known_at is not None else ""
    listed = f"the ledger holds{when}: {', '.join(known) or 'no dispute'}"
    if named is None:
        require(
            len(known) == 1,
            DisputeNotNamedError(
                "say which dispute is meant" if known else "there is no dispute to ask about",
                why=listed,
                hint=f"reciprocity initiators --dispute {known[0]}"
                if known
                else "reciprocity init --example",
            ),
        )
        return known[0]
    require(
        named in known,
        UnknownDisputeError(
            f"no dispute {quoted(named)} in this ledger",
            where="--dispute",
            why=did_you_mean(named, known) or listed,
            hint="reciprocity dispute list",
        ),
    )
    return named


def _check_accounts(asked: Asked) -> None:
    """Refuse an account that is nobody's in this dispute; raise UnknownAccountError."""
    kinds_by = asked.reading.kinds_by
    heard = [(account, "--account") for account in asked.reading.accounts]
    if kinds_by not in {ACTORS_KINDS, OTHER_SIDES_KINDS}:
        heard.append((kinds_by, "--kinds-by"))
    known = tellers(asked.history, asked.dispute) if heard else ()
    for account, where in heard:
        require(account in known, _tells_nothing(account, asked.dispute, where, known))


def check_tellers(asked: Asked, test: Test, where: str) -> None:
    """Refuse a test that asks for the words of somebody who tells nothing in its disputes.

    Its disputes are the one that is asked about and those of the actions that it names. A teller of
    counts need only have counted. Raises UnknownAccountError, placed at `where`.
    """
    named = mentions(test)
    if not named.accounts:
        return
    found = (asked.history.dossiers.get(name) for name in named.subjects)
    disputes = dict.fromkeys([asked.dispute, *(one.action.dispute for one in found if one)])
    known = [name for held in disputes for name in tellers(asked.history, held)]
    known += [seen.teller for seen in asked.history.stocks.values()] if named.stocks else []
    for account in named.accounts:
        require(account in known, _tells_nothing(account, asked.dispute, where, known))


def _tells_nothing(
    account: str, dispute: str, where: str, known: Iterable[str]
) -> UnknownAccountError:
    listed = tuple(dict.fromkeys(known))
    return UnknownAccountError(
        f"{account} tells nothing in {dispute}, and does nothing in it",
        where=where,
        why=did_you_mean(account, listed) or f"its accounts are {', '.join(listed)}",
        hint="reciprocity log --type attributed",
    )


def tellers(history: History, dispute: str) -> tuple[str, ...]:
    """Return every account of a dispute: its parties, declared or acting, and all who speak."""
    found = dict.fromkeys(default_panel(history, dispute))
    for dossier in history.in_dispute(dispute):
        found |= dict.fromkeys((*dossier.action.actors, *dossier.action.targets))
        found |= dict.fromkeys(held.account for held in dossier.attributions)
        found |= dict.fromkeys(held.account for held in dossier.characterisations)
    parties = [name for name in found if ":" not in name]
    return (*parties, *sorted(name for name in found if ":" in name))
