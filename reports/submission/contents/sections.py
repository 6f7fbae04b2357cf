"""The sections of a report: one list, in the order and under the names of the form.

What does not exist in the product is not in the list. How far a section is, is computed from what
would be printed now and from the marks that people set.
"""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.choices import ReportKind, TextSection
from reports.models import ReportText, SectionMark
from reports.submission.contents import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reports.document.year_review import YearReview
    from reports.models import ProgressReport

BOTH = (ReportKind.INTERIM, ReportKind.FINAL)
INTERIM, FINAL = (ReportKind.INTERIM,), (ReportKind.FINAL,)


class Source(enum.StrEnum):
    """Where a section comes from: from what is entered elsewhere, a box of text, lists of rows, the adviser."""

    AUTO = "auto"
    TEXT = "text"
    ROWS = "rows"
    ADVISER = "adviser"


@dataclass(frozen=True, slots=True)
class Definition:
    """One section. `shows` names what of the year on paper it prints, `page` where that is written.

    `template` draws it on a page; `box` is set for a box of text.
    """

    code: str
    label: str
    source: Source
    template: str
    shows: tuple[str, ...] = ()
    is_filled: Callable[[YearReview], bool] | None = None
    page: str = ""
    anchor: str = ""
    box: TextSection | None = None
    kinds: tuple[ReportKind, ...] = BOTH
    required_in: tuple[ReportKind, ...] = ()


def _box(box: TextSection, *, required_in: tuple[ReportKind, ...] = (), **rest: Any) -> Definition:
    return Definition(
        code=box.value.replace("_", "-"),
        label=str(box.label),
        source=rest.pop("source", Source.TEXT),
        template="reports/parts/box.html",
        box=box,
        required_in=required_in,
        **rest,
    )


PROFILE, PLAN, EFFECTS = "municipalities:profile", "logicmodels:plan", "reports:effects"
SECTIONS = (
    Definition(
        "profile",
        "自治体概要",
        Source.AUTO,
        "reports/parts/profile.html",
        ("figures", "profile"),
        filled.profile,
        PROFILE,
        required_in=BOTH,
    ),
    Definition(
        "features",
        "特徴",
        Source.AUTO,
        "reports/parts/features.html",
        ("features",),
        filled.features,
        PROFILE,
    ),
    _box(TextSection.POLICY),
    _box(TextSection.SITUATION, required_in=BOTH),
    Definition(
        "goals",
        "目指す姿",
        Source.AUTO,
        "reports/parts/goals.html",
        ("goals",),
        filled.goals,
        PLAN,
        anchor="#goals",
    ),
    Definition(
        "logic-models",
        "ロジックモデル",
        Source.AUTO,
        "reports/parts/logic_models.html",
        ("logic_models",),
        filled.logic_models,
        "logicmodels:logic_models",
    ),
    Definition(
        "indicators",
        "指標と実績",
        Source.AUTO,
        "reports/parts/indicators.html",
        ("indicators",),
        filled.indicators,
        "indicators:indicator_list",
    ),
    _box(TextSection.INDICATOR_COMMENT),
    _box(TextSection.CONSULTATION_1),
    _box(TextSection.CONSULTATION_2),
    Definition(
        "steps",
        "連携支援の経過",
        Source.AUTO,
        "reports/parts/steps.html",
        ("support", "steps"),
        filled.steps,
        "reports:support",
        required_in=BOTH,
    ),
    _box(TextSection.INTERIM, required_in=INTERIM),
    _box(TextSection.FINAL, kinds=FINAL, required_in=FINAL),
    Definition(
        "issues-before",
        "支援前の課題",
        Source.ROWS,
        "reports/parts/issues_before.html",
        ("issues_before",),
        filled.issues_before,
        EFFECTS,
        anchor="#issues",
        required_in=FINAL,
    ),
    Definition(
        "effects",
        "支援前後の変化（支援の効果）",
        Source.ROWS,
        "reports/parts/effects.html",
        ("effects",),
        filled.effects,
        EFFECTS,
        anchor="#effects",
        kinds=FINAL,
        required_in=FINAL,
    ),
    Definition(
        "outlooks",
        "今後について（予定、方向性等）",
        Source.ROWS,
        "reports/parts/outlooks.html",
        ("outlooks",),
        filled.outlooks,
        EFFECTS,
        anchor="#outlooks",
        kinds=FINAL,
        required_in=FINAL,
    ),
    _box(TextSection.ACHIEVEMENTS, required_in=FINAL),
    _box(TextSection.METHOD, source=Source.ADVISER),
    _box(TextSection.SUPPORT_NEEDS, source=Source.ADVISER),
    Definition(
        "papers",
        "その他成果物",
        Source.AUTO,
        "reports/parts/papers.html",
        ("issues", "activities", "logic_models"),
        filled.papers,
        PLAN,
    ),
)


class Standing(enum.Enum):
    """How far a section is: the look of its tag, and the word in it."""

    UNWRITTEN = ("todo", "未入力")
    WRITING = ("doing", "書きかけ")
    WAITING = ("warning", "確認待ち")
    CHANGED = ("check", "内容が変わりました")
    DONE = ("done", "済み")
    LEFT_EMPTY = ("done", "記載しない")
    ADVISER = ("blocked", "アドバイザーが記入")
    # Of a new version in the making (mending.py).
    ASKED = ("check", "確認が必要")
    KEPT = ("done", "前の版のまま")


