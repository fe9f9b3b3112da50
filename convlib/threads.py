"""Two cores or more: blocks of work side by side, each with a BLAS that keeps to one thread.

NumPy lets go of Python's lock inside copies and matrix products, so plain threads are enough.
Blocks must be large: a thread that asks for the lock every few microseconds slows the others down.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from functools import cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from convlib.shapes import at_least

MIB = 1 << 20
WORKSPACE = 32 * MIB  # of all blocks together; what BLAS keeps for itself comes on top
WORTH_THREADS = 2e6  # multiply-adds
LARGEST_BLOCK = 2 * MIB  # smaller ones fit a cache better, but Python's share of the time grows

_state = {"count": 0, "running": 0}
_kept = threading.local()
_lock = threading.Lock()
_limit = ExitStack()


def thread_count() -> int:
    """How many threads a call may use: what `set_num_threads` said, else the processors at hand."""
    return _state["count"] or _processors()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # Linux: those that this process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def set_num_threads(count: int) -> None:
    """Use `count` threads from now on; TypeError or ValueError unless it is an int, 1 or more.

    Source: torch.set_num_threads.
    """
    if isinstance(count, bool) or not isinstance(count, int):
        raise TypeError(f"count must be an int, got {count!r}")
    at_least(1, count=count)
    _state["count"] = count


def block_bytes(times: int = 1) -> int:
    """How many bytes a block may take, `times` the usual: all threads together stay below WORKSPACE."""
    return min(times * LARGEST_BLOCK, WORKSPACE // thread_count())


def hands(work: float) -> int:
    """How many threads share `work` multiply-adds: for a few, threads are not worth their start."""
    return thread_count() if work >= WORTH_THREADS else 1


def fair(cells: int, total: int, work: float) -> int:
    """At most `cells` a block, and not more than each thread's share of `total`; at least one."""
    return max(1, min(cells, -(-total // hands(work))))


def run(task: Callable[..., None], blocks: Iterable[tuple[Any, ...]], work: float) -> None:
    """Call task(*block) for every block, side by side; the first exception comes out.

    `work` is the number of multiply-adds in all. The caller's `np.errstate` holds in all threads.
    BLAS keeps to one thread meanwhile: its own helpers wait for work with their eyes open, and cost a core.
    """
    if work < WORTH_THREADS:
        for block in blocks:
            task(*block)
        return
    waiting = iter(list(blocks))

    def work_off() -> None:
        try:
            for block in waiting:
                task(*block)
        finally:
            for _ in waiting:  # after an exception the others stop too
                pass

    with _one_blas_thread():
        helpers = _helpers(work_off)
        try:
            work_off()
        finally:
            late = [helper for helper in helpers if not helper.cancel()]
            wait(late)
        for helper in late:
            helper.result()


def _helpers(work_off: Callable[[], None]) -> list[Future[None]]:
    count = thread_count() - 1
    try:
        return [_pool(count).submit(copy_context().run, work_off) for _ in range(count)]
    except RuntimeError:  # the interpreter shuts down and starts no thread any more: the caller works alone
        return []


def scratch(name: str, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """An array with anything in it, good until this thread asks for the same name again.

    Each thread keeps one piece of memory a name, for the next block and the next call: fresh memory is slow,
    since the system hands it out page by page and zeroes each.

    >>> np.shares_memory(scratch("inputs", (2, 3), np.float32), scratch("inputs", (6,), np.float32))
    True
    """
    size = prod(shape) * np.dtype(dtype).itemsize
    piece = getattr(_kept, name, None)
    if piece is None or piece.size < size:
        piece = np.empty(size, np.uint8)
        setattr(_kept, name, piece)
    return np.ndarray(shape, dtype, piece)


@cache
def _pool(count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, "convlib")


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController  # 10 ms that `import convlib` need not pay

    return ThreadpoolController().select(user_api="blas")


@contextmanager
def _one_blas_thread() -> Iterator[None]:
    """The first call in sets BLAS to one thread, the last one out gives back what was there."""
    with _lock:
        if not _state["running"]:
            _limit.enter_context(_blas().limit(limits=1))
        _state["running"] += 1
    try:
        yield
    finally:
        with _lock:
            _state["running"] -= 1
            if not _state["running"]:
                _take_control()
                _limit.close()


def _take_control() -> None:
    """threadpoolctl listens to the thread that set a limit only; the last one out may be another."""
    for library in _blas().lib_controllers:
        if hasattr(library, "clear_controlling_thread"):
            library.clear_controlling_thread(force=True)


def _after_fork() -> None:
    """A child has none of its parent's threads, and perhaps a lock that nobody will open."""
    global _lock
    _lock = threading.Lock()
    _state["running"] = 0
    _limit.close()
    _pool.cache_clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
