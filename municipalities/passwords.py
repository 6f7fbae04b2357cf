"""Passwords that a colleague would guess first are refused."""

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
