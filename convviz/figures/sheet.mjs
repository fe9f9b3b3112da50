// What the animations of 2-D convolution share: a kernel that slides over a sheet of cells, and the output that fills.
import { cell, factor, frame, glide, html, joined, label, picture, show, svg, tinted } from "./parts.mjs";
import { listen, player } from "./controls.mjs";
import { EDGE, TOP, kindsOf, measure, sumOf, termsOf } from "./windows.mjs";

const ROLES = { input: "input", stretch: "stretch", padding: "padding hatched", extra: "padding hatched extra" };
const sheetLook = `
.stage { overflow-x: auto; padding: 2px; }
.stage > svg { margin-inline: auto; }
.cell.stretch rect { fill: var(--cv-paper); stroke: var(--cv-line); }
.cell.stretch text { fill: var(--cv-quiet); }
.cell.padding.extra rect { stroke: var(--cv-output-line); stroke-dasharray: 6 3; stroke-width: 2; }
.cell.left rect { fill: var(--cv-paper); stroke: var(--cv-error-line); stroke-dasharray: 4 3; stroke-width: 1.5; }
.cell.left .hatch { display: none; }
.cell.left text { fill: var(--cv-quiet); }
.tap rect { fill: none; stroke: var(--cv-kernel-line); stroke-width: 2.5; }
.tap .tag { fill: var(--cv-kernel); stroke-width: 1; }
.tap text { fill: var(--cv-kernel-ink); font-weight: 600; }
.window { fill: none; stroke: var(--cv-mark); stroke-width: 2.5; }
.out { cursor: pointer; }
.out:hover rect { stroke: var(--cv-mark); }
.out rect { pointer-events: all; }
.zero { color: var(--cv-quiet); font-weight: 400; }
.card > .sum { margin-top: .1rem; }
.player .value { min-width: 8.4em; }
.sum span { white-space: nowrap; }
@media (forced-colors: active) { svg { forced-color-adjust: none; background: var(--cv-paper); } }
`;

/** A number a little above the middle of its cell, so that the kernel's number finds room in the corner. */
function number(x, y, size, value) {
  const text = show(value, 4);
  const font = Math.min(17, size * 0.44, (size - 5) / (0.6 * text.length));
  return label(x + size * 0.46, y + size * 0.43, text, { class: "middle", style: `font-size: ${font}px` });
}

/** One tap of the kernel: an outline, and its number on a tag in the corner where there is room for it. */
function tap(x, y, size, weight) {
  const text = show(weight, 4);
  const font = Math.min(11.5, Math.max(8.5, size * 0.27), (size - 7) / (0.6 * text.length));
  const [width, height] = [Math.max(font + 2, 0.62 * font * text.length + 4), font + 2];
  const [left, top] = [x + size - width - 1.5, y + size - height - 1.5];
  return svg("g", { class: "tap" },
    svg("rect", { x: x + 1.5, y: y + 1.5, width: size - 3, height: size - 3, rx: 5 }),
    font < 6.5 ? null : [
      svg("rect", { class: "tag", x: left, y: top, width, height, rx: 3 }),
      label(left + width / 2, top + height / 2 + 0.5, text, { class: "middle", style: `font-size: ${font}px` })]);
}

/** The kernel as it lies on the sheet in its first place. */
function overlay(plan, { size }) {
  const [y, x] = plan.start.map((first, axis) => first * size + (axis ? EDGE : TOP));
  const [down, across] = [plan.w, plan.w[0]].map((taps, axis) => ((taps.length - 1) * plan.dilation[axis] + 1) * size);
  return svg("g", { class: "moving" },
    plan.w.map((row, r) => row.map((weight, s) =>
      tap(x + s * plan.dilation[1] * size, y + r * plan.dilation[0] * size, size, weight))),
    svg("rect", { class: "window", x: x - 0.5, y: y - 0.5, width: across + 1, height: down + 1, rx: 7 }));
}

const sizeOf = (grid) => `${grid.length} × ${grid[0].length}`;
const describe = ({ names, cells, w, size: [rows, columns] }) =>
  `${names[0]}: ${sizeOf(cells)} cells. ${names[1]}: ${sizeOf(w)}. Output y: ${rows} × ${columns}.`;

