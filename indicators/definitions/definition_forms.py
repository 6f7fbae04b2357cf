"""Forms of a definition that has values: who changes what is counted says from when on, and whether values stay comparable."""

from django import forms

from indicators.definitions.indicator_forms import OwnDefinitionForm
from indicators.definitions.taking_definitions import DECIDED
from indicators.models import Measurement, OwnDefinition, OwnDefinitionVersion
from municipalities.fields import JaFiscalYearField, JaLongTextField
from municipalities.forms import HouseModelForm
from municipalities.kernel import changes
from municipalities.rows.keys import new_key

WORDING, COMPARABLE, BREAK = "wording", "comparable", "break"
KINDS = (
    (WORDING, "字句の修正（数えるものは変わらない）"),
    (COMPARABLE, "数え方が変わったが、前の値と比べられる"),
    (BREAK, "数え方が変わり、前の値と比べられない"),
)
LONGEST = 500
TOO_LONG = f"同じ年度の変更と合わせて{LONGEST}字を超えます。短くしてください。"
ASKED = ("change", "change_year", "what_changed")


class AsksForVersion:
    """A form of a definition that asks what its change means. `row` carries its versions by `versions`."""

    version_fieldset = ("数え方を変えたとき", ASKED)

    def ask(self):
        """Add the questions: they are answered only where what is counted has changed."""
        self.fields["change"] = forms.ChoiceField(
            label="今回の変更",
            choices=KINDS,
            widget=forms.RadioSelect,
            required=False,
            help_text="単位・値の種類・分子・分母・倍率・データの出所を書き直したときに選びます。"
            "前の値と比べられないときは、推移の線を切り、評価でも前の値と比べません。",
        )
        self.fields["change_year"] = JaFiscalYearField(
            label="いつの年度から",
            required=False,
            help_text="新しい数え方の値は、どの年度からですか。例：令和6年度（2024年度）",
        )
        self.fields["what_changed"] = JaLongTextField(
            label="何が変わったか",
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="推移の図と報告書に、そのまま載ります。例：分母を全数から回答のあった数に改めた",
        )

    def clean(self):
        """A changed way of counting is told as what it is."""
        cleaned = super().clean()
        if self.errors or "change" not in self.fields:
            return cleaned
        if not self.is_counting_changed(cleaned):
            self.refuse_idle(cleaned)
        elif not cleaned["change"]:
            self.add_error(
                "change",
                "数え方に関わる欄が変わっています。字句の修正か、数え方の変更かを選んでください。",
            )
        elif cleaned["change"] != WORDING:
            self.require_words(cleaned)
        return cleaned

    def is_counting_changed(self, cleaned):
        names = [name for name in OwnDefinition.COUNTING if name in cleaned]
        return any(cleaned[name] != self.initial[name] for name in names)

    def refuse_idle(self, cleaned):
        """What was said of a change is lost silently nowhere: without one it is asked what is meant."""
        if cleaned["change"] in {COMPARABLE, BREAK} or cleaned["what_changed"]:
            self.add_error(
                "change",
                "数え方に関わる欄（単位・分子・分母など）が変わっていません。新しい数え方に書き直すか、「数え方を変えたとき」の欄を空けてください。",
            )

    def require_words(self, cleaned):
        year, text = cleaned["change_year"], cleaned["what_changed"]
        if year is None:
            self.add_error("change_year", "いつの年度からの値が新しい数え方かを入力してください。")
        if not text:
            self.add_error("what_changed", "何が変わったかを入力してください。")
        if year and text and len(self.all_words(cleaned)) > LONGEST:
            self.add_error("what_changed", TOO_LONG)

    def all_words(self, cleaned):
        """Return what will be told of the year's change: also what an earlier change of the same year has said."""
        found = self.instance.versions.filter(fiscal_year=cleaned["change_year"]).first()
        return joined(found.what_changed if found else "", cleaned["what_changed"])

    @property
    def is_new_version(self):
        return self.cleaned_data.get("change") in {COMPARABLE, BREAK}

    def told_version(self, found):
        """Write the version's words onto a row, new or of the same year; return the row."""
        found.what_changed = joined(found.what_changed, self.cleaned_data["what_changed"])
        found.is_break = self.cleaned_data["change"] == BREAK or (
            found.pk is not None and found.is_break
        )
        return found


def joined(before, text):
    """Return both texts, each once."""
    return before if text in before else "\n".join(filter(None, (before, text)))


VERSION_FIELDS = ("what_changed", "is_break")


def write_version(form, found, *, by):
    """Keep what the form says of its change: a new version, or more words of one of the same year."""
    version = found.version
    row = form.told_version(found)
    if row.pk is None:
        changes.create_versioned(row, by=by)
    else:
        changes.save_versioned(row, by=by, expected_version=version, fields=VERSION_FIELDS)


class OwnDefinitionEditForm(AsksForVersion, OwnDefinitionForm):
    """A municipality's own definition; where values exist, a changed way of counting starts a version."""

    fieldsets = (*OwnDefinitionForm.fieldsets, AsksForVersion.version_fieldset)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.origin:
            for name in DECIDED:
                self.fields[name].disabled, self.fields[name].help_text = True, ""
        if not self.instance.origin and has_values(self.instance):
            self.ask()
        else:
            self.fieldsets = OwnDefinitionForm.fieldsets

    def carry(self, row, *, by):
        """Keep the version beside the definition, in its transaction."""
        if self.is_new_version:
            year = self.cleaned_data["change_year"]
            found = OwnDefinitionVersion.objects.filter(own_definition=row, fiscal_year=year)
            blank = OwnDefinitionVersion(
                key=new_key("version"), own_definition=row, fiscal_year=year
            )
            write_version(self, found.first() or blank, by=by)


def has_values(definition):
    return Measurement.objects.filter(code=definition.key).exists()


class OwnVersionForm(HouseModelForm):
    """What was said of a change, to be corrected."""

    fiscal_year = JaFiscalYearField(
        label="いつの年度から", help_text="新しい数え方の値は、どの年度からですか。"
    )

    class Meta(HouseModelForm.Meta):
        model = OwnDefinitionVersion
        fields = ("fiscal_year", "what_changed", "is_break")
        help_texts = {
            "what_changed": "推移の図と報告書に、そのまま載ります。",
            "is_break": "推移の線を切り、評価でも前の値と比べません。",
        }

    def clean_fiscal_year(self):
        """One version a year."""
        year = self.cleaned_data["fiscal_year"]
        same = OwnDefinitionVersion.objects.filter(
            own_definition=self.instance.own_definition, fiscal_year=year
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "fiscal_year", "この年度からの変更は、すでにあります。一つにまとめてください。"
            )
        return year
