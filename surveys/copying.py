"""What of this app goes over into the next year: nothing. Answers and voices are results of their year."""

from municipalities.rows.carrying import Stays
from surveys.document import (
    ANSWERS,
    EVIDENCE,
    HEARING_TOPICS,
    HEARINGS,
    PUBLISHED_SURVEYS,
    QUESTIONS,
    VOICES,
)
from surveys.questionnaires.making.questionnaire_document import ROUNDS
from surveys.tabulation.reading.kept_part import KEPT_TABLES

HEARD = "ヒアリングは、行った年度の結果です。"
ASKED = "調査の結果は、行った年度のものです。"
RULES = (
    Stays(ROUNDS, "調査は、年度ごとに行います。"),
    Stays(KEPT_TABLES, ASKED),
    Stays(HEARINGS, HEARD),
    Stays(HEARING_TOPICS, HEARD),
    Stays(VOICES, HEARD),
    Stays(PUBLISHED_SURVEYS, ASKED),
    Stays(QUESTIONS, ASKED),
    Stays(ANSWERS, ASKED),
    Stays(EVIDENCE, "根拠にした調査やヒアリングが、前の年度の結果です。"),
)
