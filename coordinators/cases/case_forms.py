"""The filter over the published structures: the three axes of the report's figure, as boxes to tick."""

from django import forms

from coordinators.choices import Affiliation, Coverage, PostLevel
from municipalities.forms import HouseForm
from municipalities.japanese import fiscal

AXES = (
    ("affiliation", "所属", Affiliation),
    ("coverage", "対象自治体", Coverage),
    ("level", "階層", PostLevel),
)


def chosen(query):
    """Return what is ticked on each axis; a value nobody knows is not."""
    ticked = {name: set(query.getlist(name)) & set(choices.values) for name, _, choices in AXES}
    return ticked | {"fiscal_year": set(query.getlist("fiscal_year"))}


class CaseFilterForm(HouseForm):
    """Nothing ticked on an axis keeps everything. `counts`: how many copies there are by axis and choice."""

    def __init__(self, *args, counts, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label, choices in AXES:
            self.fields[name] = boxes(label, choices.choices, counts[name])
        years = sorted(counts["fiscal_year"], reverse=True)
        named = [(year, fiscal.label(int(year))) for year in years]
        self.fields["fiscal_year"] = boxes("年度", named, counts["fiscal_year"])


def boxes(label, choices, counts):
    """Return boxes to tick, each with how many there are behind it."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(value, f"{words}（{counts[value]}）") for value, words in choices],
        widget=forms.CheckboxSelectMultiple,
    )
