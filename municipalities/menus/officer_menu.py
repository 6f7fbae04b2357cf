"""The menu of a prefecture's officers: a few entries, each with the pages that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from municipalities.access import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRESS = "市町村の進み具合"


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the name of its address. `is_of_year`: it stands below the prefecture's fiscal year.

    `{word}` in a label is what the prefecture calls itself.
    """

    label: str
    name: str
    permission: Permission
    is_of_year: bool = True

    def called(self, word: str) -> str:
        return self.label.format(word=word)

    def url(self, prefecture: str, year: int) -> str:
        return reverse(self.name, args=[prefecture, year] if self.is_of_year else [prefecture])


@dataclass(frozen=True, slots=True)
class Group:
    """An entry of the menu; its first page that somebody may open is where it leads."""

    label: str
    pages: tuple[Page, ...]

    def open_to(self, may: Callable[[Permission], bool]) -> tuple[Page, ...]:
        return tuple(page for page in self.pages if may(page.permission))


DISTRICT, PREFECTURE, MANAGE = (
    Permission.VIEW_DISTRICT,
    Permission.VIEW_PREFECTURE,
    Permission.MANAGE_PREFECTURE,
)
GROUPS = (
    Group(
        PROGRESS,
        (
            Page("進み具合", "prefecture:current", DISTRICT, is_of_year=False),
            Page("段階の一覧", "prefecture:steps", DISTRICT),
            Page("{word}の支援の記録", "prefecture:support_log", DISTRICT),
            Page("研修の手がかり", "prefecture:findings", PREFECTURE),
        ),
    ),
    Group(
        "照会と調査",
        (
            Page("照会", "prefecture_inquiries:inquiries", DISTRICT),
            Page("{word}の調査票", "prefecture_forms:forms", DISTRICT),
        ),
    ),
    Group(
        "市町村の比較",
        (
            Page("比較の表と図", "comparison:compare", DISTRICT),
            Page("提出された値", "prefecture:values", DISTRICT),
            Page("改善がみられた市町村", "prefecture_practices:improved", PREFECTURE),
        ),
    ),
    Group(
        "好事例",
        (
            Page("好事例", "prefecture_practices:library", DISTRICT),
            Page("コーディネーターの事例", "prefecture:structures", DISTRICT),
        ),
    ),
    Group(
        "コーディネーターと拠点",
        (
            Page("コーディネーターの配置", "prefecture:posts", DISTRICT),
            Page("連携を担う拠点", "prefecture:prefecture_bases", DISTRICT),
        ),
    ),
    Group(
        "指標と統計",
        (
            Page("{word}の指標", "prefecture:definitions", PREFECTURE),
            Page("統計の取り込み", "prefecture_statistics:statistics", MANAGE),
        ),
    ),
    Group(
        "期限とアドバイザー",
        (
            Page("期限と受理のしかた", "prefecture:periods", MANAGE),
            Page("交付金の項目", "prefecture_grants:grant_items", MANAGE),
            Page("実施状況調査の項目", "prefecture_grants:survey_items", MANAGE),
            Page("アドバイザー", "people:advisers", MANAGE, is_of_year=False),
            Page("保健所", "people:health_centres", MANAGE, is_of_year=False),
        ),
    ),
)


def open_groups(may: Callable[[Permission], bool]) -> Iterator[tuple[Group, tuple[Page, ...]]]:
    """Yield each group of which somebody may open a page, with those pages."""
    for group in GROUPS:
        if pages := group.open_to(may):
            yield group, pages
