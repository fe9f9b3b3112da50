"""Build the book strictly: a warning, a broken reference or a raising cell fails the build.

    python tools/book.py [folder]            from scratch; runs of unchanged pages are taken from build/runs
    python tools/book.py [folder] --fresh    the same, and every page is run anew
    python tools/book.py [folder] --draft    only what changed, and warnings are only shown

The folder holds _config.yml; it is the top of the project by default.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
WORKERS = 2


def arguments() -> argparse.Namespace:
    """The folder and the way of building."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path())
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--draft", action="store_true")
    return parser.parse_args()


def main(folder: Path, fresh: bool = False, draft: bool = False) -> int:
    """Wipe what was built (a second build forgets a failure), run the pages, build; 0 if all went well."""
    from tools.pages import runs

    if not draft:
        shutil.rmtree(folder / "_build" / "html", ignore_errors=True)
        shutil.rmtree(folder / "_build" / ".doctrees", ignore_errors=True)
    if fresh:
        shutil.rmtree(folder / "build" / "runs", ignore_errors=True)
    return runs.run_missing(folder) or build(folder, strict=not draft)


def build(folder: Path, strict: bool) -> int:
    """What `jupyter-book build -n -W --keep-going --all` does, with two processes for reading and writing."""
    from jupyter_book.sphinx import build_sphinx

    done = build_sphinx(
        folder,
        folder / "_build" / "html",
        noconfig=True,
        path_config=folder / "_config.yml",
        confoverrides={
            "external_toc_path": str(folder / "_toc.yml"),
            "latex_individualpages": False,
            "nitpicky": strict,
        },
        warningiserror=strict,
        keep_going=True,
        force_all=strict,
        freshenv=strict,
        jobs=WORKERS,
    )
    # build_sphinx hands an exception back, which is no exit code.
    return done if isinstance(done, int) else 1


if __name__ == "__main__":
    sys.path.insert(0, str(TOP))
    # jsonschema, which nbformat imports, would take three seconds to build a check that nobody asks for.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    asked = arguments()
    sys.exit(main(asked.folder.resolve(), asked.fresh, asked.draft))
