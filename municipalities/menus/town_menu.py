"""The menu of a municipality's year: its entries, and the pages that belong together below one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch

if TYPE_CHECKING:
    from municipalities.models import Cycle

# For whoever may read the year: label and page.
ENTRIES = (
    ("ホーム", "municipalities:board"),
    ("自治体概要", "municipalities:profile"),
    ("目指す姿と課題", "logicmodels:plan"),
    ("取組", "logicmodels:activity_list"),
    ("ロジックモデル", "logicmodels:logic_models"),
    ("指標", "indicators:indicator_list"),
    ("会議と体制", "councils:council_list"),
    ("調査とヒアリング", "surveys:survey_list"),
    ("連携支援の経過", "reports:support"),
    ("報告書", "reports:report_list"),
    ("県からの照会", "reports:inquiry_list"),
)
CHECK_AND_ACT = "評価と改善"
# Check and Act: one entry, its pages shown above each of them.
PAGES_OF_CHECK_AND_ACT = (
    ("評価", "councils:evaluation_list"),
    ("改善の決定", "councils:improvement_list"),
    ("点検", "reports:findings"),
    ("年間のまとめ", "reports:year_on_a_page"),
    ("次年度の準備", "reports:next_year"),
    ("交付金の根拠", "reports:grant_evidence"),
    ("実施状況調査", "reports:survey_evidence"),
    ("年間予定", "reports:calendar"),
    ("引継書", "reports:handover"),
)
# Pages whose address does not lie below the entry to which they belong.
BESIDE = {
    "municipalities:profile": ("figures/", "organizations/", "areas/", "resources/"),
    "councils:council_list": ("meetings/", "contract", "executions/", "coordinators/", "bases/"),
    "logicmodels:activity_list": ("practices/",),
    "surveys:survey_list": ("prefecture-forms/",),
    "indicators:indicator_list": ("compare/", "submitted-values/"),
    "logicmodels:plan": ("issues/",),
    "reports:report_list": ("effects/", "handouts/"),
}


def check_and_act(cycle: Cycle) -> list[tuple[str, str]]:
    """Return label and address of the pages of Check and Act."""
    found = []
    for label, name in PAGES_OF_CHECK_AND_ACT:
        try:
            found.append((label, cycle.url(name)))
        except NoReverseMatch:
            continue
    return found
