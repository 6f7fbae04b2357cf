"""Changes in words: what was changed, how, and the fields before and after."""

from django import template
from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator

from municipalities.templatetags.era import moment, western

register = template.Library()

DEEDS = {
    "create": "作成",
    "draft": "数字から下書き",
    "edit": "変更",
    "import": "取り込み",
    "unfill": "統計と一緒に取り除き",
    "fill": "統計から自動で入力",
    "register": "登録",
    "delete": "削除",
    "carry": "前年度からの引き継ぎ",
    "carry_undo": "引き継ぎの取り消し",
    "begin_year": "年度の開始",
    "restore": "元に戻す",
    "move": "並べ替え",
    "publish": "公開",
    "withdraw": "公開の取りやめ",
    "submit": "提出",
    "recipients": "提出先の変更",
    "approval_ask": "上長確認に回す",
    "approve": "上長の承認",
    "approval_return": "上長の差し戻し",
    "approval_pass": "上長の引継ぎ",
    "approval_withdraw": "上長確認の取りやめ",
    "reopen": "出し直しの開始",
    "reopen_undo": "出し直しの取りやめ",
    "erratum": "正誤の追加",
    "confirm": "確認",
    "unconfirm": "確認の取り消し",
    "hand_over": "引継ぎ",
    "resend": "送り直し",
    "exchange_out": "アドバイザー用ファイルの作成",
    "exchange_in": "回答ファイルの取り込み",
    "decide": "アドバイザーの判断",
    "accept": "受理",
    "accept_undo": "受理の取消し",
    "open_section": "直せる節の追加",
    "comments_send": "コメントの送信",
    "comment_reply": "コメントへの返事",
    "comment_answer": "コメントへの対応",
    "comment_settle": "コメントの確認",
    "comment_ask": "コメントの再依頼",
    "open": "受付の開始",
    "close": "受付の締切",
    "take_in": "回答の取り込み",
    "key_in": "紙の回答の入力",
    "key_out": "紙の回答の入れ直し",
    "exclude": "回答を集計から外す",
    "readmit": "回答を集計に戻す",
    "exclude_many": "回答をまとめて集計から外す",
    "readmit_many": "回答をまとめて集計に戻す",
    "keep": "集計表の保存",
    "pin": "残すクロス集計の選択",
    "empty": "回答の消去",
    "fix": "調査票の確定",
    "send": "送信",
    "extend": "期限・お知らせの変更",
}
# Columns by which people know a row, where its key says nothing.
NAMES = ("name", "title", "text", "desk", "caption")
# Columns that tell a reader nothing.
SILENT = {"id", "key", "cycle", "position"}
# Of a row with a name in words: what its name tells already when it is new, the code always.
CODE, IN_NAME = "code", {"fiscal_year"}


@register.filter
def subject(change):
    """「目指す姿（看取り）」 「実績値：在宅看取り率　令和8年度」: the table's name, and which row, where its model has words."""
    model = apps.get_model(change.model)
    if change.row_in_words:
        return f"{model._meta.verbose_name}：{change.row_in_words}"
    key_in_words = getattr(model, "key_in_words", None)
    which = key_in_words(change.key) if key_in_words and change.key else _name(change)
    return f"{model._meta.verbose_name}（{which}）" if which else str(model._meta.verbose_name)


def _name(change):
    """Return the first words of what the change itself tells of the row's name; "" when it tells none."""
    known = change.before | change.after
    return Truncator(next((str(known[key]) for key in NAMES if known.get(key)), "")).chars(30)


@register.filter
def kind_of_row(row):
    """Return what people call the table of a row."""
    return str(row._meta.verbose_name)


@register.filter
def trash_kind(item):
    """Return what people call the table of a deleted row."""
    return str(apps.get_model(item.kind)._meta.verbose_name)


@register.filter
def deed(change):
    return DEEDS.get(change.deed, change.deed)


@register.filter
def lines(change):
    """Return the changed fields as label, before, after, all in words; ids of other rows are left out."""
    model = apps.get_model(change.model)
    fields = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    silent = SILENT | _told_by_name(change) if hasattr(model, "names_in_changes") else SILENT
    return [
        {
            "label": fields[name].verbose_name,
            "before": _in_words(fields[name], change.before.get(name)),
            "after": _in_words(fields[name], after),
        }
        for name, after in change.after.items()
        if name in fields and name not in silent and (after or change.before.get(name))
    ]


def _told_by_name(change):
    return {CODE} | (IN_NAME if not change.before else set())


def _in_words(field, value):
    """Show a value as it is kept in a Change: choices by their label, days and moments as read."""
    if isinstance(field, models.BooleanField):
        return "はい" if value else "いいえ"
    text = str(value or "")
    if isinstance(field, models.DateTimeField):
        return moment(parse_datetime(text)) if text else ""
    if isinstance(field, models.DateField):
        return western(parse_date(text)) if text else ""
    return str(dict(field.flatchoices).get(value, text))
