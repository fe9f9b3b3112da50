"""The student's library, gathered and checked.

    python -m convcheck collect [folder ...] [-o myconv.py] [--force]
    python -m convcheck report myconv.py [--json]

`collect` looks for notebooks psNN.ipynb below the folders, at first in work/, else here.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from convcheck import collect, report


def main(words: list[str] | None = None) -> int:
    """Do what the command line asks; the exit code is 1 where that cannot be done."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    gather = commands.add_parser("collect", help="gather the answers of all problem sets into one module")
    gather.add_argument("folders", nargs="*", type=Path, help="where the notebooks are")
    gather.add_argument("-o", "--output", type=Path, default=Path("myconv.py"))
    gather.add_argument("--force", action="store_true", help="overwrite a file that was written by hand")
    gather.set_defaults(run=_collect)
    tell = commands.add_parser("report", help="check a gathered module whole")
    tell.add_argument("module", type=Path)
    tell.add_argument("--json", action="store_true")
    tell.set_defaults(run=_report)
    asked = parser.parse_args(words)
    return int(asked.run(asked))


def _collect(asked: argparse.Namespace) -> int:
    folders = asked.folders or [Path("work") if Path("work").is_dir() else Path()]
    paths = collect.find(folders)
    if not paths:
        return _failed(f"no notebook psNN.ipynb was found below {', '.join(map(str, folders))}")
    sets = [collect.read(path) for path in paths]
    try:
        collect.write(asked.output, collect.module(sets), asked.force)
    except FileExistsError as error:
        return _failed(str(error))
    print(collect.as_text(sets))
    print(f"Written to {asked.output}. Next: python -m convcheck report {asked.output}")
    return 0


def _report(asked: argparse.Namespace) -> int:
    try:
        module = report.load(asked.module)
    except report.NoModuleError as error:
        return _failed(str(error))
    found, works = report.lines(module), report.table(module)
    if asked.json:
        print(json.dumps({"tasks": [asdict(line) for line in found], "parameters": works}, indent=1))
    else:
        print(report.as_text(found, works))
    return 0


def _failed(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
