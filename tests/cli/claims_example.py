"""The real history with the shipped claims, in a ledger file made once a run."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from domain.records.action import Action
from ledger.facade import open_ledger
from ledger.imports.subjects_toml import read
from ledger.seeds import seed
from tests.cli.example import RECORDED_AT
from tests.cli.harness import run
from tests.real import real_records

if TYPE_CHECKING:
    from domain.records.base import Record
    from tests.cli.harness import Result


@cache
def real_claims() -> tuple[Record, ...]:
    """The records of the shipped claims."""
    with seed("claims.toml").open("rb") as file:
        return tuple(record for row in read("claims.toml", file) for record in row.records)


@cache
def real_stocks() -> tuple[Record, ...]:
    """The records of the shipped counts."""
    with seed("stocks.toml").open("rb") as file:
        return tuple(record for row in read("stocks.toml", file) for record in row.records)


@cache
def claims_example() -> Path:
    """The file of a ledger that holds the real history and its claims, its views caught up."""
    folder = Path(tempfile.mkdtemp(prefix="reciprocity-claims-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "claims.db"
    actions = {record.id for record in real_records() if isinstance(record, Action)}
    with open_ledger(str(path), create=True, by="tester", clock=lambda: RECORDED_AT) as ledger:
        ledger.append(real_records(), promised=actions)
        ledger.append(real_stocks())
        ledger.append(real_claims())
        ledger.views()
    return path


def asked(*args: str, tty: bool = False) -> Result:
    """Run a command on the ledger with claims."""
    return run(*args, env={"RECIPROCITY_STORE": str(claims_example())}, tty=tty)
