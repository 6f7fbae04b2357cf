"""The base of every form of the house: one crispy helper, our own fields, messages that name the field."""

from typing import TYPE_CHECKING

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db import models
from django.forms.utils import pretty_name
from django.utils.functional import cached_property

from municipalities.fields import (
    JaDateField,
    JaDecimalField,
    JaIntegerField,
    JaLongTextField,
    JaTextField,
)

if TYPE_CHECKING:
    from municipalities.models import User

# Exact classes: an EmailField is a CharField, but has a field of its own.
HOUSE_FIELDS = {
    models.CharField: JaTextField,
    models.TextField: JaLongTextField,
    models.DateField: JaDateField,
    models.DecimalField: JaDecimalField,
    models.IntegerField: JaIntegerField,
    models.SmallIntegerField: JaIntegerField,
    models.PositiveIntegerField: JaIntegerField,
    models.PositiveSmallIntegerField: JaIntegerField,
}


def house_formfield(db_field, **kwargs):
    """Return the form field of a model field: typed input goes through our own fields."""
    if kwargs.get("form_class") is JaTextField:
        # A column of text whose form says: one line.
        kwargs.setdefault("widget", forms.TextInput)
    form_class = None if db_field.choices else HOUSE_FIELDS.get(type(db_field))
    return db_field.formfield(**({"form_class": form_class} if form_class else {}), **kwargs)


class House:
    """What HouseForm and HouseModelForm share.

    `fieldsets`: ((legend, (field, …)), …), a legend may be empty; fields that are not named follow at the end.
    `words`: field → (label, hint), for forms whose fields a library has made.
    """

    fields: dict[str, forms.Field]
    use_required_attribute = False
    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        for name, field in self.fields.items():
            field.label = pretty_name(name) if field.label is None else field.label
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _required_message(field)
            _name_the_choices(field)

    def settle(self, *, by: "User") -> None:
        """Write what the row is to point at, in the deed's transaction; most forms have nothing."""

    def follow(self, row: models.Model) -> tuple[str, ...]:
        """Set what follows from an edit on a row about to be saved; return the names of those columns."""
        return ()

    def carry(self, row: models.Model, *, by: "User") -> None:
        """Write what must follow on other rows from a row just saved, in the same transaction."""

    @cached_property
    def helper(self) -> FormHelper:
        """The crispy helper: fields only, the template owns <form>, its token and its buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        helper.render_unmentioned_fields = True
        if self.fieldsets:
            groups = [
                Fieldset(legend, *names) if legend else Layout(*names)
                for legend, names in self.fieldsets
            ]
            helper.layout = Layout(*groups)
        return helper


class HouseForm(House, forms.Form):
    """A form as a parser: it never reads a request, never sends anything."""


class HouseModelForm(House, forms.ModelForm):
    """A form of one row. Its Meta inherits HouseModelForm.Meta, so that typed input uses our fields."""

    class Meta:
        formfield_callback = house_formfield


def _name_the_choices(field: forms.Field) -> None:
    """Say of what a browser cannot send where to choose from, not the value that was sent."""
    for kind in (forms.ChoiceField, forms.ModelChoiceField):
        said = kind.default_error_messages["invalid_choice"]
        if isinstance(field, kind) and field.error_messages["invalid_choice"] == said:
            field.error_messages["invalid_choice"] = f"{field.label}を、一覧から選んでください"


def _required_message(field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        name = str(field.label).removesuffix("のファイル")
        return f"{name}のファイルを選んでください"
    if isinstance(field, forms.BooleanField):
        return f"「{field.label}」にチェックを入れてください"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"{field.label}を選んでください"
    return f"{field.label}を入力してください"
