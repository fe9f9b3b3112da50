// The twin of convlib/shapes.py, one axis at a time: same formulas, same rules, same words when a rule is broken.
// tests/convviz/test_arithmetic_twin.py runs both on one table of cases.

/** How many input cells a kernel spans from its first tap to its last: d(k - 1) + 1. */
export function effectiveKernelSize(kernelSize, dilation = 1) {
  atLeast(1, { kernel_size: kernelSize, dilation });
  return dilation * (kernelSize - 1) + 1;
}

/** Output length of a convolution: floor((i + 2p - d(k - 1) - 1) / s) + 1. */
export function convOutputSize(inputSize, kernelSize, stride = 1, padding = 0, dilation = 1) {
  return Math.floor(room(inputSize, kernelSize, stride, padding, dilation) / stride) + 1;
}

/** Cells at the right that no window reaches: (i + 2p - d(k - 1) - 1) mod s. */
export function remainder(inputSize, kernelSize, stride = 1, padding = 0, dilation = 1) {
  return room(inputSize, kernelSize, stride, padding, dilation) % stride;
}

/** Output length of a transposed convolution: (i - 1)s - 2p + d(k - 1) + output_padding + 1. */
export function convTransposeOutputSize(
  inputSize, kernelSize, stride = 1, padding = 0, outputPadding = 0, dilation = 1,
) {
  atLeast(1, { input_size: inputSize, stride });
  atLeast(0, { padding, output_padding: outputPadding });
  const reach = effectiveKernelSize(kernelSize, dilation);
  checkOutputPadding(outputPadding, Math.max(stride, dilation));
  return atLeastOneLeft((inputSize - 1) * stride + reach + outputPadding, padding);
}

/** How far the kernel can move inside the padded input: i + 2p - d(k - 1) - 1. */
function room(inputSize, kernelSize, stride, padding, dilation) {
  atLeast(0, { padding });
  const padded = inputSize + 2 * padding;
  atLeast(1, { stride });
  const reach = effectiveKernelSize(kernelSize, dilation);
  if (padded < reach) {
    throw new RangeError(
      `kernel does not fit: it spans ${reach} cells, d(k - 1) + 1, but the padded input has only ${padded}`,
    );
  }
  return padded - reach;
}

function checkOutputPadding(outputPadding, bound) {
  if (outputPadding >= bound) {
    throw new RangeError(`output_padding must be below max(stride, dilation) = ${bound}, got ${outputPadding}`);
  }
}

function atLeastOneLeft(uncropped, padding) {
  const size = uncropped - 2 * padding;
  if (size < 1) {
    throw new RangeError(
      `nothing is left: padding=${padding} on both sides crops an output of ${uncropped} cells to ${size}`,
    );
  }
  return size;
}

function atLeast(bound, named) {
  for (const [name, value] of Object.entries(named)) {
    if (value < bound) throw new RangeError(`${name} must be at least ${bound}, got ${value}`);
  }
}
