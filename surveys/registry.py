"""Which rows of this app may be deleted by people, and which of them are parts of others; its mails; what emptying keeps."""

from municipalities.kernel import mail, trash
from surveys import document
from surveys.invitees import invitation_mail, inviting
from surveys.questionnaires.making import questionnaire_document
from surveys.rounds import emptying
from surveys.tabulation.keeping import keeping
from surveys.tabulation.reading.kept_part import KEPT_TABLES

trash.register(document.HEARINGS)
trash.register(document.HEARING_TOPICS)
trash.register(document.VOICES, parents=("topic",))
trash.register(document.PUBLISHED_SURVEYS)
trash.register(document.QUESTIONS, parents=("survey",))
trash.register(document.ANSWERS, parents=("question",))
trash.register(document.EVIDENCE, parents=("question", "topic"))
trash.register(questionnaire_document.QUESTIONNAIRES)
trash.register(questionnaire_document.ASKED, parents=("questionnaire",))
trash.register(questionnaire_document.MATRIX_ROWS, parents=("question",))
trash.register(questionnaire_document.OPTIONS, parents=("question",))
trash.register(questionnaire_document.ROUNDS)
trash.register(KEPT_TABLES, parents=("round",))

for kind, label in inviting.KINDS.items():
    mail.register(
        kind, compose=invitation_mail.compose, settled=invitation_mail.settled, label=label
    )

emptying.keeps_by(keeping.keep)
