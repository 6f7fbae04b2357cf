"""Text as the databases of both kinds can keep it: what SQLite stores and PostgreSQL refuses is refused here."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

SURROGATE = re.compile("[\ud800-\udfff]")


def refuse_unstorable(value: str) -> None:
    """Refuse NUL and lone surrogates, which PostgreSQL cannot hold."""
    if "\x00" in value or SURROGATE.search(value):
        raise ValidationError(
            "保存できない文字（制御文字など）が含まれています。その文字を除いて入力してください。"
        )


def refuse_control_characters(value: str) -> None:
    """Refuse line breaks and other control characters in a name: it may stand in the head of a mail."""
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in value):
        raise ValidationError("改行やタブは使えません。1行で入力してください。")


class CleanTextField(models.TextField):
    """Plain text with a length kept by a validator, on the form, the document and the API alike."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, refuse_unstorable]
        if self.max_length is not None:
            self.validators = [*self.validators, MaxLengthValidator(self.max_length)]

    def formfield(self, **kwargs):
        from municipalities.fields import JaLongTextField  # noqa: PLC0415 -- forms lie above models

        kwargs = {"form_class": JaLongTextField, "max_length": self.max_length, **kwargs}
        # One line of text has a box of one line, however long its column is.
        kwargs.setdefault("widget", kwargs["form_class"].widget)
        return super().formfield(**kwargs)
