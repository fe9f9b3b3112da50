"""The one browser of the tests: a process can drive only one at a time. And Triton without a GPU."""

import importlib.util
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

# Triton asks when it is imported, whichever test comes first; a machine with a GPU runs the kernels there.
if importlib.util.find_spec("torch") is not None:
    import torch

    torch.set_num_threads(1)  # tests run side by side, and their arrays are small
    if not torch.cuda.is_available():
        os.environ["TRITON_INTERPRET"] = "1"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, f"no browser found, looked for {', '.join(NAMES)}: `make test` installs chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
