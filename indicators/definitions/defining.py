"""Deeds on definitions that a prefecture makes; each runs within the prefecture and leaves a PrefectureChange."""

import re

from django.db import IntegrityError, transaction

from indicators.definitions.definition_forms import write_version
from indicators.models import PrefectureDefinition, PrefectureDefinitionVersion
from indicators.models.definitions import PREFECTURE_PREFIX
from municipalities.kernel import changes
from municipalities.rows.keys import new_key


def proposed_key(prefecture):
    """Return a key for a form of a new definition: however often it is pressed, it makes one."""
    return new_key(f"{PREFECTURE_PREFIX}{prefecture.code}")


def add(row, *, key, prefecture, by):
    """Insert a definition. Say whether it was not there already by the same form."""
    is_ours = re.fullmatch(rf"{PREFECTURE_PREFIX}{prefecture.code}-[0-9a-f]{{10}}", key)
    row.key = key if is_ours else proposed_key(prefecture)
    try:
        changes.create_versioned(row, by=by)
    except IntegrityError:
        if PrefectureDefinition.objects.filter(key=row.key).exists():
            return False
        raise
    return True


def save(form, read, *, version, by):
    """Write the form over the row as it was read, with what it says of its change. Raises StaleVersion."""
    with transaction.atomic():
        saved = changes.save_versioned(
            form.save(commit=False),
            by=by,
            expected_version=version,
            fields=form.Meta.fields,
            read=read,
        )
        if form.is_new_version:
            write_version(form, version_of(saved, form.cleaned_data["change_year"]), by=by)
    return saved


def version_of(definition, year):
    """Return the version of a year, stored or yet to be written."""
    found = PrefectureDefinitionVersion.objects.filter(definition=definition, fiscal_year=year)
    return found.first() or PrefectureDefinitionVersion(
        key=new_key(f"version-{definition.key}"), definition=definition, fiscal_year=year
    )


def retire(row, *, is_retired, by):
    """Offer a definition to the towns no more, or again. A command: it reads the row and never conflicts."""
    with transaction.atomic():
        stored = PrefectureDefinition.objects.select_for_update().get(pk=row.pk)
        version, stored.is_retired = stored.version, is_retired
        changes.save_versioned(stored, by=by, expected_version=version, fields=("is_retired",))
