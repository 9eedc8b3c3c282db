"""Views: both stores keep the same promises, and refuse a stale batch."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ledger.store.errors import RecordNotStorableError
from ledger.store.factory import open_store
from ledger.store.postgres_views import SCAN
from ledger.store.store import Store
from ledger.store.views import Changes, Positions, ViewStore, after_prefix
from tests.ledger.store.support import STORES, event, new_url
from tests.ledger.store.test_read_only import limit_pages
from tests.postgres import shared_cluster

SCHEMA = "roles:1"


@pytest.fixture(params=STORES)
def views(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ViewStore]:
    with open_store(new_url(request.param, tmp_path), create=True) as opened:
        yield opened.views


def put(
    views: ViewStore,
    changes: Changes,
    *,
    position: int = 1,
    expected: int = 0,
    schema: str = SCHEMA,
    positions: Positions | None = None,
) -> bool:
    return views.commit(
        expected=expected,
        position=position,
        schema=schema,
        changes=changes,
        positions=positions or {},
    )


def test_views_begin_empty_at_position_zero(views: ViewStore) -> None:
    assert (views.position(), views.schema()) == (0, "")
    assert views.get("tally", "a") is None
    assert views.get_many("tally", ["a", "b"]) == {}
    assert list(views.scan("tally")) == []


def test_what_is_committed_is_read_back(views: ViewStore) -> None:
    changes: Changes = {("tally", "a"): "1", ("tally", "b"): "2", ("roles", "a"): "opening"}
    assert put(views, changes, position=9, positions={("tally", "a"): 4})
    assert (views.position(), views.schema()) == (9, SCHEMA)
    assert views.get("roles", "a") == "opening"
    assert views.get_many("tally", ["b", "z", "a"]) == {"a": "1", "b": "2"}
    assert list(views.scan("tally")) == [("a", "1", 4), ("b", "2", 9)]


def test_none_takes_a_row_away(views: ViewStore) -> None:
    put(views, {("tally", "a"): "1", ("tally", "b"): "2"})
    gone: Changes = {("tally", "a"): None, ("tally", "never"): None}
    assert put(views, gone, expected=1, position=2)
    assert list(views.scan("tally")) == [("b", "2", 1)]


def test_a_stale_batch_writes_nothing(views: ViewStore) -> None:
    assert put(views, {("tally", "a"): "1"}, position=5)
    for expected in (0, 4, 6):
        assert not put(views, {("tally", "a"): "2"}, expected=expected, position=7)
    assert (views.position(), list(views.scan("tally"))) == (5, [("a", "1", 5)])


def test_a_batch_of_other_projections_writes_nothing(views: ViewStore) -> None:
    assert put(views, {("tally", "a"): "1"}, position=5)
    assert not put(views, {("tally", "a"): "2"}, expected=5, position=6, schema="roles:2")
    assert (views.position(), views.schema()) == (5, SCHEMA)
    views.reset()
    assert put(views, {("tally", "a"): "2"}, position=6, schema="roles:2")


def test_reset_throws_everything_away(views: ViewStore) -> None:
    put(views, {("tally", "a"): "1"})
    views.reset()
    assert (views.position(), views.schema(), list(views.scan("tally"))) == (0, "", [])


def test_scan_yields_keys_with_the_prefix_in_code_point_order(views: ViewStore) -> None:
    keys = ["a", "a%b", "a_b", "ab", "a\x00", "aé", "a\U0001f600", "a\uffff", "b", "", "A", "ä"]
    put(views, {("p", key): key for key in keys})
    assert [key for key, _, _ in views.scan("p")] == sorted(keys)
    for prefix in ("a", "a%", "a_", "a\x00", "a\U0001f600", "zz"):
        expected = [key for key in sorted(keys) if key.startswith(prefix)]
        assert [key for key, _, _ in views.scan("p", prefix)] == expected


def test_scan_and_get_many_span_many_pages(views: ViewStore) -> None:
    keys = [f"{number:05}" for number in range(2_500)]
    put(views, {("p", key): key for key in keys})
    assert [key for key, _, _ in views.scan("p")] == keys
    assert views.get_many("p", keys) == dict(zip(keys, keys, strict=True))


def test_scan_shows_one_moment_although_writers_go_on(views: ViewStore) -> None:
    put(views, {("p", f"{number:04}"): "old" for number in range(3_000)})
    rows = views.scan("p")
    seen = [next(rows)]
    assert put(views, {("p", "2999"): "new", ("p", "3000"): "new"}, expected=1, position=2)
    seen.extend(rows)
    assert (len(seen), {value for _, value, _ in seen}) == (3_000, {"old"})


@pytest.mark.parametrize("kind", STORES)
def test_a_scan_left_half_way_holds_nothing_back(kind: str, tmp_path: Path) -> None:
    with open_store(new_url(kind, tmp_path), create=True, lock_timeout_s=0.1) as store:
        put(store.views, {("p", "a"): "1", ("p", "b"): "2"})
        for _ in range(30):
            assert next(store.views.scan("p")) == ("a", "1", 1)
        store.recorder.insert_events([event()])


def test_of_two_that_advance_at_once_one_wins(views: ViewStore) -> None:
    both_ready = Barrier(2)
    outcomes: list[bool] = []

    def advance(name: str) -> None:
        both_ready.wait(10)
        outcomes.append(put(views, {("p", "winner"): name}, position=1))

    threads = [Thread(target=advance, args=(name,)) for name in ("ada", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(outcomes) == [False, True]


def test_a_batch_that_fails_moves_nothing(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "ledger.db"), create=True) as store:
        put(store.views, {("p", "a"): "1"})
        limit_pages(store, 12)
        changes: Changes = {("p", f"{number}"): "x" * 4000 for number in range(50)}
        with pytest.raises(Exception, match="disk is full"):
            put(store.views, changes, expected=1, position=2)
        assert (store.views.position(), list(store.views.scan("p"))) == (1, [("a", "1", 1)])


def test_reset_mends_lost_tables(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "ledger.db"), create=True) as store:
        store.recorder.insert_events([event()])
        with store.recorder.datastore.transaction(commit=True) as cursor:  # type: ignore[attr-defined]
            cursor.execute("DROP TABLE views_position")
        store.views.reset()
        assert store.views.position() == 0
        assert store.recorder.max_notification_id() == 1


PROJECTIONS = st.sampled_from(["p", "q"])
KEYS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("ab\x00\uffff\U0001f600"), max_size=3
)
CHANGES = st.dictionaries(
    st.tuples(PROJECTIONS, KEYS), st.none() | st.text("xyz", max_size=2), max_size=6
)


class TwoViewStores(RuleBasedStateMachine):
    """Whatever batches come, fresh or stale, the views in a file and in memory stay equal."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.url = self.new_url()
        self.stored = open_store(self.url, create=True)
        self.memory = open_store("memory:")

    def new_url(self) -> str:
        return f"{self.folder.name}/ledger.db"

    @property
    def both(self) -> tuple[Store, Store]:
        return self.stored, self.memory

    @rule(
        changes=CHANGES,
        offset=st.sampled_from([0, 0, 0, 1, -1]),
        step=st.integers(0, 3),
        schema=st.sampled_from(["s", "s", "s", "t"]),
        data=st.data(),
    )
    def commit(
        self, changes: Changes, offset: int, step: int, schema: str, data: st.DataObject
    ) -> None:
        own = (
            data.draw(st.dictionaries(st.sampled_from(sorted(changes)), st.integers(1, 9)))
            if (changes)
            else {}
        )
        expected = self.memory.views.position() + offset
        done = {
            put(
                store.views,
                changes,
                expected=expected,
                position=expected + step,
                schema=schema,
                positions=own,
            )
            for store in self.both
        }
        assert len(done) == 1
        if offset:
            assert done == {False}

    @rule()
    def reset(self) -> None:
        for store in self.both:
            store.views.reset()

    @rule()
    def reopen(self) -> None:
        self.stored.close()
        self.stored = open_store(self.url)

    @rule(projection=PROJECTIONS, keys=st.lists(KEYS), prefix=KEYS)
    def read(self, projection: str, keys: list[str], prefix: str) -> None:
        one, other = (store.views for store in self.both)
        assert one.get_many(projection, keys) == other.get_many(projection, keys)
        assert list(one.scan(projection, prefix)) == list(other.scan(projection, prefix))
        for key in keys:
            assert one.get(projection, key) == other.get(projection, key)

    @invariant()
    def agree(self) -> None:
        one, other = (
            (
                views.position(),
                views.schema(),
                [list(views.scan(name)) for name in ("p", "q")],
            )
            for views in (store.views for store in self.both)
        )
        assert one == other

    def teardown(self) -> None:
        for store in self.both:
            store.close()
        self.folder.cleanup()


