"""States that a value can be in: zero is a value, and so is knowing that one is not to be had."""

from django.db import models


class ValueState(models.TextChoices):
    VALUE = "value", "値"
    NOT_ENTERED = "not_entered", "未入力"
    NOT_APPLICABLE = "not_applicable", "該当数字なし"
    UNKNOWN = "unknown", "不詳"
    SUPPRESSED = "suppressed", "秘匿"


class Finality(models.TextChoices):
    FORECAST = "forecast", "見込"
    PRELIMINARY = "preliminary", "速報"
    FINAL = "final", "確定"
