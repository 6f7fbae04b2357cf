"""How what changed is drawn: the word of a deed, the two sides of a text, and its marked pieces."""

from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from municipalities.templatetags.dads import tag
from reports.document.differing import Deed, Kind, Segment

register = template.Library()

LOOKS = {
    Deed.ADDED: "success",
    Deed.REMOVED: "check",
    Deed.CHANGED: "warning",
    Deed.MOVED: "todo",
}
WORDS = {Kind.ADDED: ("ins", "追加"), Kind.REMOVED: ("del", "削除")}


@dataclass(frozen=True, slots=True)
class Side:
    """A text before or after; without a label where there is one only."""

    label: str
    segments: tuple[Segment, ...]


@register.filter
def deed_tag(row) -> SafeString:
    """Draw 「追加」, 「削除」, 「変更」 or 「移動」 before a row."""
    return tag(LOOKS[row.deed], row.deed.value)


@register.filter
def sides(change) -> list[Side]:
    """Return the text as it was and as it is; what only came or only went has one side."""
    kinds = {one.kind for one in change.segments}
    if not kinds.issuperset(WORDS) and Kind.SAME not in kinds:
        return [Side("", change.segments)]
    found = {"前": Kind.ADDED, "後": Kind.REMOVED}
    return [
        Side(label, tuple(one for one in change.segments if one.kind is not other))
        for label, other in found.items()
    ]


@register.filter
def marked(segment) -> str:
    """Draw a piece of text with its word, in lines as it was written."""
    if segment.kind not in WORDS:
        return segment.shown
    element, word = WORDS[segment.kind]
    shown = segment.shown
    own = shown.lstrip("\n")
    return format_html(
        '<{0}>{1}<span class="changed-word">{2}</span>{3}</{0}>',
        element,
        shown[: len(shown) - len(own)],
        word,
        own,
    )
