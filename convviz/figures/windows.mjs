// Which window reads which cell of a sheet, what it adds up to, and how large the grids are drawn.
// A plan has cells (rows of { value, kind }), w (the kernel as it is laid on them), and for rows and columns each
// start (of the first window), stride, dilation, size (of the output).
import { show } from "./parts.mjs";

const [LEAST_CELL, SMALL_CELL, BESIDE, TALL, BEST_CELL, BETWEEN] = [22, 26, 30, 32, 46, 30];
export const TOP = 24;
export const EDGE = 2;

/** "1 2; 3 4" as rows of numbers. */
export const rowsOf = (text) => text.split(";").map((row) => row.trim().split(/\s+/).map(Number));

/** "1 2" as numbers. */
export const listOf = (text) => text.trim().split(/\s+/).map(Number);

/** The row or the column that tap t of window n reads; `axis` is 0 or 1. */
const place = ({ start, stride, dilation }, axis, n, t) => start[axis] + n * stride[axis] + t * dilation[axis];

/** The terms of output n, counted row by row: one row of terms for each row of the kernel. */
export function termsOf(plan, n) {
  const [i, j] = [Math.floor(n / plan.size[1]), n % plan.size[1]];
  return plan.w.map((row, r) => row.map((weight, s) => {
    const [y, x] = [place(plan, 0, i, r), place(plan, 1, j, s)];
    return { y, x, weight, ...plan.cells[y][x] };
  }));
}

export const sumOf = (plan, n) =>
  termsOf(plan, n).flat().reduce((sum, { value, weight }) => sum + value * weight, 0);

/** Which rows (axis 0) or columns (axis 1) any window reads. */
function readBy(plan, axis) {
  const taps = axis ? plan.w[0].length : plan.w.length;
  const reads = (n) => Array.from({ length: taps }, (_, t) => place(plan, axis, n, t));
  return new Set(Array.from({ length: plan.size[axis] }, (_, n) => reads(n)).flat());
}

/** The kind of every cell; those that no window reads are "left", whatever else they are. */
export function kindsOf(plan) {
  const [rows, columns] = [readBy(plan, 0), readBy(plan, 1)];
  return plan.cells.map((row, r) => row.map(({ kind }, c) => (rows.has(r) && columns.has(c) ? kind : "left")));
}

const wish = (numbers) => 11 + 7.6 * Math.max(1, ...numbers.map((value) => show(value, 5).length));

/**
 * How large the cells are, and where the three grids stand: side by side if there is room, else the output below.
 * `size` is for the sheet, `side` for the kernel and the output; `pitch` is how wide their cells are.
 */
export function measure(plan, outputs, width) {
  const [rows, columns, high, wide] = [plan.cells.length, plan.cells[0].length, plan.w.length, plan.w[0].length];
  const [least, out, tap] = [plan.cells.flat().map(({ value }) => value), outputs, plan.w.flat()].map(wish);
  const [named, kernelNamed] = plan.names.map((name) => 8.3 * name.length);
  const room = width - 2 * EDGE;
  const from = (most, last, fits) => Array.from({ length: most - last + 1 }, (_, n) => most - n).find(fits);
  const sheetWide = (side) => Math.max(columns * side, named);
  const kernelWide = (side) => Math.max(wide * Math.max(tap, side), kernelNamed);
  const outputWide = (side, share) => plan.size[1] * Math.max(share * out, side);
  const most = rows > 12 ? TALL : BEST_CELL;
  const aside = from(most, BESIDE, (n) => sheetWide(n) + BETWEEN + Math.max(outputWide(n, 1), kernelWide(n)) <= room);
  const size = aside ?? Math.max(LEAST_CELL, 0.72 * least, Math.min(most, Math.floor(room / columns)));
  const [right, under] = [EDGE + sheetWide(size) + BETWEEN, rows * size + 2 * TOP + 10];
  if (aside) return placed(size, 1, [right, TOP], [right, 2 * TOP + high * size + 14]);
  if (right + kernelWide(size) <= width) return placed(size, 0.8, [right, TOP], [EDGE, under]);
  const pair = (side) => outputWide(side, 0.8) + BETWEEN + kernelWide(side);
  const both = from(Math.max(SMALL_CELL, Math.floor(size)), SMALL_CELL, (n) => pair(n) <= room);
  const below = under + plan.size[0] * size + TOP + 10;
  const kernel = both ? [EDGE + outputWide(both, 0.8) + BETWEEN, under] : [EDGE, below];
  return placed(both ?? size, 0.8, kernel, [EDGE, under]);

  function placed(side, share, [kx, ky], [ox, oy]) {
    const pitch = { out: outputWide(side, share) / plan.size[1], tap: Math.max(tap, side) };
    const [end, foot] = [EDGE + sheetWide(size), TOP + rows * size];
    return {
      size, side, pitch, sheet: [EDGE, TOP], kernel: [kx, ky], output: [ox, oy],
      width: EDGE + Math.max(end, kx + kernelWide(side), ox + outputWide(side, share)),
      height: EDGE + Math.max(foot, ky + high * side, oy + plan.size[0] * side),
    };
  }
}
