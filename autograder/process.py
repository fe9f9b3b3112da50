"""The trusted side of one worker: start it, ask it, give it so long, end it and all that it started."""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from autograder import wire
from autograder.limits import Limits

WORKER = Path(__file__).with_name("worker.py")
START_SECONDS = 30.0
PIECE = 1 << 16
CPU_SECONDS_TO_SPARE = 5


class WorkerDied(Exception):
    """The worker ended, or said something that is not an answer."""


class WorkerUnavailable(RuntimeError):
    """No worker can be started on this machine: the instructor's problem, never the student's."""


class NoAnswer(TimeoutError):
    """The worker gave no answer in time."""


class Worker:
    """One process that holds one student's code."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.number, self.spent = limits, 0, 0.0
        self.folder = tempfile.mkdtemp(prefix="submission-")
        self.process = subprocess.Popen(
            _command(limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env=_environment(self.folder),
            start_new_session=True,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.requests, self.answers = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.requests, False)
        os.set_blocking(self.answers, False)
        self.refused = self._first_words()

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self.process.returncode is None

    def ask(self, order: str, *arguments: Any, seconds: float) -> tuple[str, Any, str]:
        """Send a request; return ("ok" or "raised", the value or what was raised, what was printed).

        Raises NoAnswer or WorkerDied; the worker is gone then.
        """
        self.number += 1
        end = time.monotonic() + seconds
        self._send(wire.pack(self.number, (order, *arguments)), end, seconds)
        return self._receive(end, seconds)

    def close(self) -> None:
        """End the worker and every process of its group, and throw its folder away."""
        if self.alive:
            _kill_group(self.process.pid)
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe and not pipe.closed:
                pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _first_words(self) -> list[str]:
        """Return the names of the limits that this system refused to set."""
        try:
            return list(self._receive(time.monotonic() + START_SECONDS, START_SECONDS)[1])
        except (NoAnswer, WorkerDied) as error:
            raise WorkerUnavailable(f"no worker could be started to run student code: {error}") from error

    def _send(self, data: bytes, end: float, seconds: float) -> None:
        view = memoryview(data)
        while view:
            self._wait(self.requests, select.POLLOUT, end, seconds)
            try:
                view = view[os.write(self.requests, view[:PIECE]) :]
            except BrokenPipeError:
                self._lost()

    def _receive(self, end: float, seconds: float) -> tuple[str, Any, str]:
        header = self._take(wire.HEADER.size, end, seconds)
        length, number = wire.HEADER.unpack(header)
        if number != self.number or length > self.limits.answer:
            self._lost("what it wrote is not an answer")
        try:
            *answer, self.spent = _checked(wire.decode(self._take(length, end, seconds)))
            return answer[0], answer[1], answer[2]
        except wire.WireError:
            self._lost("what it wrote is not an answer")
            raise

    def _take(self, count: int, end: float, seconds: float) -> bytes:
        data = bytearray()
        while len(data) < count:
            self._wait(self.answers, select.POLLIN, end, seconds)
            piece = os.read(self.answers, min(count - len(data), PIECE * 16))
            if not piece:
                self._lost()
            data += piece
        return bytes(data)

    def _wait(self, pipe: int, event: int, end: float, seconds: float) -> None:
        poll = select.poll()
        poll.register(pipe, event)
        if not poll.poll(max(0.0, end - time.monotonic()) * 1000):
            self.close()
            raise NoAnswer(f"no answer within {seconds:g} s")

    def _lost(self, why: str = "") -> None:
        if not why:
            why = _how_it_ended(self._status())
        self.close()
        raise WorkerDied(f"it ended the program that ran it: {why}")

    def _status(self) -> int | None:
        try:
            return self.process.wait(0.5)
        except subprocess.TimeoutExpired:
            return None


def _command(limits: Limits) -> list[str]:
    numpy_folder = Path(np.__file__).resolve().parents[1]
    cpu = int(limits.submission_seconds) + CPU_SECONDS_TO_SPARE
    numbers = [cpu, limits.memory, limits.file_size, limits.printed, limits.answer]
    kind = "torch" if limits.torch else "numpy"
    return [sys.executable, "-I", "-S", str(WORKER), str(numpy_folder), kind, *map(str, numbers)]


def _environment(folder: str) -> dict[str, str]:
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {"HOME": folder, "TMPDIR": folder, "PATH": os.defpath, "LANG": "C.UTF-8", **threads}


def _checked(answer: Any) -> tuple[str, Any, str, float]:
    match answer:
        case ("ok", value, str(printed), float(spent)):
            return "ok", value, printed, spent
        case ("raised", (str(), str(), str()) as told, str(printed), float(spent)):
            return "raised", told, printed, spent
    raise wire.WireError("the answer has not the form of one")


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _how_it_ended(status: int | None) -> str:
    if status is None:
        return "the connection was closed"
    if status >= 0:
        return f"exit status {status}"
    if -status == signal.SIGXCPU:
        return "no processor time was left"
    return f"signal {-status} ({signal.strsignal(-status)})"
