"""Put the web files that the book serves itself into build/site: KaTeX's style and its fonts.

One font format is enough, and its style says font-display: swap, so that words never wait for a font.
"""

import re
import shutil
from pathlib import Path

SOURCE = Path("node_modules/katex/dist")
TARGET = Path("build/site/vendor/katex")
OLDER_FORMATS = re.compile(r',url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)')


def main() -> None:
    """Copy afresh."""
    shutil.rmtree(TARGET, ignore_errors=True)
    (TARGET / "fonts").mkdir(parents=True)
    for font in SOURCE.glob("fonts/*.woff2"):
        shutil.copy(font, TARGET / "fonts")
    style = (SOURCE / "katex-swap.min.css").read_text(encoding="utf-8")
    (TARGET / "katex.css").write_text(OLDER_FORMATS.sub("", style), encoding="utf-8")


if __name__ == "__main__":
    main()
