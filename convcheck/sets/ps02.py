"""Problem set 2, flip or not: the tasks, their cases and points."""

from collections.abc import Callable
from typing import Any

import numpy as np

import convlib
from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.forms import Ints
from convcheck.task import Case, Function, Task

# (kind, cells, taps): the kernel fits
ROWS = [
    ("digits", 2, 2),
    ("digits", 3, 2),
    ("digits", 4, 3),
    ("digits", 4, 2),
    ("signed", 5, 3),
    ("signed", 6, 2),
    ("signed", 5, 4),
    ("quarters", 7, 3),
    ("quarters", 6, 5),
    ("signed", 9, 4),
]

# (kind, len(f), len(g), mode): even and odd kernels; 'full' and 'same' with the longer one second, too
MODES = [
    ("digits", 3, 2, "full"),
    ("digits", 4, 2, "same"),
    ("digits", 4, 3, "valid"),
    ("digits", 4, 3, "same"),
    ("digits", 2, 3, "full"),
    ("signed", 5, 4, "same"),
    ("signed", 6, 3, "valid"),
    ("signed", 3, 5, "same"),
    ("signed", 5, 5, "valid"),
    ("quarters", 7, 4, "same"),
    ("quarters", 4, 6, "full"),
    ("quarters", 8, 4, "valid"),
    ("signed", 2, 6, "same"),
]

# (kind, cells, taps)
SAMES = [
    ("digits", 2, 2),
    ("digits", 4, 2),
    ("digits", 4, 3),
    ("digits", 5, 4),
    ("signed", 6, 3),
    ("signed", 5, 2),
    ("signed", 7, 6),
    ("quarters", 6, 4),
    ("quarters", 9, 5),
    ("quarters", 4, 6),
]

# (kind, shape of the kernel): square now and then, because only a square one can be transposed unseen
KERNELS: list[tuple[str, Ints]] = [
    ("digits", (1, 2)),
    ("digits", (2, 1)),
    ("digits", (2, 2)),
    ("digits", (2, 3)),
    ("signed", (3, 3)),
    ("signed", (3, 2)),
    ("quarters", (4, 4)),
    ("quarters", (3, 5)),
]

# (kind, (H, W), (R, S))
IMAGES: list[tuple[str, Ints, Ints]] = [
    ("digits", (2, 3), (1, 2)),
    ("digits", (2, 3), (2, 2)),
    ("digits", (3, 2), (2, 1)),
    ("digits", (3, 4), (2, 2)),
    ("signed", (4, 3), (3, 2)),
    ("signed", (3, 5), (3, 3)),
    ("signed", (5, 4), (2, 3)),
    ("quarters", (4, 6), (3, 2)),
    ("quarters", (6, 5), (3, 3)),
    ("signed", (5, 7), (4, 3)),
]

# (rows, columns) of a kernel that is to be found
SHAPES: list[Ints] = [(1, 2), (2, 1), (2, 2), (2, 3), (3, 3), (3, 2), (4, 4), (5, 3)]

# (kind, shape of f, shape of g, mode): one, two and three axes
ARRAYS: list[tuple[str, Ints, Ints, str]] = [
    ("digits", (3,), (2,), "full"),
    ("digits", (4,), (2,), "same"),
    ("digits", (2, 3), (2, 2), "valid"),
    ("digits", (2, 3), (1, 2), "same"),
    ("signed", (3, 2), (2, 2), "full"),
    ("signed", (3, 4), (2, 2), "same"),
    ("signed", (4, 5), (3, 2), "valid"),
    ("quarters", (4, 3), (2, 4), "same"),
    ("signed", (2, 3, 2), (2, 1, 2), "full"),
    ("quarters", (3, 4, 5), (2, 2, 3), "same"),
    ("quarters", (3, 5, 4), (2, 3, 2), "valid"),
]


def convolve(f: Array, g: Array, mode: str) -> Array:
    """The general form: the true convolution, in one of three modes; 'same' is as long as f."""
    return np.asarray(convlib.convolve(f, g, mode))


def torch_same(x: Array, w: Array, before: int | None = None) -> Array:
    """torch's padding='same': a correlation as long as x, the odd zero on the right.

    >>> torch_same(np.array([1, 2, 3, 4]), np.array([1, 10]))
    array([21, 32, 43,  4])
    """
    total = len(w) - 1
    left = total // 2 if before is None else before
    return np.correlate(np.pad(x, (left, total - left)), w, "valid")


def _turn(w: Array) -> Array:
    return np.flip(w)


def _correlated(form: Function) -> Function:
    return lambda x, w: form(x, _turn(w), "valid")


def _valid(form: Function) -> Function:
    return lambda f, g: form(f, g, "valid")


