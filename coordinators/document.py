"""This app's part of the municipality-year document: contracts, structures of coordinators, 拠点."""

from coordinators.bases import base_document
from coordinators.bases.base_document import BASE_FUNCTIONS, BASES
from coordinators.contracts import contract_document
from coordinators.contracts.contract_document import (
    CONTRACT_PARTNERS,
    CONTRACTS,
    EVENTS,
    EXECUTIONS,
)
from coordinators.structures import structure_document
from coordinators.structures.structure_document import (
    HEADINGS,
    ITEMS,
    POSTS,
    STAFFING,
    STAGES,
    STRUCTURE_PARTNERS,
    STRUCTURES,
)

__all__ = [
    "BASES",
    "BASE_FUNCTIONS",
    "CONTRACTS",
    "CONTRACT_PARTNERS",
    "EVENTS",
    "EXECUTIONS",
    "HEADINGS",
    "ITEMS",
    "PARTS",
    "POSTS",
    "STAFFING",
    "STAGES",
    "STRUCTURES",
    "STRUCTURE_PARTNERS",
]

PARTS = (*contract_document.PARTS, *structure_document.PARTS, *base_document.PARTS)
