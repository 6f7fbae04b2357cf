"""The support of the year, the boxes of the report and what the support changed."""

from municipalities.choices import Scene
from reports.choices import (
    AdviceOrigin,
    AdviceResponse,
    MeetingStyle,
    MemberPart,
    StepKind,
    TaskState,
)
from reports.document.differing.fields import Column, Sort, day, mark, row, text, word, words_of
from reports.document.differing.part import AUDIENCE, SCENE, Part

SUPPORT = (
    Part(
        "support_round",
        "steps",
        "連携支援",
        (
            text("theme", "支援のテーマ"),
            text("goal", "支援の目標"),
            Column("scenes", "場面", Sort.WORDS, default=(), words=words_of(Scene)),
            AUDIENCE,
        ),
        single=True,
    ),
    Part(
        "support_members",
        "steps",
        "支援の参加者",
        (
            word("part", "立場", MemberPart),
            row("organization", "団体・部署", "organizations"),
            text("title", "所属・職名"),
        ),
        named=("part", "organization", "title"),
        ranked=True,
    ),
    Part(
        "support_steps",
        "steps",
        "段階",
        (
            word("kind", "段階", StepKind),
            text("title", "名称"),
            day("held_on", "実施日"),
            word("style", "開催方法", MeetingStyle, MeetingStyle.UNSTATED),
            text("participants", "出席者"),
            text("situation", "状況"),
            text("keywords", "キーワード"),
            AUDIENCE,
        ),
        named=("title", "kind"),
        joint="",
        ranked=True,
    ),
    Part(
        "advice",
        "steps",
        "アドバイス等",
        (
            text("text", "アドバイス"),
            SCENE,
            row("issue", "課題", "issues"),
            row("activity", "取組", "activities"),
            row("outcome", "成果", "outcomes"),
            word("response", "対応", AdviceResponse, AdviceResponse.NONE),
            day("responded_on", "対応を決めた日"),
            text("response_note", "対応の内容・理由"),
            word("origin", "記入", AdviceOrigin, AdviceOrigin.MEETING),
            day("confirmed_on", "確認日"),
            AUDIENCE,
        ),
        named=("text",),
        around="support_steps",
        ranked=True,
    ),
    Part(
        "support_tasks",
        "steps",
        "実施計画の項目",
        (
            text("text", "すること"),
            text("who", "担当"),
            text("due", "期限"),
            word("state", "状況", TaskState, TaskState.AHEAD),
            row("step", "段階", "support_steps"),
            AUDIENCE,
        ),
        named=("text",),
        ranked=True,
    ),
    Part(
        "report_texts",
        "",
        "本文",
        (
            text("text", "本文"),
            mark("is_left_empty", "記載しない"),
            AUDIENCE,
        ),
        identity="section",
    ),
    Part(
        "support_issues",
        "issues-before",
        "支援前の課題",
        (
            text("text", "支援前の課題"),
            row("issue", "課題整理表の課題", "issues"),
            AUDIENCE,
        ),
        named=("text",),
        ranked=True,
    ),
    Part(
        "support_effects",
        "effects",
        "支援前後の変化",
        (
            text("text", "変化"),
            text("conclusion", "結論（⇒）"),
            row("answers", "こたえる課題", "support_issues"),
            AUDIENCE,
        ),
        named=("text",),
        ranked=True,
    ),
    Part(
        "support_outlooks",
        "outlooks",
        "今後の予定・方向性",
        (text("text", "今後の予定・方向性"), text("due", "時期"), AUDIENCE),
        named=("text",),
        ranked=True,
    ),
)
