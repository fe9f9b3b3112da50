"""A student's library: gathered from notebooks in any state, and reported on truly."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from convcheck import report, task
from convcheck.__main__ import main
from convcheck.collect import find, module, read
from convcheck.rename import renamed
from tools.exercises import SOLUTIONS, notebook

CONVOLVE = "def convolve(f, g):\n    return helper(np.convolve(f, g))"


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A folder with a notebook for each set that is given as cells."""
    monkeypatch.chdir(tmp_path)

    def make(**sets):
        for name, cells in sets.items():
            folder = tmp_path / "work" / name
            folder.mkdir(parents=True)
            nbformat.write(new_notebook(cells=[new_code_cell(c) for c in cells]), folder / f"{name}.ipynb")
        return tmp_path

    return make


def namespace(source):
    names = {}
    exec(source, names)
    return names


def test_the_answers_of_all_sets_become_one_library_with_every_point(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for path in sorted(SOLUTIONS.glob("ps0[1-7].md")):
        nbformat.write(notebook(path.read_text()), tmp_path / f"{path.stem}.ipynb")
    assert main(["collect", "."]) == 0
    assert main(["report", "myconv.py", "--json"]) == 0
    out = capsys.readouterr().out
    told = json.loads(out[out.index("{\n") :])
    here = [line for line in told["tasks"] if (tmp_path / f"{line['task'][:4]}.ipynb").exists()]
    assert len(here) > 30
    assert [line for line in here if line["earned"] != line["points"]] == []
    marks = {mark for row in told["parameters"].values() for mark in row.values()}
    assert marks == {"✓", "·"}


def test_a_parameter_that_is_ignored_is_shown_where_it_is_ignored(work, capsys):
    code = (
        "def conv_nd(x, w, bias, stride, padding, dilation, groups):\n"
        "    import convlib\n"
        "    return convlib.conv2d(x, w, bias, stride, padding, 1, groups)"
    )
    work(ps05=[code])
    assert main(["collect"]) == 0
    works = report.table(report.load(work().joinpath("myconv.py")))
    column = {name: row["conv"] for name, row in works.items()}
    assert {name for name, mark in column.items() if mark == "✗"} == {
        "dilation", "one axis", "three axes", "padding_mode",
    }  # fmt: skip
    assert works["stride"]["conv_transpose"] == "✗"
    lines = {line.task: line for line in report.lines(report.load(work().joinpath("myconv.py")))}
    assert lines["ps05.nd"].told == "dilation-ignored" or lines["ps05.nd"].earned < lines["ps05.nd"].points
    assert lines["ps01.convolve"].told == "not in the module"


def test_helpers_of_one_set_do_not_change_another(work):
    folder = work(
        ps01=["import numpy as np", "def helper(y):\n    return y", CONVOLVE],
        ps05=[
            "import numpy as np",
            "def helper(x):\n    return 0 * x  # helper of the fifth",
            "def convolve(x):\n    return helper(x)",
            "def correlate2d(x, w):\n    return convolve(x)",
        ],
    )
    source = module([read(path) for path in find([folder])])
    names = namespace(source)
    assert names["convolve"]([1, 2], [1, 10]).tolist() == [1, 12, 20]
    assert names["correlate2d"](3.0, None) == 0
    assert source.count("import numpy as np") == 1


def test_prints_magics_and_checks_stay_behind_and_constants_come_along(work):
    folder = work(
        ps01=[
            "%matplotlib inline\nimport numpy as np\nfrom convcheck import check",
            "SCALE = 2\nUNUSED = 1 / 0\nprint('hello')",
            "def convolve(f, g):\n    return SCALE * np.convolve(f, g)\n\ncheck('ps01.convolve', convolve)",
        ]
    )
    source = module([read(path) for path in find([folder])])
    assert "print" not in source
    assert "check(" not in source
    assert "UNUSED" not in source
    assert namespace(source)["convolve"]([1], [1, 10]).tolist() == [2, 20]


def test_broken_cells_and_files_are_named_and_cost_nothing_else(work, capsys):
    folder = work(ps01=["def table_row(f, g, i:\n", "def convolve(f, g):\n    return f"])
    (folder / "work" / "ps04").mkdir()
    (folder / "work" / "ps04" / "ps04.ipynb").write_text('{"cells": [')
    assert main(["collect"]) == 0
    out = capsys.readouterr().out
    assert "ps01, code cell 1 is no Python and was left out" in out
    assert "ps04.ipynb cannot be read as a notebook" in out
    assert "1 of" in out


def test_untouched_stubs_are_listed_and_the_last_definition_counts(work):
    folder = work(
        ps01=[
            "def table_row(f, g, i):\n    raise NotImplementedError",
            "def convolve(f, g):\n    return 1",
            "def convolve(f, g):\n    return 2",
        ]
    )
    found = read(find([folder])[0])
    assert found.written == ["convolve"]
    assert "table_row" in found.unwritten
    assert namespace(module([found]))["convolve"](0, 0) == 2


def test_a_file_written_by_hand_is_not_overwritten(work, capsys):
    folder = work(ps01=["def convolve(f, g):\n    return 1"])
    (folder / "myconv.py").write_text("# my own\n")
    assert main(["collect"]) == 1
    assert "was not made by this command" in capsys.readouterr().err
    assert (folder / "myconv.py").read_text() == "# my own\n"
    assert main(["collect", "--force"]) == 0
    assert main(["collect"]) == 0


def test_what_is_not_there_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["collect"]) == 1
    assert "no notebook psNN.ipynb was found" in capsys.readouterr().err
    assert main(["report", "nowhere.py"]) == 1
    assert "there is no Python file nowhere.py" in capsys.readouterr().err
    (tmp_path / "bad.py").write_text("1 / 0")
    assert main(["report", "bad.py"]) == 1
    assert "cannot be imported: ZeroDivisionError" in capsys.readouterr().err


def test_renaming_leaves_attributes_keywords_and_strings_alone():
    code = "def pad(x, n=1):\n    'pad'\n    return np.pad(x, pad=n), f(pad), [pad]"
    new = "def q(x, n=1):\n    'pad'\n    return np.pad(x, pad=n), f(q), [q]"
    assert renamed(code, {"pad": "q"}) == new


def test_the_table_has_a_row_for_each_parameter_and_the_tasks_their_points():
    assert {"stride", "padding", "dilation", "groups", "bias", "output_padding"} <= set(report.PARAMETERS)
    assert task("ps05.nd").function == "conv_nd"
