"""Which of the year's numbers an issue shows, and which issue a public figure is shown at."""

from django import forms

from municipalities.forms import HouseForm


class IssueFiguresForm(HouseForm):
    """Ticks at this year's indicators. `offered`: (indicator, its latest figure)."""

    indicators = forms.MultipleChoiceField(
        label="現状の数字", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = [indicator for indicator, _ in offered]
        self.fields["indicators"].choices = [
            (indicator.key, in_words(figure)) for indicator, figure in offered
        ]

    @property
    def chosen(self):
        """The ticked indicators in the order of the year."""
        keys = set(self.cleaned_data["indicators"])
        return [indicator for indicator in self.offered if indicator.key in keys]


SHOWN = "（すでに根拠にしています）"


class GroundedIssueForm(HouseForm):
    """One of the year's issues. `issues`: in their order; `shown`: keys of those that show the figure already."""

    issue = forms.ChoiceField(label="根拠にする課題", widget=forms.RadioSelect)

    def __init__(self, *args, issues, shown, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issue"].choices = [
            (one.key, f"{one.get_scene_display()}：{one}{SHOWN if one.key in shown else ''}")
            for one in issues
        ]


def in_words(figure):
    """Return 「訪問診療を受けた患者数：120人、令和7年度（2025年度）」."""
    value = "、".join(filter(None, (figure.text, figure.period)))
    return f"{figure.definition.name}：{value}"
