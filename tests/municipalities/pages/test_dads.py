"""The crispy pack `dads`: order, words and links of a field; error summary; lists; icons."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from municipalities.fields import JaDateField, JaIntegerField, JaLongTextField, JaTextField
from municipalities.forms import HouseForm


class Meeting(HouseForm):
    fieldsets = (("会議", ("name", "day")),)

    name = JaTextField(label="会議の名称", help_text="例：推進協議会")
    day = JaDateField(label="開催日", required=False)
    people = JaIntegerField(label="出席者数", unit="人", required=False)
    text = JaLongTextField(label="議事", max_length=10, required=False)
    scenes = forms.MultipleChoiceField(
        label="場面",
        choices=[("a", "入退院支援"), ("b", "看取り")],
        widget=forms.CheckboxSelectMultiple,
        help_text="いくつでも",
    )
    agreed = forms.BooleanField(label="確かめた", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(source, **context):
    return re.sub(
        r"\s+",
        " ",
        Template("{% load crispy_forms_tags dads era %}" + source).render(Context(context)),
    )


@pytest.fixture
def empty():
    return draw("{{ form|crispy }}", form=Meeting())


@pytest.fixture
def refused():
    return draw("{{ form|crispy }}", form=Meeting({"day": "06/04/05", "text": "あ" * 11}))


def test_label_hint_error_and_control_stand_in_this_order(refused):
    field = refused[refused.index('id="div_id_name"') : refused.index('id="div_id_day"')]
    places = [field.index(part) for part in ("<label", "_helptext", "_error", "<input")]

    assert places == sorted(places)


def test_must_and_may_are_words(empty):
    assert '会議の名称<span class="field-must">※必須</span>' in empty
    assert '開催日<span class="field-may">※任意</span>' in empty
    assert "*" not in re.sub(r"<[^>]+>", "", empty)


def test_hint_error_unit_and_echo_describe_the_control(refused):
    assert 'aria-describedby="id_name_helptext id_name_error"' in refused
    assert 'aria-describedby="id_people_unit"' in refused
    assert 'aria-describedby="id_text_error id_text_counter"' in refused
    for target in re.findall(r'aria-describedby="([^"]+)"', refused):
        assert all(f'id="{one}"' in refused for one in target.split())


def test_a_control_is_invalid_only_when_it_was_refused(empty, refused):
    assert "aria-invalid" not in empty
    assert re.search(r'<input[^>]*name="name"[^>]*aria-invalid="true"', refused)
    assert not re.search(r'<input[^>]*name="people"[^>]*aria-invalid', refused)


def test_a_group_is_a_fieldset_with_the_error_inside_its_legend(refused):
    legend = re.search(r'id="div_id_scenes".*?<legend.*?</legend>', refused)[0]

    assert "場面" in legend
    assert "エラー：</span>場面を選んでください" in legend


def test_typed_text_stays_after_an_error(refused):
    assert 'value="06/04/05"' in refused
    assert "あ" * 11 in refused


def test_the_browser_is_never_asked_to_judge(empty):
    assert " required" not in empty
    assert "placeholder" not in empty
    assert 'type="number"' not in empty
    assert 'type="date"' not in empty


def test_user_text_is_escaped():
    page = draw("{{ form|crispy }}", form=Meeting({"name": "<script>1</script>", "scenes": "<b>"}))

    assert "<script>" not in page
    assert "<b>" not in page


def test_a_counted_text_shows_its_count_before_any_script_runs():
    assert '<span class="field-count" id="id_text_counter">2／10字</span>' in draw(
        "{{ form|crispy }}", form=Meeting({"text": "𠮷野"})
    )


def test_a_date_is_echoed_with_its_weekday_and_notice():
    page = draw("{{ form|crispy }}", form=Meeting(initial={"day": date(2025, 7, 10)}))
    old = draw("{{ form|crispy }}", form=Meeting({"day": "平成31年5月1日"}))

    assert 'value="令和7年7月10日"' in page
    assert 'id="id_day_echo">2025年7月10日（木）</span>' in page
    assert "2019年5月1日（水） 平成31年5月1日は、令和元年5月1日として受け取りました" in old


def test_crispy_draws_the_fieldsets_and_forgets_no_field():
    page = draw("{% crispy form %}", form=Meeting())

    assert '<fieldset class="fieldset"' in page
    assert "<legend>会議</legend>" in page
    assert "<form" not in page
    for name in Meeting.base_fields:
        assert page.count(f'name="{name}"') == (2 if name == "scenes" else 1)


def test_a_formset_is_drawn_with_its_management_form():
    formset = forms.formset_factory(Meeting, extra=2)(prefix="m")

    page = draw("{{ formset|crispy }}", formset=formset)

    assert 'name="m-TOTAL_FORMS"' in page
    assert page.count("会議の名称") == 2


def test_a_formset_with_a_helper_is_a_form_of_its_own():
    formset = forms.formset_factory(Meeting, extra=1)(prefix="m")

    page = draw("{% crispy formset %}", formset=formset)

    assert page.count("<form") == 1
    assert "novalidate" in page


def test_the_error_summary_repeats_every_error_with_a_link_to_its_control():
    form = Meeting({"day": "06/04/05"})
    form.add_error(None, "会議と開催日の組合せを確かめてください")

    summary = draw("{% error_summary form %}", form=form)

    assert 'tabindex="-1"' in summary
    assert "<li>会議と開催日の組合せを確かめてください</li>" in summary
    assert '<a href="#id_name">会議の名称を入力してください</a>' in summary
    assert '<a href="#id_scenes_0">場面を選んでください</a>' in summary
    page = draw("{{ form|crispy }}", form=form)
    assert all(f'id="{target}"' in page for target in re.findall(r'href="#([^"]+)"', summary))


def test_nothing_is_summed_up_before_a_form_was_sent():
    assert draw("{% error_summary form none %}", form=Meeting(), none=None).strip() == ""


def test_errors_of_a_formset_are_summed_up():
    data = {"m-TOTAL_FORMS": "1", "m-INITIAL_FORMS": "0", "m-0-day": "x"}
    formset = forms.formset_factory(Meeting, extra=1)(data, prefix="m")

    assert 'href="#id_m-0-name"' in draw("{% error_summary formset %}", formset=formset)


def test_the_whole_row_of_a_task_is_a_link_and_the_tag_is_none():
    tasks = [
        {"label": "概要を確かめる", "url": "/a/", "state": "done"},
        {"label": "提出する", "state": "blocked"},
        {
            "label": "報告書",
            "url": "/b/",
            "state": "doing",
            "word": "上長確認中",
            "hint": "8月まで",
        },
    ]

    page = draw("{% task_list tasks %}", tasks=tasks)

    assert '<a href="/a/" aria-describedby="task-1">概要を確かめる</a>' in page
    assert '<span id="task-1"><span class="tag tag-done">入力済み</span></span>' in page
    assert "まだ始められません" in page
    assert "上長確認中" in page
    assert page.count("<a ") == 2


def test_a_summary_row_says_what_its_link_changes():
    page = draw("{% summary_list rows %}", rows=[{"label": "人口", "value": "<1>", "url": "/x/"}])

    assert "&lt;1&gt;" in page
    assert '変更する<span class="hidden-text">（人口）</span>' in page


def test_icons_come_from_the_sprite_and_are_hidden_from_readers():
    page = draw('{% icon "house" %}')

    assert 'aria-hidden="true"' in page
    assert "vendor/icons.svg#house" in page


def test_a_banner_escapes_its_text():
    assert "&lt;b&gt;" in draw('{% banner "error" text %}', text="<b>")


def test_a_missing_number_is_blank_and_zero_is_zero():
    assert draw(
        "[{{ none|number }}][{{ zero|number }}][{{ many|number }}]",
        none=None,
        zero=0,
        many=Decimal("1234.5"),
    ) == ("[][0][1,234.5]")


def test_days_and_years_are_shown_in_japanese_time_and_both_calendars():
    late = datetime(2025, 7, 9, 15, 32, tzinfo=UTC)

    assert draw("{{ day|moment }}", day=late) == "2025年7月10日（木）00:32"
    assert draw("{{ day|western }}", day=late) == "2025年7月10日（木）"
    assert draw("{{ day|wareki }}", day=date(2019, 5, 1)) == "令和元年5月1日"
    assert draw("{{ year|fiscal_year }}", year=2023) == "令和5年度（2023年度）"
    assert (
        draw("{{ day|wareki }}{{ day|western }}{{ day|moment }}{{ day|fiscal_year }}", day=None)
        == ""
    )
