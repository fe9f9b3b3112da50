// How the figures look. Colours are the course's own (convviz/style.css), inherited from the page, light or dark.
export const look = `
:host { display: block; margin: 1.25rem 0; }
.card { box-sizing: border-box; padding: .75rem; border: 1px solid var(--cv-line); border-radius: 8px;
  background: var(--cv-paper); color: var(--cv-ink); line-height: 1.5; font-size: 16px; text-align: left;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere; }
.card > * + * { margin-top: .75rem; }
p { margin: 0; }
[hidden] { display: none; }
.ruler { height: 0; }
b.input { color: var(--cv-input-line); }
b.kernel { color: var(--cv-kernel-text); }
b.output { color: var(--cv-output-line); }
.quiet { color: var(--cv-quiet); font-size: 15px; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 14px; }
.torch { padding: .4rem .6rem; border-radius: 6px; background: var(--cv-padding); }
.said { font-size: 17px; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.2em; }
.legend:empty { display: none; }
.legend svg { vertical-align: -4px; }
.error:not(:empty) { padding: .35rem .6rem; border-left: 4px solid var(--cv-error-line); border-radius: 4px;
  background: var(--cv-error); color: var(--cv-error-ink); }
.card .error:empty { margin: 0; }

.fields, .sliders { display: grid; gap: .25rem 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 19em), 1fr)); }
.field label { display: flex; align-items: center; gap: .4em; }
.field .error { margin-top: .4rem; }
input[type=text] { flex: 1; min-width: 0; min-height: 44px; box-sizing: border-box; padding: 0 .6rem; font: inherit;
  color: inherit; background: var(--cv-paper); border: 1px solid var(--cv-padding-line); border-radius: 6px; }
input[aria-invalid=true] { border: 2px solid var(--cv-error-line); }
.slider { display: flex; gap: .6rem; align-items: center; font-size: 15px; }
.sliders .slider span:first-child { flex: 0 0 9.9em; }
.slider input { flex: 1; min-width: 0; height: 36px; margin: 0; accent-color: var(--cv-input-line); }
.sliders .value { flex: 0 0 1.4em; font-weight: 700; text-align: right; }
.player { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; }
.player .slider { flex: 1 1 17em; }
.player .value { min-width: 5.6em; }
.buttons { display: flex; gap: .4rem; }
button { min-width: 44px; min-height: 44px; padding: 0; display: inline-flex; align-items: center;
  justify-content: center; gap: .35em; font: inherit; font-weight: 600; color: var(--cv-ink);
  background: var(--cv-padding);
  border: 1px solid var(--cv-padding-line); border-radius: 6px; cursor: pointer; }
button:hover { border-color: var(--cv-mark); }
button:disabled { opacity: .5; cursor: default; }
.play { min-width: 104px; }
:focus-visible { outline: 3px solid var(--cv-input-line); outline-offset: 2px; }

.stage { border-radius: 6px; }
.stage.stale { opacity: .5; }
.stage > svg { display: block; overflow: hidden; }
text { fill: var(--cv-quiet); font-size: 13px; }
text.middle { text-anchor: middle; dominant-baseline: central; }
text.end { text-anchor: end; }
text.name { fill: var(--cv-ink); font-size: 14px; font-weight: 600; }
text.sign { fill: var(--cv-ink); font-size: 14px; font-weight: 700; paint-order: stroke;
  stroke: var(--cv-paper); stroke-width: 4px; }
.cell rect { fill: none; stroke: var(--cv-line); stroke-width: 1.25; }
.cell.input rect { fill: var(--cv-input); stroke: var(--cv-input-line); }
.cell.input.on rect { fill: var(--cv-input-strong); }
.cell.input text { fill: var(--cv-input-ink); }
.cell.kernel rect { fill: var(--cv-kernel); stroke: var(--cv-kernel-line); stroke-width: 2; }
.cell.kernel text { fill: var(--cv-kernel-ink); }
.cell.output rect { fill: var(--cv-output); stroke: var(--cv-output-line); }
.cell.output text { fill: var(--cv-output-ink); }
.cell.output.on rect { fill: var(--cv-output-strong); }
.cell.unread rect { fill: var(--cv-paper); stroke-dasharray: 2 3; }
.cell.product text { fill: var(--cv-ink); }
.cell.product rect { fill: var(--cv-paper); stroke: var(--cv-quiet); }
.cell.padding rect { fill: var(--cv-padding); stroke: var(--cv-padding-line); stroke-dasharray: 3 3; }
.cell.padding text { fill: var(--cv-padding-ink); paint-order: stroke; stroke: var(--cv-padding); stroke-width: 4px; }
.cell.padding.on rect { stroke: var(--cv-mark); }
.cell.empty rect { stroke-dasharray: 3 3; }
.cell.gap rect { stroke: var(--cv-kernel-line); stroke-width: 1; }
.cell.off rect { fill: var(--cv-paper); stroke-width: 1; }
.cell.mark rect { stroke: var(--cv-mark); stroke-width: 2.5; }
.cell.extra rect { stroke-dasharray: 6 3; stroke-width: 2.5; }
.cell.error rect { fill: var(--cv-error); stroke: var(--cv-error-line); stroke-width: 2; stroke-dasharray: 6 2; }
.hatch { fill: none; stroke: var(--cv-padding-line); stroke-width: 1; }
.wire { fill: none; stroke: var(--cv-quiet); stroke-width: 1.5; }
.leader { stroke: var(--cv-line); stroke-width: 1.5; stroke-dasharray: 2 4; }
.foot { stroke: var(--cv-output-line); stroke-width: 2; stroke-linecap: round; }
.lost { fill: none; stroke: var(--cv-error-line); stroke-width: 2.5; stroke-dasharray: 6 3; }
text.over { fill: var(--cv-error-ink); font-weight: 600; }
.band { fill: var(--cv-padding); }
@media (forced-colors: active) { button, input, .card { border: 1px solid; } }
`;
