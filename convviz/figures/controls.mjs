// What a reader can touch: a field of numbers, a slider for one parameter, and the player that walks the steps.
import { html, show, svg } from "./parts.mjs";

const MOST_NUMBERS = 12;
const LARGEST = 999;

/** Read "1, 2 3" as numbers; what cannot be read is a RangeError that says which rule it breaks. */
export function parseNumbers(name, text) {
  const words = text.replace(/[[\]()]/g, " ").replaceAll("−", "-").split(/[\s,;，、]+/).filter(Boolean);
  if (!words.length) throw new RangeError(`${name} must not be empty: give 1 to ${MOST_NUMBERS} numbers`);
  if (words.length > MOST_NUMBERS) {
    throw new RangeError(`${name} must have at most ${MOST_NUMBERS} numbers here, got ${words.length}`);
  }
  return words.map((word) => parseNumber(name, word));
}

function parseNumber(name, word) {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(word) ? Number(word) : NaN;
  if (Number.isNaN(value)) throw new RangeError(`${name} must be made of numbers, got '${word}'`);
  if (Math.abs(value) > LARGEST) {
    throw new RangeError(`${name} must stay between −${LARGEST} and ${LARGEST} here, got ${show(value)}`);
  }
  return value;
}

/** A text field for a list of numbers. Wrong text stays in the field; the figure keeps the last good numbers. */
export function numberField(role, name, text, fallback, changed) {
  const field = { values: fallback };
  const error = html("p", { class: "error", id: `${name}-error`, "aria-live": "polite" });
  const input = html("input", {
    type: "text", value: text, autocomplete: "off", spellcheck: "false", "aria-describedby": error.id,
    input: () => { read(); changed(); },
  });
  const read = () => {
    field.wrong = complaint(() => { field.values = parseNumbers(name, input.value); });
    error.textContent = field.wrong;
    input.setAttribute("aria-invalid", String(field.wrong !== ""));
  };
  const title = html("label", {}, html("b", { class: role }, name), " = ", input);
  field.node = html("div", { class: "field" }, title, error);
  read();
  return field;
}

/** What an action throws as words, "" if all is well; anything but a broken rule is a fault and goes on. */
export function complaint(action) {
  try {
    action();
    return "";
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** A slider for one whole number, with its name and its value beside it. */
export function slider(name, [min, max], start, changed) {
  const dial = { value: Number(start) };
  const value = html("span", { class: "value", "aria-hidden": "true" }, String(start));
  const input = html("input", {
    type: "range", min, max: Math.max(max, dial.value), value: start,
    input: () => {
      dial.value = Number(input.value);
      value.textContent = input.value;
      changed();
    },
  });
  dial.node = html("label", { class: "slider" }, html("span", {}, name), value, input);
  return dial;
}

const ICONS = {
  first: "M3 3h2.5v12H3zM15 3v12L6.5 9z", back: "M13 3v12L4 9z", next: "M5 3v12l9-6z",
  play: "M5 3v12l9-6z", pause: "M4 3h3.5v12H4zM10.5 3H14v12h-3.5z",
};
const icon = (name) => svg("svg", { viewBox: "0 0 18 18", width: 18, height: 18, "aria-hidden": "true" },
  svg("path", { d: ICONS[name], fill: "currentColor" }));
const iconButton = (name, title, click) =>
  html("button", { type: "button", title, "aria-label": title, click }, icon(name));

/**
 * Walk through `count` steps by buttons, slider and keys; `stepped(now, playing)` draws. It never starts by itself.
 * `pace` is the time of a step in ms, `leap` how far the buttons go, `text(now)` what the slider says.
 * With `calm` there is no playing for readers who asked for less motion: they step.
 */
export function player(noun, count, stepped, { pace = 1300, leap = 1, text, calm = false } = {}) {
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  let at = 0;
  let timer = null;
  const play = html("button", { type: "button", class: "play", click: () => toggle() });
  const range = html("input", { type: "range", min: 0, input: () => walk(Number(range.value)) });
  const value = html("span", { class: "value", "aria-hidden": "true" });

  function go(step) {
    at = Math.max(0, Math.min(step, count - 1));
    range.value = at;
    range.setAttribute("aria-valuetext", text?.(at) ?? `${noun} ${at}`);
    value.textContent = text?.(at) ?? `${at} of 0 to ${count - 1}`;
    stepped(at, timer !== null);
  }
  const walk = (step) => { pause(); go(step); };
  function pause() {
    clearInterval(timer);
    timer = null;
    play.replaceChildren(icon("play"), " Play");
  }
  function tick() {
    if (at >= count - 2) pause();
    go(at + 1);
  }
  function toggle() {
    if (timer !== null) return walk(at);
    if (calm && quiet.matches) return walk(at + leap);
    if (at === count - 1) go(0);
    timer = setInterval(tick, pace);
    play.replaceChildren(icon("pause"), " Pause");
  }
  function calmDown() {
    play.hidden = quiet.matches;
    pause();
  }
  if (calm) quiet.addEventListener("change", calmDown);
  if (calm) calmDown();
  /** After an edit there may be more or fewer steps; the reader stays where they were if that still exists. */
  function setCount(steps) {
    count = steps;
    range.max = count - 1;
    play.disabled = count < 2;
    if (at >= count - 1) pause();
    go(at);
  }
  pause();
  const [back, next] = [() => walk(at - leap), () => walk(at + leap)];
  const node = html("div", { class: "player" },
    html("div", { class: "buttons" },
      iconButton("first", "Back to the start", () => walk(0)),
      iconButton("back", "One step back", back),
      play,
      iconButton("next", "One step on", next)),
    html("label", { class: "slider" }, html("span", {}, noun), value, range));
  return { node, setCount, pause, toggle, back, next, walk };
}

/** Arrow keys step and space plays, wherever the focus is, except where a control needs the key itself. */
export function listen(card, steps) {
  const actions = { ArrowLeft: steps.back, ArrowRight: steps.next, " ": steps.toggle };
  card.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // the page may have its own use for the arrow keys
    const { tagName, type } = event.target;
    const space = event.key === " ";
    const taken = tagName === "INPUT" ? type === "text" || !space : tagName === "BUTTON" && space;
    if (taken || !(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  });
}
