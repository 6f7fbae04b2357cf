"""The tables of surveys and hearings, by subject."""

from surveys.models.hearings import Hearing, HearingTopic, HearingVoice
from surveys.models.kept import KeptTables
from surveys.models.prefecture_forms import FormReply, PrefectureForm, SharedResult
from surveys.models.questionnaires import MatrixRow, Option, Question, Questionnaire
from surveys.models.responses import Answer, AnswerColumn, AnswerUpload, Response
from surveys.models.results import (
    IssueEvidence,
    PublishedAnswer,
    PublishedQuestion,
    PublishedSurvey,
)
from surveys.models.rounds import Invitee, SurveyRound

__all__ = [
    "Answer",
    "AnswerColumn",
    "AnswerUpload",
    "FormReply",
    "Hearing",
    "HearingTopic",
    "HearingVoice",
    "Invitee",
    "IssueEvidence",
    "KeptTables",
    "MatrixRow",
    "Option",
    "PrefectureForm",
    "PublishedAnswer",
    "PublishedQuestion",
    "PublishedSurvey",
    "Question",
    "Questionnaire",
    "Response",
    "SharedResult",
    "SurveyRound",
]
