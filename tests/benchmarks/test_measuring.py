"""Each job has a process of its own: its time, its memory and its failure are its own."""

from __future__ import annotations

import pytest

from benchmarks.measuring import JobFailedError, Measured, Watch, measure, medians

HERE = "tests.benchmarks.jobs"


def test_a_job_tells_its_own_time_and_what_it_found() -> None:
    done = measure(HERE, "told", seconds=1.5)
    assert (done.seconds, done.found["seconds"]) == (1.5, 1.5)
    assert done.is_there


def test_the_peak_is_that_of_the_job() -> None:
    small, large = measure(HERE, "holds", mb=1), measure(HERE, "holds", mb=120)
    assert 90 < large.peak_mb - small.peak_mb < 150


def test_the_memory_of_workers_is_counted_too() -> None:
    assert measure(HERE, "worked", mb=100).peak_mb > 90


def test_a_job_that_fails_is_no_measurement() -> None:
    with pytest.raises(JobFailedError):
        measure(HERE, "no_such_job")


def test_the_middle_of_several_rounds_counts() -> None:
    found = medians(3, (HERE, "told", {"seconds": 1.0}), (HERE, "told", {"seconds": 2.0}))
    assert [done.seconds for done in found] == [1.0, 2.0]


def test_what_does_not_exist_yet_is_not_there() -> None:
    assert not Measured(0.0, 0.0, {"missing": "a store"}).is_there


def test_a_watch_adds_up_only_what_it_is_shown() -> None:
    watch = Watch()
    assert watch.seconds == 0
    with watch.running():
        sum(range(1_000))
    once = watch.seconds
    with watch.running():
        sum(range(1_000))
    assert 0 < once < watch.seconds
