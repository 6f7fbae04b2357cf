"""The words of surveys and hearings, in one spelling everywhere."""

from django.db import models


class QuestionKind(models.TextChoices):
    SINGLE = "single", "一つだけ選ぶ"
    MULTIPLE = "multiple", "いくつでも選ぶ"
    UNSTATED = "unstated", "記載なし"


class Scale(models.TextChoices):
    """From which end the options of a question are steps of a scale."""

    NONE = "none", "段階ではない"
    GOOD_FIRST = "good_first", "よい方から順に並んだ段階（例：満足 → 不満）"
    BAD_FIRST = "bad_first", "よくない方から順に並んだ段階（例：不満 → 満足）"


class SurveyTarget(models.TextChoices):
    RESIDENTS = "residents", "住民・高齢者"
    USERS = "users", "利用者・家族"
    PROFESSIONALS = "professionals", "専門職・関係団体"
    OTHER = "other", "その他"
