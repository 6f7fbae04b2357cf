"""Forms of a report: to whom it goes."""

from dataclasses import dataclass

from django import forms

from municipalities.forms import HouseForm
from reports.choices import RecipientPart

SEND, PREFECTURE, COUNCIL = "send", "prefecture", "council"
# By which column of the report a way is known; sending to accounts has none.
WAYS = {PREFECTURE: "is_for_prefecture_alone", COUNCIL: "is_council_paper"}
# Under each heading: who these are, and what to do where there is nobody.
HEADINGS = {
    RecipientPart.ADVISER: (
        "アドバイザー",
        "この自治体を担当しているアドバイザーがいません。いなくても提出できます。必要なときは、運営管理者に登録を依頼してください。",
    ),
    RecipientPart.SUPERIOR: (
        "庁内の上長",
        "上長として登録されている方がいません。必要なときは、運営管理者に登録を依頼してください。",
    ),
    RecipientPart.PREFECTURE: (
        "都道府県の担当者",
        "メールで知らせる担当者は、まだ登録されていません。選ばなくても、写しは都道府県の画面に届きます。",
    ),
}
NOTES = {
    RecipientPart.PREFECTURE: "選んだ方にはメールでも知らせます。選ばなくても、写しは都道府県の画面に届きます。"
}
NOBODY = "提出先を一人以上選んでください"
NOBODY_THERE = "送付できる方がまだいません。「都道府県だけに提出する」か「送付せず、協議体資料として締める」を選ぶか、登録を依頼してください"


def destination_of(report):
    """Return the way that a report goes, as the form names it."""
    return next((way for way, column in WAYS.items() if getattr(report, column)), SEND)


@dataclass(frozen=True, slots=True)
class Group:
    """The boxes to tick of one part, under its heading."""

    heading: str
    nobody: str
    options: tuple
    note: str = ""


class RecipientsForm(HouseForm):
    """To whom the report goes, among those who may receive it; or to the prefecture alone, or to nobody."""

    destination = forms.ChoiceField(
        label="この報告書をどうするか",
        widget=forms.RadioSelect,
        required=False,
        initial=SEND,
        choices=(
            (SEND, "選んだ提出先に送付する（都道府県には、写しが届きます）"),
            (
                PREFECTURE,
                "都道府県だけに提出する（送付先は選ばず、都道府県の担当者の画面に写しが届きます）",
            ),
            (COUNCIL, "送付せず、協議体資料として締める（都道府県にも届きません）"),
        ),
        error_messages={"invalid_choice": "送付するかどうかを選んでください"},
    )
    users = forms.MultipleChoiceField(
        label="提出先",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "選べない提出先が含まれています。選び直してください"},
    )

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.part_of = {user: part for part, users in candidates.items() for user in users}
        self.by_key = {str(user.pk): user for user in self.part_of}
        self.fields["users"].choices = [(key, str(user)) for key, user in self.by_key.items()]

    @property
    def groups(self):
        """Return the boxes by part, each part under its heading."""
        drawn = {str(box.data["value"]): box for box in self["users"]}
        for part, users in self.candidates.items():
            heading, nobody = HEADINGS[part]
            boxes = tuple(drawn[str(user.pk)] for user in users)
            yield Group(heading, nobody, boxes, NOTES.get(part, "") if boxes else "")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("destination") in WAYS or self.errors or cleaned.get("users"):
            return cleaned
        if self.by_key:
            self.add_error("users", NOBODY)
        else:
            self.add_error("destination", NOBODY_THERE)
        return cleaned

    @property
    def way(self):
        """Return the columns of the report that say where it goes."""
        destination = self.cleaned_data.get("destination")
        return {column: way == destination for way, column in WAYS.items()}

    @property
    def chosen(self):
        """Return the accounts that were ticked, each with its part."""
        users = [self.by_key[key] for key in self.cleaned_data["users"]]
        return {user: self.part_of[user] for user in users}
