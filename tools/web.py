"""Put the web files that the book serves itself into build/site: MathJax, trimmed to what pages ask for."""

import shutil
from pathlib import Path

SOURCE = Path("node_modules/mathjax/es5")
TARGET = Path("build/site/vendor/mathjax")
KEPT = [
    "tex-mml-chtml.js",
    "output/chtml/fonts/woff-v2",
    "input/tex/extensions",
    "ui",
    "a11y",
    "sre/mathmaps/base.json",
    "sre/mathmaps/en.json",
    "sre/mathmaps/nemeth.json",
]


def main() -> None:
    """Copy the kept files afresh."""
    shutil.rmtree(TARGET, ignore_errors=True)
    for name in KEPT:
        source, target = SOURCE / name, TARGET / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)


if __name__ == "__main__":
    main()
