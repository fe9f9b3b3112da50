"""Problem set 10, a network of your own: the tasks, their cases and points."""

from typing import Any

import numpy as np

import convlib
from convcheck import capstone
from convcheck.draw import Array, Rng, inputs, kernel
from convcheck.forms import Layer, UpLayer, conv, conv_transpose
from convcheck.slopes import Slope, bias_grad, input_grad, weight_grad
from convcheck.task import Case, Function, Task

# (cells, depth)
SIZES = [(4, 1), (5, 1), (7, 2), (12, 2), (21, 2), (27, 3), (37, 3), (53, 4), (45, 3), (60, 4)]

# (inputs, taps, stride)
STAMPS = [(3, 2, 2), (3, 3, 2), (4, 4, 2), (3, 4, 3), (5, 3, 1), (4, 5, 2), (3, 6, 3), (4, 5, 3), (2, 7, 4)]

# (kind, (H, W), (R, S)): odd kernels
CURES = [
    ("digits", (1, 2), (1, 3)),
    ("digits", (2, 1), (3, 1)),
    ("digits", (2, 3), (1, 1)),
    ("signed", (2, 3), (3, 3)),
    ("signed", (3, 2), (3, 1)),
    ("quarters", (3, 4), (5, 3)),
    ("quarters", (4, 3), (3, 5)),
]

# shapes of logits and targets; every second one has logits that overflow an exponential
LOSSES = [(2,), (3,), (2, 3), (4,), (1, 1, 3, 2), (5,), (2, 1, 4, 3), (3, 2)]

# (kind, (N, C, H, W), (O, R, S), stride, padding)
LAYERS: list[tuple[str, tuple[int, ...], tuple[int, ...], int, int]] = [
    ("digits", (1, 1, 2, 3), (1, 2, 2), 1, 0),
    ("digits", (1, 2, 2, 3), (1, 1, 2), 1, 0),
    ("signed", (1, 1, 3, 4), (2, 3, 3), 1, 1),
    ("signed", (2, 2, 4, 3), (3, 2, 2), 2, 0),
    ("signed", (1, 2, 5, 4), (2, 2, 2), 2, 0),
    ("signed", (1, 2, 3, 5), (3, 3, 3), 1, 1),
    ("quarters", (2, 3, 5, 7), (4, 3, 3), 2, 1),
    ("quarters", (3, 2, 7, 4), (2, 2, 3), 1, 0),
]

# (kind, (N, C, H, W), O, odd rows, odd columns)
UPS = [
    ("digits", (1, 1, 1, 2), 1, 0, 0),
    ("digits", (1, 1, 2, 1), 1, 1, 0),
    ("signed", (1, 2, 2, 3), 3, 0, 1),
    ("signed", (2, 2, 3, 2), 2, 1, 1),
    ("signed", (1, 3, 2, 2), 4, 0, 0),
    ("quarters", (2, 3, 3, 4), 2, 1, 0),
]

# (N, H, W) of the images that go through the net
NETS = [(1, 2, 3), (1, 3, 3), (2, 4, 5), (1, 5, 4), (2, 7, 6), (1, 9, 11)]

# size of the scenes to learn from, size of the new ones
LESSONS = [((21, 27), (23, 19)), ((19, 25), (22, 21))]


