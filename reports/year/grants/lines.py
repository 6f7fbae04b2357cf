"""What evidence is made of: lines to copy, how many there are in words, and the page to cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from councils.meetings import meeting_days
from logicmodels.choices import ActivityStatus
from municipalities.choices import Scene
from reports.document.reading.sharing import with_leads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from logicmodels.choices import WorkItem

Document = dict[str, Any]
MOST_LINES = 12
NOTHING = "この項目に当たる登録は、まだありません"
SCENE_LABELS = {scene.value: str(scene.label) for scene in Scene}


@dataclass(frozen=True, slots=True)
class Page:
    """Where it stands: the page's title and the name of its address within the year."""

    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """`count` in words; `lines` to copy, every one of them; `page` is cited."""

    count: str = ""
    lines: tuple[str, ...] = ()
    page: Page | None = None

    @property
    def is_long(self) -> bool:
        """Say whether the screen shows the lines in a box to scroll; on paper and in files they stand whole."""
        return len(self.lines) > MOST_LINES

    @property
    def told(self) -> str:
        """Return in words what there is; nothing where nothing could be looked for."""
        return self.count if self.lines or self.page is None else NOTHING


PLAN = Page("目指す姿と課題", "logicmodels:plan")
INDICATORS = Page("指標", "indicators:indicator_list")
ACTIVITIES = Page("取組", "logicmodels:activity_list")
MEETINGS = Page("会議と体制", "meetings:meeting_list")


def made(lines: Iterable[str], page: Page, count: str) -> Evidence:
    """Return what was found; `count` says it in words with the number in it, `{}`."""
    found = tuple(lines)
    return Evidence(
        count.format(len(found)),
        found,
        page,
    )


def active(document: Document) -> Iterator[dict[str, Any]]:
    """Yield what is or was done, or is planned, not what is only thought of or was stopped."""
    out = {ActivityStatus.CONSIDERED.value, ActivityStatus.STOPPED.value}
    return (row for row in document["activities"] if row["status"] not in out)


def of_work_item(item: WorkItem) -> Callable[[Document, Mapping[str, str]], Evidence]:
    def collect(document: Document, _names: Mapping[str, str]) -> Evidence:
        rows = [row for row in active(document) if row["work_item"] == item.value]
        return made(map(activity, rows), ACTIVITIES, f"「{item.label}」の取組が{{}}件あります")

    return collect


def of_scene(scene: Scene) -> Callable[[Document, Mapping[str, str]], Evidence]:
    def collect(document: Document, _names: Mapping[str, str]) -> Evidence:
        rows = [row for row in active(document) if row["scene"] == scene.value]
        return made(map(activity, rows), ACTIVITIES, f"「{scene.label}」の取組が{{}}件あります")

    return collect


def activity(row: dict[str, Any]) -> str:
    told = "、".join(filter(None, (row["period"], row["frequency"])))
    return f"{row['name']}（{told}）" if told else str(row["name"])


def one_line(text: str) -> str:
    return " ".join(text.split())


def number_held(document: Document) -> int:
    """Return how many meetings of a year took place until today: what is only planned proves nothing."""
    rows = [row for row, _ in with_leads(document, "meetings")]
    return meeting_days.numbers(rows, today=timezone.localdate())[0]
