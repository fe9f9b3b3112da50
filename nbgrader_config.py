"""How nbgrader's commands grade this course.

They may be run here, or in a course folder elsewhere whose own nbgrader_config.py says only

    load_subconfig("nbgrader_config.py", path="the folder of this file")
"""

import sys
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE))  # the classes named below are found, installed or not

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "convolution-by-hand"

# The instructor's notebooks, answers inside (made from solutions/), and what students get.
c.CourseDirectory.source_directory = str(HERE / "build" / "source")
c.CourseDirectory.release_directory = str(HERE / "exercises")

# Before grading: read the file, take the answers out of it into the instructor's notebook, and let nbgrader
# compare the rest with its database.
c.Autograde.exporter_class = "autograder.plugin.SubmissionReader"
c.Autograde.sanitize_preprocessors = [
    "autograder.plugin.Rebuild",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Grading: nbgrader's own steps, with the judge where it would start a kernel.
c.Autograde.autograde_preprocessors = [
    "autograder.plugin.Judge",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# How long student code may take, in seconds: one call, one cell, one notebook.
c.Judge.call_seconds = 2.0
c.Judge.cell_seconds = 3.0
c.Judge.submission_seconds = 20.0

# Feedback: a page that holds all it needs. GetGrades brings scores and comments from the gradebook.
c.GenerateFeedback.exporter_class = "autograder.feedback.FeedbackPage"
c.GenerateFeedback.preprocessors = ["nbgrader.preprocessors.GetGrades"]

# nbgrader meets SQLAlchemy 2 with three warnings for every submission; they mean nothing here.
warnings.filterwarnings("ignore", message="Object of type <Submitted", module="nbgrader.api")

# One line for each submission comes from the judge; of nbgrader's own messages, those that matter.
c.Application.log_level = "WARN"
