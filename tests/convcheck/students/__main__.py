"""How often the judge names the idea behind a wrong answer, and that it names none behind a right one.

python -m tests.convcheck.students
"""

from convcheck import judge
from tests.convcheck.sets import UNUSUAL
from tests.convcheck.students import Wrong, bank


def main() -> None:
    """Print the shares, and each answer that was not named as its author named it."""
    for title, size in (("one idea", 1), ("two ideas", 2)):
        wrong = [each for each in bank() if len(each.ideas) == size]
        missed = [line for each in wrong if (line := missing(each))]
        named = len(wrong) - len(missed)
        print(f"{title}: {named} of {len(wrong)} named ({named / len(wrong):.1%})")
        print(*(f"    {line}" for line in missed), sep="\n")
    right = [(task, answer) for task, answers in UNUSUAL.items() for answer in answers]
    accused = [task for task, answer in right if judge(task, answer).misconception]
    print(f"right answers: {len(accused)} of {len(right)} named after an idea")


def missing(each: Wrong) -> str:
    """A line on an answer whose ideas were not named; "" where they were."""
    verdict = each.verdict()
    if set(verdict.misconceptions) == each.ideas:
        return ""
    return f"{each.name}: {' + '.join(sorted(each.ideas))}, named {verdict.misconception}: {verdict.message}"


if __name__ == "__main__":
    main()
