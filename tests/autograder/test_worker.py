"""Whatever a student's code does, the session answers within its budget and leaves nothing behind."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.limits import Limits
from autograder.process import NoAnswer, Worker, WorkerDied, WorkerUnavailable
from autograder.session import Session
from convcheck.faults import RaisedElsewhereError

SPRAY = """import os
for n in range(64):
    try:
        os.write(n, b"?" * 400)
    except OSError:
        pass"""
SURROUNDINGS = """import os, sys
return os.listdir("."), "GRADER_SECRET" in os.environ, sys.flags.isolated, sys.stdin.read()"""
LIMITS = """import resource as r
return [r.getrlimit(kind)[1] for kind in (r.RLIMIT_AS, r.RLIMIT_FSIZE, r.RLIMIT_CORE)]"""
TALK = """import os, sys
print("out")
print("err", file=sys.stderr)
os.write(1, b"x")
return 5"""
QUICK = Limits(call_seconds=1.0, cell_seconds=4.0, submission_seconds=20.0)


@pytest.fixture
def session():
    with Session(QUICK) as session:
        yield session


def define(session: Session, body: str, label: str = "answer") -> None:
    session.run(label, "def f(*a):\n" + "\n".join(f"    {line}" for line in body.split("\n")))


def test_a_call_brings_back_what_the_function_returns(session):
    define(session, "return a[0] + 1, [None, 2.5], 'x'")
    first, *rest = session.call("f", np.arange(3.0))
    assert first.tolist() == [1, 2, 3]
    assert rest == [[None, 2.5], "x"]


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("return [][5]", "IndexError", "list index out of range"),
        ("raise NotImplementedError", "NotImplementedError", ""),
        ("import sys\nsys.exit('enough')", "SystemExit", "enough"),
        ("return f()", "RecursionError", "recursion"),
        ("return np.zeros(1 << 34)", "MemoryError", "Unable to allocate"),
        ("return np.ones(3 << 20)", "ValueError", "larger than 16 MiB"),
        ("import os\nos._exit(3)", "EndOfProgram", "exit status 3"),
        ("import os\nos.kill(os.getpid(), 11)", "EndOfProgram", "Segmentation fault"),
        (SPRAY, "EndOfProgram", "is not an answer"),
        ("import torch", "ModuleNotFoundError", "No module named 'torch'"),
        ("import scipy", "ModuleNotFoundError", "No module named 'scipy'"),
        ("import convlib", "ModuleNotFoundError", "No module named 'convlib'"),
        ("from convcheck import judge", "ImportError", "judge"),
        ("import autograder", "ModuleNotFoundError", "No module named 'autograder'"),
        ("raise type('Odd', (Exception,), {'__str__': lambda e: 1 / 0})", "Odd", "cannot be shown"),
    ],
)  # fmt: skip
def test_what_goes_wrong_there_is_told_here_and_the_next_call_works(body, kind, text, session):
    define(session, body)
    session.run("other", "def g(): return 7")
    with pytest.raises(RaisedElsewhereError) as error:
        session.call("f")
    assert error.value.kind == kind
    assert text in str(error.value)
    assert session.call("g") == 7


def test_the_line_of_the_student_comes_along(session):
    define(session, "x = 1\nreturn np.zeros(3)[x + 4]")
    with pytest.raises(RaisedElsewhereError) as error:
        session.call("f")
    assert error.value.line == "return np.zeros(3)[x + 4]"


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import time\ntime.sleep(60)",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass",
    ],
)
def test_a_loop_is_a_time_out_within_its_budget(body, session):
    define(session, body)
    begin = time.monotonic()
    with pytest.raises(TimeoutError, match="no answer within 1 s"):
        session.call("f")
    assert time.monotonic() - begin < 5


def test_a_function_that_ends_its_program_is_called_twice_and_no_more(session):
    define(session, "import os\nos._exit(0)")
    told = []
    for _ in range(3):
        with pytest.raises(RaisedElsewhereError) as error:
            session.call("f")
        told.append(str(error.value))
    assert "exit status 0" in told[1]
    assert told[2].startswith("not called")
    assert session.starts == 2


def test_memory_ends_where_the_limit_is():
    with Session(Limits(call_seconds=8)) as session:
        define(session, "hoard = []\nwhile True: hoard.append(bytearray(1 << 26))")
        with pytest.raises(RaisedElsewhereError) as error:
            session.call("f")
    assert error.value.kind == "MemoryError"


def test_the_budget_of_the_submission_ends_everything():
    with Session(Limits(call_seconds=1, cell_seconds=1, submission_seconds=1.5)) as session:
        report = session.run("first", "while True: pass")
        assert "no answer within 1 s" in report.errors[0]
        time.sleep(0.6)
        with pytest.raises(TimeoutError, match=r"the 1\.5 s for the notebook were used up"):
            session.call("f")


def test_printing_without_end_is_cut_and_counted(session):
    report = session.run("noise", "for n in range(100_000): print('noise', n)")
    assert len(report.printed) < QUICK.printed + 100
    assert report.printed.startswith("noise 0\nnoise 1\n")
    assert "more characters were printed" in report.printed


def test_what_a_function_prints_is_kept_apart_from_its_answer(session):
    define(session, TALK)
    assert session.call("f") == 5
    assert session.printed == "out\nerr\n"


def test_an_input_changed_in_place_is_the_student_s_own_copy(session):
    define(session, "a[0][:] = 0\nreturn a[0].sum()")
    ours = np.arange(4.0)
    assert session.call("f", ours) == session.call("f", ours) == 0
    assert ours.tolist() == [0, 1, 2, 3]


def test_a_cell_that_fails_is_told_and_what_follows_still_runs(session):
    report = session.run("cell", "import matplotlib\nx = 1 / 0\ndef f(): return 4")
    assert [error.split(":")[0] for error in report.errors] == ["ModuleNotFoundError", "ZeroDivisionError"]
    assert session.call("f") == 4


def test_magics_are_left_out_and_told(session):
    report = session.run("cell", "%matplotlib inline\nfiles = !ls\ndef f():\n    return 13 % 5")
    assert report.skipped == ["%matplotlib inline", "files = !ls"]
    assert session.call("f") == 3


def test_a_cell_that_never_ends_costs_only_itself(session):
    session.run("good", "def f(): return 1")
    assert "This cell was stopped" in session.run("loop", "while True: pass").errors[0]
    session.run("after", "def g(): return f() + 1")
    assert session.call("g") == 2


def test_nothing_is_left_of_a_worker_and_its_children():
    worker = Worker(QUICK)
    spawn = "import os\npid = os.fork() or os.execvp('sleep', ['sleep', '60'])\nprint(pid)"
    assert worker.ask("run", "cell", spawn, seconds=5)[0] == "ok"
    folder, group = Path(worker.folder), worker.process.pid
    os.killpg(group, 0)
    worker.close()
    deadline = time.monotonic() + 5
    while _group_lives(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _group_lives(group)
    assert not folder.exists()


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_worker_starts_in_an_empty_folder_with_a_clean_environment(session, monkeypatch):
    monkeypatch.setenv("GRADER_SECRET", "17")
    define(session, SURROUNDINGS)
    assert session.call("f") == ([], False, 1, "")


def test_the_limits_are_set_inside(session):
    define(session, LIMITS)
    assert session.call("f") == [QUICK.memory, QUICK.file_size, 0]


def test_a_worker_is_gone_after_a_time_out_and_says_so_itself():
    worker = Worker(QUICK)
    worker.ask("run", "cell", "def f():\n    while True: pass", seconds=5)
    with pytest.raises(NoAnswer, match=r"no answer within 0\.2 s"):
        worker.ask("call", "f", [], seconds=0.2)
    assert not worker.alive


def test_an_answer_to_another_question_is_no_answer():
    worker = Worker(QUICK)
    worker.number += 1
    forged = "import os\nos.write(4, b'\\x01' + bytes(7) + b'\\x07' + bytes(7) + b'N')"
    with pytest.raises(WorkerDied, match="is not an answer"):
        worker.ask("run", "cell", forged, seconds=5)
    worker.close()


def test_a_machine_without_a_worker_is_the_instructor_s_problem(monkeypatch):
    monkeypatch.setattr("autograder.process.WORKER", Path("/nowhere/worker.py"))
    with Session(QUICK) as session, pytest.raises(WorkerUnavailable, match="no worker could be started"):
        session.run("cell", "x = 1")
