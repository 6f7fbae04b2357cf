"""The long lists beside the heat table as HTML: a node of a template for each text of sixty columns costs more than the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html_join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from indicators.comparison.asking.filtering import Choice
    from indicators.comparison.shape import Column

SOURCE = "<div><dt>{}</dt><dd>{}{}</dd></div>\n"
BOX = '<li><label class="choice"><input type="checkbox" name="indicator" value="{}"{}> {}</label></li>'


def sources(columns: Iterable[Column]) -> SafeString:
    """Return what is said of each column: where its numbers come from, and its notes."""
    return format_html_join(
        "",
        SOURCE,
        (
            (
                one.name,
                format_html_join("", "<p>{}</p>", ((text,) for text in one.sources)),
                format_html_join("", '<p class="note">{}</p>', ((text,) for text in one.notes)),
            )
            for one in columns
        ),
    )


def boxes(choices: Iterable[Choice]) -> SafeString:
    """Return a box for each indicator that may be chosen."""
    rows = ((one.value, " checked" if one.is_chosen else "", one.label) for one in choices)
    return format_html_join("", BOX, rows)
