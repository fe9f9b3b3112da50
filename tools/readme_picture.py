"""Draw the README's picture anew: python tools/readme_picture.py"""

from pathlib import Path

from convviz import sliding_table

TARGET = Path(__file__).resolve().parent.parent / "chapters" / "sliding-table.svg"


def drawing() -> str:
    """The sliding table of (1, 2, 3, 4) * (1, 2, 3), as the book shows it."""
    return sliding_table([1, 2, 3, 4], [1, 2, 3]).svg + "\n"


if __name__ == "__main__":
    TARGET.write_text(drawing())
