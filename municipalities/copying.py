"""What of this app goes over into the next year: the profile's texts and lists. Bodies and areas endure."""

from municipalities.document import CONTRACTORS, PARTICIPANTS, PROFILE, PROFILE_PICTURES
from municipalities.rows.carrying import Carries

RULES = (
    Carries(PROFILE),
    Carries(CONTRACTORS),
    Carries(PARTICIPANTS),
    Carries(PROFILE_PICTURES),
)
