"""Forms of the prefecture's pages: 県入力, and until when reports are due."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from municipalities.fields import JaDateField
from municipalities.forms import HouseForm
from municipalities.japanese import dates, fiscal, numerals
from reports.choices import AcceptanceWay, ReportKind, ReportStatus
from reports.prefecture.accepting.entering import Entry
from reports.prefecture.accepting.periods import Wish

# The words of 県入力: what a telephone call can find out.
ENTRY_STATUSES = (
    ("", "入力しない（分からない）"),
    (ReportStatus.DRAFT, "作成中"),
    (ReportStatus.SUBMITTED, "提出済み"),
    (ReportStatus.ACCEPTED, "受理"),
)


def hidden(initial=""):
    """Return a field that carries what was seen when the form was opened."""
    return forms.CharField(required=False, widget=forms.HiddenInput, initial=initial)


class EntryForm(HouseForm):
    """Status and date of each kind of report that the municipality has not submitted in the system."""

    def __init__(self, *args, kinds, fiscal_year, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds, self.fiscal_year = kinds, fiscal_year
        for kind in kinds:
            self._add(kind, stored.get(kind))
        self.fieldsets = tuple(
            (kind.label, tuple(f"{kind}_{part}" for part in ("status", "submitted_on", "version")))
            for kind in kinds
        )

    def _add(self, kind, row):
        self.fields[f"{kind}_status"] = forms.ChoiceField(
            label=f"{kind.label}の状態",
            required=False,
            widget=forms.RadioSelect,
            choices=ENTRY_STATUSES,
            initial=row.status if row else "",
            error_messages={"invalid_choice": f"{kind.label}の状態を、一覧から選んでください"},
        )
        self.fields[f"{kind}_submitted_on"] = JaDateField(
            label=f"{kind.label}の提出日",
            required=False,
            help_text="提出済みか受理のときに入力します（例：令和8年10月30日、2026/10/30）",
            initial=row.submitted_on if row else None,
        )
        self.fields[f"{kind}_version"] = hidden(row.version if row else 0)

    def clean(self):
        for kind in self.kinds:
            name = f"{kind}_submitted_on"
            if name in self.cleaned_data and f"{kind}_status" in self.cleaned_data:
                self._check(kind, name)
        self._check_order()
        return self.cleaned_data

    def _check_order(self):
        interim, final = (self.cleaned_data.get(f"{kind}_submitted_on") for kind in ReportKind)
        if interim and final and final < interim:
            words = f"中間報告の提出日（{dates.in_wareki(interim)}）より前になっています"
            hint = "どちらかの提出日を直してください"
            self.add_error("final_submitted_on", f"最終報告の提出日が、{words}。{hint}")

    def _check(self, kind, name):
        status, day = self.cleaned_data[f"{kind}_status"], self.cleaned_data[name]
        is_out = status in {ReportStatus.SUBMITTED, ReportStatus.ACCEPTED}
        if is_out and day is None:
            self.add_error(name, f"{kind.label}の提出日を入力してください")
        elif day and not is_out:
            words = "空欄にするか、状態を「提出済み」か「受理」にしてください"
            self.add_error(name, f"{kind.label}の提出日は、{words}")
        elif day:
            self._check_day(kind, name, day)

    def _check_day(self, kind, name, day):
        first = fiscal.first_day(self.fiscal_year)
        if not first <= day <= timezone.localdate():
            words = f"{dates.in_wareki(first)}から今日までの日付で入力してください"
            self.add_error(name, f"{kind.label}の提出日は、{words}")

    @property
    def entries(self):
        """Return what is to be written; only after the form was found valid."""
        return [
            Entry(
                kind=kind,
                status=self.cleaned_data[f"{kind}_status"],
                submitted_on=self.cleaned_data[f"{kind}_submitted_on"],
                version=numerals.version(self.cleaned_data[f"{kind}_version"]),
            )
            for kind in self.kinds
        ]


class PeriodForm(HouseForm):
    """Until when reports of each kind are due; an empty field is no date."""

    interim = JaDateField(label="中間報告の提出期限", required=False)
    final = JaDateField(label="最終報告の提出期限", required=False)
    interim_seen = hidden()
    final_seen = hidden()

    def __init__(self, *args, fiscal_year, stored, hints=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fiscal_year = fiscal_year
        for kind in ReportKind:
            self.fields[kind].initial = stored.get(kind)
            self.fields[kind].help_text = (hints or {}).get(kind, "")
            self.fields[f"{kind}_seen"].initial = day_text(stored.get(kind))

    def clean(self):
        for kind in ReportKind:
            if day := self.cleaned_data.get(kind):
                self._check_day(kind, day)
        interim, final = (self.cleaned_data.get(kind) for kind in ReportKind)
        if interim and final and final < interim:
            words = "中間報告の提出期限より後の日付を入力してください"
            self.add_error("final", f"最終報告の提出期限は、{words}")
        return self.cleaned_data

    def _check_day(self, kind, day):
        """A date of another year is a slip; the last report may be due some weeks into the next year."""
        first = fiscal.first_day(self.fiscal_year)
        last = fiscal.last_day(self.fiscal_year).replace(month=6, day=30)
        if not first <= day <= last:
            span = f"{dates.in_wareki(first)}から{dates.in_wareki(last)}まで"
            self.add_error(kind, f"{self.fields[kind].label}は、{span}の日付で入力してください")

    @property
    def wishes(self):
        """Return the dates that are wanted beside those that were seen."""
        return [
            Wish(kind, self.cleaned_data[kind], day_of(self.cleaned_data[f"{kind}_seen"]))
            for kind in ReportKind
        ]


class PrefecturePeriodForm(PeriodForm):
    """The dates of a prefecture, and how it accepts."""

    way = forms.ChoiceField(
        label="受理のしかた",
        widget=forms.RadioSelect,
        choices=AcceptanceWay,
        error_messages={"required": "受理のしかたを選んでください"},
    )
    way_seen = hidden()

    def __init__(self, *args, way, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["way"].initial = self.fields["way_seen"].initial = way


def day_text(day):
    return day.isoformat() if day else ""


def day_of(text):
    """Read back what day_text wrote. Anything else was never seen: no date."""
    try:
        return JaDateField().to_python(text)
    except ValidationError:
        return None
