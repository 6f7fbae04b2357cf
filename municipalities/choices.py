"""The fixed words that every app shares, in one spelling everywhere (DESIGN 3)."""

from django.db import models


class Scene(models.TextChoices):
    """The four care scenes of the programme, in the order of the form, and `all` for every one."""

    DAILY_CARE = "daily_care", "日常の療養支援"
    DISCHARGE = "discharge", "入退院支援"
    EMERGENCY = "emergency", "急変時の対応"
    END_OF_LIFE = "end_of_life", "看取り"
    ALL = "all", "すべての場面"


CARE_SCENES = tuple(scene for scene in Scene if scene is not Scene.ALL)


class MunicipalityKind(models.TextChoices):
    DESIGNATED_CITY = "designated_city", "政令指定都市"
    CORE_CITY = "core_city", "中核市"
    CITY = "city", "市"
    SPECIAL_WARD = "special_ward", "特別区"
    TOWN = "town", "町"
    VILLAGE = "village", "村"
    WARD = "ward", "行政区"


class AreaScheme(models.TextChoices):
    """Which division of the country into areas of medical care: each is a version of its own."""

    MEDICAL_2020 = "medical_2020", "二次医療圏（第7次医療計画。2023年度まで）"
    MEDICAL_2024 = "medical_2024", "二次医療圏（第8次医療計画。2024年度から）"
    VISION = "vision", "構想区域（地域医療構想）"


class Theme(models.TextChoices):
    """What runs across the scenes; a theme of the municipality's own is free."""

    NONE = "none", "なし"
    DEMENTIA = "dementia", "認知症の対応"
    INFECTION = "infection", "感染症発生時の対応"
    DISASTER = "disaster", "災害時の対応"
    FREE = "free", "その他（自由記入）"


class OrganizationKind(models.TextChoices):
    MEDICAL_ASSOCIATION = "medical_association", "医師会"
    DENTAL_ASSOCIATION = "dental_association", "歯科医師会"
    PHARMACISTS = "pharmacists", "薬剤師会"
    PROFESSIONAL_BODY = "professional_body", "その他の職能団体"
    HOSPITAL = "hospital", "病院"
    CLINIC = "clinic", "診療所"
    VISITING_NURSES = "visiting_nurses", "訪問看護"
    CARE_PROVIDER = "care_provider", "介護サービス事業者"
    COMPREHENSIVE_CENTRE = "comprehensive_centre", "地域包括支援センター"
    COORDINATION_CENTRE = "coordination_centre", "在宅医療・介護連携支援センター"
    FIRE_SERVICE = "fire_service", "消防"
    HEALTH_CENTRE = "health_centre", "保健所"
    PREFECTURE = "prefecture", "都道府県"
    OWN_SECTION = "own_section", "庁内の課"
    UNIVERSITY = "university", "大学・研究機関"
    OTHER = "other", "その他"


class AreaKind(models.TextChoices):
    WHOLE = "whole", "全域"
    DAILY_LIVING = "daily_living", "日常生活圏域"
    BLOCK = "block", "ブロック"
    WARD = "ward", "区"
    ASSOCIATION = "association", "医師会区域"


class CycleState(models.TextChoices):
    DRAFT = "draft", "準備中"
    OPEN = "open", "進行中"
    CLOSED = "closed", "終了"


class Role(models.TextChoices):
    VIEWER = "viewer", "閲覧者"
    EDITOR = "editor", "担当者"
    APPROVER = "approver", "上長"
    MANAGER = "manager", "管理者"
    CONTRIBUTOR = "contributor", "委託先"
    ADVISER = "adviser", "アドバイザー"
    OFFICER = "officer", "都道府県担当者"
    OPERATOR = "operator", "運営管理者"


class ScopeKind(models.TextChoices):
    MUNICIPALITY = "municipality", "市区町村"
    PREFECTURE = "prefecture", "都道府県"
    HEALTH_CENTRE = "health_centre", "保健所管轄"
    NATION = "nation", "全国"


class Audience(models.TextChoices):
    """How far a text may travel."""

    INTERNAL = "internal", "庁内"
    ADVISER = "adviser", "アドバイザーまで"
    PREFECTURE = "prefecture", "県まで"
    PUBLIC = "public", "公表"


class ResourceKind(models.TextChoices):
    """地域資源: what there is in a town for those who are cared for at home."""

    HOSPITAL = "hospital", "病院"
    CLINIC = "clinic", "診療所"
    DENTAL_CLINIC = "dental_clinic", "歯科診療所"
    PHARMACY = "pharmacy", "薬局"
    VISITING_NURSES = "visiting_nurses", "訪問看護"
    HOME_CARE = "home_care", "訪問系サービス"
    DAY_CARE = "day_care", "通所・短期入所サービス"
    CARE_MANAGERS = "care_managers", "居宅介護支援"
    CARE_HOME = "care_home", "介護施設・居住系サービス"
    COMPREHENSIVE_CENTRE = "comprehensive_centre", "地域包括支援センター"
    GATHERING = "gathering", "通いの場・住民の活動"
    NETWORK = "network", "情報共有のしくみ"
    OTHER = "other", "その他"
