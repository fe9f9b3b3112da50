// <conv-overlap f="0 1; 1 1" g="0 1; 1 1" span="-0.5 2.5">: g, flipped, moves over f; the product's area is f ∗ g.
import { area, products, stops, ticks } from "./areas.mjs";
import { define, frame, html, label, picture, show, svg, tinted } from "./parts.mjs";
import { listen, player } from "./controls.mjs";

const [GUTTER, RIGHT, LEAP, SHOWN] = [38, 22, 5, 8000];
const overlapLook = `
.stage > svg { margin-inline: auto; touch-action: pan-y; cursor: ew-resize; }
.axis { stroke: var(--cv-line); stroke-width: 1; }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.line.f { stroke: var(--cv-input-line); }
.line.g { stroke: var(--cv-kernel-line); stroke-dasharray: 9 4; }
.line.y { stroke: var(--cv-output-line); stroke-width: 3; }
.area { fill: var(--cv-output-strong); fill-opacity: .75; stroke: var(--cv-output-line); stroke-width: 1.25; }
.here { stroke: var(--cv-mark); stroke-width: 1.25; stroke-dasharray: 3 4; }
.dot { fill: var(--cv-paper); stroke: var(--cv-mark); stroke-width: 2.5; }
@media (forced-colors: active) { svg { forced-color-adjust: none; background: var(--cv-paper); } }
`;

/** "0 1; 1 1" as corners. */
export const cornersOf = (text) => text.split(";").map((corner) => corner.trim().split(/\s+/).map(Number));

/** A number to four digits, and whether that is all of it: "= 0.5625" but "≈ 0.3333". */
export function value(number) {
  const exact = Math.abs(number) < 1e-12 ? 0 : Number(number.toPrecision(10));
  const short = Number(exact.toPrecision(4));
  return `${short === exact ? "=" : "≈"} ${show(short)}`;
}

/** One panel: where t and values lie in it, and its axes. */
function panel(span, reach, [left, top, width, height], name) {
  const [low, high] = [Math.min(0, ...reach), Math.max(0, ...reach)];
  const [bottom, head] = [low - (low < 0 ? 0.06 * (high - low) : 0), high + 0.06 * (high - low || 1)];
  const x = (t) => left + ((t - span[0]) / (span[1] - span[0])) * width;
  const y = (v) => top + ((head - v) / (head - bottom)) * height;
  const foot = top + height;
  const across = ticks(...span, width > 420 ? 10 : 5).map((t) => [
    svg("path", { class: "axis", d: `M${x(t)} ${foot}v5` }), label(x(t), foot + 18, show(t), { class: "middle" })]);
  const up = ticks(bottom, head, 4).map((v) => [
    svg("path", { class: "axis", d: `M${left} ${y(v)}h${width}` }),
    label(left - 8, y(v) + 4, show(v), { class: "end" })]);
  return { x, y, axes: [up, across, label(left + width + 8, y(0) + 5, name, { class: "name" })], top, foot };
}

const joinedBy = (points, { x, y }) => `M${points.map(([t, v]) => `${x(t).toFixed(2)} ${y(v).toFixed(2)}`).join("L")}`;
const closed = (corners) => [[corners[0][0], 0], ...corners, [corners.at(-1)[0], 0]];

/** A quadratic piece is exactly a quadratic Bézier curve, whose middle control point follows from its middle value. */
function filled(pieces, at) {
  return pieces.map(({ a, b, ends: [left, middle, right] }) => {
    const point = (t, v) => `${at.x(t).toFixed(2)} ${at.y(v).toFixed(2)}`;
    const bend = point((a + b) / 2, (4 * middle - left - right) / 2);
    return `M${point(a, 0)}L${point(a, left)}Q${bend} ${point(b, right)}L${point(b, 0)}Z`;
  }).join("");
}

/** All that does not change while g moves: the steps, the curve with its corners, and how high the panels must be. */
export function planOf(f, g, span) {
  const xs = stops(...span);
  const breaks = f.flatMap(([t]) => g.map(([u]) => t + u)).filter((x) => x > span[0] && x < span[1]);
  const curve = [...new Set([...xs, ...breaks])].sort((a, b) => a - b).map((x) => [x, area(f, g, x)]);
  const heights = xs.filter((_, n) => n % LEAP === 0).flatMap((x) => products(f, g, x)).flatMap(({ ends }) => ends);
  return { f, g, span, xs, curve, reach: [...f, ...g].map(([, v]) => v).concat(heights) };
}

