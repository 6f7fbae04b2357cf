"""What of this app goes over into the next year: the profile's texts and lists. Bodies and areas endure."""

from municipalities.carrying import Carries
from municipalities.document import CONTRACTORS, PARTICIPANTS, PROFILE, PROFILE_PICTURES

RULES = (
    Carries(PROFILE),
    Carries(CONTRACTORS),
    Carries(PARTICIPANTS),
    Carries(PROFILE_PICTURES),
)
