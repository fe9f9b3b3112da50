"""Threads change the time, never the numbers: one, two, several callers at once, a child after a fork."""

import multiprocessing
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import convlib
from convlib import threads

random = np.random.default_rng(0)
x, w = random.standard_normal((2, 32, 40, 41)), random.standard_normal((40, 32, 3, 3))

CALLS = {
    "conv2d": lambda: convlib.conv2d(x, w, padding=1),
    "one image": lambda: convlib.conv2d(x[0], w, stride=2),
    "depthwise": lambda: convlib.conv2d(x, w[:32, :1], groups=32),
    "conv1d": lambda: convlib.conv1d(x[:, :, 0], w[:, :, 0]),
    "conv_transpose2d": lambda: convlib.conv_transpose2d(x, w[:32], stride=2),
    "avg_pool2d": lambda: convlib.avg_pool2d(x, 3, 2, 1),
}


@pytest.fixture(autouse=True)
def the_count_as_it_was():
    before = threads._state["count"]
    yield
    threads._state["count"] = before


@pytest.mark.parametrize("name", CALLS)
def test_two_threads_give_what_one_gives(name, monkeypatch):
    monkeypatch.setattr(threads, "WORTH_THREADS", 0)
    answers = []
    for count in (1, 2, 3):
        threads.set_num_threads(count)
        answers.append(CALLS[name]())
    for answer in answers[1:]:
        np.testing.assert_allclose(answer, answers[0], rtol=1e-12, atol=1e-12)


