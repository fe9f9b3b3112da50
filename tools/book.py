"""Build the book from scratch, strictly: a warning, a broken reference or a raising cell fails the build.

python tools/book.py [folder]      the folder that holds _config.yml; the top of the project by default
"""

import shutil
import subprocess
import sys
from pathlib import Path


def main(folder: Path) -> int:
    """Wipe what was built (a second build forgets a failure), and build; the exit code is jupyter-book's."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    jupyter_book = str(Path(sys.executable).with_name("jupyter-book"))
    return subprocess.run(
        [jupyter_book, "build", "-n", "-W", "--keep-going", "--all", str(folder)], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
