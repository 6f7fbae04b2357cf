"""The tables of contracts, coordinators and 拠点, by subject."""

from coordinators.models.bases import Base, BaseFunction
from coordinators.models.contracts import (
    Contract,
    ContractEvent,
    ContractPartner,
    WorkItemExecution,
)
from coordinators.models.posts import Post, PrefecturePost, Staffing
from coordinators.models.published import PublishedBase, PublishedStructure
from coordinators.models.structures import (
    CooperationStage,
    Heading,
    HeadingItem,
    Structure,
    StructurePartner,
)

__all__ = [
    "Base",
    "BaseFunction",
    "Contract",
    "ContractEvent",
    "ContractPartner",
    "CooperationStage",
    "Heading",
    "HeadingItem",
    "Post",
    "PrefecturePost",
    "PublishedBase",
    "PublishedStructure",
    "Staffing",
    "Structure",
    "StructurePartner",
    "WorkItemExecution",
]