/** The whole scene, drawn once for a width; `go(n)` changes only the cells that are not yet as they should be. */
function scene(plan, outputs, width, jump) {
  const at = measure(plan, outputs, width);
  const kinds = kindsOf(plan);
  const box = ([x, y], r, c, width, height, role, text) =>
    cell(x + c * width, y + r * height, width, height, role, text);
  const sheet = plan.cells.map((row, r) => row.map(({ value }, c) => {
    const drawn = box(at.sheet, r, c, at.size, at.size, ROLES[kinds[r][c]] ?? `${ROLES[plan.cells[r][c].kind]} left`);
    drawn.append(number(EDGE + c * at.size, TOP + r * at.size, at.size, value));
    return drawn;
  }));
  const out = outputs.map((_, n) => svg("g", { class: "out", click: () => jump(n) }));
  const mover = svg("g", {}, overlay(plan, at));
  const title = ([x, y], text) => label(x, y - 8, text, { class: "name" });
  const states = [];
  let last = null;

  function paint(n, now) {
    const state = n > now ? "empty" : n === now ? "output on mark" : "output";
    if (states[n] === state) return;
    states[n] = state;
    const [r, c] = [Math.floor(n / plan.size[1]), n % plan.size[1]];
    out[n].replaceChildren(box(at.output, r, c, at.pitch.out, at.side, state, n > now ? "" : show(outputs[n], 5)));
  }
  function go(now) {
    for (let n = 0; n < outputs.length; n += 1) paint(n, now);
    const [i, j] = [Math.floor(now / plan.size[1]), now % plan.size[1]];
    const [x, y] = [j * plan.stride[1] * at.size, i * plan.stride[0] * at.size];
    mover.setAttribute("transform", `translate(${x} ${y})`);
    mover.firstChild.getAnimations().forEach((glided) => glided.cancel());
    if (last) {
      last.read.forEach(({ y: r, x: c }) => sheet[r][c].classList.remove("on"));
      const [dx, dy] = [last.x - x, last.y - y];
      if (Math.abs(last.now - now) === 1 && (dx === 0 || dy === 0)) glide(mover.firstChild, dx, dy);
    }
    const read = termsOf(plan, now).flat();
    read.forEach(({ y: r, x: c }) => sheet[r][c].classList.add("on"));
    last = { now, x, y, read };
    return { left: read[0].x * at.size, right: (read.at(-1).x + 1) * at.size };
  }
  const names = [title(at.sheet, plan.names[0]), title(at.kernel, plan.names[1]), title(at.output, "output y")];
  const kernel = plan.w.map((row, r) =>
    row.map((weight, s) => box(at.kernel, r, s, at.pitch.tap, at.side, "kernel", weight)));
  return { node: picture(at.width, at.height, describe(plan), [names, sheet, kernel, out, mover]), go };
}

/** "= 1×10 + …" with a line for each row of the kernel; zeros that are no input are pale. */
function sentence(plan, n) {
  const term = ({ value, weight, kind }) => html("span", {},
    tinted(kind === "input" ? "input" : "zero", factor(value)), "×", tinted("kernel", factor(weight)));
  const written = termsOf(plan, n).map((row) => row.map(term));
  const rows = written.map((row, r) => html("div", {}, r ? "+ " : "= ", ...joined(row, " + ")));
  return [...rows, html("div", {}, "= ", tinted("output", show(sumOf(plan, n))))];
}

function legend(plan) {
  const kinds = new Set(kindsOf(plan).flat());
  return Object.entries(plan.legend).filter(([kind]) => kinds.has(kind)).map(([kind, text]) =>
    html("span", {}, svg("svg", { width: 26, height: 22 },
      cell(0, 0, 26, 22, kind === "left" ? "input left" : ROLES[kind])), ` ${text}`));
}

const KEYS = "The grids. Left and right arrow keys step, space plays and pauses.";

/** Fill a shadow root with the animation of a plan that also has a title, names (of sheet, kernel), and a legend. */
export function mountSheet(root, plan) {
  const count = plan.size[0] * plan.size[1];
  const outputs = Array.from({ length: count }, (_, n) => sumOf(plan, n));
  const where = (n) => `row ${Math.floor(n / plan.size[1])}, column ${n % plan.size[1]}`;
  let [drawn, now] = [null, 0];
  const { card, stage } = frame(root, plan.title, (width) => {
    drawn = scene(plan, outputs, width, (n) => steps.walk(n));
    drawn.go(now);
    return drawn.node;
  }, KEYS);
  const said = html("p", { class: "said", "aria-live": "polite" });
  const sum = html("div", { class: "sum" });
  const steps = player("window", count, (n, playing) => {
    now = n;
    if (drawn) keepInView(stage, drawn.go(n));
    said.setAttribute("aria-live", playing ? "off" : "polite"); // a reader who listens hears where it stops
    said.replaceChildren(`Output ${where(n)}: `, tinted("output", show(outputs[n])));
    sum.replaceChildren(...sentence(plan, n));
  }, { pace: count > 40 ? 600 : 1000, calm: true, text: where });
  card.append(html("style", {}, sheetLook), stage, steps.node, said, sum,
    html("p", { class: "legend quiet" }, legend(plan)));
  listen(card, steps);
  steps.setCount(count);
  return steps;
}

/** Where the grids are wider than the page, they scroll so that the window stays visible. */
function keepInView(stage, { left, right }) {
  const { scrollLeft, clientWidth } = stage;
  if (left < scrollLeft) stage.scrollLeft = left - 8;
  else if (right > scrollLeft + clientWidth) stage.scrollLeft = right - clientWidth + 8;
}
