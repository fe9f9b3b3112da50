// What every figure is drawn from: elements, numbers as text, cells on a grid, and the frame they stand in.
import { look } from "./look.mjs";

const [NARROWEST, WIDEST] = [21, 52];

export function html(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** A function is a listener, false and undefined are left out, true is an attribute without a value. */
function dress(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null));
  return node;
}

/** A number as text: integers whole, others to nine digits, and a true minus sign. */
export function show(value, digits = 9) {
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)));
  return text.replace("-", "−");
}

/** The same inside a product, where a negative number needs brackets. */
export const factor = (value) => (value < 0 ? `(${show(value)})` : show(value));

/** A coloured number in a sentence; role is input, kernel or output. */
export const tinted = (role, text) => html("b", { class: role }, text);

/** Put `separator` between the items: pieces of a sentence stay nodes. */
export const joined = (items, separator) =>
  items.flatMap((item, index) => (index ? [separator, item].flat() : [item].flat()));

/**
 * Where columns stand, right of a gutter: all of them if they fit, else those around the focus [first, last].
 * `numbers` are what the cells will hold: they say how wide a cell should be; it is never below NARROWEST.
 */
export function view(total, [first, last], width, gutter, numbers) {
  const room = width - gutter;
  const wished = Math.min(64, 9 + 7.5 * Math.max(2, ...numbers.map((value) => show(value, 4).length)));
  const most = Math.floor(room / NARROWEST);
  const count = Math.min(total, most, Math.max(Math.floor(room / wished), last - first + 1));
  const centred = Math.min(first, Math.round((first + last + 1 - count) / 2));
  const from = Math.max(0, Math.min(centred, total - count));
  const cell = Math.min(Math.max(WIDEST, wished), room / count);
  return {
    cell, from, to: from + count, total, end: gutter + count * cell,
    at: (column) => gutter + (column - from) * cell,
    shows: (column) => column >= from && column < from + count,
  };
}

/** Small arrows where the picture goes on beyond what is drawn. */
export const more = ({ from, to, total, at, end }, y) => [
  from > 0 ? label(at(from), y, "◂ more", {}) : null,
  to < total ? label(end, y, "more ▸", { class: "end" }) : null,
];

/** A cell with its number in the middle: it shrinks until it fits, and where it would be too small a dot stands. */
export function cell(x, y, width, height, role, text = "") {
  const [left, top, across, down] = [x + 1.5, y + 1.5, width - 3, height - 3];
  const round = Math.min(role.startsWith("kernel") ? 12 : 5, across / 3, down / 3);
  return svg("g", { class: `cell ${role}` },
    svg("rect", { x: left, y: top, width: across, height: down, rx: round }),
    role.includes("hatched") ? hatch(left, top, across, down) : null,
    role.startsWith("output") && across > 14 && down > 20
      ? svg("path", { class: "foot", d: `M${left + 6} ${top + down - 3.5}h${across - 12}` }) : null,
    text === "" ? null : inCell(x + width / 2, y + height / 2, width, height, text));
}

function inCell(x, y, width, height, text) {
  const words = typeof text === "number" ? show(text, 4) : text;
  const size = Math.min(17, height * 0.55, (width - 4) / (0.62 * words.length));
  const fits = size >= 8;
  return label(x, y, fits ? words : "·", { style: `font-size: ${fits ? size : 13}px`, class: "middle" });
}

function hatch(x, y, w, h) {
  const down = [1, 2, 3].map((n) => `M${x} ${y + (h * n) / 3}L${x + (w * n) / 3} ${y}`);
  const up = [1, 2].map((n) => `M${x + (w * n) / 3} ${y + h}L${x + w} ${y + (h * n) / 3}`);
  return svg("path", { class: "hatch", d: down.join("") + up.join("") });
}

export const label = (x, y, text, attributes = {}) => svg("text", { x, y, ...attributes }, text);

/** The picture itself: exactly as wide as the page gives, so that letters never shrink with the page. */
export function picture(width, height, description, children) {
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": description },
    children);
}

/** The card a figure stands in. `draw(width)` gives the picture, again for each new width; `keys` says what keys do. */
export function frame(root, title, draw, keys) {
  const reachable = keys ? { tabindex: 0, role: "group", "aria-label": keys } : {};
  const stage = html("div", { class: "stage", ...reachable });
  const ruler = html("div", { class: "ruler" });
  const card = html("section", { class: "card", "aria-label": title }, ruler);
  const redraw = () => stage.replaceChildren(draw(Math.max(240, ruler.clientWidth || 600)));
  root.append(html("style", {}, look), card);
  new ResizeObserver(redraw).observe(ruler);
  return { card, stage, redraw };
}

/** Slide a drawn group in from where it was, unless the reader asked for less motion. */
export function glide(node, dx, dy = 0) {
  if ((dx === 0 && dy === 0) || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const from = { transform: `translate(${dx}px, ${dy}px)` };
  node.animate([from, { transform: "none" }], { duration: 350, easing: "ease-out" });
}

/** Register a figure once per page. `mount(root, element)` fills a shadow root and gives { pause }. */
export function define(name, mount) {
  if (customElements.get(name)) return;
  customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      this.dataset.lmSuppressShortcuts = "true"; // JupyterLab then leaves the keys to the figure
      this.figure ??= mount(this.attachShadow({ mode: "open" }), (key, other) => this.getAttribute(key) ?? other);
    }

    disconnectedCallback() {
      this.figure.pause?.();
    }
  });
}
