// <conv-sizes n="7" k="3" stride="2" padding="1" dilation="1">: every window position over the padded input, and the
// size formula with the numbers in it.
import { convOutputSize, effectiveKernelSize, remainder } from "./arithmetic.mjs";
import { cell, define, frame, html, label, picture, svg, tinted } from "./parts.mjs";
import { complaint, slider } from "./controls.mjs";

/** Which cells of the padded input the taps of window m read. */
const taps = (m, { k, stride, dilation }) => Array.from({ length: k }, (_, t) => m * stride + t * dilation);

/** What a setting comes to: sizes, the remainder, and what no tap reads. Throws the broken rule. */
export function layout({ n, k, stride, padding, dilation }) {
  const outputs = convOutputSize(n, k, stride, padding, dilation);
  const left = remainder(n, k, stride, padding, dilation);
  const padded = n + 2 * padding;
  const read = new Set(Array.from({ length: outputs }, (_, m) => taps(m, { k, stride, dilation })).flat());
  const skipped = Array.from({ length: padded - left }, (_, c) => c).filter((c) => !read.has(c));
  return { outputs, left, padded, skipped, reach: effectiveKernelSize(k, dilation) };
}

/** The padded input on top, a row for every window below it, its output number at the right. */
export function drawSizes(setting, width) {
  const plan = layout(setting);
  const grid = measure(plan.padded, width);
  const { at, size, line, top } = grid;
  const rows = Array.from({ length: plan.outputs }, (_, m) => [
    windowRow(m, setting, plan.reach, grid),
    leader(at(m * setting.stride + plan.reach), at(plan.padded) + 12, grid.row(m) + line / 2),
    cell(at(plan.padded) + 14, grid.row(m), 34, line, "output", String(m)),
  ]);
  return picture(width, grid.row(plan.outputs) + 2, sentence(setting, plan), [
    label(0, 14, inputName(setting), { class: "name" }),
    label(at(plan.padded) + 31, top + size / 2, "out", { class: "name middle" }),
    inputCells(setting, plan, grid), plan.left ? leftOver(plan, grid) : null, rows,
  ]);
}

/** The kernel where it would have to start, sticking out of an input that is too short for it. */
function drawMisfit({ n, k, stride, padding, dilation }, width) {
  const [padded, reach] = [n + 2 * padding, effectiveKernelSize(k, dilation)];
  const grid = measure(Math.max(padded, reach), width);
  const out = Array.from({ length: reach - padded }, (_, c) =>
    cell(grid.at(padded + c), grid.top, grid.cell, grid.size, "error"));
  return picture(width, grid.row(1) + 2, "The kernel is longer than the padded input.", [
    label(0, 14, inputName({ n, padding }), { class: "name" }),
    inputCells({ n, padding }, { padded, left: 0, skipped: [] }, grid), out,
    windowRow(0, { k, stride, dilation }, reach, grid),
  ]);
}

function measure(columns, width) {
  const cellWidth = Math.min(52, (width - 52) / columns);
  const [size, line, top] = [Math.max(20, Math.min(cellWidth, 36)), Math.max(16, Math.min(cellWidth, 26)), 44];
  return { cell: cellWidth, size, line, top, at: (c) => c * cellWidth, row: (m) => top + size + 10 + m * line };
}

/** A dotted line from a window to its output. */
const leader = (from, to, y) =>
  (to - from > 8 ? svg("path", { class: "leader", d: `M${from + 3} ${y}H${to}` }) : null);

const inputName = ({ n, padding }) =>
  `input: ${n} cells${padding ? `, and ${padding} + ${padding} of padding` : ""}`;

function inputCells({ n, padding }, { padded, left, skipped }, { at, top, cell: width, size }) {
  const number = (c, inside) => (inside && width >= 15 ? String(c) : "");
  return Array.from({ length: padded }, (_, c) => {
    const inside = c >= padding && c < padding + n;
    const unread = c >= padded - left || skipped.includes(c) ? " unread" : "";
    return cell(at(c), top, width, size, (inside ? "input" : "padding") + unread, number(c - padding, inside));
  });
}

