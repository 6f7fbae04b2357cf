"""Texts of one item a line, as lists."""

from django import template

from reports.paper import sheet

register = template.Library()

# What the list itself draws; other signs (①, ⇒, ※) say something and stay.
BULLETS = frozenset("・-–*•●○")


@register.inclusion_tag("reports/_bullets.html")
def bullets(text):
    """Draw the lines of a text as a list; nothing written reads 「（記載なし）」."""
    lines = [_without_bullet(item) for item in sheet.items(text)]
    return {"lines": [line for line in lines if line]}


def _without_bullet(item):
    sign, text = item["sign"], item["text"]
    # 「○○医師会」 and 「-5％」 begin with no bullet.
    is_bullet = (
        sign in BULLETS and not text.startswith(sign) and not (sign == "-" and text[:1].isdigit())
    )
    return text.strip() if is_bullet else f"{sign}{text}".strip()
