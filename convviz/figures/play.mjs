// <conv-play x="1 2; 3 4" w="1 10" stride="1 1" padding="0 0 0 0" dilation="1 1">: 2-D convolution, window by window.
import { convOutputSize } from "./arithmetic.mjs";
import { define } from "./parts.mjs";
import { mountSheet } from "./sheet.mjs";
import { listOf, rowsOf } from "./windows.mjs";

/** The padded input as cells, and how the windows go over it. `padding` is [top, bottom, left, right]. */
export function planOf({ x, w, stride, padding: [top, bottom, left, right], dilation }) {
  const [height, width] = [x.length, x[0].length];
  const cells = Array.from({ length: top + height + bottom }, (_, r) =>
    Array.from({ length: left + width + right }, (_, c) => {
      const value = x[r - top]?.[c - left];
      return value === undefined ? { value: 0, kind: "padding" } : { value, kind: "input" };
    }));
  const lengths = [[cells.length, w.length], [cells[0].length, w[0].length]];
  const size = lengths.map(([length, k], axis) => convOutputSize(length, k, stride[axis], 0, dilation[axis]));
  return { cells, w, start: [0, 0], stride, dilation, size };
}

const LEGEND = { padding: "zero padding", left: "read by no window" };

define("conv-play", (root, given) => {
  const plan = planOf({
    x: rowsOf(given("x", "1")), w: rowsOf(given("w", "1")), stride: listOf(given("stride", "1 1")),
    padding: listOf(given("padding", "0 0 0 0")), dilation: listOf(given("dilation", "1 1")),
  });
  const padded = plan.cells.flat().some(({ kind }) => kind === "padding");
  const names = [padded ? "input x, padded" : "input x", "kernel w"];
  return mountSheet(root, { ...plan, names, legend: LEGEND, title: "2-D convolution, one window at a time" });
});
