"""What waits at a municipality's desk, by name for the foundation's home; waived findings may be taken back."""

from municipalities.desks import DeskKind, register
from municipalities.kernel import trash
from reports.document.waivers import WAIVERS
from reports.year import desk_counts

register(DeskKind.MUNICIPALITY, desk_counts.waiting)
trash.register(WAIVERS)
