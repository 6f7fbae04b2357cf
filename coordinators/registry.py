"""Which rows of this app may be deleted by people, and which of them are parts of others."""

from coordinators import document
from municipalities.kernel import trash

trash.register(document.CONTRACTS)
trash.register(document.CONTRACT_PARTNERS, parents=("contract",))
trash.register(document.EVENTS, parents=("contract",))
trash.register(document.EXECUTIONS)
trash.register(document.STRUCTURES)
trash.register(document.STRUCTURE_PARTNERS, parents=("structure",))
trash.register(document.POSTS, parents=("structure",))
trash.register(document.STAFFING, parents=("post",))
trash.register(document.HEADINGS, parents=("structure",))
trash.register(document.ITEMS, parents=("heading",))
trash.register(document.STAGES, parents=("structure",))
trash.register(document.BASES)
trash.register(document.BASE_FUNCTIONS, parents=("base",))
