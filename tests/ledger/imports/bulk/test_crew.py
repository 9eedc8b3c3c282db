"""Worker processes: order is kept, nothing is left behind, and a death is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.facade import open_ledger
from ledger.imports import run
from ledger.imports.bulk import run as bulk_run
from ledger.imports.bulk import tasks
from ledger.imports.bulk.crew import Crew, WorkerDiedError
from ledger.imports.bulk.spool import loaded
from ledger.imports.bulk.tasks import Piece
from tests.ledger.imports.desk import Desk, actions, cells, jsonl
from tests.making import act, two_sides

ROOT = Path(__file__).parents[4]


def pieces(count: int) -> Iterator[Piece]:
    """So many pieces, of one line each."""
    for number in range(count):
        yield Piece(0, "x", "jsonl", number, data=jsonl(act(f"a-{number}")))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BULK_BYTES", 0)
    monkeypatch.setattr(tasks, "PIECE_BYTES", 2_000)
    monkeypatch.setattr(tasks, "PIECE_ROWS", 10)


def test_results_come_in_the_order_of_their_pieces() -> None:
    with Crew(2) as crew:
        found = [
            loaded(reading.page).rows[0].records[0].stream
            for _, reading in crew.results(pieces(30))
            if reading is not None
        ]
    assert found == [f"action:a-{number}" for number in range(30)]


def test_no_more_pieces_are_out_than_workers_can_hold() -> None:
    taken = 0

    def counted() -> Iterator[Piece]:
        nonlocal taken
        for piece in pieces(40):
            taken += 1
            yield piece

    with Crew(2) as crew:
        for done, _ in enumerate(crew.results(counted())):
            assert taken <= done + 2 * 3 + 1


def test_a_worker_that_dies_is_a_named_error_and_the_others_end() -> None:
    with Crew(2) as crew:
        results = crew.results(pieces(40))
        next(results)
        workers = list(crew._workers)
        os.kill(workers[0].pid, signal.SIGKILL)
        with pytest.raises(WorkerDiedError) as caught:
            list(results)
    assert "killed by signal 9" in caught.value.why
    assert caught.value.hint
    assert [worker.poll() is not None for worker in workers] == [True, True]


def test_where_no_worker_can_be_started_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Crew(1) as crew, pytest.raises(WorkerDiedError, match="started") as caught:
        next(crew.results(pieces(1)))
    assert caught.value.hint


def test_workers_end_when_the_import_is_given_up() -> None:
    with Crew(2) as crew:
        next(crew.results(pieces(40)))
        workers = list(crew._workers)
    assert all(worker.poll() == 0 for worker in workers)


@pytest.mark.usefixtures("small_pieces")
def test_an_import_with_workers_says_what_one_without_says(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    rows = [
        cells(f"a-{number:03}", actor_causes=f"a-{(number * 7) % 60:03}") for number in range(60)
    ]
    rows[20] = cells("a-020", kind="expulsio")
    rows[40] = cells("a-040", actors="XYZ")
    content = actions(*rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "BULK_BYTES", 1 << 40)
        expected = Desk(tmp_path).bring(desk.file("x.csv", content))
    found = desk.bring(desk.file("x.csv", content))
    assert (found.counts, found.records) == (expected.counts, expected.records)
    assert [str(one.error) for one in found.problems] == [
        str(one.error) for one in expected.problems
    ]
    assert found.rejects_files == expected.rejects_files


@pytest.mark.usefixtures("small_pieces")
def test_an_import_whose_worker_dies_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Struck(Crew):
        def results(self, pieces: object) -> Iterator[tuple[Piece, object]]:  # type: ignore[override]  # as it is
            for number, one in enumerate(super().results(pieces)):  # type: ignore[arg-type]
                if number == 3:
                    os.kill(self._workers[0].pid, signal.SIGKILL)
                yield one

    monkeypatch.setattr(bulk_run, "Crew", Struck)
    desk = Desk(tmp_path)
    content = jsonl(*(act(f"a-{number}") for number in range(300)))
    with pytest.raises(WorkerDiedError):
        desk.bring(desk.file("x.jsonl", content))
    assert desk.ids() == []


@pytest.mark.slow
def test_an_import_starts_workers_from_any_program(tmp_path: Path) -> None:
    """A script that imports without asking whether it is the main program does not start itself."""
    (tmp_path / "x.jsonl").write_bytes(jsonl(two_sides(), *(act(f"a-{n}") for n in range(50))))
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from ledger.facade import open_ledger\n"
        "from ledger.imports import run\n"
        "run.BULK_BYTES = 0\n"
        "with open_ledger('new.db', create=True) as ledger:\n"
        "    print(run.import_files(ledger, [Path('x.jsonl')]).new)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("51\n", "")


INTERRUPTED = """
import sys
from ledger.imports import run
from ledger.imports.bulk import run as bulk_run
run.BULK_BYTES = 0
bulk_run.BATCHES_AT_ONCE = 1
run.BATCH_ROWS = 20
from cli.main import main
main()
"""


@pytest.mark.slow
def test_ctrl_c_ends_an_import_in_good_order_and_leaves_no_worker(tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    open_ledger(str(store), create=True).close()
    file = tmp_path / "x.jsonl"
    file.write_bytes(jsonl(two_sides(), *(act(f"a-{number}") for number in range(1_000))))
    importing = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, "import", "--store", str(store), str(file)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        process_group=0,
    )
    assert importing.stderr is not None
    with importing.stderr as lines:
        first = lines.readline()
        os.killpg(importing.pid, signal.SIGINT)
        rest = lines.read()
    assert importing.wait() == 130, rest
    assert first.startswith(b"20 of 1001 rows")
    assert b"Traceback" not in rest
    assert b"the same import goes on from here" in rest
    assert not workers_of(importing.pid)
    with open_ledger(str(store)) as ledger:
        assert 0 < ledger.application.position() < 1_001
        assert run.import_files(ledger, [file]).counts.rows == 1_001
        assert ledger.application.position() == 1_001


def workers_of(parent: int) -> list[str]:
    """The processes that a parent left, where the system tells."""
    time.sleep(0.2)
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(parent):
            found.append(path.parent.name)
    return found
