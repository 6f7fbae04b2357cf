"""自治体概要: who is in charge, bodies and areas, and the numbers of the form."""

from municipalities.choices import AreaKind, OrganizationKind
from reports.document.differing.fields import (
    Column,
    Sort,
    day,
    figure,
    number,
    row,
    text,
    word,
    year,
)
from reports.document.differing.part import AUDIENCE, NOTE, Part

PROFILE = (
    Part(
        "profile",
        "profile",
        "自治体概要",
        (
            text("responsible_section", "担当部署"),
            # The first papers held their partners as texts.
            text("contractors", "委託先"),
            text("other_participants", "その他の参加者"),
        ),
        single=True,
    ),
    Part(
        "features",
        "features",
        "特徴",
        (
            text("strengths", "利点"),
            text("difficulties", "課題"),
            text("medical_features", "医療の特徴"),
            text("care_features", "介護の特徴"),
            text("programme_state", "在宅医療・介護連携推進事業の現況"),
            text("review_rhythm", "PDCAの見直し周期"),
            number("review_years", "PDCAを一巡させる年数", "年"),
            number("reviews_min", "年間の見直しの回数（最少）", "回"),
            number("reviews_max", "年間の見直しの回数（最多）", "回"),
        ),
        single=True,
        source="profile",
    ),
    Part(
        "figures",
        "profile",
        "自治体概要の数値",
        (
            text("name", "名称"),
            figure("値"),
            year("fiscal_year", "年度"),
            day("as_of", "時点"),
            text("source", "出典"),
            NOTE,
            text("unit", "単位"),
            number("decimals", "小数の桁数", "桁", 0),
        ),
        named=("name",),
        identity="code",
    ),
    Part(
        "contractors",
        "profile",
        "委託先",
        (text("desk", "窓口・業務"), row("organization", "団体・部署", "organizations")),
        named=("desk", "organization"),
        ranked=True,
    ),
    Part(
        "participants",
        "profile",
        "その他の参加者",
        (row("organization", "団体・部署", "organizations"),),
        named=("organization",),
        ranked=True,
    ),
    Part(
        "profile_pictures",
        "profile",
        "図表",
        (
            Column("sha256", "画像", Sort.PICTURE),
            text("caption", "説明"),
            text("source", "出典"),
            AUDIENCE,
        ),
        named=("caption",),
        ranked=True,
    ),
    Part(
        "areas",
        "profile",
        "地域の区分",
        (
            text("name", "名称"),
            word("kind", "区分", AreaKind, AreaKind.DAILY_LIVING),
            text("covers", "含まれる地域"),
        ),
        named=("name",),
        ranked=True,
    ),
    Part(
        "organizations",
        "profile",
        "団体・部署",
        (
            text("name", "名称"),
            word("kind", "種類", OrganizationKind, OrganizationKind.OTHER),
            NOTE,
        ),
        named=("name",),
    ),
)
