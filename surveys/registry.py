"""Which rows of this app may be deleted by people, and which of them are parts of others."""

from municipalities.kernel import trash
from surveys import document

trash.register(document.HEARINGS)
trash.register(document.HEARING_TOPICS)
trash.register(document.VOICES, parents=("topic",))
trash.register(document.PUBLISHED_SURVEYS)
trash.register(document.QUESTIONS, parents=("survey",))
trash.register(document.ANSWERS, parents=("question",))
trash.register(document.EVIDENCE, parents=("question", "topic"))
