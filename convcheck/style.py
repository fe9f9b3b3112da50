"""The style sheet of a verdict: input blue, kernel orange, output green, errors vermilion."""

LIGHT = """--cc-ink: #1f2933; --cc-quiet: #52606d; --cc-line: #cbd2d9; --cc-error: #d55e00;
  --cc-right: #008762; --cc-input: #d7eaf8;
  --cc-kernel: #fdeac4; --cc-output: #d2efe4; --cc-plain: #f5f7f9;"""
DARK = """--cc-ink: #e6edf3; --cc-quiet: #aab6c2; --cc-line: #52606d; --cc-error: #ff8a3d;
  --cc-right: #2fc598; --cc-input: #10344d;
  --cc-kernel: #453107; --cc-output: #0d3d30; --cc-plain: #1b2128;"""

# .cc.cc outweighs what Jupyter and the book say about tables in general.
STYLE = f"""<style>
.cc {{ {LIGHT} }}
@media (prefers-color-scheme: dark) {{
  html:not([data-theme]) body:not([data-jp-theme-light]) .cc {{ {DARK} }} }}
html[data-theme="dark"] .cc, body[data-jp-theme-light="false"] .cc {{ {DARK} }}
.cc.cc {{ color: var(--cc-ink); border-left: 4px solid var(--cc-quiet); padding: 2px 0 2px 12px;
  margin: 4px 0; max-width: 46rem; line-height: 1.45; }}
.cc.cc-right {{ border-color: var(--cc-right); }}
.cc.cc-wrong {{ border-color: var(--cc-error); }}
.cc.cc p {{ margin: 4px 0; }}
.cc.cc .cc-head {{ font-weight: 600; }}
.cc.cc .cc-case {{ margin-top: 10px; color: var(--cc-quiet); }}
.cc.cc .cc-fault {{ font-weight: 600; }}
.cc.cc .cc-grids {{ display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: flex-start; }}
.cc.cc table {{ border-collapse: separate; border-spacing: 2px; margin: 4px 0; width: auto; color: inherit;
  font-size: 0.95em; table-layout: auto; display: table; }}
.cc.cc caption {{ text-align: left; white-space: nowrap;
  color: var(--cc-quiet); caption-side: top; padding: 0 2px; }}
.cc.cc.cc.cc tr, .cc.cc.cc.cc tr:hover {{ background: none; }}
.cc.cc th {{ text-align: left; font-weight: 400; color: var(--cc-quiet); padding: 2px 8px 2px 0; border: 0; }}
.cc.cc td {{ text-align: right; padding: 2px 7px; border: 1px solid var(--cc-line); min-width: 1.6em;
  font-variant-numeric: tabular-nums; color: var(--cc-ink); background: var(--cc-plain); }}
.cc.cc .cc-input {{ background: var(--cc-input); }}
.cc.cc .cc-kernel {{ background: var(--cc-kernel); }}
.cc.cc .cc-output {{ background: var(--cc-output); }}
.cc.cc .cc-mark {{ outline: 2px solid var(--cc-error); outline-offset: -1px;
  font-weight: 700; text-decoration: underline; }}
.cc.cc .cc-met {{ border: 2px solid var(--cc-ink); font-weight: 600; }}
.cc.cc a {{ color: inherit; text-decoration: underline; }}
.cc.cc .cc-sum {{ text-align: left; background: none; border: 0; }}
.cc.cc .cc-aloud {{ position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }}
.cc.cc pre {{ white-space: pre-wrap; margin: 4px 0; color: inherit; background: none; border: 0;
  font-size: 0.9em; }}
.cc.cc summary {{ color: var(--cc-quiet); cursor: pointer; }}
</style>"""
