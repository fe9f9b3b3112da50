// Sets formulas: one JSON line {tex, display} in, one JSON line {html} or {error} out, until the input ends.
// Usage: node katex.mjs /path/to/katex.js
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const katex = createRequire(import.meta.url)(process.argv[2]);

function set({ tex, display }) {
  try {
    // strict: what LaTeX would not take, or would set otherwise, is an error here and not a surprise on the page.
    return { html: katex.renderToString(tex, { displayMode: display, strict: "error" }) };
  } catch (error) {
    return { error: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(set(JSON.parse(line))) + "\n");
}
