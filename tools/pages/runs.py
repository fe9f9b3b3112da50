"""Pages are run before the book is built, two at a time; a run is kept until code or library changes.

Kept runs lie in build/runs/<key>/, where the key is a hash of all that a page may import. MyST-NB takes a
page's outputs from there when its cells are the same, and runs the page itself when they are not there.
"""

import hashlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import MdParserConfig
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx_external_toc.parsing import parse_toc_yaml

TOP = Path(__file__).resolve().parents[2]
IMPORTED = ("convlib", "convviz", "convcheck", "benchmarks", "requirements.lock")
WORKERS = 2
TIMEOUT = 400  # seconds for a cell; the U-Net trains in one, on a slow machine too
# The kernels' warning, one each, that other users of this machine could listen to them.
QUIET = ["--IPKernelApp.log_level=ERROR"]
# A kernel that has run its last cell has nothing to put in order; asking it nicely takes two seconds.
KERNEL = {"extra_arguments": QUIET, "shutdown_kernel": "immediate"}


@dataclass(frozen=True)
class Run:
    """How the run of a page went; `fault` is empty when every cell ran."""

    page: Path
    notebook: NotebookNode
    seconds: float
    fault: str


@cache
def library_key() -> str:
    """A hash of all that a page may import, and of this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(path for name in IMPORTED for path in files(TOP / name)):
        digest.update(str(path.relative_to(TOP)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def files(path: Path) -> list[Path]:
    """The file itself, or the files in a folder except what Python writes there."""
    if path.is_file():
        return [path]
    return [each for each in path.rglob("*") if each.is_file() and "__pycache__" not in each.parts]


def kept_runs(folder: Path) -> Path:
    """Where the runs of the book in this folder are kept."""
    return folder / "build" / "runs" / library_key()


def pages(folder: Path) -> list[Path]:
    """The Markdown pages of the table of contents."""
    names = parse_toc_yaml(folder / "_toc.yml").keys()
    return [path for name in names if (path := folder / f"{name}.md").exists()]


def notebook(page: Path) -> NotebookNode | None:
    """The page's cells as MyST-NB reads them, or None for a page without code."""
    text = page.read_text(encoding="utf-8")
    reader = create_nb_reader(str(page), MdParserConfig(), NbParserConfig(), text)
    return reader.read(text) if reader else None


def run(page: Path) -> Run:
    """Run a page's cells in a fresh kernel, in the page's folder."""
    nb = notebook(page)
    assert nb is not None
    folder = str(page.parent.resolve())
    done = single_nb_execution(nb, cwd=folder, timeout=TIMEOUT, allow_errors=False, **KERNEL)
    return Run(page, done.nb, done.time, done.exc_string or "")


def missing(folder: Path, store: JupyterCacheAbstract) -> list[Path]:
    """The pages whose cells have not been run yet with these libraries."""
    known = kept_runs(folder) / "known-texts"
    before = set(known.read_text().split()) if known.exists() else set()
    texts = {page: hashlib.sha256(page.read_bytes()).hexdigest() for page in pages(folder)}
    found = [page for page, text in texts.items() if text not in before and not is_kept(page, store)]
    # To know a page by its text spares reading its cells: most of the time where little has changed.
    known.write_text("\n".join(sorted(text for page, text in texts.items() if page not in found)))
    return found


def is_kept(page: Path, store: JupyterCacheAbstract) -> bool:
    """Whether a page has no cells, or these cells have been run."""
    if (nb := notebook(page)) is None:
        return True
    try:
        store.match_cache_notebook(nb)
    except KeyError:
        return False
    return True


def one_thread() -> None:
    """A page keeps to one processor: the next page is run on the other."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def run_missing(folder: Path) -> int:
    """Run what has not been run, keep what ran through; the exit code is 1 if a page raised."""
    store = get_cache(str(kept_runs(folder)))
    todo = missing(folder, store)
    failed = 0
    if todo:
        print(f"Running {len(todo)} of {len(pages(folder))} pages", flush=True)
    with ProcessPoolExecutor(min(WORKERS, len(todo) or 1), initializer=one_thread) as pool:
        for done in pool.map(run, todo):
            failed += report(done, folder)
            if not done.fault:
                keep(done, store)
    return 1 if failed else 0


def report(done: Run, folder: Path) -> bool:
    """One line for a page that ran, the traceback for one that did not; whether it did not."""
    name = done.page.relative_to(folder)
    print(f"  {done.seconds:5.1f} s  {name}" + ("  RAISED" if done.fault else ""), flush=True)
    if done.fault:
        print(done.fault, file=sys.stderr, flush=True)
    return bool(done.fault)


def keep(done: Run, store: JupyterCacheAbstract) -> None:
    """Put the run where MyST-NB looks for it."""
    bundle = CacheBundleIn(done.notebook, str(done.page.resolve()), data={"execution_seconds": done.seconds})
    store.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def use_kept_runs(app: Sphinx, config: Config) -> None:
    """Let MyST-NB look into the folder of the libraries as they are now."""
    config.nb_execution_cache_path = str(kept_runs(Path(app.srcdir)))
    os.makedirs(config.nb_execution_cache_path, exist_ok=True)


def setup(app: Sphinx) -> None:
    """Before MyST-NB reads its settings."""
    app.connect("config-inited", use_kept_runs)