class WithDatabase(TwoViewStores):
    """The same of a database and memory."""

    def new_url(self) -> str:
        return shared_cluster().url()


TestTwoViewStores = TwoViewStores.TestCase
TestWithDatabase = pytest.mark.postgres(WithDatabase.TestCase)

LOSSES = {
    "rows that should go": (
        "DELETE",
        "DELETE FROM {s}.views WHERE %s::text[] IS NULL AND %s::bytea[] IS NULL",
        test_none_takes_a_row_away,
    ),
    "the end of a prefix": (
        "AFTER_ANY",
        b"\x7f",
        test_scan_yields_keys_with_the_prefix_in_code_point_order,
    ),
    "the order of keys": (
        "SCAN",
        SCAN.replace("ORDER BY key", "ORDER BY key DESC"),
        test_scan_yields_keys_with_the_prefix_in_code_point_order,
    ),
    "where views stand": (
        "ADVANCE",
        "UPDATE {s}.views_position SET position = %s, schema = %s WHERE %s > -9 OR %s > ''",
        test_a_stale_batch_writes_nothing,
    ),
}


@pytest.mark.postgres
@pytest.mark.parametrize(("name", "broken", "claim"), LOSSES.values(), ids=LOSSES.keys())
def test_views_that_lose_something_are_found(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    broken: object,
    claim: Callable[[ViewStore], None],
) -> None:
    monkeypatch.setattr(f"ledger.store.postgres_views.{name}", broken)
    url = new_url("postgres", tmp_path)
    with open_store(url, create=True) as store, pytest.raises(AssertionError):
        claim(store.views)


