"""The tables of the foundation, by subject."""

from municipalities.models.cycles import Cycle
from municipalities.models.health_centres import HealthCentre
from municipalities.models.organizations import Area, Organization
from municipalities.models.people import Membership, User
from municipalities.models.places import (
    MedicalArea,
    MedicalAreaMember,
    Municipality,
    MunicipalityAlias,
    MunicipalityChange,
    Prefecture,
)
from municipalities.models.profile import Contractor, Participant, Profile, ProfilePicture
from municipalities.models.publications import Publication
from municipalities.models.resources import Resource

# The kernel's tables live beside the deeds that keep their promises.
from municipalities.kernel.attachments import Attachment  # isort: skip
from municipalities.kernel.changes import Change, PrefectureChange  # isort: skip
from municipalities.kernel.drafts import Draft  # isort: skip
from municipalities.kernel.jobs import Job  # isort: skip
from municipalities.kernel.mail import OutgoingMail  # isort: skip
from municipalities.kernel.submission_keys import SubmissionKey  # isort: skip
from municipalities.kernel.tokens import Token  # isort: skip
from municipalities.kernel.trash import TrashItem  # isort: skip

# They point at the kernel's tables.
from municipalities.models.invitations import AccessEvent, Invitation  # isort: skip

__all__ = [
    "AccessEvent",
    "Area",
    "Attachment",
    "Change",
    "Contractor",
    "Cycle",
    "Draft",
    "HealthCentre",
    "Invitation",
    "Job",
    "MedicalArea",
    "MedicalAreaMember",
    "Membership",
    "Municipality",
    "MunicipalityAlias",
    "MunicipalityChange",
    "Organization",
    "OutgoingMail",
    "Participant",
    "Prefecture",
    "PrefectureChange",
    "Profile",
    "ProfilePicture",
    "Publication",
    "Resource",
    "SubmissionKey",
    "Token",
    "TrashItem",
    "User",
]
