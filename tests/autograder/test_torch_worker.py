"""The worker for the set that needs torch: tensors arrive as tensors, kernels run, ready-made ones do not."""

import numpy as np
import pytest
import torch

from autograder.limits import Limits
from autograder.session import Session
from convcheck import Task
from convcheck.faults import RaisedElsewhereError

KERNEL = """
import torch, triton
import triton.language as tl

@triton.jit
def twice(x, y, n, BLOCK: tl.constexpr):
    i = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    tl.store(y + i, 2 * tl.load(x + i, mask=i < n), mask=i < n)

@triton.jit
def unwritten(x, y, n, BLOCK: tl.constexpr):
    raise NotImplementedError

def double(x):
    y = torch.empty_like(x)
    twice[(triton.cdiv(len(x), 4),)](x, y, len(x), BLOCK=4)
    return y

def stub(x):
    unwritten[(1,)](x, x, len(x), BLOCK=4)
    return x

def ready_made(x):
    return torch.nn.functional.conv1d(x[None, None], x[None, None])

def kind(x):
    return [float(isinstance(x, torch.Tensor)), x.requires_grad]
"""


def asks_for(**fields):
    nothing = {"draw": None, "reference": None, "lift": None}
    return Task("psxx.x", "", "f(x)", 1, **nothing, chapter="", **fields)


@pytest.fixture(scope="module")
def session():
    with Session(Limits().for_tasks([asks_for(tensors=True)])) as session:
        report = session.run("kernel-cell", KERNEL)
        assert report.errors == []
        yield session


def test_a_kernel_runs_on_tensors_under_the_interpreter(session):
    assert session.call("double", torch.arange(6.0)).tolist() == [0, 2, 4, 6, 8, 10]


def test_an_unwritten_kernel_is_told_as_such(session):
    with pytest.raises(RaisedElsewhereError) as raised:
        session.call("stub", torch.arange(3.0))
    assert raised.value.kind == "NotImplementedError"


def test_ready_made_convolutions_are_refused(session):
    with pytest.raises(RaisedElsewhereError, match="build it yourself"):
        session.call("ready_made", torch.arange(3.0))


def test_arrays_arrive_as_arrays_and_tensors_as_tensors(session):
    assert session.call("kind", torch.ones(2)) == [1.0, False]
    with pytest.raises(RaisedElsewhereError, match="requires_grad"):
        session.call("kind", np.ones(2))


def test_a_task_that_asks_for_neither_gets_the_small_worker():
    assert Limits().for_tasks([asks_for()]) == Limits()


def test_a_slow_task_adds_its_time():
    more = Limits().for_tasks([asks_for(seconds=12)])
    assert (more.submission_seconds, more.torch) == (30.0, False)
