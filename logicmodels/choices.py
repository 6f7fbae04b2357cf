"""The words of issues, logic models and activities, in one spelling everywhere."""

from django.db import models

from municipalities.choices import CARE_SCENES, Scene

# What concerns every scene comes first: most of a plan begins there.
SCENES_OF_A_PLAN = (Scene.ALL, *CARE_SCENES)


class Priority(models.TextChoices):
    HIGH = "high", "高い"
    MIDDLE = "middle", "中くらい"
    LOW = "low", "低い"
    UNDECIDED = "undecided", "未定"


class OutcomeLevel(models.TextChoices):
    """From what is done to what is wanted: 初期 → 中間 → 最終."""

    INITIAL = "initial", "初期アウトカム"
    INTERMEDIATE = "intermediate", "中間アウトカム"
    FINAL = "final", "最終アウトカム"


class WorkItem(models.TextChoices):
    """事業項目 by a stable code: letters have changed with the schemes (2015: ア〜ク; from 2021 regrouped)."""

    RESOURCE_MAPPING = "resource_mapping", "地域の医療・介護の資源の把握"
    ISSUE_EXTRACTION = "issue_extraction", "在宅医療・介護連携の課題の抽出と対応策の検討"
    SEAMLESS_SYSTEM = (
        "seamless_system",
        "切れ目のない在宅医療と在宅介護の提供体制の構築推進",
    )
    INFORMATION_SHARING = "information_sharing", "医療・介護関係者の情報共有の支援"
    CONSULTATION = "consultation", "在宅医療・介護関係者に関する相談支援"
    TRAINING = "training", "医療・介護関係者の研修"
    PUBLIC_AWARENESS = "public_awareness", "地域住民への普及啓発"
    INTER_MUNICIPAL = "inter_municipal", "関係市区町村の連携"
    EVALUATION = "evaluation_improvement", "対応策の評価と改善"
    NONE = "none", "指定なし"


# The letters of 2015, by which many towns still speak.
LETTERS_2015 = dict(zip(list(WorkItem)[:8], "アイウエオカキク", strict=True))


def work_item_with_letter(code):
    """Return 「カ 医療・介護関係者の研修」; newer items have no letter."""
    item = WorkItem(code)
    letter = LETTERS_2015.get(item)
    return f"{letter} {item.label}" if letter else item.label


class ActivityStatus(models.TextChoices):
    CONSIDERED = "considered", "検討中"
    PLANNED = "planned", "実施予定"
    RUNNING = "running", "実施中"
    DONE = "done", "終了"
    STOPPED = "stopped", "中止"


class Execution(models.TextChoices):
    """Who carries an activity out, in the sense of the contract."""

    DIRECT = "direct", "直営"
    CONTRACTED = "contracted", "委託"
    PARTLY_CONTRACTED = "partly_contracted", "一部委託"
    SUBCONTRACTED = "subcontracted", "再委託"
    OTHERS = "others", "ほかの団体が実施"
    UNSTATED = "unstated", "記載なし"


class Funding(models.TextChoices):
    GRANT = "grant", "地域支援事業交付金"
    FUND = "fund", "地域医療介護総合確保基金"
    BOTH = "both", "交付金と基金の併用"
    GENERAL = "general", "一般財源"
    OTHER = "other", "その他"
    UNSTATED = "unstated", "記載なし"