/** Both panels, drawn once for a width; `go(x)` moves what moves. */
function scene({ f, g, span, curve, reach }, width) {
  const inner = width - GUTTER - RIGHT;
  const [high, low] = width > 480 ? [190, 130] : [150, 105];
  const upper = panel(span, reach, [GUTTER, 8, inner, high], "t");
  const lower = panel(span, curve.map(([, v]) => v), [GUTTER, high + 46, inner, low], "x");
  const flipped = g.map(([t, v]) => [span[0] - t, v]);
  const moving = svg("path", { class: "line g moving", d: joinedBy(closed(flipped), upper) });
  const [fill, done] = [svg("path", { class: "area" }), svg("path", { class: "line y" })];
  const here = svg("path", { class: "here" });
  const dot = svg("circle", { class: "dot", r: 5.5 });
  const shown = svg("svg", { x: GUTTER, y: 0, width: inner, height: lower.foot + 8, viewBox:
    `${GUTTER} 0 ${inner} ${lower.foot + 8}` }, fill, svg("path", { class: "line f", d: joinedBy(closed(f), upper) }),
    moving, done);
  const description = `Above: f, g flipped and moved to x, and their product, for t from ${show(span[0])} to `
    + `${show(span[1])}. Below: the area of the product for every x so far.`;
  const node = picture(width, lower.foot + 26, description, [upper.axes, lower.axes, here, shown, dot]);

  function go(x, found) {
    moving.setAttribute("transform", `translate(${upper.x(x) - upper.x(span[0])} 0)`);
    fill.setAttribute("d", filled(products(f, g, x), upper));
    done.setAttribute("d", joinedBy([...curve.filter(([past]) => past < x), [x, found]], lower));
    here.setAttribute("d", `M${upper.x(x)} 2V${upper.foot}M${upper.x(x)} ${lower.top - 6}V${lower.foot}`);
    dot.setAttribute("cx", lower.x(x));
    dot.setAttribute("cy", lower.y(found));
  }
  const at = (pixel) => span[0] + ((pixel - GUTTER) / inner) * (span[1] - span[0]);
  return { node, go, at };
}

/** What the lines are, each with a sample of itself. */
function legend() {
  const line = (name) => svg("path", { class: `line ${name}`, d: "M1 10h28" });
  const entry = (sample, text) => html("span", {}, svg("svg", { width: 30, height: 20 }, sample), ` ${text}`);
  return [entry(line("f"), "f(t)"), entry(line("g"), "g(x − t), g flipped and moved to x"),
    entry(svg("rect", { class: "area", x: 1, y: 3, width: 28, height: 14 }), "their product; its area is (f ∗ g)(x)"),
    entry(line("y"), "the areas so far")];
}

const KEYS = "The two panels. Left and right arrow keys step, space plays and pauses.";

define("conv-overlap", (root, given) => {
  const span = given("span", "-1 3").trim().split(/\s+/).map(Number);
  const plan = planOf(cornersOf(given("f", "0 1; 1 1")), cornersOf(given("g", "0 1; 1 1")), span);
  let [drawn, now] = [null, 0];
  const found = (n) => area(plan.f, plan.g, plan.xs[n]);
  const { card, stage, redraw } = frame(root, "Convolution as the area of an overlap", (width) => {
    drawn = scene(plan, width);
    drawn.go(plan.xs[now], found(now));
    drag(drawn.node, (pixel) => steps.walk(nearest(drawn.at(pixel))));
    return drawn.node;
  }, KEYS);
  const nearest = (x) => Math.round(((x - span[0]) / (span[1] - span[0])) * (plan.xs.length - 1));
  const said = html("p", { class: "said", "aria-live": "polite" });
  const steps = player("x", plan.xs.length, (n, playing) => {
    now = n;
    const x = plan.xs[n];
    drawn?.go(x, found(n));
    said.setAttribute("aria-live", playing ? "off" : "polite"); // a reader who listens hears where it stops
    said.replaceChildren(`x = ${show(x)}, area `, tinted("output", value(found(n))));
  }, { pace: Math.max(33, SHOWN / plan.xs.length), leap: LEAP, calm: true, text: (n) => show(plan.xs[n]) });
  card.append(html("style", {}, overlapLook), stage, steps.node, said, html("p", { class: "legend quiet" }, legend()));
  listen(card, steps);
  steps.setCount(plan.xs.length);
  redraw();
  return steps;
});

/** Drag in the picture: from the press on, x follows the pointer. */
function drag(node, moved) {
  const follow = (event) => moved(event.clientX - node.getBoundingClientRect().left);
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    follow(event);
  });
  node.addEventListener("pointermove", (event) => node.hasPointerCapture(event.pointerId) && follow(event));
}
