"""Changes in words: what was changed, how, and the fields before and after."""

from django import template
from django.apps import apps

register = template.Library()

DEEDS = {
    "create": "作成",
    "edit": "変更",
    "import": "取り込み",
    "delete": "削除",
    "submit": "提出",
    "recipients": "報告先の変更",
}
# Columns that tell a reader nothing.
SILENT = {"id", "key", "cycle", "position"}


@register.filter
def subject(change):
    """「目指す姿（emergency）」: the table's name and the row's key."""
    name = apps.get_model(change.model)._meta.verbose_name
    return f"{name}（{change.key}）" if change.key else str(name)


@register.filter
def deed(change):
    return DEEDS.get(change.deed, change.deed)


@register.filter
def lines(change):
    """Return the changed fields as label, before, after."""
    model = apps.get_model(change.model)
    labels = {field.name: field.verbose_name for field in model._meta.concrete_fields}
    return [
        {
            "label": labels[name],
            "before": str(change.before.get(name) or ""),
            "after": str(after or ""),
        }
        for name, after in change.after.items()
        if name in labels and name not in SILENT and (after or change.before.get(name))
    ]
