"""Texts of questionnaires with their readings above the kanji, or without."""

from django import template
from django.utils.html import format_html, format_html_join

from surveys.questionnaires.shape import furigana
from surveys.questionnaires.shape.readings import SHOWN

register = template.Library()


@register.filter
def ruby(text):
    """Draw readings above their kanji; where none can be drawn, they stand behind in brackets."""
    return format_html_join("", "{}", ((drawn(piece),) for piece in furigana.pieces(str(text))))


def drawn(piece):
    if not piece.reading:
        return piece.text
    return format_html(
        "<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>", piece.text, piece.reading
    )


@register.filter
def words(text, readings):
    """Draw words of our own, written with all their readings, as the page shows its questions."""
    return ruby(text) if readings == SHOWN else furigana.plain(text)


@register.filter
def without_readings(text):
    return furigana.plain(str(text))
