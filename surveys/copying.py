"""What of this app goes over into the next year: nothing. Answers and voices are results of their year."""

from municipalities.carrying import Stays
from surveys.document import (
    ANSWERS,
    EVIDENCE,
    HEARING_TOPICS,
    HEARINGS,
    PUBLISHED_SURVEYS,
    QUESTIONS,
    VOICES,
)
from surveys.questionnaire_document import ASKED as QUESTIONS_ASKED
from surveys.questionnaire_document import MATRIX_ROWS, OPTIONS, QUESTIONNAIRES, ROUNDS

HEARD = "ヒアリングは、行った年度の結果です。"
ASKED = "調査の結果は、行った年度のものです。"
ENDURES = "調査票は、年度をまたいで使います。"
RULES = (
    Stays(QUESTIONNAIRES, ENDURES),
    Stays(QUESTIONS_ASKED, ENDURES),
    Stays(MATRIX_ROWS, ENDURES),
    Stays(OPTIONS, ENDURES),
    Stays(ROUNDS, "調査は、年度ごとに行います。"),
    Stays(HEARINGS, HEARD),
    Stays(HEARING_TOPICS, HEARD),
    Stays(VOICES, HEARD),
    Stays(PUBLISHED_SURVEYS, ASKED),
    Stays(QUESTIONS, ASKED),
    Stays(ANSWERS, ASKED),
    Stays(EVIDENCE, "根拠にした調査やヒアリングが、前の年度の結果です。"),
)
