// <conv-scatter x="1 2" w="1 10 100" stride="2">: every input stamps x_i·w on the output, stride cells further on.
import { convTransposeOutputSize, effectiveKernelSize } from "./arithmetic.mjs";
import {
  cell, define, factor, frame, html, joined, label, more, picture, show, svg, tinted, view,
} from "./parts.mjs";
import { complaint, listen, numberField, player, slider } from "./controls.mjs";

/** Where the numbers of stamp i land, and what they are. */
export function stamp({ x, w, stride, dilation }, i) {
  return w.map((weight, t) => ({ column: i * stride + t * dilation, weight, value: x[i] * weight }));
}

/** The canvas: all columns the stamps touch, and which of them become the output. Throws the broken rule. */
export function layout({ x, w, stride, padding, output_padding, dilation }) {
  const size = convTransposeOutputSize(x.length, w.length, stride, padding, output_padding, dilation);
  const touched = (x.length - 1) * stride + effectiveKernelSize(w.length, dilation);
  return { size, touched, columns: Math.max(touched, padding + size), first: padding, last: padding + size - 1 };
}

/** The sums of the columns after the stamps 0 … i. */
export function sumsUpTo(setting, i, columns) {
  const sums = Array(columns).fill(0);
  for (let n = 0; n <= i; n += 1) stamp(setting, n).forEach(({ column, value }) => { sums[column] += value; });
  return sums;
}

/** Inputs down the left side, their stamps beside them, the sums below: one column of the picture is one place. */
export function drawScatter(setting, i, width) {
  const plan = layout(setting);
  const now = stamp(setting, i).map(({ column }) => column);
  const numbers = [...stamp(setting, i).map(({ value }) => value), ...sumsUpTo(setting, i, plan.columns)];
  const grid = view(plan.columns, [now[0], now.at(-1)], width, 50, numbers);
  const size = Math.max(26, Math.min(grid.cell, 36));
  const row = (n) => 40 + n * size;
  const bottom = row(setting.x.length) + 14;
  const put = (column, y, role, value) =>
    (grid.shows(column) ? cell(grid.at(column), y, grid.cell, size, role, value) : null);
  const place = { grid, put, size, bottom, now };
  return picture(Math.max(grid.end, 140), bottom + size + 24, describe(setting, plan, i), [
    now.filter(grid.shows).map((column) =>
      svg("rect", { class: "band", x: grid.at(column), y: 18, width: grid.cell, height: bottom + size - 16 })),
    label(0, 14, "x", { class: "name" }), label(50, 14, "stamps x·w", { class: "name" }),
    more({ ...grid, at: (column) => grid.at(column) + 96 }, 14),
    numbering(Array.from({ length: plan.columns }, (_, n) => n), (n) => n, 30, grid),
    setting.x.map((value, n) => [
      cell(0, row(n), 40, size, n === i ? "input on mark" : "input", value), stampRow(setting, n, i, put, row(n)),
    ]),
    sums(setting, plan, i, place),
    label(0, bottom + size / 2 + 5, "sums", { class: "name" }), label(0, bottom + size + 16, "output"),
    numbering(Array.from({ length: plan.size }, (_, n) => n), (n) => n + plan.first, bottom + size + 12, grid),
  ]);
}

function stampRow(setting, n, i, put, y) {
  return stamp(setting, n).map(({ column, value }) =>
    (n > i ? put(column, y, "empty") : put(column, y, n === i ? "kernel" : "kernel off", value)));
}

function sums(setting, { columns, first, last }, i, { put, bottom, now }) {
  const extra = last - setting.output_padding;
  return sumsUpTo(setting, i, columns).map((sum, column) => {
    const kept = column >= first && column <= last;
    const role = !kept ? "padding hatched" : column > extra ? "output extra" : "output";
    return put(column, bottom, role + (now.includes(column) ? " on" : ""), sum);
  });
}

/** Small numbers, one over or under each column. */
function numbering(numbers, column, y, grid) {
  return numbers.filter((n) => grid.shows(column(n))).map((n) =>
    label(grid.at(column(n)) + grid.cell / 2, y, String(n), { class: "middle" }));
}

/** What the two special kinds of cells mean, when there are any. */
function legend({ padding, output_padding }) {
  const sample = (role) => svg("svg", { width: 26, height: 20 }, cell(0, 0, 26, 20, role));
  const entry = (role, text) => html("span", {}, sample(role), ` ${text}`);
  return [
    padding ? entry("padding hatched", "cropped by padding") : null,
    output_padding ? entry("output extra", "kept by output_padding") : null,
  ].filter(Boolean);
}

