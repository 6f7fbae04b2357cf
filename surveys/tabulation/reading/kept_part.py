"""Kept tables in the municipality-year document and in the trash: they come and go with their round."""

from django.core.exceptions import ValidationError
from pydantic import ValidationError as SchemaError

from municipalities.rows.rows import RowsPart
from surveys.models import KeptTables, SurveyRound
from surveys.questionnaires.making.questionnaire_document import ROUNDS, KeptTablesRow
from surveys.tabulation.reading import kept_document

AS_IT_WAS = (
    "回答を消す前に保存した集計は、変えられません。いま登録されている値のままにしてください。"
)
OF_EMPTIED = "保存した集計は、回答を消した調査（emptied_on のある調査）だけに付けられます。"
NO_TABLES = "集計の書き方が違います。書き出した文書の content をそのまま使ってください。"


class KeptTablesPart(RowsPart):
    """Tables that were kept by emptying: they come with their round, and are no longer changed."""

    name = "kept_tables"
    model = KeptTables
    schema = KeptTablesRow
    inside, owner = ROUNDS, "round"
    fields = ("round", "kept_on", "content")
    references = {"round": SurveyRound}
    order = ("key",)
    in_report = False

    def assign(self, row, values, lookups):
        before = row.content, row.kept_on
        super().assign(row, values, lookups)
        if row.pk and (row.content, row.kept_on) != before:
            raise ValidationError({"content": AS_IT_WAS})
        if not row.pk:
            self._refuse_other_words(row.content)

    def refer(self, row, values, known):
        super().refer(row, values, known)
        if not row.round.is_emptied:
            raise ValidationError({"content": OF_EMPTIED})

    @staticmethod
    def _refuse_other_words(content):
        try:
            kept_document.read(content)
        except SchemaError as error:
            raise ValidationError({"content": NO_TABLES}) from error


KEPT_TABLES = KeptTablesPart()
