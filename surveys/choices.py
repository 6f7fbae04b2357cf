"""The words of surveys and hearings, in one spelling everywhere."""

from django.db import models


class QuestionKind(models.TextChoices):
    SINGLE = "single", "一つだけ選ぶ"
    MULTIPLE = "multiple", "いくつでも選ぶ"
    UNSTATED = "unstated", "記載なし"


class SurveyTarget(models.TextChoices):
    RESIDENTS = "residents", "住民・高齢者"
    USERS = "users", "利用者・家族"
    PROFESSIONALS = "professionals", "専門職・関係団体"
    OTHER = "other", "その他"
