"""Of what kind an indicator is: of the work, or of what comes of it. Pure.

The catalogue says it of national definitions. Of own ones nobody has said it: a share, a rate, a gain or a
score is taken for a result, and so is a count of which less is better; every other count tells of work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indicators.choices import Direction, LogicLevel, SpoType, ValueKind

if TYPE_CHECKING:
    from indicators.rules.reading import Known

RESULTS = (LogicLevel.INTERMEDIATE_OUTCOME, LogicLevel.FINAL_OUTCOME)
WORK = (LogicLevel.OUTPUT, LogicLevel.STRUCTURE)
# Whose voice a survey of residents brings in.
RESIDENTS = re.compile(
    r"住民|市民|町民|村民|区民|高齢者|ニーズ調査|実態調査|認定更新者|本人|家族|遺族|患者|利用者"
)
# What is easily counted, and no aim: consultations, trainings, meetings.
BUSY_CODES = frozenset(
    {
        "area_care_conference_sessions",
        "consultation_desk_cases",
        "council_meetings_held",
        "individual_care_conference_cases",
        "multiprofessional_training_participants",
        "multiprofessional_training_sessions",
    }
)
BUSY_NAME = re.compile(
    r"(相談|研修|勉強会|講座|講演|会議|協議|ワーキング).*(件数|回数|参加者数|受講者数|人数)$"
)


def is_result(definition: Known) -> bool:
    if definition.is_national:
        return definition.logic_level in RESULTS
    is_count = definition.value_kind == ValueKind.COUNT
    return not is_count or definition.direction == Direction.LOWER


def is_work(definition: Known) -> bool:
    if definition.is_national:
        return definition.logic_level in WORK
    return not is_result(definition)


def is_background(definition: Known) -> bool:
    return definition.spo_type == SpoType.CONTEXT


def is_driver(definition: Known) -> bool:
    """Say whether a town can move it by its own work: of structures and processes it can."""
    if definition.is_national:
        return definition.spo_type in (SpoType.STRUCTURE, SpoType.PROCESS)
    return is_work(definition) or definition.value_kind == ValueKind.RATIO


def is_far(definition: Known) -> bool:
    """Say whether it is moved by much that a town has no hand in."""
    return is_background(definition) or (
        definition.logic_level == LogicLevel.FINAL_OUTCOME
        and definition.spo_type == SpoType.OUTCOME
    )


def is_voice(definition: Known) -> bool:
    told = definition.data_source + ("" if definition.is_national else definition.name)
    return definition.value_kind == ValueKind.SURVEY_RATIO and bool(RESIDENTS.search(told))


def is_busy(definition: Known) -> bool:
    """Say whether it counts consultations, trainings or meetings."""
    if definition.is_national:
        return definition.code in BUSY_CODES
    is_count = definition.value_kind == ValueKind.COUNT
    return is_count and bool(BUSY_NAME.search(definition.name))
