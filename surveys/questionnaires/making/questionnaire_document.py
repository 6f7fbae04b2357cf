"""Questionnaires and rounds of asking in the municipality-year document. Answers are in no document."""

from decimal import Decimal
from operator import attrgetter
from typing import ClassVar

from django.core.exceptions import ValidationError
from pydantic import Field

from municipalities.choices import Audience, Scene
from municipalities.document import EnduringPart
from municipalities.rows.row_plans import Problem
from municipalities.rows.rows import (
    MOST_SMALL,
    Count,
    Day,
    Key,
    KeyOrNone,
    Position,
    RowSchema,
    RowsPart,
    written,
)
from surveys.choices import QuestionType, RoundState, Scale, SurveyTarget
from surveys.models import MatrixRow, Option, Question, Questionnaire, SurveyRound

# A questionnaire of 200 questions, parted five times, is a quarter of it.
LONGEST_TABLES = 2_000_000
NUMBER = r"^-?[0-9]{1,11}(\.[0-9]{1,4})?$"
STORED = Decimal("0.0001")
BY_DEEDS = (
    "調査の状態（受付・締切・消去・登録した結果）は、画面の操作で変わります。"
    "いま登録されている値のままにしてください。"
)
STAYS_WHILE_ASKING = (
    "受付中の調査「{}」は取り除けません。画面で受付を終了するか、文書に残してください。"
)
STAYS_FIXED = "調査で使った調査票は、使う前に戻せません。is_fixed は true のままにしてください。"
FIXED = (
    "調査で使った調査票の設問は、変えられません。回答の意味が変わるためです。"
    "新しい版を作って、そちらを直してください。"
)


class OptionRow(RowSchema):
    """選択肢、または表の列。skip_to は次へ進む設問のキーか end"""

    label: str = written(Option, "label")
    is_exclusive: bool = Field(default=False, title="ほかと一緒に選べない")
    takes_text: bool = Field(default=False, title="内容を書いてもらう")
    is_extra: bool = Field(default=False, title="別に✓をつける列")
    points: int | None = Field(default=None, ge=-MOST_SMALL, le=MOST_SMALL, title="点数")
    skip_to: KeyOrNone = Field(default="", title="この答えなら次へ進む設問")
    position: Position = 0


class MatrixRowRow(RowSchema):
    """表の項目"""

    label: str = written(MatrixRow, "label")
    position: Position = 0


class AskedRow(RowSchema):
    """調査票の設問。section は見出し"""

    kind: QuestionType = QuestionType.SINGLE
    text: str = written(Question, "text")
    help: str = written(Question, "help")
    scene: Scene = Scene.ALL
    is_required: bool = Field(default=False, title="必ず答えてもらう")
    most: int | None = Field(default=None, ge=1, le=MOST_SMALL, title="選べる数の上限")
    scale: Scale = Scale.NONE
    smallest: str | None = Field(default=None, pattern=NUMBER, title="最小の値")
    largest: str | None = Field(default=None, pattern=NUMBER, title="最大の値")
    unit: str = written(Question, "unit")
    earlier_key: KeyOrNone = Field(default="", title="前の版の設問")
    earlier_change: str = written(Question, "earlier_change")
    beside_key: KeyOrNone = Field(default="", title="並べて見せる設問")
    position: Position = 0
    matrix_rows: list[MatrixRowRow] = Field(default_factory=list)
    options: list[OptionRow] = Field(default_factory=list)


