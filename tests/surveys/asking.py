"""A questionnaire of every kind of question, and a round that asks it, for the tests."""

import datetime as dt

from django.utils import timezone

from municipalities.models import User
from municipalities.rows.keys import new_key
from surveys.models import MatrixRow, Option, Question, Questionnaire, SurveyRound
from surveys.rounds import opening

OUTSIDE = "https://renkei.example.jp"


def questionnaire(key="ask-1"):
    """Two pages: 問1 one of three (いいえ leads to 問4), 問2 several, 問3 a table; then 問4 to 問7."""
    row = Questionnaire.objects.create(
        key=key, title="在宅医療に関するアンケート", opening="お願い"
    )
    q1 = question(row, "single", "在宅医療を知っていますか。", is_required=True)
    options(q1, "はい", "いいえ", "その他", takes_text="その他")
    q2 = question(row, "multiple", "どこで知りましたか。", most=2)
    options(q2, "広報", "病院", "家族", "特にない", exclusive="特にない")
    q3 = question(row, "matrix", "次のことをしていますか。")
    options(q3, "している", "していない", "研修を受けたい", extra="研修を受けたい")
    for label in ("退院時の連携", "看取り"):
        MatrixRow.objects.create(key=new_key("row"), question=q3, label=label)
    second = question(row, "section", "あなたのことについて")
    q4 = question(row, "number", "経験年数", unit="年", smallest=0, largest=60)
    question(row, "profession", "職種")
    question(row, "own_code", "自分の番号")
    question(row, "long_text", "ご意見")
    Option.objects.filter(question=q1, label="いいえ").update(skip_to=second.key)
    assert q4.pk
    return row


def question(row, kind, text, **more):
    last = Question.objects.filter(questionnaire=row).count()
    return Question.objects.create(
        key=new_key("asked"), questionnaire=row, kind=kind, text=text, position=last + 1, **more
    )


def options(asked, *labels, exclusive="", takes_text="", extra=""):
    for position, label in enumerate(labels, 1):
        Option.objects.create(
            key=new_key("option"),
            question=asked,
            label=label,
            position=position,
            is_exclusive=label == exclusive,
            takes_text=label == takes_text,
            is_extra=label == extra,
        )


def asking(cycle, key="round-ask", *, is_open=True, by="editor", days=7):
    """Return a round that is asked for a week, its questionnaire made beside it."""
    row = SurveyRound.objects.create(
        key=key,
        cycle=cycle,
        questionnaire=questionnaire(f"q-{key}"),
        title="在宅医療に関する調査",
        contact="見本市高齢福祉課　電話 00-0000-0000",
        closes_on=timezone.localdate() + dt.timedelta(days=days),
        keep_until=dt.date(2030, 3, 31),
    )
    if is_open:
        opening.open_round(row, by=User.objects.get(username=by))
    return row
