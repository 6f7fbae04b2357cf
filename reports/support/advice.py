"""Advice as rows: writing it down, confirming it, and what an edit does to a confirmation."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from municipalities.kernel import changes
from municipalities.pages import ordering
from reports.choices import AdviceOrigin
from reports.models import AdviceItem

CONFIRMATION = ("confirmed_on", "confirmed_by")
SHOWN_LETTERS = 60
# What a piece of advice may be about.
OBJECTS = ("issue", "activity", "outcome")


def in_short(target):
    """Return the first words of the issue, activity or outcome that advice is about."""
    return Truncator(getattr(target, "text", "") or str(target)).chars(SHOWN_LETTERS)


def about(item, *, is_shown):
    """Yield what a piece of advice is about: 「課題：…」; `is_shown` says which rows the reader may see."""
    for name in OBJECTS:
        target = getattr(item, name)
        # An outcome goes as far as its model does.
        if target and is_shown(getattr(target, "logic_model", target)):
            yield f"{item._meta.get_field(name).verbose_name}：{in_short(target)}"


def write_down(step, texts, *, by, origin=AdviceOrigin.MEETING, **marks):
    """Add pieces of advice to a step, in the order of `texts`; `marks` are columns that all of them share."""
    among = AdviceItem.objects.filter(step=step)
    if origin == AdviceOrigin.ADVISER:
        marks |= {"confirmed_on": timezone.localdate(), "confirmed_by": by}
    with transaction.atomic():
        for text in texts:
            item = AdviceItem(cycle=step.cycle, step=step, text=text, origin=origin, **marks)
            ordering.append(item, among=among, by=by)


def loses_confirmation(item):
    """Say whether a row about to be saved carries a confirmation of another text than its own."""
    if item.origin == AdviceOrigin.ADVISER:
        return False
    stored = AdviceItem.objects.filter(pk=item.pk).first()
    return stored is not None and stored.confirmed_on is not None and stored.text != item.text


def confirm(shown, *, among, by):
    """Confirm rows as they were shown, a version by key; return how many, and how many have changed since.

    Rows that are confirmed already are left as they are.
    """
    done, overtaken = 0, 0
    for item in among.filter(key__in=shown, origin=AdviceOrigin.MEETING, confirmed_on=None):
        item.confirmed_on, item.confirmed_by = timezone.localdate(), by
        try:
            changes.save_versioned(
                item, by=by, expected_version=shown[item.key], fields=CONFIRMATION, deed="confirm"
            )
        except changes.StaleVersion:
            overtaken += 1
        else:
            done += 1
    return done, overtaken


def take_back(item, *, by):
    """Take an own confirmation off a row as it was read. Raises StaleVersion, having written nothing."""
    item.confirmed_on = item.confirmed_by = None
    changes.save_versioned(
        item, by=by, expected_version=item.version, fields=CONFIRMATION, deed="unconfirm"
    )
