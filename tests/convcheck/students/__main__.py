"""How often the judge names the idea behind a wrong answer, and that it names none behind a right one.

python -m tests.convcheck.students
"""

from convcheck import judge
from tests.convcheck.sets import UNUSUAL
from tests.convcheck.students import Wrong, bank


def main() -> None:
    """Print the shares, and each answer that was not named as its author named it."""
    for blind in (True, False):
        print("Written blind" if blind else "Written by one who knew the references")
        for title, size in (("one idea", 1), ("two ideas", 2)):
            share(title, [each for each in bank() if (each.blind, len(each.ideas)) == (blind, size)])
    right = [(task, answer) for task, answers in UNUSUAL.items() for answer in answers]
    accused = [task for task, answer in right if judge(task, answer).misconception]
    print(f"Right answers: {len(accused)} of {len(right)} named after an idea")


def share(title: str, wrong: list[Wrong]) -> None:
    """Print how many are named as their author named them, and a line for each that is not."""
    missed = [line for each in wrong if (line := missing(each))]
    named = len(wrong) - len(missed)
    print(f"  {title}: {named} of {len(wrong)} named ({named / max(len(wrong), 1):.1%})")
    for line in missed:
        print(f"    {line}")


def missing(each: Wrong) -> str:
    """A line on an answer whose ideas were not named; "" where they were."""
    verdict = each.verdict()
    if set(verdict.misconceptions) == each.ideas:
        return ""
    return f"{each.name}: {' + '.join(sorted(each.ideas))}, named {verdict.misconception}: {verdict.message}"


if __name__ == "__main__":
    main()
