"""One host has one pace in a process, whoever asks it."""

import threading
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from crawlers.fetch import Fetcher, Policy
from crawlers.pace import Pace
from tests.crawlers.raw import Raw, http


class Clock:
    """Seconds that pass only by waiting."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


def test_a_host_that_two_groups_ask_is_asked_no_faster() -> None:
    clock = Clock()
    pace = Pace(clock)
    asked: list[float] = []

    def say(path: str) -> bytes:
        asked.append(clock())
        return http(404) if path == "/robots.txt" else http(200, b"ok")

    raw = Raw(say)
    policy = Policy(rate=1, timeout=1, backoff=0.0, local=frozenset({raw.netloc}))
    group, other = (Fetcher(policy, clock=lambda: datetime(2026, 3, 31, tzinfo=UTC), wait=clock.wait, pace=pace) for _ in range(2))
    for number in range(3):
        assert group.get(f"http://{raw.netloc}/a{number}").ok
        assert other.get(f"http://{raw.netloc}/b{number}").ok
    raw.close()
    assert len(asked) == 8
    assert [later - earlier for earlier, later in pairwise(asked)] == pytest.approx([1.0] * 7)


def test_the_slower_of_two_askers_sets_the_pace_and_other_hosts_do_not_wait() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.turn("http://a.example/1", 1)[1] == 0
    assert pace.turn("https://A.example/2", 5)[1] == 5
    clock.wait(5)
    assert pace.turn("http://a.example:8080/3", 1)[1] == 5
    assert pace.turn("http://b.example/", 5)[1] == 0
    assert pace.turn("http://127.0.0.1:81/", 5)[1] == pace.turn("http://127.0.0.1:82/", 5)[1] == 0


def test_a_turn_that_is_past_is_no_wait() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.turn("http://a.example/", 1)
    clock.wait(60)
    assert pace.turn("http://a.example/", 1) == (1060.0, 0.0)
    assert pace.turn("http://a.example/", 1, earliest=1090.0) == (1090.0, 30.0)


def test_threads_get_turns_of_their_own() -> None:
    pace = Pace(Clock())
    found: list[float] = []
    threads = [threading.Thread(target=lambda: found.extend(pace.turn("http://a.example/", 1)[1] for _ in range(50))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == [float(number) for number in range(400)]


def test_hosts_that_are_long_past_are_forgotten() -> None:
    clock = Clock()
    pace = Pace(clock)
    for number in range(10_000):
        pace.turn(f"http://h{number}.example/", 1)
        clock.wait(1)
    assert len(pace._turns) < 5000
