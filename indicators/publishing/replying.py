"""Right of reply: saving what a municipality says of its value, and copying it to where others read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from indicators.models import SubmittedValue, ValueReply
from municipalities.kernel import changes
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from municipalities.models import User


def reply_to(value: SubmittedValue) -> ValueReply:
    """Return the reply to a value, a blank one where there is none. Within its municipality."""
    place = {"code": value.code, "fiscal_year": value.fiscal_year}
    return ValueReply.objects.filter(**place).first() or ValueReply(
        key=new_key(f"reply-{value.code}"[:60]), **place
    )


def publish(reply: ValueReply) -> None:
    """Copy a reply to the published value, in the transaction of the deed that saved it."""
    SubmittedValue.objects.filter(
        municipality=reply.municipality_id, code=reply.code, fiscal_year=reply.fiscal_year
    ).update(reply=reply.text)


def withdraw(reply: ValueReply, *, by: User) -> None:
    """Take a reply back, here and where others read it. A command: it never conflicts."""
    with transaction.atomic():
        row = ValueReply.objects.select_for_update().get(pk=reply.pk)
        row.text = ""
        changes.save_versioned(row, by=by, expected_version=row.version, fields=["text"])
        publish(row)
