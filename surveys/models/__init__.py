"""The tables of surveys and hearings, by subject."""

from surveys.models.hearings import Hearing, HearingTopic, HearingVoice
from surveys.models.results import (
    IssueEvidence,
    PublishedAnswer,
    PublishedQuestion,
    PublishedSurvey,
)

__all__ = [
    "Hearing",
    "HearingTopic",
    "HearingVoice",
    "IssueEvidence",
    "PublishedAnswer",
    "PublishedQuestion",
    "PublishedSurvey",
]
