"""What the year's report is made of, for the board: how far each part is, before there is a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.kernel.changes import label_of
from municipalities.models import Profile
from reports.choices import LESSONS, TextSection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from municipalities.models import Cycle
    from reports.models import SupportStep

# The boxes that the municipality writes.
OWN_BOXES = tuple(one for one in TextSection if one not in LESSONS)


@dataclass(frozen=True, slots=True)
class YearPart:
    """One part of the year's report: how far it is, where it is written."""

    label: str
    url: str
    state: str
    hint: str = ""
    word: str = ""


def profile(cycle: Cycle) -> YearPart:
    row = Profile.objects.filter(cycle=cycle).first()
    names = (*Profile.HEAD_FIELDS, *Profile.FEATURE_FIELDS)
    written = {name for name in names if row and getattr(row, name)}
    # 委託先 and the rest of the features may be blank for good: the paper prints （記載なし）.
    enough = "responsible_section" in written and not written.isdisjoint(Profile.FEATURE_FIELDS)
    state = "todo" if not written else ("done" if enough else "doing")
    labels = "、".join(label_of(Profile, name) for name in names if name not in written)
    hint = f"空欄：{labels}" if written and labels else ""
    return YearPart("自治体概要", cycle.url("municipalities:profile"), state, hint)


def support(cycle: Cycle, steps: Iterable[SupportStep]) -> YearPart:
    """連携支援の経過: how many of its steps have a record."""
    told = [bool(step.situation) for step in steps]
    hint = f"{len(told)}段階のうち{sum(told)}段階" if not all(told) else ""
    url = cycle.url("reports:support")
    return YearPart("連携支援の経過", url, _how_far(sum(told), len(told)), hint)


def texts(url: str, count: int) -> YearPart:
    """概要の文章: the boxes are written in a report, which is at `url`."""
    hint = f"{len(OWN_BOXES)}欄のうち{count}欄" if count < len(OWN_BOXES) else ""
    return YearPart("概要の文章", url, _how_far(count, len(OWN_BOXES)), hint)


def effects(cycle: Cycle, counts: Mapping[str, int]) -> YearPart:
    """支援前の課題・変化・今後: the three lists with their lengths."""
    state = _how_far(sum(map(bool, counts.values())), len(counts))
    hint = "、".join(f"{label}{count}件" for label, count in counts.items())
    url = cycle.url("reports:effects")
    return YearPart("支援前の課題・変化・今後", url, state, hint if state != "todo" else "")


def _how_far(count: int, whole: int) -> str:
    if not count:
        return "todo"
    return "done" if count == whole else "doing"
