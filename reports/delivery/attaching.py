"""Whether a municipality's reports go out with the PDF attached or with a link behind the login alone."""

from django.db import transaction

from municipalities.kernel import changes
from municipalities.models import Municipality


def choose(municipality, *, attaches, by):
    """Switch it and record the change; choosing what already holds writes nothing."""
    with transaction.atomic():
        rows = Municipality.objects.filter(pk=municipality.pk, attaches_reports=not attaches)
        if rows.update(attaches_reports=attaches):
            changes.record(
                municipality,
                by=by,
                deed="edit",
                before={"attaches_reports": not attaches},
                after={"attaches_reports": attaches},
            )
