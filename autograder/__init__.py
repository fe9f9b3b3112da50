"""autograder: student notebooks in, scores and feedback out, through nbgrader's own commands."""
