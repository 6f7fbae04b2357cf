"""To which scenes the place of a finding belongs. Pure: read from the year's document."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from municipalities.choices import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from municipalities.kernel.findings import Year

WITH_A_SCENE = ("desired_states", "issues", "activities", "logic_models", "councils", "meetings")
# What an evaluation or an improvement is about, by the column that names it.
SUBJECTS = ("outcome", "activity", "council", "indicator")


def scenes_of(year: Year) -> Mapping[str, set[str]]:
    """Return the scenes of every row that has any, by its key; a scene's own name is its key too."""
    found: dict[str, set[str]] = defaultdict(set)
    for scene in Scene:
        found[scene.value].add(scene.value)
    for key, stated in _stated(year):
        found[key].add(stated)
    for use in year.rows("indicator_uses"):
        found[use["indicator"]] |= found.get(use["outcome"], set())
    for part in ("evaluations", "improvements"):
        for row in year.rows(part):
            subject = next((row[name] for name in SUBJECTS if row.get(name)), "")
            found[row["key"]] |= found.get(subject, set())
    return found


def _stated(year: Year) -> Iterator[tuple[str, str]]:
    for part in WITH_A_SCENE:
        for row in year.rows(part):
            yield row["key"], row["scene"]
    for outcome in year.outcomes():
        yield outcome["key"], outcome["scene"]
    for step in year.rows("support_steps"):
        for one in step["advice"]:
            yield one["key"], one["scene"]
