"""Open the book and JupyterLab on localhost; a student's copies of the problem sets live in work/.

python tools/serve.py [--book-port 8000] [--lab-port 8888] [--no-browser]
"""

import argparse
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

BOOK = Path("_build/html")
WORK = Path("work")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files; keeps the screen clean."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing for each request."""


def main() -> int:
    """Serve until Ctrl-C."""
    options = arguments()
    copy_problem_sets()
    book = book_server(options.book_port)
    threading.Thread(target=book.serve_forever, daemon=True).start()
    print(f"  The book      http://localhost:{options.book_port}/")
    print(f"  JupyterLab    opens with your problem sets from {WORK}/ (its address, with its key, follows)")
    print("  Stop both with Ctrl-C.", flush=True)
    try:
        book_at = {"CONVOLUTION_BOOK": f"http://localhost:{options.book_port}/"}  # for links in verdicts
        return subprocess.run(jupyterlab(options), env={**os.environ, **book_at}, check=False).returncode
    except KeyboardInterrupt:
        return 0
    finally:
        book.shutdown()


def arguments() -> argparse.Namespace:
    """The ports, and whether to open a browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--book-port", type=int, default=8000)
    parser.add_argument("--lab-port", type=int, default=8888)
    parser.add_argument("--no-browser", action="store_true")
    return parser.parse_args()


def copy_problem_sets() -> None:
    """Copy each problem set into work/, never over a copy that is there: a student may have begun."""
    for notebook in sorted(Path("exercises").glob("*/*.ipynb")):
        target = WORK / notebook.relative_to("exercises")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copy(notebook, target)


def book_server(port: int) -> http.server.ThreadingHTTPServer:
    """A server of the built book on localhost; SystemExit with a sentence when the port is taken."""
    handler = functools.partial(Quiet, directory=str(BOOK))
    try:
        return http.server.ThreadingHTTPServer(("localhost", port), handler)
    except OSError as error:
        sys.exit(f"Port {port} cannot be used ({error.strerror}): try --book-port with another number.")


def jupyterlab(options: argparse.Namespace) -> list[str]:
    """The command that starts JupyterLab on the student's copies, warnings only."""
    command = [sys.executable, "-m", "jupyterlab", "--ip=localhost", f"--port={options.lab_port}"]
    command += [f"--notebook-dir={WORK}", "--ServerApp.log_level=WARN", "--LabApp.log_level=WARN"]
    if os.geteuid() == 0:
        command.append("--allow-root")
    return command + (["--no-browser"] if options.no_browser else [])


if __name__ == "__main__":
    sys.exit(main())
