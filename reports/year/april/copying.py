"""Every part of the document and what April does with it: the apps' rules in layer order, and those of reports."""

import coordinators.copying
import councils.copying
import indicators.copying
import logicmodels.copying
import municipalities.copying
import surveys.copying
from municipalities.rows.carrying import Carries, Stays
from reports.document import calendar, carried, handover, practices, support, waivers

SUPPORTED = "連携支援は年度ごとに計画し、記録します。"
CHANGED = "支援による変化は、その年度の報告です。"
RULES = (
    *municipalities.copying.RULES,
    *logicmodels.copying.RULES,
    *indicators.copying.RULES,
    *councils.copying.RULES,
    *coordinators.copying.RULES,
    *surveys.copying.RULES,
    Stays(support.ROUND, SUPPORTED),
    Stays(support.MEMBERS, SUPPORTED),
    Stays(support.STEPS, SUPPORTED),
    Stays(support.ADVICE, "アドバイスと対応は、受けた年度の記録です。"),
    Stays(support.TASKS, SUPPORTED),
    Stays(support.TEXTS, "報告書の文章は、その年度の報告です。"),
    Stays(support.SUPPORT_ISSUES, CHANGED),
    Stays(support.EFFECTS, CHANGED),
    Stays(support.OUTLOOKS, CHANGED),
    Stays(support.FEEDBACK, "振り返りは、その年度の連携支援への回答です。"),
    Stays(support.QUESTIONS, "協議体に諮りたいことは、その年度の資料です。"),
    Stays(support.INQUIRY_ANSWERS, "都道府県からの照会への回答は、照会のあった年度のものです。"),
    Stays(practices.PRACTICES, "好事例は、まとめた年度のものです。"),
    Stays(carried.CARRIED, "確認した記録は、その年度のものです。"),
    Stays(
        calendar.YEAR_DATES, "日付は、その年度のものです。次の年度の予定は、あらためて入れます。"
    ),
    Stays(
        waivers.WAIVERS, "見送った理由は、その年度のものです。次の年度には、あらためて点検します。"
    ),
    Carries(handover.NOTES),
    Carries(handover.INDICATOR_HANDOVERS),
    Stays(handover.GRANT_ANSWERS, "交付金の項目への回答は、年度ごとの評価指標へのものです。"),
)
BY_NAME = {rule.part.name: rule for rule in RULES}
