"""The words of councils and meetings, in one spelling everywhere."""

from django.db import models


class CouncilKind(models.TextChoices):
    PLENARY = "plenary", "全体会"
    CORE = "core", "コアメンバー会議"
    PREPARATORY = "preparatory", "事前準備会議"
    WORKING_GROUP = "working_group", "ワーキンググループ"
    SMALL = "small", "小さな協議体"
    SECTION = "section", "部会"
    ROUND_TABLE = "round_table", "懇話会・意見交換会"
    PROMOTION = "promotion", "推進会議・協議会"
    LIAISON = "liaison", "連絡会"
    CARE_MEETING = "care_meeting", "地域ケア会議"
    OFFICE = "office", "庁内の会議"
    OTHER = "other", "その他"


class Programme(models.TextChoices):
    """Which programme a body belongs to: 地域ケア会議 is listed, but is another programme's."""

    OURS = "ours", "在宅医療・介護連携推進事業"
    CARE_MEETING_CASE = "care_meeting_case", "地域ケア会議（個別）"
    CARE_MEETING_AREA = "care_meeting_area", "地域ケア会議（圏域）"
    OTHER = "other", "ほかの事業"


class CouncilStatus(models.TextChoices):
    PREPARING = "preparing", "準備中"
    ACTIVE = "active", "設置済み"
    ENDED = "ended", "終了"


class SeatRole(models.TextChoices):
    CORE = "core", "コアメンバー"
    MEMBER = "member", "構成員"
    CANDIDATE = "candidate", "候補"
    OBSERVER = "observer", "オブザーバー"
    OFFICE = "office", "事務局"


class Consent(models.TextChoices):
    """How far a body has agreed to take part."""

    UNSTATED = "unstated", "記載なし"
    NOT_ASKED = "not_asked", "未依頼"
    ASKED = "asked", "依頼中"
    AGREED = "agreed", "合意済み"
    DECLINED = "declined", "辞退"


class Profession(models.TextChoices):
    """職種, as attendance is counted."""

    UNSTATED = "unstated", "記載なし"
    PHYSICIAN = "physician", "医師"
    DENTIST = "dentist", "歯科医師"
    PHARMACIST = "pharmacist", "薬剤師"
    NURSE = "nurse", "看護師（病院・診療所）"
    VISITING_NURSE = "visiting_nurse", "訪問看護師"
    PUBLIC_HEALTH_NURSE = "public_health_nurse", "保健師"
    MEDICAL_SOCIAL_WORKER = "medical_social_worker", "医療ソーシャルワーカー・病院相談員"
    SOCIAL_WORKER = "social_worker", "社会福祉士"
    CARE_MANAGER = "care_manager", "介護支援専門員"
    CARE_WORKER = "care_worker", "介護福祉士・訪問介護員"
    THERAPIST = "therapist", "リハビリテーション専門職"
    DENTAL_HYGIENIST = "dental_hygienist", "歯科衛生士"
    DIETITIAN = "dietitian", "管理栄養士・栄養士"
    FACILITY = "facility", "施設の職員"
    COMPREHENSIVE_CENTRE = "comprehensive_centre", "地域包括支援センターの職員"
    RESCUE = "rescue", "救急隊・消防"
    RESIDENT = "resident", "住民"
    MUNICIPAL = "municipal", "市町村の職員"
    PREFECTURAL = "prefectural", "都道府県・保健所の職員"
    SCHOLAR = "scholar", "学識経験者"
    OTHER = "other", "その他"


class MeetingStyle(models.TextChoices):
    UNSTATED = "unstated", "記載なし"
    ONSITE = "onsite", "対面"
    ONLINE = "online", "オンライン"
    BOTH = "both", "対面とオンラインの併用"
    WRITTEN = "written", "書面"


class MeetingState(models.TextChoices):
    """How far a meeting is; read from its day and its minutes, never stored."""

    HELD = "held", "開催済み"
    PLANNED = "planned", "予定"
    CHECK = "check", "確認"
    CANCELLED = "cancelled", "中止"


class DecisionKind(models.TextChoices):
    """What a meeting did with the thing it decided on."""

    AGREED = "agreed", "合意した"
    CHANGED = "changed", "変更する"
    ADDED = "added", "追加する"
    STOPPED = "stopped", "取りやめる"
    CONTINUED = "continued", "引き続き検討する"
    OTHER = "other", "その他"


class JudgementVerdict(models.TextChoices):
    """What a council makes of the facts: a word on how far things have come, not a calculation."""

    ADVANCED = "advanced", "十分に進んだ"
    PARTLY = "partly", "一定程度進んだ"
    NOT_ADVANCED = "not_advanced", "進んでいない"
    UNDECIDED = "undecided", "まだ判断できない"


class ImprovementKind(models.TextChoices):
    """What becomes of a thing in the next year."""

    CONTINUE = "continue", "継続"
    EXPAND = "expand", "拡充"
    CHANGE = "change", "見直し"
    MERGE = "merge", "統合"
    END = "end", "終了"
