"""Texts that are broken between phrases where the browser or the printer would break inside a word."""

from django import template
from django.utils.html import format_html_join

from municipalities.japanese.phrases import phrases as pieces

register = template.Library()


@register.filter
def phrases(text):
    """Draw each phrase so that it stays whole while it fits into a line."""
    return format_html_join("", '<span class="phrase">{}</span>', ((one,) for one in pieces(text)))
