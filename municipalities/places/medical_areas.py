"""Choosing an area of medical care of a prefecture in a form, grouped by the version of the division."""

from itertools import groupby

from municipalities.choices import AreaScheme
from municipalities.models import MedicalArea

NONE = "（選ばない）"
SCHEMES = (AreaScheme.MEDICAL_2024, AreaScheme.MEDICAL_2020)


def offer(field, prefecture):
    """Let a form's field offer the 二次医療圏 of a prefecture, the present division first."""
    areas = MedicalArea.objects.filter(prefecture=prefecture, scheme__in=SCHEMES)
    field.queryset = areas
    rows = sorted(areas, key=lambda area: (SCHEMES.index(area.scheme), area.code))
    groups = groupby(rows, key=lambda area: area.scheme)
    field.choices = [
        ("", NONE),
        *(
            (AreaScheme(scheme).label, [(one.pk, one.name) for one in found])
            for scheme, found in groups
        ),
    ]
