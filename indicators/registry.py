"""Which rows of this app may be deleted by people, and which of them are parts of others."""

from indicators import document
from municipalities.kernel import trash

trash.register(document.OWN_DEFINITIONS)
trash.register(document.INDICATORS)
trash.register(document.TARGETS, parents=("indicator",))
# An outcome takes the indicators placed at it along, an issue the figures shown with it.
trash.register(document.INDICATOR_USES, parents=("outcome",))
trash.register(document.ISSUE_FIGURES, parents=("issue",))
trash.register(document.MEASUREMENTS)
