"""The words of contracts, coordinators and 拠点, in one spelling everywhere."""

from django.db import models


class Affiliation(models.TextChoices):
    """所属: where the coordinators belong."""

    BODIES = "bodies", "① 関係団体等に所属"
    MUNICIPALITY = "municipality", "② 自治体に所属"
    UNIVERSITY = "university", "③ 大学・NPO法人等に所属"
    UNSTATED = "unstated", "記載なし"


class Coverage(models.TextChoices):
    """対象自治体: for how many municipalities they work."""

    ONE = "one", "① 一つの自治体を対象"
    SEVERAL = "several", "② 複数の自治体を対象"
    UNSTATED = "unstated", "記載なし"


class PostLevel(models.TextChoices):
    """都道府県／市町村 × 基幹的／現場的, as the report's survey divides them."""

    PREFECTURE_LEAD = "prefecture_lead", "都道府県の基幹的コーディネーター"
    PREFECTURE_FIELD = "prefecture_field", "都道府県の現場的コーディネーター"
    MUNICIPAL_LEAD = "municipal_lead", "市町村の基幹的コーディネーター"
    MUNICIPAL_FIELD = "municipal_field", "市町村の現場的コーディネーター"
    UNSTATED = "unstated", "記載なし"


class Employment(models.TextChoices):
    FULL_TIME = "full_time", "常勤"
    PART_TIME = "part_time", "非常勤"
    UNSTATED = "unstated", "記載なし"


class Duty(models.TextChoices):
    DEDICATED = "dedicated", "専従"
    CONCURRENT = "concurrent", "兼務"
    UNSTATED = "unstated", "記載なし"


class PostRole(models.TextChoices):
    COORDINATOR = "coordinator", "コーディネーター"
    CLERK = "clerk", "事務員"
    PHYSICIAN_ADVISER = "physician_adviser", "アドバイザー（医師）"
    OTHER = "other", "その他"


class HeadingKind(models.TextChoices):
    BACKGROUND = "background", "背景"
    ACTIVITY = "activity", "主な取組内容等"
    EFFECT = "effect", "効果"


class ContractState(models.TextChoices):
    PREPARING = "preparing", "準備中"
    RUNNING = "running", "契約中"
    ENDED = "ended", "終了"


class ContractKind(models.TextChoices):
    WHOLE = "whole", "委託"
    PARTLY = "partly", "一部委託"
    SUB = "sub", "再委託"


class ContractEventKind(models.TextChoices):
    REPORT = "report", "業務の報告"
    FEEDBACK = "feedback", "フィードバック・意見交換"
    OTHER = "other", "その他"


class HostKind(models.TextChoices):
    """設置主体 of a 在宅医療に必要な連携を担う拠点."""

    MUNICIPALITY = "municipality", "市町村"
    HEALTH_CENTRE = "health_centre", "保健所"
    ASSOCIATION = "association", "地域医師会等関係団体"
    HOSPITAL = "hospital", "病院"
    CLINIC = "clinic", "診療所"
    VISITING_NURSES = "visiting_nurses", "訪問看護事業所"
    OTHER = "other", "その他"
    UNSTATED = "unstated", "記載なし"


class BaseState(models.TextChoices):
    RECOMMENDED = "recommended", "県へ推薦した"
    DESIGNATED = "designated", "位置づけられている"
    ENDED = "ended", "終了"
    UNSTATED = "unstated", "記載なし"


class YesNo(models.TextChoices):
    YES = "yes", "はい"
    NO = "no", "いいえ"
    UNSTATED = "unstated", "記載なし"
