"""What columns load, and what they leave alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.ledger.columns.stores import store_of
from tests.making import act, entries_of, two_sides

ROOT = Path(__file__).parents[3]
LONG = """
import sys
from ledger.columns import catchup, handing
from ledger.columns.folder import open_columns
from ledger.store.factory import open_store
handing.FEW = catchup.TAIL_EVENTS = 0
with open_store(sys.argv[1], read_only=True) as store, open_columns(store) as columns:
    columns.catch_up()
    with columns.connection() as engine:
        engine.execute("FROM actions").fetchall()
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"pandas", "pyarrow", "numpy"}))
"""


def test_a_long_log_is_decoded_without_pandas(tmp_path: Path) -> None:
    url = str(tmp_path / "l.db")
    store_of(entries_of(two_sides(), act("one")), url).close()
    done = subprocess.run(
        [sys.executable, "-c", LONG, url], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "pyarrow" in done.stdout.split()
    assert "pandas" not in done.stdout.split()
    assert done.stderr == ""
