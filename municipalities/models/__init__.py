"""The tables of the foundation, by subject."""

from municipalities.models.cycles import Cycle
from municipalities.models.people import Membership, User
from municipalities.models.places import Municipality, Prefecture
from municipalities.models.profile import Profile

# The kernel's tables live beside the deeds that keep their promises.
from municipalities.kernel.changes import Change  # isort: skip
from municipalities.kernel.drafts import Draft  # isort: skip
from municipalities.kernel.jobs import Job  # isort: skip
from municipalities.kernel.mail import OutgoingMail  # isort: skip
from municipalities.kernel.submission_keys import SubmissionKey  # isort: skip
from municipalities.kernel.tokens import Token  # isort: skip

__all__ = [
    "Change",
    "Cycle",
    "Draft",
    "Job",
    "Membership",
    "Municipality",
    "OutgoingMail",
    "Prefecture",
    "Profile",
    "SubmissionKey",
    "Token",
    "User",
]