def check_at_once(call, expected) -> None:
    """Four callers at once, each several times."""
    with ThreadPoolExecutor(4) as callers:
        found = list(callers.map(lambda _: call(), range(12)))
    for answer in found:
        np.testing.assert_allclose(answer, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("count", [1, 2])
def test_several_callers_at_once_do_not_meet(name, count, monkeypatch):
    monkeypatch.setattr(threads, "WORTH_THREADS", 0)
    expected = CALLS[name]()
    threads.set_num_threads(count)
    check_at_once(CALLS[name], expected)


def test_shared_scratch_memory_would_be_caught(monkeypatch):
    class Shared:
        pass

    monkeypatch.setattr(threads, "_kept", Shared())
    expected = CALLS["conv2d"]()
    with pytest.raises((AssertionError, ValueError)):  # noqa: PT012
        for _ in range(20):  # a race is not lost every time
            check_at_once(CALLS["conv2d"], expected)


def test_an_error_in_a_thread_comes_out():
    threads.set_num_threads(2)
    with pytest.raises(ZeroDivisionError):
        threads.run(lambda n: 1 // n, [(1,), (0,)], work=1e9)
    assert not threads._state["running"]


def test_after_an_error_no_block_is_begun():
    threads.set_num_threads(2)
    begun = []

    def task(n: int) -> None:
        begun.append(n)
        if n == 0:
            raise ZeroDivisionError
        time.sleep(0.01)

    with pytest.raises(ZeroDivisionError):
        threads.run(task, [(n,) for n in range(100)], work=1e9)
    assert len(begun) < 10


def test_every_block_is_done_once_whatever_the_count():
    for count in (1, 2, 5):
        threads.set_num_threads(count)
        done = []
        threads.run(done.append, [(n,) for n in range(50)], work=1e9)
        assert sorted(done) == list(range(50))


@pytest.mark.parametrize("count", [1, 2])
def test_blas_keeps_to_one_thread_while_blocks_run(count):
    threads.set_num_threads(count)
    seen = []
    threads.run(lambda: seen.append([a["num_threads"] for a in threads._blas().info()]), [()] * 4, work=1e9)
    assert len(seen) == 4
    assert {n for numbers in seen for n in numbers} == {1}


def test_blas_gets_its_threads_back():
    blas = threads._blas()
    before = [library["num_threads"] for library in blas.info()]
    threads.set_num_threads(2)
    CALLS["conv2d"]()
    assert [library["num_threads"] for library in blas.info()] == before


def check_overlapping_callers() -> None:
    """The caller that comes first leaves first, and lives on; the other one leaves last."""
    blas = threads._blas()
    before = [library["num_threads"] for library in blas.info()]
    came, second_is_in, left, over = (threading.Event() for _ in range(4))

    def first() -> None:
        with threads._one_blas_thread():
            came.set()
            second_is_in.wait(10)
        left.set()
        over.wait(10)

    caller = threading.Thread(target=first)
    caller.start()
    came.wait(10)
    with threads._one_blas_thread():
        second_is_in.set()
        left.wait(10)
        assert {library["num_threads"] for library in blas.info()} == {1}
    after = [library["num_threads"] for library in blas.info()]
    over.set()
    caller.join()
    assert after == before


def test_blas_gets_its_threads_back_from_the_last_of_several_callers():
    check_overlapping_callers()


def test_a_limit_that_only_its_setter_can_lift_would_be_seen(monkeypatch):
    before = max(library["num_threads"] for library in threads._blas().info())
    if before == 1:
        pytest.skip("BLAS has one thread here, so nothing can be lost")
    monkeypatch.setattr(threads, "_take_control", lambda: None)
    try:
        with pytest.raises(AssertionError):
            check_overlapping_callers()
    finally:
        monkeypatch.undo()
        threads._take_control()
        threads._blas().limit(limits=before)


SHUTDOWN = """
import atexit, numpy as np, convlib
from convlib.threads import set_num_threads
set_num_threads(2)
x, w = np.ones((2, 32, 60, 61)), np.ones((32, 32, 3, 3))
atexit.register(lambda: print(convlib.conv2d(x, w).sum()))
"""


def test_works_while_the_interpreter_shuts_down():
    done = subprocess.run([sys.executable, "-c", SHUTDOWN], capture_output=True, text=True, check=True)
    assert float(done.stdout) == 2 * 32 * 58 * 59 * 32 * 9
    assert not done.stderr


@pytest.mark.parametrize("count", [1, 2])
def test_infinities_are_as_quiet_as_in_torch(count):
    threads.set_num_threads(count)
    large = x.copy()
    large[0, 0, 5, 6] = np.inf
    for weight in (w, np.zeros_like(w), w[:4]):
        convlib.conv2d(large, weight, padding=1)
        convlib.conv_transpose2d(large, w[:32], stride=2)
    convlib.conv_weight_grad(large, w.shape, np.ones((2, 40, 38, 39)))


def test_the_callers_errstate_holds_in_all_threads():
    threads.set_num_threads(2)
    seen = []

    def task() -> None:
        seen.append((threading.get_ident(), np.geterr()["over"]))
        time.sleep(0.01)

    with np.errstate(over="raise"):
        threads.run(task, [()] * 20, work=1e9)
    assert len({thread for thread, _ in seen}) == 2
    assert {said for _, said in seen} == {"raise"}


def _in_the_child(expected: np.ndarray) -> None:
    np.testing.assert_allclose(CALLS["conv2d"](), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork on this system")
def test_a_child_works_after_a_fork():
    threads.set_num_threads(2)
    expected = CALLS["conv2d"]()
    child = multiprocessing.get_context("fork").Process(target=_in_the_child, args=(expected,))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # from 3.12 on: fork with threads about
        child.start()
    child.join(20)
    if child.is_alive():
        child.kill()
    assert child.exitcode == 0


@pytest.mark.parametrize("count", [2.0, True, None, "2"])
def test_refuses_what_is_no_count(count):
    with pytest.raises(TypeError, match="count must be an int"):
        threads.set_num_threads(count)


@pytest.mark.parametrize("count", [0, -1])
def test_refuses_no_threads(count):
    with pytest.raises(ValueError, match=f"count must be at least 1, got {count}"):
        threads.set_num_threads(count)
