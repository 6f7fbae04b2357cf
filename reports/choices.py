"""The fixed words of reports and of the support that they tell of."""

from django.db import models


class StepKind(models.TextChoices):
    PRE_MEETING_1 = "pre_meeting_1", "連携支援前打合せ及び実施計画策定①"
    PRE_MEETING_2 = "pre_meeting_2", "連携支援前打合せ及び実施計画策定②"
    INTERIM_1 = "interim_1", "中間報告会①"
    INTERIM_2 = "interim_2", "中間報告会②"
    FINAL = "final", "最終報告会"
    OTHER = "other", "その他の打合せ"


# The steps that every supported year begins with; further meetings are of kind OTHER, with a title.
FIVE_STEPS = (
    StepKind.PRE_MEETING_1,
    StepKind.PRE_MEETING_2,
    StepKind.INTERIM_1,
    StepKind.INTERIM_2,
    StepKind.FINAL,
)
SITUATION_LABELS = {StepKind.PRE_MEETING_1: "状況", StepKind.FINAL: "結果"}
LATER_SITUATION = "状況、変化等"


class SupportKind(models.TextChoices):
    """How a prefecture supports its municipalities."""

    TRAINING = "training", "研修"
    DISPATCH = "dispatch", "アドバイザー等の派遣"
    ATTENDANCE = "attendance", "会議への同席・一緒に議論"
    DATA = "data", "データの提供"
    EXCHANGE = "exchange", "情報交換会"
    OTHER = "other", "その他"


class MeetingStyle(models.TextChoices):
    UNSTATED = "unstated", "記載なし"
    ONSITE = "onsite", "対面"
    ONLINE = "online", "オンライン"
    BOTH = "both", "対面とオンラインの併用"


class MemberPart(models.TextChoices):
    """In which part somebody takes part in the support."""

    ADVISER = "adviser", "アドバイザー"
    PREFECTURE = "prefecture", "都道府県"
    HEALTH_CENTRE = "health_centre", "保健所"
    MUNICIPALITY = "municipality", "市区町村"
    OTHER = "other", "その他"


class TaskState(models.TextChoices):
    AHEAD = "todo", "これから"
    DOING = "doing", "進行中"
    DONE = "done", "終わった"
    DROPPED = "dropped", "取りやめ"


class AdviceResponse(models.TextChoices):
    """What the municipality answers to a piece of advice."""

    NONE = "none", "未回答"
    ADOPTED = "adopted", "採用"
    CONSIDERING = "considering", "検討中"
    DECLINED = "declined", "見送り"


class AdviceOrigin(models.TextChoices):
    MEETING = "meeting", "打合せの記録から"
    ADVISER = "adviser", "アドバイザーが記入"


class ReportKind(models.TextChoices):
    INTERIM = "interim", "中間報告"
    FINAL = "final", "最終報告"


class PreparedKind(models.TextChoices):
    """What the worker puts together for a prefecture's officers."""

    INTERIM = "interim", "中間報告のまとめ（ZIP）"
    FINAL = "final", "最終報告のまとめ（ZIP）"
    COMPARISON = "comparison", "市町村の比較（PDF、A3）"


class PreparedState(models.TextChoices):
    MAKING = "making", "作成中"
    DONE = "done", "できあがりました"
    CANCELLED = "cancelled", "取りやめました"
    FAILED = "failed", "作成できませんでした"
    REMOVED = "removed", "保存期間が終わりました"


class ReportStatus(models.TextChoices):
    """Where the paper stands between its people; making and sending have states of their own."""

    DRAFT = "draft", "下書き"
    APPROVAL = "approval", "上長確認中"
    SUBMITTED = "submitted", "提出済み"
    REVISIT = "revisit", "もう一度見たい"
    ADVISED = "advised", "助言済み"
    ACCEPTED = "accepted", "受理"