OPEN = (
    Standing.UNWRITTEN,
    Standing.WRITING,
    Standing.WAITING,
    Standing.CHANGED,
    Standing.ASKED,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of one report as it stands now. `digest` is of what would be printed."""

    definition: Definition
    standing: Standing
    url: str
    digest: str
    is_filled: bool
    hint: str = ""
    # Of a new version: comments that wait for the municipality; closed sections are not to be mended.
    comments: int = 0
    is_closed: bool = False

    @property
    def label(self) -> str:
        return self.definition.label

    @property
    def state(self) -> str:
        return self.standing.value[0]

    @property
    def word(self) -> str:
        word = self.standing.value[1]
        return f"{word}：コメント{self.comments}件" if self.comments else word

    @property
    def is_ours(self) -> bool:
        return self.definition.source is not Source.ADVISER

    @property
    def is_kept(self) -> bool:
        """Closed, and what would be printed is what was submitted."""
        return self.standing is Standing.KEPT

    @property
    def is_settled(self) -> bool:
        return self.standing in (Standing.DONE, Standing.LEFT_EMPTY)


def of_kind(kind: str) -> tuple[Definition, ...]:
    """Return the sections of a kind of report, in their order."""
    return tuple(one for one in SECTIONS if kind in one.kinds)


def find(kind: str, code: str) -> Definition | None:
    return next((one for one in of_kind(kind) if one.code == code), None)


def text_of(review: YearReview, box: TextSection) -> str:
    """Return what stands in a box of the report."""
    if box is TextSection.INDICATOR_COMMENT:
        return review.indicator_comment
    return next((one.text for one in review.sheet if one.code == box), "")


def content_of(review: YearReview, definition: Definition) -> Any:
    """Return what a section prints."""
    if definition.box:
        return text_of(review, definition.box)
    return [getattr(review, name) for name in definition.shows]


def has_content(review: YearReview, definition: Definition) -> bool:
    if definition.is_filled:
        return definition.is_filled(review)
    return bool(content_of(review, definition))


def shown_in(review: YearReview) -> tuple[Definition, ...]:
    """Return the sections that a report shows, in their order.

    What belongs to final reports only stands in another one where somebody has written it.
    """
    kind = ReportKind.FINAL if review.head.is_final else ReportKind.INTERIM
    return tuple(one for one in SECTIONS if kind in one.kinds or has_content(review, one))


def digest_of(content: Any) -> str:
    """Return the sha256 of what a section prints: one changed sign makes another one."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(written.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)


def of(report: ProgressReport, review: YearReview) -> tuple[Section, ...]:
    """Return the sections of a report with their standing, in two queries."""
    marks = {one.section: one.digest for one in SectionMark.objects.filter(report=report)}
    texts = {one.section: one for one in ReportText.objects.filter(cycle=report.cycle)}
    return tuple(
        _section(report, review, one, mark=marks.get(one.code), row=texts.get(one.box or ""))
        for one in of_kind(report.kind)
    )


def _section(
    report: ProgressReport,
    review: YearReview,
    definition: Definition,
    *,
    mark: str | None,
    row: ReportText | None,
) -> Section:
    is_there = has_content(review, definition)
    digest = digest_of(content_of(review, definition))
    is_left = row.is_left_empty if row else mark == digest
    standing = _standing(definition, is_there=is_there, is_left=is_left, mark=mark, digest=digest)
    return Section(
        definition=definition,
        standing=standing,
        url=address_of(report, definition),
        digest=digest,
        is_filled=is_there,
        hint=_hint(definition, standing, row, is_required=report.kind in definition.required_in),
    )


def _standing(
    definition: Definition, *, is_there: bool, is_left: bool, mark: str | None, digest: str
) -> Standing:
    if definition.source is Source.ADVISER:
        return Standing.DONE if is_there else Standing.ADVISER
    if not is_there:
        return Standing.LEFT_EMPTY if is_left else Standing.UNWRITTEN
    if mark is None:
        return Standing.WAITING
    if not mark:
        return Standing.WRITING
    return Standing.DONE if mark == digest else Standing.CHANGED


def _hint(
    definition: Definition, standing: Standing, row: ReportText | None, *, is_required: bool
) -> str:
    if definition.source is Source.ADVISER:
        return "アドバイザーが書く欄です"
    if standing is not Standing.UNWRITTEN:
        return ""
    if row and row.text:
        return "見せる範囲が「庁内」のため、報告書に載りません"
    return "提出に必要な節です" if is_required else ""


def address_of(report: ProgressReport, definition: Definition) -> str:
    """Return where a section is written or looked at."""
    page = "section_edit" if definition.source is Source.TEXT else "section"
    return report.cycle.url(f"reports:{page}", report.pk, definition.code)


def next_open(sections: Iterable[Section]) -> Section | None:
    """Return the first section that waits for somebody: what is unwritten before what is unread."""
    ours = [one for one in sections if one.is_ours and one.standing in OPEN]
    unwritten = (one for one in ours if one.standing in (Standing.UNWRITTEN, Standing.WRITING))
    return next(unwritten, None) or next(iter(ours), None)
