"""What a page costs: kilobytes on a first visit and on the next page, and milliseconds to the first paint.

    python -m tools.weigh                      the heaviest page of _build/html, and the page after it
    python -m tools.weigh chapters/conv/same chapters/conv/stride

Kilobytes are the gzip sizes of all that was transferred; fonts, which are packed already, count as they are.
The first paint is the best of three on localhost, with the processor slowed down four times.
"""

import argparse
import functools
import gzip
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, sync_playwright

BOOK = Path("_build/html")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKED = {".woff2", ".png", ".jpg"}
SLOWER, TRIES = 4, 3
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass(frozen=True)
class Weight:
    """Kilobytes of a first visit and of the next page, requests, milliseconds to the first paint."""

    first: float
    following: float
    requests: int
    paint: float

    def __str__(self) -> str:
        return (
            f"first visit {self.first:.0f} KB in {self.requests} requests, "
            f"next page {self.following:.0f} KB, first paint after {self.paint:.0f} ms"
        )


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files; keeps the screen clean."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing for each request."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of this folder."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def kilobytes(path: Path) -> float:
    """What a server that compresses would send for this file."""
    data = path.read_bytes()
    return len(data if path.suffix in PACKED else gzip.compress(data)) / 1000


def transferred(context: BrowserContext, book: Path, address: str) -> list[Path]:
    """The files that crossed the wire when this page was opened; what the cache had is not among them."""
    page = context.new_page()
    seen: list[dict[str, Any]] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda event: seen.append(event["response"]))
    page.goto(address, wait_until="networkidle")
    page.close()
    sent = [each for each in seen if each["status"] == 200 and not each.get("fromDiskCache")]
    paths = [urlsplit(each["url"]).path.lstrip("/") for each in sent if each["url"].startswith("http")]
    return [book / path for path in paths]


def first_paint(browser: Browser, address: str) -> float:
    """Milliseconds until something is painted, on a slow processor and with an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_function(f"{PAINT} > 0")
    paint = float(page.evaluate(PAINT))
    context.close()
    return paint


def weigh(browser: Browser, book: Path, address: str, first: str, following: str) -> Weight:
    """Weigh page `first`, then page `following` with what the browser has kept."""
    context = browser.new_context()
    files = transferred(context, book, f"{address}/{first}.html")
    again = transferred(context, book, f"{address}/{following}.html")
    context.close()
    paint = min(first_paint(browser, f"{address}/{first}.html") for _ in range(TRIES))
    return Weight(sum(map(kilobytes, files)), sum(map(kilobytes, again)), len(files), paint)


def heaviest(book: Path) -> list[str]:
    """The pages of the book, the one with the most HTML first."""
    pages = [path for path in book.rglob("*.html") if not path.relative_to(book).parts[0].startswith("_")]
    return [
        str(path.relative_to(book).with_suffix("")) for path in sorted(pages, key=kilobytes, reverse=True)
    ]


def main() -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="*", help="the first page and the next one")
    parser.add_argument("--book", type=Path, default=BOOK)
    asked = parser.parse_args()
    first, following = (asked.pages or heaviest(asked.book))[:2]
    executable = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with serving(asked.book) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        print(f"{first}, then {following}: {weigh(browser, asked.book, address, first, following)}")
        browser.close()


if __name__ == "__main__":
    main()