def _plain(form: Function) -> Function:
    return form


def _correlated_in_mode(form: Function) -> Function:
    return lambda f, g, mode: form(f, _turn(g), mode)


def telling_kernel(rows: int, columns: int) -> Array:
    """A kernel that no turn, mirror or transposition leaves as it is."""
    return np.arange(1.0, rows * columns + 1).reshape(rows, columns)


def tells_apart(case: Case, received: Array) -> str:
    """What a kernel looks the same as, turned, mirrored or transposed; "" if it differs from each."""
    shape = tuple(case.arguments.values())
    if received.shape != shape:
        return f"A kernel of shape {shape} is asked for, yours has shape {received.shape}."
    copies = {"turned round by 180 degrees": np.flip(received)}
    if min(shape) > 1:
        copies["mirrored left to right"] = received[:, ::-1]
        copies["mirrored top to bottom"] = received[::-1]
    if shape[0] == shape[1]:
        copies["with rows and columns exchanged"] = received.T
    for name, copy in copies.items():
        if np.array_equal(copy, received):
            return f"Your kernel is the same {name}: a test with it cannot see that mistake."
    return ""


def _cases(settings: list[Any], *names: str) -> Callable[[Rng], list[Case]]:
    """An input, a kernel, and what else a setting says."""

    def draw(rng: Rng) -> list[Case]:
        return [
            Case(
                {
                    names[0]: inputs(rng, kind, *_shape(m)),
                    names[1]: kernel(rng, kind, *_shape(n)),
                    **dict(zip(names[2:], rest, strict=True)),
                }
            )
            for kind, m, n, *rest in settings
        ]

    return draw


def _shape(size: Any) -> Ints:
    return (size,) if isinstance(size, int) else size


def _kernels(rng: Rng) -> list[Case]:
    return [Case({"g": kernel(rng, kind, *shape)}) for kind, shape in KERNELS]


def _shapes(rng: Rng) -> list[Case]:
    return [Case({"rows": rows, "columns": columns}) for rows, columns in SHAPES]


FLIP, THREE = "mathematics/flip", "mathematics/three-modes"
PLANE = {"x": ("H", "W"), "w": ("R", "S")}
TASKS = [
    Task(
        "ps02.correlate",
        "Slide, and do not turn",
        "correlate_row(x, w)",
        2,
        _cases(ROWS, "x", "w"),
        convolve,
        _correlated,
        chapter=FLIP,
        axes={"x": ("W",), "w": ("S",)},
    ),
    Task(
        "ps02.convolve",
        "Turn, then slide",
        "convolve_row(f, g)",
        1,
        _cases(ROWS, "f", "g"),
        convolve,
        _valid,
        chapter=FLIP,
        axes={"f": ("W",), "g": ("S",)},
    ),
    Task(
        "ps02.modes",
        "Three answers to one question",
        "convolve_mode(f, g, mode)",
        4,
        _cases(MODES, "f", "g", "mode"),
        convolve,
        _plain,
        chapter=THREE,
        axes={"f": ("W",), "g": ("S",)},
    ),
    Task(
        "ps02.torch_same",
        "What torch calls same",
        "same_as_torch(x, w)",
        2,
        _cases(SAMES, "x", "w"),
        torch_same,
        _plain,
        chapter="conv/same",
        axes={"x": ("W",), "w": ("S",)},
    ),
    Task(
        "ps02.kernel",
        "The kernel that torch needs",
        "kernel_for_torch(g)",
        1,
        _kernels,
        _turn,
        _plain,
        chapter=FLIP,
        axes={"g": ("R", "S")},
    ),
    Task(
        "ps02.image",
        "A kernel over an image, as torch does it",
        "correlate_image(x, w)",
        3,
        _cases(IMAGES, "x", "w"),
        convolve,
        _correlated,
        chapter=FLIP,
        axes=PLANE,
    ),
    Task(
        "ps02.telling",
        "A kernel that tells",
        "telling_kernel(rows, columns)",
        2,
        _shapes,
        telling_kernel,
        _plain,
        chapter=FLIP,
        accept=tells_apart,
    ),
    Task(
        "ps02.convolve_nd",
        "Any number of axes",
        "convolve_nd(f, g, mode)",
        4,
        _cases(ARRAYS, "f", "g", "mode"),
        convolve,
        _plain,
        chapter=THREE,
        rebuilds=("convolve",),
    ),
    Task(
        "ps02.correlate_nd",
        "And without the turn",
        "correlate_nd(f, g, mode)",
        1,
        _cases(ARRAYS, "f", "g", "mode"),
        convolve,
        _correlated_in_mode,
        chapter=FLIP,
        rebuilds=("correlate",),
    ),
]