class TextSection(models.TextChoices):
    """The boxes of the one-page 概要 in the order of the form, and the comment on the indicators."""

    METHOD = "method", "本事例からみた多職種連携に有効な協議体の設定のための手法"
    SUPPORT_NEEDS = "support_needs", "本事例からみた市町村支援に必要な事項"
    POLICY = "policy", "取組の方針"
    ACHIEVEMENTS = "achievements", "成果等"
    SITUATION = "situation", "自治体の考える課題と現状"
    CONSULTATION_1 = "consultation_1", "アドバイザーとの検討①"
    CONSULTATION_2 = "consultation_2", "アドバイザーとの検討②"
    INTERIM = "interim", "中間報告"
    FINAL = "final", "最終報告"
    INDICATOR_COMMENT = "indicator_comment", "指標の動きについて"


# Written by the adviser or the prefecture, not by the municipality.
LESSONS = (TextSection.METHOD, TextSection.SUPPORT_NEEDS)
# What stands on the 概要 sheet; the comment on indicators stands beside them in the body.
SHEET_BOXES = tuple(one for one in TextSection if one is not TextSection.INDICATOR_COMMENT)


class ApprovalState(models.TextChoices):
    WAITING = "waiting", "確認待ち"
    APPROVED = "approved", "承認"
    RETURNED = "returned", "差し戻し"


class RecipientPart(models.TextChoices):
    """As what somebody receives a report; it decides which document they receive."""

    ADVISER = "adviser", "アドバイザー"
    SUPERIOR = "superior", "上長"
    PREFECTURE = "prefecture", "都道府県"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", "送信待ち"
    SENT = "sent", "送信済み"
    FAILED = "failed", "送信できませんでした"
    WITHHELD = "withheld", "送信を見合わせました"


class CommentKind(models.TextChoices):
    """What an adviser's comment asks for."""

    FIX = "fix", "直してほしい"
    SUGGESTION = "suggestion", "提案"
    QUESTION = "question", "質問"
    GOOD = "good", "良い点"


class CommentState(models.TextChoices):
    """How far a comment is between the adviser and the municipality."""

    OPEN = "open", "未対応"
    ANSWERED = "answered", "対応済み"
    SETTLED = "settled", "確認済み"


class DecisionKind(models.TextChoices):
    """How an adviser ends the reading of a version."""

    ADVISED = "advised", "助言済み"
    REVISIT = "revisit", "もう一度見たい"


class WordOrigin(models.TextChoices):
    """Which way an adviser's word came in."""

    SCREEN = "screen", "画面で記入"
    FILE = "file", "回答ファイルから"


class AcceptanceWay(models.TextChoices):
    """When a report counts as accepted by the prefecture."""

    BY_HAND = "by_hand", "県の担当者が受理する"
    WHEN_ADVISED = "when_advised", "「助言済み」になったら自動で受理する"
    WHEN_SUBMITTED = "when_submitted", "提出されたら自動で受理する"


class Phase(models.TextChoices):
    """The four quarters of the cycle, as the board shows them."""

    PLAN = "plan", "Plan 計画"
    DO = "do", "Do 実施"
    CHECK = "check", "Check 評価"
    ACT = "act", "Act 見直し"


class PhaseState(models.TextChoices):
    """Where one scene stands in one phase; the words of the task list."""

    NOT_STARTED = "not_started", "未着手"
    DOING = "doing", "入力中"
    DONE = "done", "入力済み"
    UNSURE = "unsure", "確認が必要"
    BLOCKED = "blocked", "まだ始められません"

    @property
    def look(self) -> str:
        """How it looks as a tag of the house."""
        return PHASE_LOOKS[self]


PHASE_LOOKS = {
    PhaseState.NOT_STARTED: "todo",
    PhaseState.DOING: "doing",
    PhaseState.DONE: "done",
    PhaseState.UNSURE: "check",
    PhaseState.BLOCKED: "blocked",
}


class CarriedPart(models.TextChoices):
    """The lists of a plan whose rows are looked at one by one when a new year begins; named as in the document."""

    GOALS = "desired_states", "目指す姿"
    ISSUES = "issues", "課題"
    ACTIVITIES = "activities", "取組"
    INDICATORS = "indicators", "指標"


