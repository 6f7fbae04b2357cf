"""The year on paper as pages show it: its sections in order, texts of one item a line as lists."""

from django import template

from reports.paper.parts import bodies
from reports.paper.wording import wording
from reports.submission.contents import sections

register = template.Library()

# What the list itself draws; other signs (①, ⇒, ※) say something and stay.
BULLETS = frozenset("・-–*•●○")


@register.inclusion_tag("reports/_bullets.html")
def bullets(text):
    """Draw the lines of a text as a list; nothing written reads 「（記載なし）」."""
    lines = [_without_bullet(item) for item in wording.items(text)]
    return {"lines": [line for line in lines if line]}


def _without_bullet(item):
    sign, text = item["sign"], item["text"]
    # 「○○医師会」 and 「-5％」 begin with no bullet.
    is_bullet = (
        sign in BULLETS and not text.startswith(sign) and not (sign == "-" and text[:1].isdigit())
    )
    return text.strip() if is_bullet else f"{sign}{text}".strip()


@register.filter
def body_groups(review):
    """Return the councils, contracts, coordinators and the like of a report in groups."""
    return bodies.groups(review.bodies)


@register.filter
def review_sections(review):
    """Return the sections of a report in their order: code, label, template and, of a box, its text."""
    return [
        {
            "code": one.code,
            "label": one.label,
            "part": one.template,
            "text": sections.text_of(review, one.box) if one.box else "",
        }
        for one in sections.shown_in(review)
    ]


@register.filter
def outcome_groups(logic_model):
    """Return the outcomes of a logic model with their activities and the names of their indicators."""
    return [
        {
            "effect": group.effect,
            "rows": group.rows,
            "indicators": logic_model.indicators.get(group.effect.key, ()),
        }
        for group in logic_model.structure.groups
    ]
