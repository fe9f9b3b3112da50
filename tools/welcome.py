"""The last screen of `make course`: what was made, how the class did, and what to type next."""

import subprocess
import sys
from pathlib import Path

CLASS = Path("build/class")


def main() -> None:
    """Print one screen."""
    pages = len(list(Path("_build/html/chapters").rglob("*.html"))) + 1
    notebooks = sorted(str(path) for path in Path("exercises").glob("*/*.ipynb"))
    print("\n  Convolution by Hand is ready.\n")
    print(f"  The book          {pages} pages, open _build/html/index.html in a browser")
    print(f"  Problem sets      {', '.join(notebooks)}")
    print(f"  A sample class    graded with nbgrader in {CLASS}/, feedback pages in {CLASS}/feedback/\n")
    print("".join(f"    {line}\n" for line in scores().splitlines()))
    print("  Next\n    make serve    the book and the problem sets, in your browser")
    print("    make test     the whole gate")
    print("    make help     everything else")


def scores() -> str:
    """The table student by task, from the sample class's gradebook."""
    command = [sys.executable, "-m", "autograder", "scores", "--course", str(CLASS)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