def way_up(size: int, depth: int) -> list[int]:
    """The output_padding of each step up, from the deepest: the remainders of the steps down by two.

    >>> way_up(21, 2)
    [0, 1]
    """
    sizes = [size // 2**level for level in range(depth)]
    return [n % 2 for n in reversed(sizes)]


def coverage(n: int, k: int, stride: int) -> Array:
    """How many stamps touch each cell: a transposed convolution of ones with ones.

    >>> coverage(4, 3, 2).tolist()
    [1.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 1.0]
    """
    return np.asarray(convlib.conv_transpose1d(np.ones((1, n)), np.ones((1, 1, k)), stride=stride))[0]


def resized(x: Array) -> Array:
    """Every cell twice along each axis: the nearest neighbour."""
    return x.repeat(2, axis=0).repeat(2, axis=1)


def cure(x: Array, w: Array, enlarge: Function = resized, same: bool = True) -> Array:
    """Enlarge, then convolve, as long as before."""
    padding: Any = "same" if same else 0
    return np.asarray(convlib.conv2d(enlarge(x)[None], w[None, None], padding=padding))[0]


def cross_entropy(logits: Array, targets: Array) -> Any:
    """The mean of log(1 + e^x) - x t, in a form that does not overflow.

    >>> round(float(cross_entropy(np.array([0.0]), np.array([1.0]))), 4)
    0.6931
    """
    return (np.logaddexp(0, logits) - logits * targets).mean()


def back(at: Slope) -> Array:
    """All three gradients of a layer in one row: input, weight, bias."""
    return np.concatenate([part.ravel() for part in (input_grad(at), weight_grad(at), bias_grad(at.g))])


def is_good(case: Case, received: Array) -> str:
    """ "" if masks of 0 and 1 meet the hidden discs well enough, else what is wrong, with the figure."""
    new, truth = case.arguments["new_images"], case.hidden["truth"]
    if received.shape != new.shape:
        return f"The masks should have the shape {new.shape} of the new images, yours is {received.shape}."
    if not np.isin(received, (0, 1)).all():
        return "A mask holds 0 and 1 only, or False and True. Cut your logits at 0."
    found = capstone.overlap(received, truth)
    if found >= capstone.GOOD:
        return ""
    return (
        f"Intersection over union is {found:.2f}, at least {capstone.GOOD} is asked for; "
        "a threshold reaches about 0.5."
    )


def _plain(form: Function) -> Function:
    return form


def _layer(form: Function) -> Function:
    return lambda x, w, b, stride, padding: form(Layer(x, w, b, stride, padding))


def _back(form: Function) -> Function:
    return lambda x, w, g, stride, padding: form(Slope(x, w, None, stride, padding, g=g))


def _up(form: Function) -> Function:
    def answer(x: Array, w: Array, b: Array, size: tuple[int, int]) -> Any:
        more = tuple(n - 2 * m for n, m in zip(size, x.shape[2:], strict=True))
        return form(UpLayer(x, w, b, 2, 0, output_padding=more))

    return answer


def _sizes(rng: Rng) -> list[Case]:
    """The parities of a size stay, whatever the seed: all halvings leave the same remainders."""
    return [Case({"size": n + 2**d * int(rng.integers(0, 4)), "depth": d}) for n, d in SIZES]


def _stamps(rng: Rng) -> list[Case]:
    return [Case({"n": n + int(rng.integers(0, 3)), "k": k, "stride": s}) for n, k, s in STAMPS]


def _cures(rng: Rng) -> list[Case]:
    return [Case({"x": inputs(rng, kind, *x), "w": kernel(rng, kind, *w)}) for kind, x, w in CURES]


def _losses(rng: Rng) -> list[Case]:
    cases = []
    for number, shape in enumerate(LOSSES):
        logits = inputs(rng, "quarters", *shape) * (1 if number % 2 else 400)
        cases.append(Case({"logits": logits, "targets": rng.integers(0, 2, shape).astype(float)}))
    return cases


def _layers(rng: Rng) -> list[Case]:
    cases = []
    for kind, x, (o, *taps), stride, padding in LAYERS:
        arrays = {"x": inputs(rng, kind, *x), "w": kernel(rng, kind, o, x[1], *taps)}
        cases.append(Case({**arrays, "b": inputs(rng, kind, o), "stride": stride, "padding": padding}))
    return cases


def _backs(rng: Rng) -> list[Case]:
    cases = []
    for case in _layers(rng):
        x, w, _, stride, padding = case.arguments.values()
        g = conv(Layer(x, w, None, stride, padding))
        arrays = {"x": x, "w": w, "g": inputs(rng, "signed", *g.shape)}
        cases.append(Case({**arrays, "stride": stride, "padding": padding}))
    return cases


def _ups(rng: Rng) -> list[Case]:
    cases = []
    for kind, x, o, down, right in UPS:
        arrays = {"x": inputs(rng, kind, *x), "w": kernel(rng, kind, x[1], o, 2, 2)}
        size = (2 * x[2] + down, 2 * x[3] + right)
        cases.append(Case({**arrays, "b": inputs(rng, kind, o), "size": size}))
    return cases


def _nets(rng: Rng) -> list[Case]:
    return [
        Case({"x": rng.normal(0, 1, (n, 1, h, w)), "theta": rng.normal(0, 0.5, capstone.SIZE)})
        for n, h, w in NETS
    ]


def _slopes(rng: Rng) -> list[Case]:
    cases = []
    for case in _nets(rng):
        x, theta = case.arguments.values()
        targets = rng.integers(0, 2, x.shape).astype(float)
        cases.append(Case({"x": x, "targets": targets, "theta": theta / 2}))
    return cases


def _lessons(rng: Rng) -> list[Case]:
    """Scenes to learn from, and new ones, of another size; what is true of the new ones is not told."""
    cases = []
    for size, other in LESSONS:
        images, masks = capstone.scenes(rng, 32, size)
        new, truth = capstone.scenes(rng, 12, other)
        cases.append(Case({"images": images, "masks": masks, "new_images": new}, {"truth": truth}))
    return cases


NET, TRAIN = "transposed/unet", "transposed/train-unet"
TASKS = [
    Task(
        "ps10.way_up",
        "Odd sizes on the way up",
        "way_up(size, depth)",
        2,
        _sizes,
        way_up,
        _plain,
        chapter=NET,
    ),
    Task(
        "ps10.coverage",
        "See the checkerboard",
        "coverage(n, k, stride)",
        2,
        _stamps,
        coverage,
        _plain,
        chapter="transposed/checkerboards",
    ),
    Task(
        "ps10.cure",
        "Cure it",
        "resize_and_convolve(x, w)",
        2,
        _cures,
        cure,
        _plain,
        chapter="transposed/checkerboards",
        axes={"x": ("H", "W"), "w": ("R", "S")},
    ),
    Task(
        "ps10.loss",
        "How wrong the net is",
        "cross_entropy(logits, targets)",
        2,
        _losses,
        cross_entropy,
        _plain,
        chapter=TRAIN,
    ),
    Task(
        "ps10.loss_slope",
        "Where to go from here",
        "cross_entropy_grad(logits, targets)",
        1,
        _losses,
        capstone.loss_slope,
        _plain,
        chapter=TRAIN,
    ),
    Task(
        "ps10.layer",
        "A layer, fast enough to train",
        "layer(x, w, b, stride, padding)",
        2,
        _layers,
        conv,
        _layer,
        chapter=NET,
        axes={"x": ("N", "C", "H", "W"), "w": ("O", "C", "R", "S"), "b": ("O",)},
        rebuilds=("nn.Conv2d",),
    ),
    Task(
        "ps10.back",
        "The layer backwards",
        "layer_back(x, w, g, stride, padding)",
        3,
        _backs,
        back,
        _back,
        chapter="transposed/backward",
    ),
    Task(
        "ps10.up",
        "The step up",
        "step_up(x, w, b, size)",
        2,
        _ups,
        conv_transpose,
        _up,
        chapter=NET,
        axes={"x": ("N", "C", "H", "W"), "w": ("C", "O", "R", "S"), "b": ("O",)},
        rebuilds=("nn.ConvTranspose2d",),
    ),
    Task(
        "ps10.unet",
        "The whole net",
        "unet(x, theta)",
        3,
        _nets,
        capstone.unet,
        _plain,
        chapter=NET,
    ),
    Task(
        "ps10.gradients",
        "The whole way back",
        "unet_gradients(x, targets, theta)",
        4,
        _slopes,
        capstone.gradients,
        _plain,
        chapter=TRAIN,
    ),
    Task(
        "ps10.train",
        "Train it",
        "train_and_segment(images, masks, new_images)",
        4,
        _lessons,
        capstone.segmented,
        _plain,
        chapter=TRAIN,
        accept=is_good,
        seconds=60,
    ),
]
