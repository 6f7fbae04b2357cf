"""これまでの助言: every piece of advice and every comment of a municipality, and what became of it, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from logicmodels.activities.register import folded
from municipalities.choices import Scene
from reports.choices import AdviceOrigin, AdviceResponse, CommentState
from reports.models import AdviceItem, Comment, Decision
from reports.submission.contents import sections
from reports.support.advice import about

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from municipalities.models import Cycle

SECTIONS = {one.code: one.label for one in sections.SECTIONS}
ADVICE, COMMENT, REMARK = "アドバイス", "コメント", "総評"
ADVICE_LOOKS = {
    AdviceResponse.NONE: "todo",
    AdviceResponse.ADOPTED: "done",
    AdviceResponse.CONSIDERING: "doing",
    AdviceResponse.DECLINED: "blocked",
}
COMMENT_LOOKS = {
    CommentState.OPEN: "todo",
    CommentState.ANSWERED: "doing",
    CommentState.SETTLED: "done",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: `audiences` limits rows and meetings (None: all), `is_shown` what advice is about."""

    audiences: tuple[str, ...] | None
    is_shown: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is cut to; what is empty cuts nothing."""

    year: str = ""
    scene: str = ""
    response: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of advice, comment or remark. `place` is its meeting or report, `state` what became of it."""

    cycle: Cycle
    order: tuple[int, ...]
    place: str
    held_on: dt.date | None
    kind: str
    text: str
    by: str
    said_on: dt.date | None
    scene: str = Scene.ALL
    about: tuple[str, ...] = ()
    state: str = ""
    state_label: str = ""
    look: str = ""
    answered_on: dt.date | None = None
    answer: str = ""
    # (who, day, text) under a comment.
    replies: tuple[tuple[str, dt.date, str], ...] = ()

    @property
    def scene_label(self) -> str:
        """Nothing for every scene, which needs no word."""
        return "" if self.scene == Scene.ALL else str(Scene(self.scene).label)

    def has(self, words: Iterable[str]) -> bool:
        said = (self.text, self.answer, *self.about, *(reply for _, _, reply in self.replies))
        searched = folded("\n".join(said))
        return all(word in searched for word in words)


@dataclass(frozen=True, slots=True)
class Place:
    """The words of one meeting or one report."""

    title: str
    held_on: dt.date | None
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Year:
    cycle: Cycle
    places: tuple[Place, ...]


def words_for(reader: Reader) -> list[Word]:
    """Return everything this reader may see, the newest year first: four queries, however much it is."""
    found = [*_advice(reader), *_comments(), *_remarks()]
    return sorted(found, key=lambda one: (-one.cycle.fiscal_year, one.order))


def matching(words: Iterable[Word], wanted: Wanted) -> list[Word]:
    """Keep what was asked for."""
    asked = folded(wanted.q).split()
    return [
        one
        for one in words
        if wanted.year in {"", str(one.cycle.fiscal_year)}
        and wanted.scene in {"", one.scene}
        and wanted.response in {"", one.state}
        and one.has(asked)
    ]


def by_year(words: Iterable[Word]) -> list[Year]:
    """Return the words under their years, meetings and reports, in the order they have."""
    return [
        Year(cycle, tuple(_places(of_a_year)))
        for cycle, of_a_year in groupby(words, key=lambda one: one.cycle)
    ]


def _places(words: Iterable[Word]) -> Iterator[Place]:
    for _, found in groupby(words, key=lambda one: one.order[:3]):
        group = tuple(found)
        yield Place(group[0].place, group[0].held_on, group)


def _advice(reader: Reader) -> Iterator[Word]:
    rows = AdviceItem.objects.select_related(
        "cycle", "step", "issue", "activity", "outcome__logic_model", "confirmed_by"
    )
    if reader.audiences is not None:
        rows = rows.filter(audience__in=reader.audiences, step__audience__in=reader.audiences)
    for item in rows.order_by("pk"):
        is_own = item.origin == AdviceOrigin.ADVISER
        yield Word(
            cycle=item.cycle,
            order=(0, item.step.position, item.step_id, item.position, item.pk),
            place=str(item.step),
            held_on=item.step.held_on,
            kind=ADVICE,
            text=item.text,
            by=_who_stands_for(item),
            said_on=item.confirmed_on if is_own else item.step.held_on,
            scene=item.scene,
            about=tuple(about(item, is_shown=reader.is_shown)),
            state=item.response,
            state_label=item.get_response_display(),
            look=ADVICE_LOOKS[AdviceResponse(item.response)],
            answered_on=item.responded_on,
            answer=item.response_note,
        )


def _who_stands_for(item: AdviceItem) -> str:
    """Return the adviser; of what came from a file, where the word has it from."""
    if not item.is_confirmed:
        return "アドバイザーの確認前"
    if item.confirmed_by:
        return str(item.confirmed_by)
    return "アドバイザー記入" if item.origin == AdviceOrigin.ADVISER else "確認済み"


def _comments() -> Iterator[Word]:
    rows = Comment.objects.sent().select_related("report__cycle", "snapshot", "author")
    for one in rows.prefetch_related("replies__author").order_by("pk"):
        section = SECTIONS.get(one.section, "")
        yield Word(
            **_of_a_report(one, one.author),
            kind=f"{COMMENT}（{one.get_kind_display()}）",
            text=one.text,
            said_on=timezone.localdate(one.sent_at),
            about=tuple(filter(None, (section, one.quote and f"「{one.quote}」"))),
            state=one.state,
            state_label=one.get_state_display(),
            look=COMMENT_LOOKS[CommentState(one.state)],
            replies=tuple(
                (str(reply.author), timezone.localdate(reply.written_at), reply.text)
                for reply in sorted(one.replies.all(), key=lambda reply: reply.pk)
            ),
        )


def _remarks() -> Iterator[Word]:
    """Yield what advisers wrote of a version as a whole."""
    rows = Decision.objects.exclude(text="").select_related("report__cycle", "snapshot", "adviser")
    for one in rows.order_by("pk"):
        yield Word(
            **_of_a_report(one, one.adviser),
            kind=f"{REMARK}（{one.get_kind_display()}）",
            text=one.text,
            said_on=timezone.localdate(one.decided_at),
        )


def _of_a_report(row: Any, author: Any) -> dict[str, Any]:
    """Return where a word about a version stands: behind the meetings of its year, version by version."""
    version = row.snapshot.version
    title = row.report.title if version == 1 else f"{row.report.title}（第{version}版）"
    return {
        "cycle": row.report.cycle,
        "order": (1, row.report_id, version, row.pk),
        "place": title,
        "held_on": None,
        "by": str(author),
    }
