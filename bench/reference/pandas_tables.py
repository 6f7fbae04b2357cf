"""The tables of a survey as a tutorial of pandas has them: counts of each question, and each parted by each other one."""

from collections.abc import Sequence
from typing import Any


def tables(
    marks: Sequence[tuple[Any, ...]], questions: Sequence[str]
) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """Count answers that stand as (response, question, row, option, number); each response chose one of a question.

    Return question → counts by option, and (question, parting question) → counts by option of both.
    """
    import pandas as pd

    frame = pd.DataFrame(marks, columns=["response", "question", "row", "option", "number"])
    parts = frame.groupby("question")
    wide = pd.DataFrame({key: part.set_index("response")["option"] for key, part in parts})
    counts = {one: wide[one].value_counts() for one in questions}
    crosses = {
        (one, by): pd.crosstab(wide[one], wide[by])
        for one in questions
        for by in questions
        if one != by
    }
    return counts, crosses
