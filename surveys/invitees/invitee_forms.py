"""The form of offices to be asked: a list pasted from Excel, a name and perhaps an address a line."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from municipalities.fields import JaLongTextField
from municipalities.forms import HouseForm
from surveys.invitees.inviting import Asked

SEPARATORS = re.compile(r"\t|,|、|\s{2,}")
LONGEST_NAME = 100
MOST_TOLD = 10
HINT = (
    "事業所や団体の名称とメールアドレスを、1行に1件ずつ書きます。Excelの2つの列をそのまま貼り付けられます。"
    "手で入力するときは、読点か空白2つで区切ります（例：見本居宅介護支援事業所、info@example.jp）。"
    "メールアドレスがない行は、紙で依頼する相手です。個人の名前や、個人のメールアドレスは書かないでください。"
)


class InviteesForm(HouseForm):
    """Cleans to `offices`; errors name the line, and nothing is taken while there is one."""

    offices_text = JaLongTextField(label="依頼先", help_text=HINT)

    def clean_offices_text(self):
        text = self.cleaned_data["offices_text"]
        self.offices, errors = [], []
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                self.offices.append(office_of(line))
            except ValidationError as error:
                errors.append(f"{number}行目：{error.messages[0]}")
        if errors:
            raise ValidationError(errors[:MOST_TOLD])
        return text


def office_of(line):
    """Return what a line names. Raises ValidationError."""
    parts = [part.strip() for part in SEPARATORS.split(line.strip()) if part.strip()]
    emails = [part for part in parts if "@" in part]
    names = [part for part in parts if "@" not in part]
    if len(names) != 1 or len(emails) > 1:
        raise ValidationError("名称を1つ、メールアドレスを1つまで書いてください。")
    if len(names[0]) > LONGEST_NAME:
        raise ValidationError(f"名称は{LONGEST_NAME}字以内で書いてください。")
    email = emails[0] if emails else ""
    if email:
        check_email(email)
    return Asked(names[0], email)


def check_email(email):
    try:
        validate_email(email)
    except ValidationError:
        message = f"メールアドレス「{email}」の形を確かめてください（例：info@example.jp）。"
        raise ValidationError(message) from None
