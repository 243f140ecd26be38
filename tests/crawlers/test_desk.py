"""One thread of a process reads at a time; the one with the fewest turns goes on first, and of these the one that was seated first."""

import threading
import time
from collections.abc import Callable

import pytest

from crawlers.desk import Desk


def _thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_only_one_reads_while_others_wait_for_answers() -> None:
    desk, reading, most = Desk(), [0], [0]
    lock = threading.Lock()

    def crawl() -> None:
        with desk.seated():
            for _ in range(50):
                with lock:
                    reading[0] += 1
                    most[0] = max(most[0], reading[0])
                with lock:
                    reading[0] -= 1
                with desk.away():
                    pass

    threads = [_thread(crawl) for _ in range(8)]
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)
    assert most == [1]


def test_one_that_waits_for_an_answer_holds_up_nobody() -> None:
    desk, answered, done = Desk(), threading.Event(), threading.Event()

    def waiting() -> None:
        with desk.seated(), desk.away():
            answered.wait(20)

    def reading() -> None:
        with desk.seated():
            done.set()

    first = _thread(waiting)
    second = _thread(reading)
    assert done.wait(20), "the desk was not given up"
    answered.set()
    first.join(20)
    second.join(20)


def test_the_site_that_began_first_goes_on_first() -> None:
    desk, order = Desk(), []
    gates = [threading.Event() for _ in range(3)]
    seated = [threading.Event() for _ in range(3)]

    def crawl(number: int) -> None:
        with desk.seated():
            with desk.away():
                seated[number].set()
                gates[number].wait(20)
            order.append(number)

    threads = []
    for number in range(3):
        threads.append(_thread(lambda number=number: crawl(number)))  # type: ignore[misc]
        assert seated[number].wait(20)
    with desk.seated():  # the desk is taken while all three answers come, the last one's first
        for gate in reversed(gates):
            gate.set()
        while len(desk._waiting) < 3:
            threading.Event().wait(0.001)
    for thread in threads:
        thread.join(20)
    assert order == [0, 1, 2]


def test_a_site_that_fails_gives_the_desk_back() -> None:
    desk = Desk()
    with pytest.raises(ZeroDivisionError), desk.seated(), desk.away():
        raise ZeroDivisionError
    with desk.seated():
        pass


def test_nothing_is_given_up_that_was_not_had() -> None:
    desk = Desk()
    with desk.away(), desk.seated(), desk.away(), desk.away():
        pass
    with desk.seated():
        pass


def test_the_site_with_the_fewest_turns_goes_on_first() -> None:
    desk, order = Desk(), []
    turns = {"first": 3, "second": 1, "third": 2}
    back = {name: threading.Event() for name in turns}
    away = {name: threading.Event() for name in turns}

    def crawl(name: str) -> None:
        with desk.seated():
            for _ in range(turns[name] - 1):
                with desk.away(turn=True):
                    pass
            with desk.away(turn=True):
                away[name].set()
                back[name].wait(20)
            order.append(name)

    threads = []
    for name in turns:
        threads.append(_thread(lambda name=name: crawl(name)))  # type: ignore[misc]
        assert away[name].wait(20)
    with desk.seated():
        for event in back.values():
            event.set()
        deadline = time.monotonic() + 20
        while len(desk._waiting) < len(turns):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    for thread in threads:
        thread.join(20)
    assert order == ["second", "third", "first"]
