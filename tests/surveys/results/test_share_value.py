"""この割合を指標の値にする: what counts as a share, what is shown before, what is written, and both ways."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators.models import Indicator, Measurement, OwnDefinition
from municipalities.kernel.changes import Change
from surveys.models import PublishedAnswer, PublishedQuestion, PublishedSurvey
from surveys.results import share_value
from surveys.results.percentages import Line
from surveys.results.share_value import Share, ShareError

YEAR = "/m/990019/2026/"
LIST = f"{YEAR}surveys/"
VALUE = f"{LIST}questions/q/value/"
HOME, CARE = (
    Line("自宅で生活したい", 160, Decimal("71.4"), None),
    Line("施設", 29, Decimal("12.9"), None),
)
PRINTED = Line("はい", None, Decimal("51.0"), None)


def test_the_share_of_fukuchiyama_has_its_numerator_and_n():
    found = share_value.share([HOME], respondents=224, kind="single")

    assert found == Share(None, 160, 224, ("自宅で生活したい",))


def test_several_answers_are_added_up_where_each_gave_one():
    assert share_value.share([HOME, CARE], respondents=224, kind="single").numerator == 189


def test_a_printed_percentage_is_taken_without_parts():
    found = share_value.share([PRINTED], respondents=None, kind="unstated")

    assert (found.percent, found.numerator, found.denominator) == (51, None, None)


@pytest.mark.parametrize(
    ("lines", "respondents", "kind", "why"),
    [
        ([], 224, "single", share_value.NONE_CHOSEN),
        ([HOME, CARE], 224, "multiple", share_value.COUNTED_TWICE),
        ([Line("順位だけ", None, None, 1)], 224, "single", share_value.UNKNOWN),
        ([HOME, CARE], 170, "unstated", share_value.TOO_MUCH),
        ([PRINTED, PRINTED], None, "unstated", share_value.TOO_MUCH),
    ],
)
def test_what_is_no_share_is_told_why(lines, respondents, kind, why):
    with pytest.raises(ShareError) as caught:
        share_value.share(lines, respondents=respondents, kind=kind)
    assert str(caught.value) == why


@pytest.fixture
def question(here):
    survey = PublishedSurvey.objects.create(
        cycle=here, key="s", title="更新対象者の調査", respondents=224
    )
    row = PublishedQuestion.objects.create(
        cycle=here, survey=survey, key="q", number="問11", text="どこで生活したいですか"
    )
    for key, line in (("home", HOME), ("care", CARE)):
        PublishedAnswer.objects.create(
            cycle=here, question=row, key=key, label=line.label, count=line.count
        )
    return row


@pytest.fixture
def followed(here):
    own = OwnDefinition.objects.create(
        municipality=here.municipality,
        key="own-home",
        name="自宅で生活したい人の割合",
        unit="%",
        value_kind="survey_ratio",
        multiplier=100,
        decimals=1,
    )
    row = Indicator(cycle=here, key="own-home")
    row.follow(own)
    row.save()
    return row


def values():
    return Measurement.objects.filter(code="own-home")


@pytest.mark.django_db
def test_a_share_becomes_a_value_by_one_press_after_it_was_shown(as_editor, question, followed):
    shown = as_editor.get(VALUE, {"answers": "home", "indicator": "own-home"})
    page = shown.content.decode()
    assert "71.4" in page
    assert "更新対象者の調査　問11" in page
    assert not values().exists()

    pressed = {"answers": "home", "indicator": "own-home", "digest": shown.context["report"].digest}
    assert as_editor.post(VALUE, pressed).status_code == 302

    row = values().get()
    assert (row.value, row.numerator, row.denominator) == (Decimal("71.4"), 160, 224)
    assert (row.fiscal_year, row.source) == (2026, "更新対象者の調査　問11")
    assert "有効回答数 224" in row.note
    assert Change.objects.filter(model="indicators.measurement", key=row.key).exists()
    there = as_editor.get(f"{LIST}s/").content.decode()
    assert "この設問の割合を値にした指標" in there
    assert f"{YEAR}indicators/own-home/" in there
    assert f"{LIST}s/#question-q" in as_editor.get(f"{YEAR}indicators/own-home/").content.decode()


@pytest.mark.django_db
def test_what_was_not_shown_is_not_written(as_editor, question, followed):
    for digest in ("", "of-something-else"):
        page = as_editor.post(VALUE, {"answers": "home", "indicator": "own-home", "digest": digest})
        assert "まだ書き込んでいません" in page.content.decode()
    assert not values().exists()


@pytest.mark.django_db
def test_a_bad_choice_keeps_what_was_chosen(as_editor, question, followed):
    PublishedQuestion.objects.filter(pk=question.pk).update(kind="multiple")

    page = as_editor.get(VALUE, {"answers": ["home", "care"], "indicator": "own-home"})

    assert page.status_code == 422
    assert share_value.COUNTED_TWICE in page.content.decode()
    assert page.content.decode().count("checked") == 2


@pytest.mark.django_db
def test_only_shares_of_surveys_are_offered(as_editor, question, followed):
    OwnDefinition.objects.filter(key="own-home").update(value_kind="count")

    offered = [one.code for one in share_value.indicators_of(question.cycle)]

    assert "own-home" not in offered


def test_leaving_a_question_out_is_no_value(as_editor, question, followed):
    PublishedAnswer.objects.create(
        cycle=question.cycle,
        question=question,
        key="left-out",
        label="無回答",
        count=20,
        position=9,
    )

    page = as_editor.get(VALUE).content.decode()
    told = as_editor.post(VALUE, {"answers": ["left-out"], "indicator": ""})

    assert 'value="left-out"' not in page
    assert told.status_code == 422


@pytest.fixture
def other(followed):
    """A value of the same year from another source, as of a day."""
    row = Measurement(
        key="m-other",
        fiscal_year=2026,
        value=Decimal("24.4"),
        state="value",
        as_of=dt.date(2026, 6, 30),
        source="市の名簿",
        municipality=followed.cycle.municipality,
    )
    row.follow(followed.own_definition)
    row.save()
    return row


def asked_which(as_editor, **fields):
    """Look at what would be written, then press."""
    chosen = {"answers": "home", "indicator": "own-home"}
    shown = as_editor.get(VALUE, chosen)
    beside = shown.context["beside"]
    pressed = chosen | {"digest": shown.context["report"].digest, "beside": beside.mark} | fields
    return shown, as_editor.post(VALUE, pressed, follow=True)


@pytest.mark.django_db
def test_a_value_of_another_source_is_named_and_one_of_the_two_is_asked_for(
    as_editor, question, other
):
    shown, told = asked_which(as_editor)

    for words in ("24.4", "令和8年6月末現在", "市の名簿", "に採用する値"):
        assert words in shown.content.decode()
    assert told.status_code == 422
    assert "どちらの値を採用するかを選んでください" in told.content.decode()
    assert values().count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "stands", "said"),
    [("this", "71.4", "この値を採用しました"), ("keep", "24.4", "これまでどおり")],
)
def test_the_chosen_value_stands_for_the_year(as_editor, question, other, choice, stands, said):
    Measurement.objects.filter(pk=other.pk).update(is_official=True)

    _, told = asked_which(as_editor, adopted=choice)

    page = told.content.decode()
    assert said in page
    assert "24.4" in page
    assert values().count() == 2
    assert values().get(is_official=True).value == Decimal(stands)


@pytest.mark.django_db
def test_a_rival_that_came_in_between_is_shown_before_anything_is_written(
    as_editor, question, other
):
    _, told = asked_which(as_editor, adopted="this", beside="")

    assert "まだ書き込んでいません" in told.content.decode()
    assert values().count() == 1


@pytest.mark.django_db
def test_where_the_year_has_no_other_value_nothing_is_asked(as_editor, question, followed):
    page = as_editor.get(VALUE, {"answers": "home", "indicator": "own-home"}).content.decode()

    assert "採用する値" not in page


@pytest.mark.django_db
def test_an_indicator_for_a_share_is_made_from_there(as_editor, question):
    page = as_editor.get(VALUE).content.decode()
    there = as_editor.get(f"{YEAR}indicators/own/add/?kind=survey_ratio").content.decode()
    plain = as_editor.get(f"{YEAR}indicators/own/add/").content.decode()

    assert f"{YEAR}indicators/own/add/?kind=survey_ratio" in page
    assert '<option value="survey_ratio" selected' in there
    assert '<option value="survey_ratio" selected' not in plain
