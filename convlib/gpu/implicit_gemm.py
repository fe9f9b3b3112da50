"""Implicit GEMM: a convolution as one matrix product, in which one of the matrices is never written down.

im2col lays a matrix out, with a column for every window and a row for every tap of every channel. The weight
times this matrix is the output. But each entry of it is a cell of the input, and the entry's row and column
say which one. So a program that needs an entry works out where the cell lies, and reads it there.

Two channels of 3 x 4 cells, a kernel of 2 x 2 taps, stride 1, no padding:

    channel 0    channel 1      in memory: a b c d e f g h i j k l m n o p q r s t u v w x
    a b c d      m n o p
    e f g h      q r s t        the window (p, q) sees the cells (p + r, q + s) of each channel
    i j k l      u v w x

            column m   0   1   2   3   4   5
               p, q   0,0 0,1 0,2 1,0 1,1 1,2
    row k   c, r, s
      0     0, 0, 0    a   b   c   e   f   g
      1     0, 0, 1    b   c   d   f   g   h
      2     0, 1, 0    e   f   g   i   j   k
      3     0, 1, 1    f   g   h   j   k   l
      4     1, 0, 0    m   n   o   q   r   s
      5     1, 0, 1    n   o   p   r   s   t
      6     1, 1, 0    q   r   s   u   v   w
      7     1, 1, 1    r   s   t   v   w   x

One program computes one tile of the output: BLOCK_O output channels of BLOCK_M windows. It goes down the
matrix, BLOCK_K rows at a time. What lies on padding, or past an edge of a matrix, counts as zero.
"""
# ruff: noqa: E741 (O is the number of output channels, as everywhere in the book)
# mypy: disallow_untyped_defs=false

import torch
import triton
import triton.language as tl

from convlib.arguments import Amount
from convlib.gpu.operands import COUNTABLE, checked

BLOCKS = {"BLOCK_O": 64, "BLOCK_M": 64, "BLOCK_K": 32}  # powers of two, 16 or more: tl.dot asks for it


@triton.jit
def window(m, P, Q):
    """Column m of the matrix: which image, which row and which column of the output.

    >>> window.fn(7, 2, 3)
    (1, 0, 1)
    """
    return m // (P * Q), m // Q % P, m % Q


@triton.jit
def tap(k, R, S):
    """Row k of the matrix: which channel, which row and which column of the kernel.

    >>> tap.fn(5, 2, 2)
    (1, 0, 1)
    """
    return k // (R * S), k // S % R, k % S


@triton.jit
def one_tile(
    x,  # the input (N, groups * C, H, W): where its first cell lies
    w,  # the weight (groups * O, C, R, S): a matrix of K columns too, as it lies in memory
    b,  # the bias (groups * O), if there is one
    y,  # the output (N, groups * O, P, Q)
    C, H, W, O, P, Q,
    M,  # columns of the matrix: N * P * Q, one a window
    K: tl.constexpr,  # rows of the matrix: C * R * S
    R: tl.constexpr, S: tl.constexpr,
    stride: tl.constexpr, padding: tl.constexpr, dilation: tl.constexpr,  # pairs: rows, columns
    HAS_BIAS: tl.constexpr,
    BLOCK_O: tl.constexpr, BLOCK_M: tl.constexpr, BLOCK_K: tl.constexpr,
):  # fmt: skip
    """One tile of the output. [:, None] lays a list down the rows of a tile, [None, :] along its columns."""
    # Step 1: which tile is mine? Outputs o down, windows m across.
    m = tl.program_id(0) * BLOCK_M + tl.arange(0, BLOCK_M)
    o = tl.program_id(1) * BLOCK_O + tl.arange(0, BLOCK_O)
    group, groups = tl.program_id(2), tl.num_programs(2)

    # Step 2: where does each window start? On padding, below 0.
    n, p, q = window(m, P, Q)
    top, left = p * stride[0] - padding[0], q * stride[1] - padding[1]
    n = n.to(tl.int64)  # a batch may outgrow 32 bits
    image = x + (n * groups + group) * C * H * W

    total = tl.zeros((BLOCK_O, BLOCK_M), tl.float32)
    for start in range(0, K, BLOCK_K):
        k = start + tl.arange(0, BLOCK_K)

        # Step 3: read a tile of the weight, zeros past its edges.
        here = (o < O)[:, None] & (k < K)[None, :]
        place = (group * O + o)[:, None] * K + k[None, :]
        weight = tl.load(w + place, mask=here, other=0.0)

        # Step 4: which cell is entry (k, m)? Row i, column j of channel c.
        c, r, s = tap(k, R, S)
        i = top[None, :] + (r * dilation[0])[:, None]
        j = left[None, :] + (s * dilation[1])[:, None]
        cell = (c[:, None] * H + i) * W + j

        # Step 5: read it; on padding and past the edges, zero.
        inside = (i >= 0) & (i < H) & (j >= 0) & (j < W)
        inside = inside & (k < K)[:, None] & (m < M)[None, :]
        entry = tl.load(image[None, :] + cell, mask=inside, other=0.0)

        # Step 6: multiply the tiles, add in float32 whatever they are.
        total = tl.dot(weight, entry, total, input_precision="ieee")

    if HAS_BIAS:
        total += tl.load(b + group * O + o, mask=o < O, other=0.0).to(tl.float32)[:, None]

    # Step 7: write the tile to where the output has it.
    plane = (n * groups + group)[None, :] * O + o[:, None]
    place = plane * P * Q + (p * Q + q)[None, :]
    here = (o < O)[:, None] & (m < M)[None, :]
    tl.store(y + place, total.to(y.dtype.element_ty), mask=here)


def conv2d(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    stride: Amount,
    padding: Amount | str,
    dilation: Amount,
    groups: int,
) -> torch.Tensor:
    """Check the operands, make room for the output, start one program for each of its tiles."""
    x, w, b, at, batched = checked(input, weight, bias, stride, padding, dilation, groups)
    (N, _, H, W), (outputs, C, R, S) = x.shape, w.shape
    P, Q = at.output_size((H, W), (R, S))
    y = x.new_empty(N, outputs, P, Q)
    O, M = outputs // at.groups, N * P * Q
    if max(M, w.numel(), x[:1].numel(), y[:1].numel()) > COUNTABLE:
        raise ValueError(f"more windows, or more cells of an image, than 32 bits count: {tuple(x.shape)}")
    padding_before = tuple(before for before, _ in at.padding)
    numbers = (C, H, W, O, P, Q, M, C * R * S, R, S, at.stride, padding_before, at.dilation)
    grid = (triton.cdiv(M, BLOCKS["BLOCK_M"]), triton.cdiv(O, BLOCKS["BLOCK_O"]), at.groups)
    if M:
        one_tile[grid](x, w, w if b is None else b, y, *numbers, b is not None, **BLOCKS)
    return y if batched else y[0]
