"""The steps behind the two commands say what they do, and what is missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PINNED = re.compile(r"[\w.-]+==\d[\w.]*(?: ; sys_platform == \"linux\")?")
SETUP, STEP = TOP / "tools" / "setup.py", TOP / "tools" / "step.py"


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_an_old_python_is_told():
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['setup.py', 'python'];"
        f"runpy.run_path({str(SETUP)!r}, run_name='__main__')"
    )
    done = run("-c", code)
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed, found 3.9" in done.stderr
    assert run(SETUP, "python").returncode == 0


@pytest.mark.parametrize(("step", "said"), [("npm", "npm was not found"), ("browser", "none was found")])
def test_a_missing_program_is_named(step, said, tmp_path):
    done = run(SETUP, step, PATH=str(tmp_path))
    assert done.returncode == 1
    assert said in done.stderr


def test_setup_runs_on_an_older_python_as_far_as_its_sentence():
    source = SETUP.read_text()
    compile(source, "setup.py", "exec", flags=0, dont_inherit=True)
    assert "match " not in source
    assert "list[" not in source


def test_a_step_is_one_line_and_keeps_a_log(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(STEP, "Counting sheep", "--", sys.executable, "-c", "print('one\\n' * 50)")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == " ... Counting sheep"
    assert done.stdout.splitlines()[1].startswith(" ok  Counting sheep (")
    assert (tmp_path / "build/logs/counting-sheep.log").read_text().count("one") == 50


def test_a_failing_step_shows_the_end_of_its_log_and_a_hint(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = "import sys; print('x\\n' * 90, 'the reason'); sys.exit(3)"
    done = run(STEP, "Failing", "--hint", "try again", "--", sys.executable, "-c", code)
    assert done.returncode == 3
    assert "FAIL Failing (exit 3)" in done.stdout
    assert "the reason" in done.stdout
    assert "try again" in done.stdout
    assert len(done.stdout.splitlines()) < 50


def test_a_command_that_does_not_exist_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(STEP, "Nothing", "--", "no-such-program")
    assert done.returncode == 127
    assert "cannot start no-such-program" in done.stdout


def test_make_help_lists_every_command():
    done = subprocess.run(["make", "help"], cwd=TOP, capture_output=True, text=True, check=True)
    for command in ("course", "test", "serve", "book", "exercises", "grade", "clean"):
        assert f"make {command}" in done.stdout


def test_the_lock_pins_every_package_and_names_no_place():
    lines = (TOP / "requirements.lock").read_text().splitlines()
    packages = [line for line in lines if not line.startswith("#")]
    assert packages
    assert [line for line in packages if not PINNED.fullmatch(line)] == []
    assert PINNED.fullmatch("-e /somewhere") is None
    assert PINNED.fullmatch('triton ; sys_platform == "linux"') is None