class HelpRating(models.IntegerChoices):
    """How the municipality answers one of the closing questions about the support; 0: not yet."""

    UNANSWERED = 0, "未回答"
    NO = 1, "そう思わない"
    RATHER_NO = 2, "あまりそう思わない"
    RATHER_YES = 3, "ややそう思う"
    YES = 4, "そう思う"


class EntryKind(models.TextChoices):
    """What a date of the year is for."""

    REPORT = "report", "提出期限"
    STEP = "step", "打合せ・報告会"
    MEETING = "meeting", "会議"
    TASK = "task", "実施計画"
    MILESTONE = "milestone", "取組の節目"
    HOMEWORK = "homework", "持ち帰り"
    CONTRACT = "contract", "委託の報告"
    SURVEY = "survey", "調査"
    OWN = "own", "自分たちの予定"


class HandoverSubject(models.TextChoices):
    """What a predecessor writes of; in the order of the 引継書."""

    GENERAL = "general", "全体のこと"
    INDICATORS = "indicators", "指標と数値のこと"
    COUNCILS = "councils", "会議と団体のこと"
    CONTRACTS = "contracts", "委託契約のこと"
    SUPPORT = "support", "連携支援とアドバイスのこと"


class EvidenceSheet(models.TextChoices):
    """For which paper of the state items are answered: the grant, or its yearly survey."""

    GRANT = "grant", "交付金"
    SURVEY = "survey", "実施状況調査"


class GrantAnswerKind(models.TextChoices):
    """What a municipality says of an item; READY of a question of the survey, to which there is no yes or no."""

    UNSURE = "unsure", "未確認"
    APPLIES = "applies", "該当"
    APPLIES_NOT = "not", "非該当"
    READY = "ready", "回答を用意済み"


class GrantEvidence(models.TextChoices):
    """Which rows of a year answer an item; the labels stand in the files of items."""

    BY_HAND = "by_hand", "人が確かめる"
    DESIRED_STATES = "desired_states", "目指す姿"
    VALUES = "values", "指標の値"
    CHAIN = "chain", "課題と対応策"
    CHECKING = "checking", "検証"
    CONSULTATION = "consultation", "相談支援"
    TRAINING = "training", "研修"
    SHARING = "sharing", "情報共有"
    SHARING_ISSUES = "sharing_issues", "情報共有の課題"
    SHARING_CHANGES = "sharing_changes", "情報共有の見直し"
    DISCHARGE = "discharge", "入退院支援"
    END_OF_LIFE = "end_of_life", "看取り"
    DAILY_CARE = "daily_care", "日常の療養支援"
    EMERGENCY = "emergency", "急変時の対応"
    RHYTHM = "rhythm", "PDCAの見直し周期"
    COUNCILS = "councils", "協議体"
    ISSUES = "issues", "課題"
    FOLLOWED = "followed", "追う指標"
    MAPPING = "mapping", "資源の把握"
    AWARENESS = "awareness", "普及啓発"
    INTER_MUNICIPAL = "inter_municipal", "関係市区町村の連携"
    CONTRACTS = "contracts", "委託"
    COORDINATORS = "coordinators", "コーディネーター"
    DIFFICULTIES = "difficulties", "体制や資源の課題"


class InquiryState(models.TextChoices):
    """How far the prefecture is with a 照会."""

    DRAFT = "draft", "作成中"
    SENT = "sent", "受付中"
    CLOSED = "closed", "締切済み"
    WITHDRAWN = "withdrawn", "取消済み"


class QuestionKind(models.TextChoices):
    """What kind of answer a question of a 照会 wants."""

    SHORT = "short", "短い文"
    LONG = "long", "長い文"
    NUMBER = "number", "数"
    DATE = "date", "年月日"
    YES_NO = "yes_no", "はい／いいえ"
    CHOICE = "choice", "一つ選ぶ"


class ReplyState(models.TextChoices):
    """How far a municipality is with its answer to a 照会."""

    UNTOUCHED = "untouched", "未着手"
    DRAFT = "draft", "下書き"
    ANSWERED = "answered", "回答済み"
