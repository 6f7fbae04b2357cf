"""Which rows of this app may be deleted by people, and which of them are parts of others."""

from councils import document
from councils.evaluating import evaluation_document as evaluating
from municipalities.kernel import trash

trash.register(document.COUNCILS)
for part in (
    document.COUNCIL_PARTNERS,
    document.FUNCTIONS,
    document.SEATS,
    document.OUTREACH,
):
    trash.register(part, parents=("council",))
trash.register(document.MEETINGS)
for inner in (document.AGENDA, document.ATTENDANCE, document.HOMEWORK):
    trash.register(inner, parents=("meeting",))
trash.register(document.DECISIONS)
trash.register(evaluating.EVALUATIONS)
trash.register(evaluating.JUDGEMENTS, parents=("evaluation",))
trash.register(evaluating.IMPROVEMENTS)
