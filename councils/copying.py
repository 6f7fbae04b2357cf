"""What of this app goes over into the next year: nothing. Councils endure; meetings and decisions are of their year."""

from councils.document import AGENDA, ATTENDANCE, DECISIONS, HOMEWORK, MEETINGS
from municipalities.carrying import Stays

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
)
