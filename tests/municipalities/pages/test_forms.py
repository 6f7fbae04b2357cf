"""The base of the forms: one helper, our fields for models, messages that name the field."""

from django import forms
from django.db import models

from municipalities.fields import (
    JaDateField,
    JaDecimalField,
    JaIntegerField,
    JaLongTextField,
    JaTextField,
)
from municipalities.forms import HouseForm, HouseModelForm, house_formfield


class Grouped(HouseForm):
    fieldsets = (("会議", ("name",)), ("", ("day",)))

    name = JaTextField(label="会議の名称")
    day = JaDateField(label="開催日")
    kind = forms.ChoiceField(label="種類", choices=[("a", "全体会")])
    agreed = forms.BooleanField(label="内容を確かめた")
    paper = forms.FileField(label="次第")
    without_label = JaTextField(required=False)


def test_an_empty_required_field_is_asked_for_by_name():
    form = Grouped({})

    assert form.errors == {
        "name": ["会議の名称を入力してください"],
        "day": ["開催日を入力してください"],
        "kind": ["種類を選んでください"],
        "agreed": ["「内容を確かめた」にチェックを入れてください"],
        "paper": ["次第のファイルを選んでください"],
    }


def test_a_message_of_its_own_is_kept():
    class Recipients(HouseForm):
        users = forms.MultipleChoiceField(
            label="提出先", error_messages={"required": "提出先を一人以上選んでください"}
        )

    assert Recipients({}).errors == {"users": ["提出先を一人以上選んでください"]}


def test_the_words_of_a_library_give_way_to_ours():
    class SignIn(HouseForm):
        words = {"login": ("ユーザー名", "自治体から受け取った名前")}
        login = forms.CharField(label="Login", help_text='<a href="/">?</a>')

    form = SignIn({})

    assert form.fields["login"].help_text == "自治体から受け取った名前"
    assert form.errors == {"login": ["ユーザー名を入力してください"]}


def test_a_form_leaves_the_form_tag_to_its_template():
    helper = Grouped().helper

    assert helper.form_tag is False
    assert helper.render_unmentioned_fields is True
    assert Grouped.use_required_attribute is False


def test_the_helper_is_built_once():
    form = Grouped()

    assert form.helper is form.helper


def test_typed_input_of_models_goes_through_our_fields():
    ours = {
        models.CharField("名称", max_length=30): JaTextField,
        models.TextField("本文"): JaLongTextField,
        models.DateField("日付"): JaDateField,
        models.DecimalField("額", max_digits=9, decimal_places=1): JaDecimalField,
        models.PositiveIntegerField("人数"): JaIntegerField,
        models.EmailField("メール"): forms.EmailField,
        models.CharField("種類", max_length=1, choices=[("a", "A")]): forms.TypedChoiceField,
    }

    for column, field_class in ours.items():
        assert type(house_formfield(column)) is field_class


def test_limits_of_the_model_reach_the_field():
    text = house_formfield(models.CharField("名称", max_length=30))
    amount = house_formfield(models.DecimalField("額", max_digits=9, decimal_places=1))
    count = house_formfield(models.PositiveIntegerField("人数"))

    assert text.longest == 30
    assert (amount.max_digits, amount.decimal_places) == (9, 1)
    assert count.min_value == 0


def test_a_model_form_without_the_house_meta_would_use_other_fields():
    assert HouseModelForm.Meta.formfield_callback is house_formfield
    assert type(models.DateField("日付").formfield()) is forms.DateField
