"""Texts of one item a line, as lists."""

from django import template

register = template.Library()


@register.inclusion_tag("reports/_bullets.html")
def bullets(text):
    """Draw the lines of a text as a list; nothing written reads 「（記載なし）」."""
    return {"lines": [line.strip() for line in text.splitlines() if line.strip()]}
