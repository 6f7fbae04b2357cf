"""The words of surveys and hearings, in one spelling everywhere."""

from django.db import models


class QuestionKind(models.TextChoices):
    SINGLE = "single", "一つだけ選ぶ（単一回答・SA）"
    MULTIPLE = "multiple", "いくつでも選ぶ（複数回答・MA）"
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


class QuestionType(models.TextChoices):
    """How a question of a questionnaire is answered; `section` is a heading that opens a part."""

    SECTION = "section", "見出し（区切り）"
    SINGLE = "single", "一つだけ選ぶ（単一回答・SA）"
    MULTIPLE = "multiple", "いくつでも選ぶ（複数回答・MA）"
    SCALE = "scale", "段階から一つ選ぶ"
    MATRIX = "matrix", "表（項目ごとに選ぶ・マトリクス）"
    NUMBER = "number", "数値"
    SHORT_TEXT = "short_text", "短い文章（自由記述）"
    LONG_TEXT = "long_text", "長い文章（自由記述）"
    PROFESSION = "profession", "職種"
    OWN_CODE = "own_code", "本人が決める番号（前後の回答を結ぶ）"


class RoundState(models.TextChoices):
    DRAFT = "draft", "準備中"
    ASKING = "asking", "受付中"
    CLOSED = "closed", "受付終了"


class ResponseWay(models.TextChoices):
    LINK = "link", "公開の回答画面"
    INVITATION = "invitation", "回答用の番号"
    PAPER = "paper", "紙の調査票"
    FILE = "file", "ファイルからの取込み"


class PrefectureFormState(models.TextChoices):
    DRAFT = "draft", "作成中"
    SENT = "sent", "送付済み"


class FormReplyState(models.TextChoices):
    """How far a town is with its prefecture's questionnaire, from nothing to everything."""

    UNTOUCHED = "untouched", "未着手"
    TAKEN = "taken", "調査票を用意"
    ASKING = "asking", "実施中"
    CLOSED = "closed", "締切"
    REGISTERED = "registered", "結果を登録"
    SHARED = "shared", "県と共有"
