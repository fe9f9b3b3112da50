"""The small U-Net of the last problem set, and the scenes it learns from: the right answers, on convlib.

One level: a convolution, a step down by two, a convolution, a step up by two, and beside it the skip.
Sizes may be odd. All parameters lie in one vector.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import convlib
from convcheck.draw import Array

SHAPES = [
    *((6, 1, 3, 3), (6,)),
    *((12, 6, 2, 2), (12,)),
    *((12, 12, 3, 3), (12,)),
    *((12, 6, 2, 2), (6,)),  # the step up: input channel first
    *((1, 12, 3, 3), (1,)),
]
SIZE = sum(int(np.prod(shape)) for shape in SHAPES)
STEPS, BATCH, RATE = 200, 8, 0.02
GOOD = 0.7
"""The intersection over union that a trained net must reach; a threshold gives about 0.5."""


def scenes(rng: np.random.Generator, count: int, size: tuple[int, int]) -> tuple[Array, Array]:
    """Images (count, 1, H, W) of two discs among three bars, as bright and noisy; and masks of the discs."""
    rows, columns = np.indices(size)
    images, masks = np.zeros((2, count, 1, *size))
    for image, mask in zip(images[:, 0], masks[:, 0], strict=True):
        for _ in range(2):
            y, x = rng.uniform(2, np.array(size) - 3)
            mask[(rows - y) ** 2 + (columns - x) ** 2 <= rng.uniform(2.5, 3.5) ** 2] = 1
        bright = mask.copy()
        for _ in range(3):
            lying = rng.random() < 0.5
            at = rng.integers(size[0] if lying else size[1])
            bright[(at, slice(None)) if lying else (slice(None), at)] = 1
        image[:] = bright + rng.normal(0, 0.25, size)
    return images, masks


def unpack(theta: Array) -> Iterator[Array]:
    """The weights and biases, in the order of the net."""
    start = 0
    for shape in SHAPES:
        end = start + int(np.prod(shape))
        yield theta[start:end].reshape(shape)
        start = end


def beginning(rng: np.random.Generator) -> Array:
    """Weights of He's size, biases 0."""
    parts = []
    for shape in SHAPES:
        fan = int(np.prod(shape[1:]))
        parts.append(rng.normal(0, np.sqrt(2 / fan), shape) if len(shape) > 1 else np.zeros(shape))
    return np.concatenate([part.ravel() for part in parts])


def rectified(x: Array) -> Array:
    """What is below zero is cut off."""
    return np.maximum(x, 0)


def merged(up: Array, skip: Array) -> Array:
    """What came up, then what was kept, as channels side by side."""
    return np.concatenate([up, skip], axis=1)


def layers(
    x: Array, theta: Array, merge: Callable[..., Array] = merged, relu: Any = rectified
) -> list[Array]:
    """The arrays on the way through the net: kept, small, deep, merged, and the logits."""
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5 = unpack(theta)
    kept = relu(convlib.conv2d(x, w1, b1, padding=1))
    small = relu(convlib.conv2d(kept, w2, b2, stride=2))
    deep = relu(convlib.conv2d(small, w3, b3, padding=1))
    odd = (x.shape[2] % 2, x.shape[3] % 2)
    up = convlib.conv_transpose2d(deep, w4, b4, stride=2, output_padding=odd)
    both = merge(up, kept)
    return [kept, small, deep, both, convlib.conv2d(both, w5, b5, padding=1)]


def unet(x: Array, theta: Array) -> Array:
    """The logits (N, 1, H, W) for images (N, 1, H, W)."""
    return layers(x, theta)[-1]


def loss_slope(logits: Array, targets: Array) -> Array:
    """The slope of the mean binary cross-entropy to each logit."""
    return np.asarray((sigmoid(logits) - targets) / logits.size)


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^-x), by way of tanh, which cannot overflow."""
    return np.asarray(0.5 * (1 + np.tanh(x / 2)))


def gradients(x: Array, targets: Array, theta: Array, slope: Callable[..., Array] = loss_slope) -> Array:
    """The slope of the loss to every parameter, as one vector."""
    kept, small, deep, both, logits = layers(x, theta)
    w1, _, w2, _, w3, _, w4, _, w5, _ = unpack(theta)
    g = slope(logits, targets)
    last = [convlib.conv_weight_grad(both, w5.shape, g, padding=1), convlib.conv_bias_grad(g)]
    to_both = convlib.conv_input_grad(both.shape, w5, g, padding=1)
    to_up, to_kept = to_both[:, : w4.shape[1]], to_both[:, w4.shape[1] :]
    fourth = [convlib.conv_weight_grad(to_up, w4.shape, deep, stride=2), convlib.conv_bias_grad(to_up)]
    to_deep = convlib.conv2d(to_up, w4, stride=2) * (deep > 0)
    third = [convlib.conv_weight_grad(small, w3.shape, to_deep, padding=1), convlib.conv_bias_grad(to_deep)]
    to_small = convlib.conv_input_grad(small.shape, w3, to_deep, padding=1) * (small > 0)
    second = [convlib.conv_weight_grad(kept, w2.shape, to_small, stride=2), convlib.conv_bias_grad(to_small)]
    to_kept = (to_kept + convlib.conv_input_grad(kept.shape, w2, to_small, stride=2)) * (kept > 0)
    first = [convlib.conv_weight_grad(x, w1.shape, to_kept, padding=1), convlib.conv_bias_grad(to_kept)]
    return np.concatenate([part.ravel() for part in (*first, *second, *third, *fourth, *last)])


def trained(images: Array, masks: Array, slopes: Callable[..., Array] = gradients) -> Array:
    """The parameters after training with Adam on random batches."""
    rng = np.random.default_rng(0)
    theta = beginning(rng)
    mean, square = np.zeros(SIZE), np.zeros(SIZE)
    for step in range(1, STEPS + 1):
        batch = rng.permutation(len(images))[:BATCH]
        g = slopes(images[batch], masks[batch], theta)
        mean, square = 0.9 * mean + 0.1 * g, 0.99 * square + 0.01 * g**2
        pace = np.sqrt(square / (1 - 0.99**step)) + 1e-8
        theta = theta - RATE * mean / (1 - 0.9**step) / pace
    return theta


def segmented(images: Array, masks: Array, new_images: Array) -> Array:
    """Masks for new images: where the logit of a net trained on the others is above 0."""
    return unet(new_images, trained(images, masks)) > 0


def overlap(a: Array, b: Array) -> float:
    """Intersection over union of two masks.

    >>> overlap(np.array([1, 1, 0]), np.array([0, 1, 1]))
    0.3333333333333333
    """
    a, b = a > 0.5, b > 0.5
    return float((a & b).sum() / max(1, (a | b).sum()))
