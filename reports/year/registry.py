"""What waits at a municipality's desk, by name for the foundation's home."""

from municipalities.desks import DeskKind, register
from reports.year import desk_counts

register(DeskKind.MUNICIPALITY, desk_counts.waiting)
