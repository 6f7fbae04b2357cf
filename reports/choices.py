"""The fixed words of reports and of the support that they tell of."""

from django.db import models


class StepKind(models.TextChoices):
    PRE_MEETING_1 = "pre_meeting_1", "連携支援前打合せ及び実施計画策定①"
    PRE_MEETING_2 = "pre_meeting_2", "連携支援前打合せ及び実施計画策定②"
    INTERIM_1 = "interim_1", "中間報告会①"
    INTERIM_2 = "interim_2", "中間報告会②"
    FINAL = "final", "最終報告会"


SITUATION_LABELS = {StepKind.PRE_MEETING_1: "状況", StepKind.FINAL: "結果"}
LATER_SITUATION = "状況、変化等"


class ReportKind(models.TextChoices):
    INTERIM = "interim", "中間報告"
    FINAL = "final", "最終報告"


class ReportStatus(models.TextChoices):
    """Where the paper stands between its people; making and sending have states of their own."""

    DRAFT = "draft", "下書き"
    APPROVAL = "approval", "上長確認中"
    SUBMITTED = "submitted", "提出済み"
    REVISIT = "revisit", "もう一度見たい"
    ADVISED = "advised", "助言済み"
    ACCEPTED = "accepted", "受理"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", "送信待ち"
    SENT = "sent", "送信済み"
    FAILED = "failed", "送信できませんでした"
    WITHHELD = "withheld", "送信を見合わせました"
