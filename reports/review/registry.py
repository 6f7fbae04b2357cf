"""What waits at an adviser's desk, by name for the foundation's home."""

from municipalities.menus.desks import DeskKind, register
from reports.review import inbox


def waiting(user, codes):
    """Return how many reports wait for this adviser, as their inbox counts them."""
    number = inbox.number_waiting(user)
    return {"": [f"お待ちの報告 {number}件"]} if number else {}


register(DeskKind.ADVISER, waiting)
