"""Which rows of this app may be deleted by people, and which of them are parts of others."""

from logicmodels import document
from municipalities.kernel import trash

trash.register(document.GOALS)
trash.register(document.ISSUES)
trash.register(document.ACTIVITIES)
for part in (document.PARTNERS, document.MILESTONES, document.RESULTS):
    trash.register(part, parents=("activity",))
trash.register(document.LOGIC_MODELS)
trash.register(document.OUTCOMES, parents=("logic_model",))
trash.register(document.PLACEMENTS, parents=("outcome",))
# A link goes with either of its ends; whichever is deleted takes it along.
trash.register(document.LINKS, parents=("cause", "effect"))
