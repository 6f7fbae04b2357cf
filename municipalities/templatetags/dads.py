"""Tags of the look: controls of the crispy pack `dads`, error summary, tags, task and summary lists, icons."""

from django import forms, template
from django.templatetags.static import static
from django.utils.html import format_html

from municipalities.fields import JaDateField, JaDecimalField, JaFiscalYearField
from municipalities.japanese import numerals

register = template.Library()

TASK_STATES = {
    "todo": "未着手",
    "doing": "入力中",
    "done": "入力済み",
    "check": "確認が必要",
    "blocked": "まだ始められません",
}
BANNER_ICONS = {
    "success": "check-circle",
    "warning": "exclamation-triangle",
    "error": "exclamation-triangle",
    "info": "info-circle",
}
GROUP_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.filter
def kind(field) -> str:
    """Name what a bound field looks like: group, option, counted or plain."""
    widget = field.field.widget
    if isinstance(widget, GROUP_WIDGETS):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "option"
    return "counted" if "data-counter" in widget.attrs else "plain"


@register.simple_tag
def control(field):
    """Draw the control of a bound field with its class and what describes it; never a placeholder."""
    own = field.field.widget.attrs
    own.pop("placeholder", None)
    look = kind(field)
    if look == "group":
        return field.as_widget()
    described = described_by(field)
    attrs = {"aria-describedby": described} if described else {}
    if look != "option":
        shape = _shape(field.field)
        attrs["class"] = " ".join(filter(None, ["input", shape, own.get("class")]))
    return field.as_widget(attrs=attrs)


def _shape(field: forms.Field) -> str:
    if isinstance(field, JaDecimalField):
        return "input-number"
    if isinstance(field, JaDateField):
        return "input-date"
    if isinstance(field, JaFiscalYearField):
        return "input-year"
    if isinstance(field, forms.FileField):
        return "input-file"
    return "input-code" if field.widget.attrs.get("autocomplete") == "one-time-code" else ""


@register.simple_tag
def described_by(field) -> str:
    """Return the ids of hint, error, counter and echo that stand beside a control, in reading order."""
    parts = {
        "helptext": field.help_text,
        "error": field.errors,
        "unit": getattr(field.field, "unit", ""),
        "counter": kind(field) == "counted",
        "echo": hasattr(field.field, "echoes"),
    }
    return " ".join(f"{field.auto_id}_{part}" for part, there in parts.items() if there)


@register.simple_tag
def echo(field) -> str:
    """Return what a date or year field understood, and its notice (「2025年7月10日（木）」)."""
    understood = field.field.echo(field.value())
    notice = getattr(field.field, "notice", "")
    return f"{understood}　{notice}" if notice else understood


@register.simple_tag
def counted(field) -> str:
    """Return 「12／200字」, or how it fits its box on paper, for a counted text as it stands."""
    return field.field.counter(field.value())


@register.simple_tag
def counter_of(field, value) -> str:
    """Return the same for another text than the one that stands in the field."""
    return field.field.counter(value)


@register.inclusion_tag("dads/error_summary.html")
def error_summary(*bound) -> dict:
    """List every error of the given forms and formsets, each linked to its control."""
    forms_ = [form for one in bound if one for form in getattr(one, "forms", [one])]
    general = [error for one in bound if one for error in _general_errors(one)]
    items = [
        {"target": _target(field), "message": message}
        for form in forms_
        if form.is_bound
        for field in form
        for message in field.errors
    ]
    return {"general": general, "items": items}


def _general_errors(one) -> list[str]:
    own = one.non_form_errors() if hasattr(one, "non_form_errors") else one.non_field_errors()
    inner = [error for form in getattr(one, "forms", []) for error in form.non_field_errors()]
    return [*own, *inner]


def _target(field) -> str:
    return f"{field.auto_id}_0" if isinstance(field.field.widget, GROUP_WIDGETS) else field.auto_id


@register.simple_tag
def icon(name: str):
    """Draw an icon of the sprite; a word always stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def tag(look: str, text: str = ""):
    """Draw a state as a tag: todo, doing, done, check, blocked (each with its word), warning, success."""
    return format_html('<span class="tag tag-{}">{}</span>', look, text or TASK_STATES[look])


@register.inclusion_tag("components/banner.html")
def banner(look: str, text: str, title: str = "") -> dict:
    """Draw a message box: success, warning, error or info."""
    return {"look": look, "icon_name": BANNER_ICONS[look], "title": title, "text": text}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks) -> dict:
    """List tasks: mappings with label, url (absent while blocked), state, and optionally word, about and hint."""
    return {"tasks": tasks}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows) -> dict:
    """List rows: mappings with label, value, and optionally note, url and deed (「変更する」)."""
    return {"rows": rows}


@register.filter
def number(value) -> str:
    """Show a number as 「1,234.5」; nothing for None, so that a missing value never looks like 0."""
    return "" if value is None else numerals.grouped(value)
