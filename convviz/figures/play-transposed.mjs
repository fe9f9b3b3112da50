// <conv-play-transposed x="1 2; 3 4" w="1 10" …>: transposed convolution as the turned kernel on the stretched input.
import { convTransposeOutputSize } from "./arithmetic.mjs";
import { define } from "./parts.mjs";
import { mountSheet } from "./sheet.mjs";
import { listOf, rowsOf } from "./windows.mjs";

/** One axis: how many border cells stand before, how many after, and where the first window starts. */
function axisOf(inputs, k, stride, padding, outputPadding, dilation) {
  const border = dilation * (k - 1) - padding;
  return {
    before: Math.max(0, border), after: Math.max(0, border + outputPadding), start: Math.max(0, -border),
    spread: (inputs - 1) * stride + 1,
    size: convTransposeOutputSize(inputs, k, stride, padding, outputPadding, dilation),
  };
}

/** Where a place on one axis lies: "input" with its index, "stretch" between two, or "padding", "extra" outside. */
function partOf(n, { before, spread }, stride) {
  const at = n - before;
  if (at < 0) return { kind: "padding" };
  if (at >= spread) return { kind: at - spread < before ? "padding" : "extra" };
  return at % stride ? { kind: "stretch" } : { kind: "input", index: at / stride };
}

/** The stretched, padded input as cells; the kernel, turned by 180°, steps over it one cell at a time. */
export function planOf({ x, w, stride, padding, output_padding, dilation }) {
  const lengths = [[x.length, w.length], [x[0].length, w[0].length]];
  const [down, across] = lengths.map(([inputs, k], axis) =>
    axisOf(inputs, k, stride[axis], padding[axis], output_padding[axis], dilation[axis]));
  const parts = ({ before, spread, after }, axis) => Array.from({ length: before + spread + after },
    (_, n) => partOf(n, [down, across][axis], stride[axis]));
  const [rows, columns] = [parts(down, 0), parts(across, 1)];
  const cells = rows.map((row) => columns.map((column) => {
    const kind = ["extra", "padding", "stretch"].find((each) => row.kind === each || column.kind === each);
    return kind ? { value: 0, kind } : { value: x[row.index][column.index], kind: "input" };
  }));
  return {
    cells, w: [...w].reverse().map((row) => [...row].reverse()), stride: [1, 1], dilation,
    start: [down.start, across.start], size: [down.size, across.size],
  };
}

const LEGEND = {
  input: "input", stretch: "zero between inputs (stride − 1)", padding: "zero padding (d(k − 1) − p)",
  extra: "output_padding", left: "read by no window",
};

define("conv-play-transposed", (root, given) => {
  const plan = planOf({
    x: rowsOf(given("x", "1")), w: rowsOf(given("w", "1")),
    ...Object.fromEntries(["stride", "padding", "output_padding", "dilation"].map((key) =>
      [key, listOf(given(key, key.endsWith("padding") ? "0 0" : "1 1"))])),
  });
  const kinds = new Set(plan.cells.flat().map(({ kind }) => kind));
  const name = ["input x", kinds.has("stretch") && "stretched", kinds.has("padding") && "padded"].filter(Boolean);
  const names = [name.join(", ").replace("stretched, padded", "stretched and padded"), "w, turned"];
  const title = "Transposed convolution, one window at a time";
  return mountSheet(root, { ...plan, names, legend: LEGEND, title });
});
