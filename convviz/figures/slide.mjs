// <conv-slide f="1 2 3 4" g="1 2 3">: f stays, g is reversed and moves one cell to the right at every step.
import {
  cell, define, factor, frame, glide, html, joined, label, more, picture, show, svg, tinted, view,
} from "./parts.mjs";
import { listen, numberField, player } from "./controls.mjs";

/** The products of step i: one for every j where both f_j and g_(i-j) exist. */
export function products(f, g, i) {
  return f.map((value, j) => ({ j, f: value, g: g[i - j] })).filter((term) => term.g !== undefined);
}

const total = (terms) => terms.reduce((sum, term) => sum + term.f * term.g, 0);
const stepsOf = (f, g) => f.length + g.length - 1;
const outputsUpTo = (f, g, i) => Array.from({ length: i + 1 }, (_, n) => total(products(f, g, n)));

/** One step as a picture; column 0 is where g's far end starts, f_0 stands in column g.length - 1. */
export function drawSlide({ f, g, i }, width) {
  const shift = g.length - 1;
  const wide = width > 480;
  const terms = products(f, g, i);
  const numbers = [...f, ...g, ...terms.map((term) => term.f * term.g), ...outputsUpTo(f, g, i)];
  const grid = view(stepsOf(f, g) + shift, [terms[0].j + shift, i + shift], width, wide ? 100 : 52, numbers);
  const size = Math.max(26, Math.min(grid.cell, 40));
  const row = (n) => 20 + n * (size + 22);
  const put = (column, n, role, value) =>
    (grid.shows(column) ? cell(grid.at(column), row(n), grid.cell, size, role, value) : null);
  const place = { grid, size, row, put, x: (j) => grid.at(j + shift) + grid.cell / 2, shift };
  const height = row(3) + size + 22;
  return picture(grid.end, height, describe(f, g, i), [
    band(terms, place), names(wide, place), more(grid, row(3) + size + 16),
    f.map((value, j) => put(j + shift, 0, g[i - j] === undefined ? "input" : "input on", value)),
    svg("g", { class: "moving", "data-step": grid.cell },
      g.map((value, k) => put(i + shift - k, 1, "kernel", value))),
    f.map((_, j) => (grid.shows(j + shift) ? label(place.x(j), 10, String(j), { class: "middle" }) : null)),
    terms.map((term) =>
      cell(grid.at(term.j + shift) + 4, row(2), grid.cell - 8, size, "product", term.f * term.g)),
    signs(terms, place), gather(terms, i, place), outputs(f, g, i, place),
  ]);
}

function band(terms, { grid, row, size, shift }) {
  const [height, width] = [row(2) + size + 4 - row(0), terms.length * grid.cell];
  return svg("rect", { class: "band", x: grid.at(terms[0].j + shift), y: row(0) - 2, width, height });
}

function names(wide, { row, size }) {
  const texts = ["f", wide ? "g reversed" : "g rev.", wide ? "products" : "prod.", "f ∗ g"];
  return texts.map((text, n) => label(0, row(n) + size / 2 + 5, text, { class: "name" }));
}

/** × between f and g, = above the products, + between them. */
function signs(terms, { x, row, size, grid }) {
  const between = (n, text) => terms.map(({ j }) => label(x(j), row(n) - 11, text, { class: "sign middle" }));
  const plus = terms.slice(1).map(({ j }) =>
    label(x(j) - grid.cell / 2, row(2) + size / 2, "+", { class: "sign middle" }));
  return [...between(1, "×"), ...between(2, "="), ...plus];
}

/** A bracket under the products that leads to output i. */
function gather(terms, i, { x, row, size }) {
  const [from, to, y] = [x(terms[0].j), x(terms.at(-1).j), row(2) + size + 2];
  const legs = `M${from} ${y}v6H${Math.max(to, x(i))}M${to} ${y}v6`;
  return svg("path", { class: "wire", d: `${legs}M${x(i)} ${y + 6}V${row(3) - 1}` });
}

/** Output n stands in f's column n, below g's first number; those to come are empty. */
function outputs(f, g, i, { x, row, size, put, shift, grid }) {
  const done = outputsUpTo(f, g, i);
  return Array.from({ length: stepsOf(f, g) }, (_, n) => [
    put(n + shift, 3, n > i ? "empty" : n === i ? "output on mark" : "output", n > i ? "" : done[n]),
    grid.to - grid.from < grid.total ? null : label(x(n), row(3) + size + 12, String(n), { class: "middle" }),
  ]);
}

const describe = (f, g, i) =>
  `f is ${f.map((v) => show(v)).join(", ")}. g is ${g.map((v) => show(v)).join(", ")}, drawn in reverse order, `
  + `with its first number under position ${i} of f.`;

/** "Output 2: 1×3 + 2×2 + 3×1 = 10", with the numbers in their colours. */
function sentence(f, g, i) {
  const terms = products(f, g, i);
  const written = terms.map((t) => [tinted("input", factor(t.f)), "×", tinted("kernel", factor(t.g))]);
  return [`Output ${i}: `, ...joined(written, " + "), " = ", tinted("output", show(total(terms)))];
}

const KEYS = "The table. Left and right arrow keys step, space plays and pauses.";

export function mount(root, given) {
  const state = { i: 0 };
  let before = 0;
  const { card, stage, redraw } = frame(root, "Convolution by hand, one step at a time", draw, KEYS);
  const [f, g] = ["f", "g"].map((name) =>
    numberField(name === "f" ? "input" : "kernel", name, given(name, "1, 2, 3"), [1, 2, 3], update));
  const said = html("p", { class: "said", "aria-live": "polite" });
  const soFar = html("p", { class: "quiet" });
  const steps = player("output", 1, (now) => {
    state.i = now;
    redraw();
    said.replaceChildren(...sentence(f.values, g.values, now));
    soFar.textContent = `f ∗ g so far: ${outputsUpTo(f.values, g.values, now).map((v) => show(v)).join(", ")}`;
  });

  function draw(width) {
    const drawing = drawSlide({ f: f.values, g: g.values, i: state.i }, width);
    const moving = drawing.querySelector(".moving");
    glide(moving, Math.sign(before - state.i) * moving.dataset.step);
    before = state.i;
    return drawing;
  }
  function update() {
    stage.classList.toggle("stale", Boolean(f.wrong || g.wrong));
    steps.setCount(stepsOf(f.values, g.values));
  }
  card.append(html("div", { class: "fields" }, f.node, g.node), stage, said, steps.node, soFar);
  listen(card, steps);
  update();
  return steps;
}

define("conv-slide", mount);