@given(st.lists(KEYS, unique=True, max_size=8))
def test_both_stores_sort_alike(keys: list[str]) -> None:
    with open_store("memory:") as memory:
        put(memory.views, {("p", key): key for key in keys})
        assert [key for key, _, _ in memory.views.scan("p")] == sorted(keys)


def test_a_snapshot_reads_many_rows_as_of_one_moment(views: ViewStore) -> None:
    put(views, {("p", "a"): "1", ("p", "b"): "2", ("q", "a"): "3"})
    with views.snapshot() as rows:
        assert (rows.get("p", "a"), rows.get("p", "z"), rows.get("q", "a")) == ("1", None, "3")
        assert rows.get_many("p", ["b", "z"]) == {"b": "2"}
        scans = rows.scan("p"), rows.scan("p", "b")
        assert [next(scan) for scan in scans] == [("a", "1", 1), ("b", "2", 1)]


def test_a_snapshot_of_a_file_does_not_see_what_is_written_meanwhile(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "ledger.db"), create=True) as store:
        put(store.views, {("p", "a"): "1"})
        with store.views.snapshot() as rows:
            assert rows.get("p", "a") == "1"
            assert put(store.views, {("p", "a"): "2"}, expected=1, position=2)
            assert rows.get("p", "a") == "1"
        assert store.views.get("p", "a") == "2"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=3), st.data())
def test_what_begins_with_a_prefix_comes_before_what_follows_it(
    prefix: str, data: st.DataObject
) -> None:
    text = data.draw(
        st.text(alphabet=st.characters(codec="utf-8"), max_size=3)
        | st.text(alphabet=st.characters(codec="utf-8"), max_size=2).map(lambda end: prefix + end)
    )
    end = after_prefix(prefix)
    is_inside = prefix <= text and (end is None or text < end)
    assert is_inside == text.startswith(prefix)


def test_the_last_code_point_and_the_surrogates_have_followers() -> None:
    assert after_prefix("a\U0010ffff") == "b"
    assert after_prefix("\U0010ffff") is None
    assert after_prefix("\ud7ff") == "\ue000"
    assert after_prefix("") is None


@pytest.mark.postgres
def test_a_key_too_long_for_a_database_is_named_and_moves_nothing(tmp_path: Path) -> None:
    with open_store(new_url("postgres", tmp_path), create=True) as store:
        put(store.views, {("p", "a"): "1"})
        key = "".join(chr(0x4E00 + number) for number in range(4_000))
        with pytest.raises(RecordNotStorableError, match="index row"):
            put(store.views, {("p", "b"): "2", ("p", key): "3"}, expected=1, position=2)
        assert (store.views.position(), list(store.views.scan("p"))) == (1, [("a", "1", 1)])
