"""Imports run one way, and what must stay light stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
MAY_IMPORT = {
    "convlib": set(),
    "convviz": {"convlib"},
    "convcheck": {"convlib"},
    "autograder": {"convlib", "convcheck"},
}
ROOMS = {*MAY_IMPORT, "tools", "tests", "benchmarks"}


def rooms_imported(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names} & ROOMS


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_run_one_way(room):
    files = sorted((TOP / room).rglob("*.py"))
    assert files
    for file in files:
        assert rooms_imported(file.read_text()) <= MAY_IMPORT[room] | {room}, file


def test_a_wrong_import_would_be_seen():
    assert rooms_imported("def f():\n    from autograder.grade import grade\n") == {"autograder"}


@pytest.mark.parametrize("room", ["convlib", "convviz", "convcheck"])
def test_import_brings_in_neither_torch_nor_triton(room):
    code = f"import {room}, sys; sys.exit(bool({{'torch', 'triton'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], check=False).returncode == 0
