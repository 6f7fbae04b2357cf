"""What of this app goes over into the next year: nothing. Councils endure; meetings and decisions are of their year."""

from councils.document import AGENDA, ATTENDANCE, DECISIONS, HOMEWORK, MEETINGS
from councils.evaluating.evaluation_document import EVALUATIONS, IMPROVEMENTS, JUDGEMENTS
from municipalities.rows.carrying import Stays

JUDGED = "評価は、その年度に起きたことの記録です。"
HELD = "会議は、開いた年度の記録です。"
RULES = (
    Stays(MEETINGS, HELD),
    Stays(AGENDA, HELD),
    Stays(ATTENDANCE, HELD),
    Stays(HOMEWORK, HELD),
    Stays(
        DECISIONS,
        "決定は、決めた年度の記録です。目指す姿などは、新しい年度の協議体で合意するまで「案」と示します。",
    ),
    Stays(EVALUATIONS, JUDGED),
    Stays(JUDGEMENTS, JUDGED),
    Stays(
        IMPROVEMENTS, "改善の決定は、決めた年度の記録です。引き継いだ後に直すところとして示します。"
    ),
)
