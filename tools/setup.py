"""Make the environment in .venv from requirements.lock; say clearly what is missing.

    python3 tools/setup.py python      Python 3.11+ and venv are here
    python3 tools/setup.py environment create .venv and install the pinned packages
    python3 tools/setup.py browser     a Chromium for the tests, from Debian's packages if need be

Runs on an old Python too, to be able to say that it is old.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
VENV = ".venv"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def check_python() -> None:
    """Leave with a sentence unless this Python is new enough and can make environments."""
    if sys.version_info < OLDEST:
        major, minor = sys.version_info[:2]
        found = f"{major}.{minor} ({sys.executable})"
        sys.exit(f"Python 3.11 or newer is needed, found {found}.\nTry: make PYTHON=python3.11 course")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            "This Python cannot make environments: install its venv package.\n"
            "On Debian: sudo apt-get install python3-venv"
        )


def check_npm() -> None:
    """Leave with a sentence unless npm is here."""
    if not shutil.which("npm"):
        sys.exit("npm was not found. It brings MathJax into the book: install Node.js 18 or newer with npm.")


def make_environment() -> None:
    """Create .venv and install the pinned packages and this project into it."""
    check_python()
    python = os.path.join(VENV, "bin", "python")
    if not os.path.exists(python):
        subprocess.check_call([sys.executable, "-m", "venv", VENV])
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    try:
        subprocess.check_call([*pip, "-r", "requirements.lock"])
        subprocess.check_call([*pip, "--no-deps", "-e", "."])
    except subprocess.CalledProcessError:
        sys.exit("pip could not install the packages: see the lines above; without a network it cannot.")
    subprocess.check_call([python, "-m", "ipykernel", "install", "--sys-prefix", "--name", "python3"])


def find_browser() -> None:
    """Leave with a sentence unless Chromium is here or apt can bring it."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(
            "The tests open the pages in Chromium, and none was found (looked for {}).\n"
            "Install it, on Debian: sudo apt-get install chromium".format(", ".join(BROWSERS))
        )
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.check_call(["apt-get", "update", "-qq"], env=environment)
    subprocess.check_call(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=environment
    )


STEPS = {"python": check_python, "npm": check_npm, "environment": make_environment, "browser": find_browser}

if __name__ == "__main__":
    STEPS[sys.argv[1]]()
