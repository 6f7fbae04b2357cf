"""県の調査票: taken over by a town as its own, fixed, under the same keys; how far the town is, told to the prefecture.

Equal keys are what joins the results of the towns: no column of a town's tables names the prefecture's row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from municipalities.pages import ordering
from municipalities.prefecture_tenancy import reading_prefecture
from municipalities.rows.keys import new_key
from surveys.choices import FormReplyState, QuestionType, RoundState
from surveys.models import FormReply, PrefectureForm, Questionnaire, SharedResult, SurveyRound
from surveys.questionnaires.making import form_making, unstored

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from municipalities.models import Cycle, User
    from surveys.questionnaires.shape.form_shape import Asked, Form

# The word with which the key of a prefecture's questionnaire begins, and so that of each copy.
STEM = "prefectureform"


def is_of_prefecture(key: str) -> bool:
    return key.startswith(f"{STEM}-")


def rekeyed(asking: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return questions under keys of their own, which are unique in every town."""
    keys = {one["key"]: new_key(_word(one)) for one in asking}

    def option(values: dict[str, Any]) -> dict[str, Any]:
        return values | {"skip_to": keys.get(values["skip_to"], values["skip_to"])}

    return [
        one
        | {
            "key": keys[one["key"]],
            "beside_key": keys.get(one["beside_key"], ""),
            "earlier_key": "",
            "earlier_change": "",
            "options": [option(values) for values in one["options"]],
        }
        for one in asking
    ]


def _word(one: dict[str, Any]) -> str:
    return "heading" if one["kind"] == QuestionType.SECTION else "asked"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a town is with a questionnaire of its prefecture that it took over, and until when it shall share."""

    reply: FormReply
    due_on: dt.date | None


def standings(cycle: Cycle, keys: Iterable[str]) -> dict[str, Standing]:
    """Return how far the town is with each of these that is its prefecture's; two queries, or none."""
    wanted = [key for key in keys if is_of_prefecture(key)]
    if not wanted:
        return {}
    replies = list(FormReply.objects.filter(municipality=cycle.municipality_id, form__in=wanted))
    with reading_prefecture(cycle.municipality.prefecture_id):
        due = dict(PrefectureForm.objects.filter(key__in=wanted).values_list("key", "due_on"))
    return {one.form: Standing(one, due.get(one.form)) for one in replies}


# Kinds of question of which no counts of answers are registered, so that none are shared.
UNCOUNTED = (
    QuestionType.NUMBER,
    QuestionType.SHORT_TEXT,
    QuestionType.LONG_TEXT,
    QuestionType.OWN_CODE,
)


def uncounted(form: Form) -> list[Asked]:
    """Return the questions of which the prefecture gets nothing."""
    return [asked for asked in form.questions if asked.kind in UNCOUNTED]


def copy_of(form: PrefectureForm) -> Questionnaire | None:
    """Return the town's copy of a prefecture's questionnaire, or None."""
    return Questionnaire.objects.filter(key=form.key).first()


def take(cycle: Cycle, form: PrefectureForm, *, by: User) -> Questionnaire:
    """Copy a prefecture's questionnaire into the town. However often it is pressed, there is one."""
    if there := copy_of(form):
        return there
    made = Questionnaire(
        key=form.key,
        title=form.title,
        target=form.target,
        opening=form.opening,
        closing=form.closing,
    )
    try:
        with transaction.atomic():
            ordering.append(made, among=Questionnaire.objects.all(), by=by)
            form_making.take_over(made, form.asking, by=by)
            tell(cycle, form.key)
    except IntegrityError:
        if there := copy_of(form):
            return there
        raise
    return made


def tell(cycle: Cycle, form_key: str) -> None:
    """Let the prefecture know how far the town is. Of a questionnaire of the town's own nothing is told."""
    if not is_of_prefecture(form_key):
        return
    state = state_of(cycle, form_key)
    replies = FormReply.objects.filter(
        municipality=cycle.municipality_id, form=form_key, fiscal_year=cycle.fiscal_year
    )
    replies.exclude(state=state).update(state=state, changed_on=timezone.localdate())


def state_of(cycle: Cycle, form_key: str) -> FormReplyState:
    """Return how far the town is, by its rows of the year."""
    shared = SharedResult.objects.filter(municipality=cycle.municipality_id, form=form_key)
    if shared.live().exists():
        return FormReplyState.SHARED
    rounds = list(SurveyRound.objects.filter(cycle=cycle, questionnaire__key=form_key))
    if any(row.result_key for row in rounds):
        return FormReplyState.REGISTERED
    states = {row.state for row in rounds}
    for state, told in (
        (RoundState.CLOSED, FormReplyState.CLOSED),
        (RoundState.ASKING, FormReplyState.ASKING),
    ):
        if state in states:
            return told
    is_there = bool(rounds) or Questionnaire.objects.filter(key=form_key).exists()
    return FormReplyState.TAKEN if is_there else FormReplyState.UNTOUCHED


def shape_of(form: PrefectureForm) -> Form:
    """Return the shape of a prefecture's questionnaire, without a query."""
    return unstored.shape(form, form.asking)
