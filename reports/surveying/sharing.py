"""県と共有する: the registered tables of a prefecture's questionnaire, after disclosure, copied for the prefecture."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.rows import published_copies
from reports.document import assembly, copied_answers
from reports.submission.showing import letting_out
from reports.submission.showing.publishing import population_of
from reports.surveying import skips
from surveys.models import SharedResult, SurveyRound
from surveys.questionnaires.making import prefecture_forms
from surveys.tabulation.keeping import registering

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Cycle, User
    from surveys.models import PrefectureForm
    from surveys.tabulation.counting.tables import Table

    Row = dict[str, Any]

PARTS = ("published_surveys", "questions", "answers")
TOLD = ("key", "title", "target", "target_text", "when", "way", "distributed", "respondents")
ASKED = ("key", "text", "kind", "scene", "scale", "respondents", "position")
NOTHING = "この調査票の結果が、まだ登録されていません。受付を終えた調査の「集計表」から、結果として登録してください。"
NEVER = "県と共有している結果はありません。"


@dataclass(frozen=True, slots=True)
class Ready:
    """What would be shared now, to the letter; `live` is what the prefecture reads today."""

    round: SurveyRound
    survey: Row
    content: bytes
    sha256: str
    live: SharedResult | None

    @property
    def is_current(self) -> bool:
        return self.live is not None and self.live.sha256 == self.sha256


def rounds_of(cycle: Cycle, form: PrefectureForm) -> list[SurveyRound]:
    """Return the rounds of the year that ask a prefecture's questionnaire, the last one first."""
    rows = SurveyRound.objects.filter(cycle=cycle, questionnaire__key=form.key)
    found = list(rows.select_related("questionnaire").order_by("-pk"))
    for row in found:
        row.cycle = cycle
    return found


def live_of(cycle: Cycle, form: PrefectureForm) -> SharedResult | None:
    rows = SharedResult.objects.filter(municipality=cycle.municipality_id, form=form.key)
    return rows.live().first()


def ready(cycle: Cycle, form: PrefectureForm) -> Ready | None:
    """Return what would be shared now; None while nothing is registered."""
    registered = next((one for one in rounds_of(cycle, form) if one.has_result), None)
    if registered is None:
        return None
    document = assembly.nested(assembly.stored_rows(cycle, only=PARTS))
    rows = [one for one in document["published_surveys"] if one["key"] == registered.result_key]
    [survey] = copied_answers.surveys(
        rows,
        population=population_of(cycle, {"figures": []}),
        earlier=copied_answers.earlier(
            letting_out.told_of(cycle.municipality), fiscal_year=cycle.fiscal_year
        ),
    )
    shape = prefecture_forms.shape_of(form)
    told = skips.without_telling(shape, _told(survey, registering.numbers_of(registered)))
    told = _in_order(told, registering.tables_of(shape))
    content = assembly.canonical(
        {"fiscal_year": cycle.fiscal_year, "measurements": [], "published_surveys": [told]}
    )
    digest = hashlib.sha256(content).hexdigest()
    return Ready(registered, told, content, digest, live_of(cycle, form))


def _told(survey: Row, numbers: dict[str, str]) -> Row:
    """Return a survey without notes, and without questions that are not the prefecture's."""
    questions = [
        {name: one[name] for name in ASKED}
        | {"number": numbers[one["key"]], "answers": [_answer(line) for line in one["answers"]]}
        for one in survey["questions"]
        if one["key"] in numbers
    ]
    return {name: survey[name] for name in TOLD} | {"questions": questions}


def _in_order(survey: Row, tables: Iterable[Table]) -> Row:
    """Return a survey with the answers of each question as its questionnaire lists them; others stand behind.

    Disclosure puts hidden ones last where the rest is in the order of size. Here the order is known beforehand.
    """
    places = {
        table.number: {line.label: at for at, line in enumerate(table.lines)} for table in tables
    }

    def ordered(question: Row) -> Row:
        known = places.get(question["number"], {})
        answers = sorted(question["answers"], key=lambda one: known.get(one["label"], len(known)))
        return question | {"answers": answers}

    return survey | {"questions": [ordered(one) for one in survey["questions"]]}


def _answer(line: Row) -> Row:
    names = ("key", "label", "count", "percent", "is_suppressed")
    return {name: line[name] for name in names if name in line}


def share(cycle: Cycle, form: PrefectureForm, *, seen: str, by: User) -> SharedResult:
    """Let the prefecture read what was `seen`. Raises ValidationError where it is something else by now."""
    with transaction.atomic():
        # Two who press at once come one after the other.
        list(
            SurveyRound.objects.select_for_update().filter(cycle=cycle, questionnaire__key=form.key)
        )
        now = ready(cycle, form)
        if now is None:
            raise ValidationError(NOTHING)
        if now.sha256 != seen:
            raise ValidationError(published_copies.CHANGED)
        if now.is_current and now.live is not None:
            return now.live
        made = SharedResult.objects.create(
            municipality=cycle.municipality,
            form=form.key,
            fiscal_year=cycle.fiscal_year,
            content=now.content,
            sha256=now.sha256,
            shared_at=timezone.now(),
        )
        published_copies.note(now.round, by=by, deed="publish", after={})
        prefecture_forms.tell(cycle, form.key)
    return made


def withdraw(cycle: Cycle, form: PrefectureForm, *, by: User) -> None:
    """Take back what the prefecture reads. Raises ValidationError where there is nothing."""
    with transaction.atomic():
        live = live_of(cycle, form)
        if live is None:
            raise ValidationError(NEVER)
        SharedResult.objects.filter(pk=live.pk).update(withdrawn_at=timezone.now())
        if rounds := rounds_of(cycle, form):
            published_copies.note(rounds[0], by=by, deed="withdraw", after={})
        prefecture_forms.tell(cycle, form.key)
