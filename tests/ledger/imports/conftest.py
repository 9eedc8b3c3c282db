"""What the tests of imports start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.imports.desk import Desk
from tests.ledger.imports.ways import WAYS, going


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each way of an import in turn; what a test claims must hold on both."""
    with going(request.param):
        yield request.param


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder, and a ledger in memory with the dispute `a-b`."""
    return Desk(tmp_path)
