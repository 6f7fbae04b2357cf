"""What stands between a draft and its submission: blockers, and what prints as 「これから整えること」."""

from dataclasses import dataclass

from logicmodels.models import DesiredState, Issue
from municipalities.choices import CARE_SCENES
from municipalities.kernel.changes import label_of
from municipalities.models import Profile
from reports.models import SupportStep


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report: how far it is, where it is written."""

    label: str
    url: str
    state: str
    hint: str


def year_sections(cycle):
    """Return the sections that every report of the year shows, in the order of the form."""
    return [_profile(cycle), _issues(cycle), _goals(cycle), _steps(cycle)]


def sections(report):
    """Return a draft's sections, each with its computed state, and to whom it goes."""
    return [*year_sections(report.cycle), _recipients(report)]


def blockers(report):
    """Return in sentences what must be mended before submission: missing form parts only."""
    found = []
    if not Profile.objects.filter(cycle=report.cycle).exists():
        found.append("自治体概要がまだ書かれていません。")
    if not report.is_council_paper and not report.recipients.exists():
        found.append("提出先が選ばれていません。")
    return found


def _profile(cycle):
    row = Profile.objects.filter(cycle=cycle).first()
    names = (*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS)
    written = {name for name in names if row and getattr(row, name)}
    # 委託先 and the rest of the features may be blank for good: the paper prints （記載なし）.
    enough = "responsible_section" in written and not written.isdisjoint(Profile.FEATURE_FIELDS)
    state = "todo" if not written else ("done" if enough else "doing")
    labels = "、".join(label_of(Profile, name) for name in names if name not in written)
    hint = f"空欄：{labels}" if written and labels else ""
    return Section("自治体概要", cycle.url("municipalities:profile"), state, hint)


def _issues(cycle):
    count = Issue.objects.filter(cycle=cycle).count()
    hint = f"{count}件" if count else ""
    url = cycle.url("logicmodels:plan") + "#issues"
    return Section("支援前の課題", url, "done" if count else "todo", hint)


def _goals(cycle):
    written = set(
        DesiredState.objects.filter(cycle=cycle).exclude(text="").values_list("scene", flat=True)
    )
    count = sum(scene.value in written for scene in CARE_SCENES)
    state = {0: "todo", len(CARE_SCENES): "done"}.get(count, "doing")
    hint = f"{len(CARE_SCENES)}場面のうち{count}場面。書かれていない場面は「これから整えること」と印刷します"
    url = cycle.url("logicmodels:plan") + "#goals"
    return Section("4つの場面の目指す姿", url, state, hint if count < len(CARE_SCENES) else "")


def _steps(cycle):
    steps = SupportStep.objects.filter(cycle=cycle)
    count = sum(bool(step.situation) for step in steps)
    state = "todo" if not count else ("done" if count == len(steps) else "doing")
    hint = f"{len(steps)}段階のうち{count}段階" if count < len(steps) else ""
    return Section("連携支援の経過", cycle.url("reports:support"), state, hint)


def _recipients(report):
    url = report.cycle.url("reports:recipients", report.pk)
    if report.is_council_paper:
        return Section("提出先", url, "done", "送付せず、協議体資料として締める")
    count = report.recipients.count()
    hint = f"{count}人" if count else "提出先を選んでください"
    return Section("提出先", url, "done" if count else "check", hint)
