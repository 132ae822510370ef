import os
import signal
import threading
import time
from pathlib import Path

import pytest

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.turns import turn


def waiting(folder):
    """How many wait for the lock on this folder, as the kernel lists them."""
    inode = f":{folder.stat().st_ino} "
    return sum("->" in line and inode in line for line in Path("/proc/locks").read_text().splitlines())


def order_of_six(memory):
    came, threads = [], []

    def write(number):
        with turn(memory / "care.db", wait_s=30):
            came.append(number)

    with turn(memory / "care.db", wait_s=30):
        for number in range(6):
            threads.append(threading.Thread(target=write, args=(number,)))
            threads[-1].start()
            until = time.monotonic() + 10
            while waiting(memory) <= number and time.monotonic() < until:
                time.sleep(0.002)
    for thread in threads:
        thread.join()
    return came


def test_writers_come_in_the_order_they_asked(memory):
    # The kernel wakes them in order, but whom a busy machine runs first may overtake: any order would pass once in 55.
    tries = (order_of_six(memory) for _ in range(5))
    assert any(all(abs(place - number) <= 1 for place, number in enumerate(came)) for came in tries)


def test_one_who_waited_too_long_is_told_and_keeps_nobody_else(memory):
    refused = pytest.raises(DatabaseUnavailable, match="another writer")
    with turn(memory / "care.db", wait_s=1), refused, turn(memory / "care.db", wait_s=0.05):
        raise AssertionError("two held the turn at once")
    with turn(memory / "care.db", wait_s=5):
        pass


def test_a_killed_holder_passes_its_turn_on(memory):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with turn(memory / "care.db", wait_s=5):
            os.write(writing, b"held")
            time.sleep(60)
    assert os.read(reading, 4) == b"held"
    with pytest.raises(DatabaseUnavailable), turn(memory / "care.db", wait_s=0.05):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    passed_on = False
    with turn(memory / "care.db", wait_s=5):
        passed_on = True
    assert passed_on


def test_the_turn_is_free_after_an_error(memory):
    with pytest.raises(ZeroDivisionError), turn(memory / "care.db", wait_s=5):
        raise ZeroDivisionError
    with turn(memory / "care.db", wait_s=5):
        pass


def test_no_descriptor_is_left_open(memory):
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(50):
        with turn(memory / "care.db", wait_s=5):
            pass
    assert len(os.listdir("/proc/self/fd")) <= before