/** Taps filled, the gaps that dilation leaves between them empty. */
function windowRow(m, { k, stride, dilation }, reach, { at, row, cell: width, line }) {
  const read = taps(m, { k, stride, dilation });
  return Array.from({ length: reach }, (_, c) => c + m * stride).map((c) =>
    cell(at(c), row(m), width, line, read.includes(c) ? "kernel" : "gap"));
}

function leftOver({ padded, left }, { at, top, size }) {
  const [x, width] = [at(padded - left) + 1, left * at(1) - 2];
  return [
    label(x + width, top - 8, "left over", { class: "over end" }),
    svg("rect", { class: "lost", x, y: top - 1, width, height: size + 2, rx: 6 }),
  ];
}

const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What the picture shows, in words. */
function sentence({ padding }, { outputs, left, skipped }) {
  const over = left
    ? `${plural(left, "cell")} left over at the right${left <= padding ? " (padding)" : ""}.`
    : "Nothing is left over.";
  const them = skipped.length === 1 ? "it" : "them";
  const gaps = skipped.length ? ` ${plural(skipped.length, "cell")} skipped: no tap reads ${them}.` : "";
  return `${plural(outputs, "window")}, so ${plural(outputs, "output")}. ${over}${gaps}`;
}

/** The size formula, then the same with the numbers in it. */
function formula({ n, k, stride, padding, dilation }, { outputs, left }) {
  const [i, kernel] = [tinted("input", String(n)), tinted("kernel", String(k))];
  const whole = n + 2 * padding - dilation * (k - 1) - 1;
  return [
    html("p", {}, "output size = ⌊(", tinted("input", "i"), " + 2p − d(", tinted("kernel", "k"),
      " − 1) − 1) / s⌋ + 1"),
    html("p", {}, "= ⌊(", i, ` + 2·${padding} − ${dilation}·(`, kernel, ` − 1) − 1) / ${stride}⌋ + 1`),
    html("p", {}, `= ⌊${whole} / ${stride}⌋ + 1 = `, tinted("output", String(outputs)), `, remainder ${left}`),
  ];
}

/** The layer as torch writes it, defaults left out. */
export function torchLine({ k, stride, padding, dilation }) {
  const given = Object.entries({ stride, padding, dilation })
    .filter(([name, value]) => value !== (name === "padding" ? 0 : 1));
  return `torch.nn.Conv1d(1, 1, ${[["kernel_size", k], ...given].map((pair) => pair.join("=")).join(", ")})`;
}

const DIALS = {
  n: ["input size i", [1, 16], 7], k: ["kernel_size k", [1, 8], 3], stride: ["stride s", [1, 6], 1],
  padding: ["padding p", [0, 4], 0], dilation: ["dilation d", [1, 4], 1],
};

export function mount(root, given) {
  const dials = Object.fromEntries(Object.entries(DIALS).map(([key, [name, range, start]]) =>
    [key, slider(name, range, given(key, start), update)]));
  const setting = () => Object.fromEntries(Object.entries(dials).map(([key, dial]) => [key, dial.value]));
  const { card, stage, redraw } = frame(root, "The size of a convolution's output", draw);
  const said = html("p", { class: "said", "aria-live": "polite" });
  const error = html("p", { class: "error", "aria-live": "polite" });
  const sums = html("div", { class: "formula" });
  const line = html("code");

  function draw(width) {
    return complaint(() => layout(setting())) ? drawMisfit(setting(), width) : drawSizes(setting(), width);
  }
  function update() {
    const now = setting();
    error.textContent = complaint(() => {
      const plan = layout(now);
      said.textContent = sentence(now, plan);
      sums.replaceChildren(...formula(now, plan));
    });
    said.hidden = sums.hidden = error.textContent !== "";
    line.textContent = torchLine(now);
    redraw();
  }
  card.append(html("div", { class: "sliders" }, Object.values(dials).map((dial) => dial.node)),
    error, stage, said, sums, html("p", { class: "torch" }, line));
  update();
  return {};
}

define("conv-sizes", mount);