class QuestionnaireRow(RowSchema):
    """調査票。年度をまたいで使う"""

    title: str = written(Questionnaire, "title")
    target: SurveyTarget = SurveyTarget.RESIDENTS
    opening: str = written(Questionnaire, "opening")
    closing: str = written(Questionnaire, "closing")
    edition: int = Field(default=1, ge=1, le=MOST_SMALL, title="版")
    earlier_key: KeyOrNone = Field(default="", title="前の版")
    is_fixed: bool = Field(default=False, title="確定")
    note: str = written(Questionnaire, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    asked: list[AskedRow] = Field(default_factory=list)


class KeptTablesRow(RowSchema):
    """回答を消す前に保存した集計。content は集計の JSON"""

    kept_on: Day
    content: str = Field(min_length=2, max_length=LONGEST_TABLES, title="集計")


class RoundRow(RowSchema):
    """調査の実施。回答そのものは入らない"""

    questionnaire: Key
    title: str = written(SurveyRound, "title")
    target_text: str = written(SurveyRound, "target_text")
    contact: str = written(SurveyRound, "contact")
    state: RoundState = RoundState.DRAFT
    opens_on: Day | None = Field(default=None, title="開始日")
    closes_on: Day | None = Field(default=None, title="締切日")
    targeted: Count | None = Field(default=None, title="対象数")
    distributed: Count | None = Field(default=None, title="配布数")
    return_to: str = written(SurveyRound, "return_to")
    returned: Count | None = Field(default=None, title="回収数")
    before_key: KeyOrNone = Field(default="", title="前に行った調査")
    result_key: KeyOrNone = Field(default="", title="登録した結果")
    keep_until: Day | None = Field(default=None, title="回答データの保存期限")
    emptied_on: Day | None = Field(default=None, title="回答を消した日")
    kept_by: str = written(SurveyRound, "kept_by")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    kept_tables: list[KeptTablesRow] = Field(default_factory=list)


class QuestionnairesPart(EnduringPart):
    name = "questionnaires"
    model = Questionnaire
    schema = QuestionnaireRow
    fields = (
        "title",
        "target",
        "opening",
        "closing",
        "edition",
        "earlier_key",
        "is_fixed",
        "note",
        "position",
        "audience",
    )
    order = ("position", "key")
    in_report = False

    def new_row(self, cycle, key):
        row = super().new_row(cycle, key)
        row.was_fixed = False
        return row

    def assign(self, row, values, lookups):
        row.was_fixed = was_fixed(row)
        super().assign(row, values, lookups)
        if row.was_fixed and not row.is_fixed:
            raise ValidationError({"is_fixed": STAYS_FIXED})


def was_fixed(questionnaire):
    """Say whether a questionnaire had been asked before a document or the trash brought it."""
    return getattr(questionnaire, "was_fixed", questionnaire.is_fixed)


class FixedOnceAsked(EnduringPart):
    """Rows below a questionnaire: once it was asked they come, change and move no more."""

    # The way from a row to its questionnaire, as columns.
    to_questionnaire: ClassVar[str]

    def questionnaire_of(self, row):
        return attrgetter(self.to_questionnaire)(row)

    def refer(self, row, values, known):
        super().refer(row, values, known)
        if row.pk is None and was_fixed(self.questionnaire_of(row)):
            raise ValidationError(FIXED)

    def plan(self, cycle, data, *, stored, known=None):
        before = {row.key: was_fixed(self.questionnaire_of(row)) for row in stored}
        plan = super().plan(cycle, data, stored=stored, known=known)
        for entry in plan.changed:
            if before[entry.row.key] or was_fixed(self.questionnaire_of(entry.row)):
                plan.problems.append(Problem(entry.pointer, FIXED))
        return plan


QUESTIONNAIRES = QuestionnairesPart()


class AskedPart(FixedOnceAsked):
    name = "asked"
    model = Question
    schema = AskedRow
    inside, owner = QUESTIONNAIRES, "questionnaire"
    fields = (
        "questionnaire",
        "kind",
        "text",
        "help",
        "scene",
        "is_required",
        "most",
        "scale",
        "smallest",
        "largest",
        "unit",
        "earlier_key",
        "earlier_change",
        "beside_key",
        "position",
    )
    references = {"questionnaire": Questionnaire}
    order = ("position", "key")
    in_report = False
    to_questionnaire = "questionnaire"

    def assign(self, row, values, lookups):
        stored = {name: _stored(values[name]) for name in ("smallest", "largest")}
        super().assign(row, values | stored, lookups)


def _stored(number):
    return None if number is None else Decimal(number).quantize(STORED)


ASKED = AskedPart()


class BelowAQuestion(FixedOnceAsked):
    to_questionnaire = "question.questionnaire"

    def stored(self, cycle):
        return list(self.model.objects.select_related("question__questionnaire").order_by())


class MatrixRowsPart(BelowAQuestion):
    name = "matrix_rows"
    model = MatrixRow
    schema = MatrixRowRow
    inside, owner = ASKED, "question"
    fields = ("question", "label", "position")
    references = {"question": Question}
    order = ("position", "key")
    in_report = False


class OptionsPart(BelowAQuestion):
    name = "options"
    model = Option
    schema = OptionRow
    inside, owner = ASKED, "question"
    fields = (
        "question",
        "label",
        "is_exclusive",
        "takes_text",
        "is_extra",
        "points",
        "skip_to",
        "position",
    )
    references = {"question": Question}
    order = ("position", "key")
    in_report = False


class RoundsPart(RowsPart):
    name = "survey_rounds"
    model = SurveyRound
    schema = RoundRow
    fields = (
        "questionnaire",
        "title",
        "target_text",
        "contact",
        "state",
        "opens_on",
        "closes_on",
        "targeted",
        "distributed",
        "return_to",
        "returned",
        "before_key",
        "result_key",
        "keep_until",
        "emptied_on",
        "kept_by",
        "position",
        "audience",
    )
    references = {"questionnaire": Questionnaire}
    order = ("position", "key")
    in_report = False
    # A document would open a questionnaire that is not fixed, or call answers deleted that are there.
    by_deeds = SurveyRound.BY_DEEDS

    def assign(self, row, values, lookups):
        stored = row.pk is not None
        before = {name: getattr(row, name) for name in self.by_deeds}
        super().assign(row, values, lookups)
        changed = [name for name in self.by_deeds if getattr(row, name) != before[name]]
        if stored and changed:
            raise ValidationError(dict.fromkeys(changed, BY_DEEDS))

    def remove(self, plan, *, by):
        asking = [row for row in plan.gone if row.is_asking]
        plan.gone = [row for row in plan.gone if not row.is_asking]
        for row in asking:
            yield Problem(f"/{self.root}", STAYS_WHILE_ASKING.format(row.key))
        yield from super().remove(plan, by=by)


MATRIX_ROWS = MatrixRowsPart()
OPTIONS = OptionsPart()
ROUNDS = RoundsPart()
PARTS = (QUESTIONNAIRES, ASKED, MATRIX_ROWS, OPTIONS, ROUNDS)
