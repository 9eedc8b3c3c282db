"""What the tests of imports start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.imports.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder, and a ledger in memory with the dispute `a-b`."""
    return Desk(tmp_path)
