"""axe-core, which looks for what keeps people from using a page."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules whose answer depends on colours: enough for a page whose colours alone have changed.
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """only => axe.run(document, {runOnly: only, resultTypes: ["violations"]}).then(
  found => found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none][0]?.message}`)))"""


def violations(page: Page, rules: list[str] = TAGS) -> list[str]:
    """What axe-core finds on the page as it is now: rule, place, and why."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(RUN, rules))
