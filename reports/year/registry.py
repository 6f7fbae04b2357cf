"""What waits at a municipality's desk, by name for the foundation's home; the morning letter and its round."""

from municipalities.desks import DeskKind, register
from municipalities.kernel import jobs, mail, trash
from reports.document import calendar
from reports.year import desk_counts
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
mail.register(
    letters.MAIL,
    compose=letters.compose,
    settled=letters.settled,
    label="毎朝のお知らせ",
)