const describe = ({ x, w }, { size }, i) =>
  `${x.length} inputs, each times the ${w.length} weights, placed on ${size} outputs. `
  + `Stamped so far: inputs 0 to ${i}.`;

/** "Input 1 stamps from 2·1 = 2 on: 2×1 = 2, …", with the numbers in their colours. */
function sentence(setting, i) {
  const { x, stride } = setting;
  const parts = stamp(setting, i).map(({ weight, value }) =>
    [tinted("input", factor(x[i])), "×", tinted("kernel", factor(weight)), ` = ${show(value)}`]);
  const columns = stamp(setting, i).map(({ column }) => column).join(", ");
  const start = `Input ${i} stamps from place ${stride}·${i} = ${stride * i} on: `;
  return [start, ...joined(parts, ", "), `, added at ${columns}.`];
}

function soFar(setting, i) {
  const { columns, first, last } = layout(setting);
  const kept = sumsUpTo(setting, i, columns).slice(first, last + 1).map((sum) => show(sum)).join(", ");
  return `Output ${i === setting.x.length - 1 ? "complete" : "so far"}: ${kept}`;
}

/** The size formula, then the same with the numbers in it. */
function formula({ x, w, stride, padding, output_padding, dilation }, { size }) {
  return [
    html("p", {}, "output size = (", tinted("input", "i"), " − 1)s − 2p + d(", tinted("kernel", "k"),
      " − 1) + a + 1"),
    html("p", {}, "= (", tinted("input", String(x.length)), ` − 1)·${stride} − 2·${padding} + ${dilation}·(`,
      tinted("kernel", String(w.length)), ` − 1) + ${output_padding} + 1 = `, tinted("output", String(size))),
  ];
}

/** The layer as torch writes it, defaults left out. */
export function torchLine({ w, stride, padding, output_padding, dilation }) {
  const given = Object.entries({ stride, padding, output_padding, dilation })
    .filter(([name, value]) => value !== (name.endsWith("padding") ? 0 : 1));
  const all = [["kernel_size", w.length], ...given].map((pair) => pair.join("=")).join(", ");
  return `torch.nn.ConvTranspose1d(1, 1, ${all})`;
}

const DIALS = {
  stride: ["stride s", [1, 5], 1], padding: ["padding p (crops)", [0, 5], 0],
  output_padding: ["output_padding a", [0, 4], 0], dilation: ["dilation d", [1, 3], 1],
};

const KEYS = "The stamps. Left and right arrow keys step, space plays and pauses.";

export function mount(root, given) {
  const dials = Object.fromEntries(Object.entries(DIALS).map(([key, [name, range, start]]) =>
    [key, slider(name, range, given(key, start), update)]));
  const { card, stage, redraw } = frame(root, "Transposed convolution, one stamp at a time", draw, KEYS);
  const [x, w] = [["input", "x", "1, 2, 3"], ["kernel", "w", "1, 10, 100"]].map(([role, name, start]) =>
    numberField(role, name, given(name, start), [1, 2, 3], update));
  const said = html("p", { class: "said", "aria-live": "polite" });
  const error = html("p", { class: "error", "aria-live": "polite" });
  const [result, sizes, line] = [html("p", { class: "quiet" }), html("div", { class: "formula" }), html("code")];
  const key = html("p", { class: "legend quiet" });
  let good = null;
  let at = 0;
  const steps = player("input", 1, (now) => {
    at = now;
    redraw();
    if (!good) return;
    said.replaceChildren(...sentence(good, now));
    result.textContent = soFar(good, now);
  });

  function draw(width) {
    return good ? drawScatter(good, at, width) : svg("svg", { width, height: 1 });
  }
  /** A setting that breaks a rule is answered in words, and the last good picture stays, pale. */
  function update() {
    const values = Object.fromEntries(Object.entries(dials).map(([key, dial]) => [key, dial.value]));
    const setting = { x: x.values, w: w.values, ...values };
    error.textContent = complaint(() => {
      sizes.replaceChildren(...formula(setting, layout(setting)));
      key.replaceChildren(...legend(setting));
      good = setting;
    });
    sizes.hidden = error.textContent !== "";
    stage.classList.toggle("stale", Boolean(error.textContent || x.wrong || w.wrong));
    line.textContent = torchLine(setting);
    if (good) steps.setCount(good.x.length);
  }
  card.append(html("div", { class: "fields" }, x.node, w.node),
    html("div", { class: "sliders" }, Object.values(dials).map((dial) => dial.node)),
    error, stage, key, said, steps.node, result, sizes, html("p", { class: "torch" }, line));
  listen(card, steps);
  update();
  return steps;
}

define("conv-scatter", mount);
