"""The words of numbers: states a value can be in, and what a definition says of itself."""

from django.db import models

# Where a definition names its scenes: what belongs to all of them, as the size of a place does.
COMMON, COMMON_NAME = "common", "共通"


class ValueState(models.TextChoices):
    """Zero is a value, and so is knowing that one is not to be had."""

    VALUE = "value", "値"
    NOT_ENTERED = "not_entered", "未入力"
    NOT_APPLICABLE = "not_applicable", "該当数字なし"
    UNKNOWN = "unknown", "不詳"
    SUPPRESSED = "suppressed", "秘匿"


class Finality(models.TextChoices):
    FORECAST = "forecast", "見込"
    PRELIMINARY = "preliminary", "速報"
    FINAL = "final", "確定"


class CheckedAs(models.TextChoices):
    """Why a value that looked strange is right: what somebody found who has checked it."""

    SYSTEM = "system", "制度変更"
    METHOD = "method", "集計方法"
    ACTUAL = "actual", "実際の増減"
    OTHER = "other", "その他"


class Direction(models.TextChoices):
    """Which way is better. A neutral one is watched: a change is to be explained, not rewarded."""

    HIGHER = "higher", "高いほど良い"
    LOWER = "lower", "低いほど良い"
    NEUTRAL = "neutral", "監視（良し悪しを付けない）"


class Verdict(models.TextChoices):
    """評価区分: what the numbers of a year say of a target. What that is worth is the council's word."""

    ACHIEVED = "achieved", "達成"
    LIKELY = "likely", "達成見込み"
    UNLIKELY = "unlikely", "未達見込み"
    MISSED = "missed", "未達"
    WORSENED = "worsened", "現状値より悪化"
    UNCOLLECTED = "uncollected", "未回収"


class SpoType(models.TextChoices):
    STRUCTURE = "structure", "ストラクチャー"
    PROCESS = "process", "プロセス"
    OUTCOME = "outcome", "アウトカム"
    CONTEXT = "context", "背景"


class LogicLevel(models.TextChoices):
    STRUCTURE = "structure", "ストラクチャー"
    OUTPUT = "output", "アウトプット"
    INTERMEDIATE_OUTCOME = "intermediate_outcome", "中間アウトカム"
    FINAL_OUTCOME = "final_outcome", "最終アウトカム"
    CONTEXT = "context", "背景"


class ValueKind(models.TextChoices):
    COUNT = "count", "数"
    RATIO = "ratio", "割合"
    RATE = "rate", "率（人口などに対する数）"
    SURVEY_RATIO = "survey_ratio", "調査の割合"
    DIFFERENCE = "difference", "差"
    STAGE = "stage", "段階"
    SCORE = "score", "得点"


class Accumulation(models.TextChoices):
    """How the months of a year become its value. Shares are never averaged: what they are made of is added up."""

    LATEST = "latest", "最後の時点の値"
    SUM = "sum", "合計"
    RUNNING = "running", "年度の初めからの累計"
    AVERAGE = "average", "平均"
    POOLED = "pooled", "分子と分母をそれぞれ合計"
    RATED = "rated", "分子の合計を、最後の時点の分母で割る"


class PartKind(models.TextChoices):
    """Into what the value of a year is divided."""

    MONTH = "month", "月ごと"
    QUARTER = "quarter", "四半期ごと"
    HALF = "half", "半期ごと"
    AREA = "area", "圏域ごと"


class Period(models.TextChoices):
    """A piece of a fiscal year, or all of it."""

    APRIL = "04", "4月"
    MAY = "05", "5月"
    JUNE = "06", "6月"
    JULY = "07", "7月"
    AUGUST = "08", "8月"
    SEPTEMBER = "09", "9月"
    OCTOBER = "10", "10月"
    NOVEMBER = "11", "11月"
    DECEMBER = "12", "12月"
    JANUARY = "01", "1月"
    FEBRUARY = "02", "2月"
    MARCH = "03", "3月"
    FIRST_QUARTER = "q1", "第1四半期（4〜6月）"
    SECOND_QUARTER = "q2", "第2四半期（7〜9月）"
    THIRD_QUARTER = "q3", "第3四半期（10〜12月）"
    FOURTH_QUARTER = "q4", "第4四半期（1〜3月）"
    FIRST_HALF = "h1", "上半期（4〜9月）"
    SECOND_HALF = "h2", "下半期（10〜3月）"
    YEAR = "year", "年度"


class PlaceKind(models.TextChoices):
    """What kind of place a published value is about."""

    MUNICIPALITY = "municipality", "市区町村"
    WARD = "ward", "行政区"
    PREFECTURE = "prefecture", "都道府県"
    MEDICAL_AREA = "medical_area", "二次医療圏"
    NATION = "nation", "全国"


class CodeForm(models.TextChoices):
    """How a file says which place a row is about."""

    SIX = "six", "6桁の団体コード（検査数字つき）"
    FIVE = "five", "5桁の団体コード（検査数字なし）"
    PREFIXED = "prefixed", "Rで始まるコード（R01100）"
    NAME = "name", "名称"


class TableForm(models.TextChoices):
    """Which way a table is written."""

    WIDE = "wide", "1行が1つの地域（列が指標や年度）"
    LONG = "long", "1行が1つの値（指標・年度・値の列がある）"


class ColumnRole(models.TextChoices):
    """What a column of a file holds."""

    VALUE = "value", "値"
    NUMERATOR = "numerator", "分子"
    DENOMINATOR = "denominator", "分母"
    # Of several such columns the sum is the value: classes of age.
    ADDEND = "addend", "足し合わせる値"
    INDICATOR = "indicator", "指標の名称・コード"
    YEAR = "year", "年度"
    STATE = "state", "値の状態"
    FINALITY = "finality", "確定の別"
    AS_OF = "as_of", "時点"
    SKIPPED = "skipped", "取り込まない"


class SignMeaning(models.TextChoices):
    """What a sign in place of a number means: every source has its own way."""

    ZERO = "zero", "0（ゼロ）"
    NOT_APPLICABLE = "not_applicable", "該当数字なし"
    UNKNOWN = "unknown", "不詳"
    SUPPRESSED = "suppressed", "秘匿"
    REFUSED = "refused", "わからない（その欄を取り込まない）"


class UploadState(models.TextChoices):
    READING = "reading", "読み取り中"
    CHECKING = "checking", "確認待ち"
    WRITING = "writing", "取り込み中"
    DONE = "done", "取り込み済み"
    CANCELLED = "cancelled", "取りやめ"
    FAILED = "failed", "読み取れません"


class StagedDeed(models.TextChoices):
    NEW = "new", "新規"
    CHANGED = "changed", "変更"
    SAME = "same", "同じ"
