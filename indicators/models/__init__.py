"""Definitions, values, what is followed in a year, and what is published, by subject."""

from indicators.models.definitions import Definition, OwnDefinition
from indicators.models.intake import (
    DoubtfulCell,
    FileDoubt,
    LayoutColumn,
    RefusedCell,
    StagedBlock,
    StagedValue,
    StatisticsLayout,
    StatisticsUpload,
)
from indicators.models.marks import TableMark
from indicators.models.measurements import Measurement, MeasurementPart
from indicators.models.published import Dataset, DatasetUse, PublishedValue, WithheldValue
from indicators.models.replies import ValueReply
from indicators.models.submitted import SubmittedValue
from indicators.models.uses import Indicator, IndicatorUse, IssueFigure, Target
from indicators.models.versions import (
    OwnDefinitionVersion,
    PrefectureDefinition,
    PrefectureDefinitionVersion,
)

__all__ = [
    "Dataset",
    "DatasetUse",
    "Definition",
    "DoubtfulCell",
    "FileDoubt",
    "Indicator",
    "IndicatorUse",
    "IssueFigure",
    "LayoutColumn",
    "Measurement",
    "MeasurementPart",
    "OwnDefinition",
    "OwnDefinitionVersion",
    "PrefectureDefinition",
    "PrefectureDefinitionVersion",
    "PublishedValue",
    "RefusedCell",
    "StagedBlock",
    "StagedValue",
    "StatisticsLayout",
    "StatisticsUpload",
    "SubmittedValue",
    "TableMark",
    "Target",
    "ValueReply",
    "WithheldValue",
]
