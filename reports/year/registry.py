"""What waits at a municipality's desk, by name for the foundation's home; the morning letter; what may be put back."""

from municipalities.kernel import jobs, mail, trash
from municipalities.menus.desks import DeskKind, register
from reports.document import calendar
from reports.document.waivers import WAIVERS
from reports.submission.counting import finding_rounds
from reports.year.board import desk_counts
from reports.year.calendar import letters, rounds

register(DeskKind.MUNICIPALITY, desk_counts.waiting)
for part in calendar.PARTS:
    trash.register(part)
jobs.register(
    rounds.JOB,
    rounds.handle,
    max_seconds=300,
    label="毎朝のお知らせの準備",
)
jobs.register(
    finding_rounds.ROUND,
    finding_rounds.handle_round,
    max_seconds=600,
    label="全市区町村の点検の件数を数える",
)
jobs.register(
    finding_rounds.JOB,
    finding_rounds.handle,
    label="点検の件数を数える",
)
mail.register(
    letters.MAIL,
    compose=letters.compose,
    settled=letters.settled,
    label="毎朝のお知らせ",
)
trash.register(WAIVERS)
