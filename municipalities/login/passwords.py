"""Passwords that a colleague would guess first are refused; each refusal says what to do instead."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

CONTEXT_WORDS = ("zaitaku", "kaigo", "renkei", "pdca", "mihon", "shiyakusho", "yakuba", "kenko")


class ContextWordValidator:
    """Refuse passwords built around the name of this work, one's account or one's municipality."""

    def validate(self, password, user=None):
        lowered = password.lower()
        own = user.username.lower().split("-") if user and user.username else []
        for word in (*CONTEXT_WORDS, *(part for part in own if len(part) > 3)):  # noqa: PLR2004 -- shorter parts occur by chance
            if word in lowered:
                raise ValidationError(
                    "自治体名や業務の名前など、推測されやすい言葉を含まないパスワードにしてください。",
                    code="password_context_word",
                )

    def get_help_text(self):
        return "自治体名や業務の名前を含まない、12文字以上の言葉にしてください。"


class LengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self):
        return f"{self.min_length}文字以上で入力してください"

    def get_help_text(self):
        return f"{self.min_length}文字以上で入力してください。"


class SimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self):
        return "%(verbose_name)sと似たパスワードは使えません"

    def get_help_text(self):
        return "ユーザー名やメールアドレスと似たパスワードは使えません。"


class CommonValidator(password_validation.CommonPasswordValidator):
    def get_error_message(self):
        return "よく使われるパスワードは使えません"

    def get_help_text(self):
        return "よく使われるパスワードは使えません。"


class NumericValidator(password_validation.NumericPasswordValidator):
    def get_error_message(self):
        return "数字だけのパスワードは使えません"

    def get_help_text(self):
        return "数字だけのパスワードは使えません。"
