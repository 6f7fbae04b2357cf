"""The entry grid as a tutorial of django-crispy-forms builds it: a formset with a FormHelper, one form a line.

The template pack is the one of this installation ("dads"): labels, hints and errors beside each field. The check is
what form fields offer by themselves.
"""

from collections.abc import Iterable, Mapping

from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms

STATES = [("", "（値がある）"), ("na", "該当数字なし"), ("unknown", "不詳"), ("x", "秘匿")]
FINALITIES = [("final", "確定"), ("preliminary", "速報")]


class ValueForm(forms.Form):
    """One line: the value of the year and what is said about it."""

    value = forms.DecimalField(label="値", max_digits=15, decimal_places=4, required=False)
    state = forms.ChoiceField(label="値なしの理由", choices=STATES, required=False)
    as_of = forms.DateField(label="時点", required=False)
    finality = forms.ChoiceField(label="確定の別", choices=FINALITIES)
    source = forms.CharField(label="出典", max_length=200)
    note = forms.CharField(
        label="注記", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )


ValueFormSet = forms.formset_factory(ValueForm, extra=0)


def data_of(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return lines as the formset's POST has them."""
    found = {
        f"form-{number}-{name}": text
        for number, row in enumerate(rows)
        for name, text in row.items()
    }
    count = str(len({name.split("-")[1] for name in found}))
    return found | {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count}


def html_of(data: Mapping[str, str]) -> str:
    """Check what was typed; return the lines with their errors."""
    formset = ValueFormSet(data)
    formset.is_valid()
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return render_crispy_form(formset, helper)
