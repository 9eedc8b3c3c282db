"""What the tests of commands that record start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import Desk, small_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A ledger with one dispute, `a-b` between USA and RUS, and one action in it."""
    return small_desk(tmp_path)
