"""`python -m autograder scores`: the class, student by task."""

import argparse
import json
import os
import sys
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory

from autograder.scores import as_text, tables


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    options = _parser().parse_args(arguments)
    os.chdir(options.course)
    course = course_directory()
    if course.db_url.startswith("sqlite:///") and not Path(course.db_url.removeprefix("sqlite:///")).exists():
        print(f"{options.course} has no gradebook yet: run nbgrader autograde there first", file=sys.stderr)
        return 1
    found = tables(course)
    if options.json:
        print(json.dumps([table.to_json() for table in found], indent=2))
    else:
        print("\n\n".join(map(as_text, found)))
    return 0


def course_directory() -> CourseDirectory:
    """Return the course folder that nbgrader sees here, with the settings of its nbgrader_config.py."""
    app = NbGrader()
    app.initialize([])
    return CourseDirectory(parent=app)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__)
    commands = parser.add_subparsers(required=True)
    scores = commands.add_parser("scores", help="show the scores of every student on every task")
    scores.add_argument(
        "--course", default=".", metavar="FOLDER", help="the course folder (default: this one)"
    )
    scores.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
