"""Which parts the paper has, in the order of the form; what is not to be told yet is absent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from reports.paper.parts.bodies import COUNCILS, groups
from reports.paper.parts.council_chart import council_drawing

if TYPE_CHECKING:
    from reports.document.year_review import YearReview
    from reports.paper.parts.bodies import Group
    from reports.paper.parts.changes import Changes
    from reports.paper.parts.council_chart import CouncilDrawing
    from reports.paper.parts.course import Course


@dataclass(frozen=True, slots=True)
class Part:
    """One numbered part. `sheet` names the page it needs: empty for the upright one."""

    number: int
    title: str
    template: str
    sheet: str = ""
    # Of a part that is a group of bodies.
    group: Group | None = None
    # Of the councils: how they stand to each other.
    drawing: CouncilDrawing | None = None

    @property
    def name(self) -> str:
        return self.group.code if self.group else PurePath(self.template).stem.removeprefix("_")


def parts(review: YearReview, *, course: Course, changes: Changes) -> tuple[Part, ...]:
    """Return the parts that this report has."""
    wide = "wide" if course.is_wide else ""
    support = review.support
    wanted = (
        ("自治体概要", "reports/paper/_municipality.html", "", True),
        ("特徴", "reports/paper/_features.html", "", True),
        (_goals_title(review), "reports/paper/_goals.html", "", True),
        (
            "支援の体制と実施計画",
            "reports/paper/_support.html",
            "",
            support.theme or support.goal or support.members or support.tasks,
        ),
        ("連携支援の経過", "reports/paper/_course.html", wide, True),
        (changes.title, "reports/paper/_changes.html", "", True),
        ("指標", "reports/paper/_measures.html", "", review.indicators or review.indicator_comment),
        ("ロジックモデル", "reports/paper/_logic.html", "", review.logic_models),
        ("課題整理表", "reports/paper/_issues.html", "", review.issues),
        ("取組整理表", "reports/paper/_activities.html", "", review.activities),
    )
    chosen = [
        (title, name, sheet, None, None) for title, name, sheet, is_there in wanted if is_there
    ]
    of_bodies = [
        (group.title, "reports/paper/_body_group.html", "", group, _drawing(group, review))
        for group in groups(review.bodies)
    ]
    last = (
        [("これから整えること", "reports/paper/_to_come.html", "", None, None)]
        if review.to_come
        else []
    )
    in_order = (*chosen, *of_bodies, *last)
    return tuple(Part(number, *one) for number, one in enumerate(in_order, start=1))


def _drawing(group: Group, review: YearReview) -> CouncilDrawing | None:
    return council_drawing(review.bodies.councils) if group.code == COUNCILS else None


def _goals_title(review: YearReview) -> str:
    """Return the title of the goals; they are 案 until a meeting has agreed to every one."""
    written = [goal for goal in review.goals if goal.text]
    is_agreed = bool(written) and all(goal.agreed for goal in written)
    return "4つの場面の目指す姿" if is_agreed else "4つの場面の目指す姿（案）"
