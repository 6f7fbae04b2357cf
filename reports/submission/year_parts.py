"""What the year's report is made of, for the board: how far each part is, before there is a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logicmodels.models import DesiredState
from municipalities.choices import CARE_SCENES
from municipalities.kernel.changes import label_of
from municipalities.models import Profile
from reports.choices import LESSONS, TextSection
from reports.models import (
    ProgressReport,
    ReportText,
    SupportEffect,
    SupportIssue,
    SupportOutlook,
    SupportStep,
)

if TYPE_CHECKING:
    from municipalities.models import Cycle

# The boxes that the municipality writes.
OWN_BOXES = tuple(one for one in TextSection if one not in LESSONS)


@dataclass(frozen=True, slots=True)
class YearPart:
    """One part of the year's report: how far it is, where it is written."""

    label: str
    url: str
    state: str
    hint: str


def of(cycle: Cycle) -> list[YearPart]:
    """Return the parts in the order of the form."""
    return [_profile(cycle), _goals(cycle), _steps(cycle), _texts(cycle), _effects(cycle)]


def _profile(cycle: Cycle) -> YearPart:
    row = Profile.objects.filter(cycle=cycle).first()
    names = (*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS)
    written = {name for name in names if row and getattr(row, name)}
    # 委託先 and the rest of the features may be blank for good: the paper prints （記載なし）.
    enough = "responsible_section" in written and not written.isdisjoint(Profile.FEATURE_FIELDS)
    state = "todo" if not written else ("done" if enough else "doing")
    labels = "、".join(label_of(Profile, name) for name in names if name not in written)
    hint = f"空欄：{labels}" if written and labels else ""
    return YearPart("自治体概要", cycle.url("municipalities:profile"), state, hint)


def _goals(cycle: Cycle) -> YearPart:
    written = set(
        DesiredState.objects.filter(cycle=cycle).exclude(text="").values_list("scene", flat=True)
    )
    count = sum(scene.value in written for scene in CARE_SCENES)
    state = _how_far(count, len(CARE_SCENES))
    hint = f"{len(CARE_SCENES)}場面のうち{count}場面。書かれていない場面は「これから整えること」と印刷します"
    url = cycle.url("logicmodels:plan") + "#goals"
    return YearPart("4つの場面の目指す姿", url, state, hint if count < len(CARE_SCENES) else "")


def _steps(cycle: Cycle) -> YearPart:
    steps = SupportStep.objects.filter(cycle=cycle)
    count = sum(bool(step.situation) for step in steps)
    hint = f"{len(steps)}段階のうち{count}段階" if count < len(steps) else ""
    url = cycle.url("reports:support")
    return YearPart("連携支援の経過", url, _how_far(count, len(steps)), hint)


def _texts(cycle: Cycle) -> YearPart:
    """The boxes of the 概要 are written in a report: an open draft is opened at once."""
    rows = ReportText.objects.filter(cycle=cycle, section__in=OWN_BOXES)
    count = sum(bool(row.text) or row.is_left_empty for row in rows)
    draft = ProgressReport.objects.filter(cycle=cycle).drafts().order_by("-pk").first()
    page = ("reports:report", draft.pk) if draft else ("reports:report_list",)
    hint = f"{len(OWN_BOXES)}欄のうち{count}欄" if count < len(OWN_BOXES) else ""
    return YearPart("概要の文章", cycle.url(*page), _how_far(count, len(OWN_BOXES)), hint)


def _effects(cycle: Cycle) -> YearPart:
    counts = {
        label: model.objects.filter(cycle=cycle).count()
        for label, model in (
            ("課題", SupportIssue),
            ("変化", SupportEffect),
            ("今後", SupportOutlook),
        )
    }
    state = _how_far(sum(map(bool, counts.values())), len(counts))
    hint = "、".join(f"{label}{count}件" for label, count in counts.items())
    url = cycle.url("reports:effects")
    return YearPart("支援前の課題・変化・今後", url, state, hint if state != "todo" else "")


def _how_far(count: int, whole: int) -> str:
    if not count:
        return "todo"
    return "done" if count == whole else "doing"
