"""The tables of surveys and hearings, by subject."""

from surveys.models.hearings import Hearing, HearingTopic, HearingVoice
from surveys.models.questionnaires import MatrixRow, Option, Question, Questionnaire
from surveys.models.responses import Answer, Response
from surveys.models.results import (
    IssueEvidence,
    PublishedAnswer,
    PublishedQuestion,
    PublishedSurvey,
)
from surveys.models.rounds import Invitee, SurveyRound

__all__ = [
    "Answer",
    "Hearing",
    "HearingTopic",
    "HearingVoice",
    "Invitee",
    "IssueEvidence",
    "MatrixRow",
    "Option",
    "PublishedAnswer",
    "PublishedQuestion",
    "PublishedSurvey",
    "Question",
    "Questionnaire",
    "Response",
    "SurveyRound",
]
