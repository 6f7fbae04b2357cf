"""Filters that show days and fiscal years in both calendars."""

from datetime import datetime

from django import template
from django.utils import timezone

from municipalities.japanese import dates, fiscal

register = template.Library()


@register.filter
def wareki(day) -> str:
    """「令和7年7月10日」 for a date or a moment (in Japanese time)."""
    return dates.in_wareki(_day(day)) if day else ""


@register.filter
def both_calendars(day) -> str:
    """「令和7年（2025年）7月10日」 for a date or a moment (in Japanese time)."""
    return dates.in_both(_day(day)) if day else ""


@register.filter
def western(day) -> str:
    """「2025年7月10日（木）」 for a date or a moment (in Japanese time)."""
    return dates.in_western(_day(day)) if day else ""


@register.filter
def moment(time) -> str:
    """「2025年7月10日（木）10:32」 for a moment, in Japanese time."""
    return f"{dates.in_western(_day(time))}{timezone.localtime(time):%H:%M}" if time else ""


@register.filter
def second(time) -> str:
    """「2025年7月10日（木）10:32:05」, where two of one minute are told apart."""
    return f"{moment(time)}{timezone.localtime(time)::%S}" if time else ""


@register.filter
def fiscal_year(year) -> str:
    """「令和7年度（2025年度）」 for a fiscal year."""
    return fiscal.label(year) if year else ""


def _day(value):
    return timezone.localdate(value) if isinstance(value, datetime) else value
