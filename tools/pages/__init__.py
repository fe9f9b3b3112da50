"""What the book's pages are made with: a Sphinx extension, one file an idea. `_config.yml` names it."""

from sphinx.application import Sphinx

from tools.pages import cards, formulas, frame, mend, notebooks, runs


def setup(app: Sphinx) -> dict[str, bool]:
    """Add every part."""
    # jupyter-book sets this for sphinx_comments, whether that is there or not.
    app.add_config_value("comments_config", {}, "")
    # sphinx_external_toc brings it; only its numbering, off in _config.yml, is unsafe in two processes.
    if "sphinx_multitoc_numbering" in app.extensions:
        app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True
    for part in (runs, formulas, mend, frame, cards, notebooks):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
