"""Workdays, reminders, months and the iCalendar file: pure."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.choices import EntryKind
from reports.year.calendar import entries, ics, reminding, workdays
from reports.year.calendar.entries import Entry

# 内閣府「国民の祝日について」: the holidays of 2026 that fall on a weekday.
HOLIDAYS_OF_2026 = {
    (1, 1), (1, 12), (2, 11), (2, 23), (3, 20), (4, 29), (5, 4), (5, 5), (5, 6), (7, 20), (8, 11),
    (9, 21), (9, 22), (9, 23), (10, 12), (11, 3), (11, 23),
}  # fmt: skip
CLOSED = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


def entry(day, **more):
    return Entry(**{"uid": "own-1", "kind": EntryKind.OWN, "day": day, "text": "締切"} | more)


def test_the_workdays_of_a_year_are_those_of_the_published_list():
    first = dt.date(2026, 1, 1)
    for day in (first + dt.timedelta(days=number) for number in range(365)):
        named = (day.month, day.day)
        is_open = day.weekday() < 5 and named not in HOLIDAYS_OF_2026 | CLOSED
        assert workdays.is_workday(day) == is_open, day


@given(DAYS)
def test_the_next_workday_is_the_nearest_one(day):
    found = workdays.next_workday(day)

    between = [day + dt.timedelta(days=n) for n in range(1, (found - day).days)]
    assert workdays.is_workday(found)
    assert not any(workdays.is_workday(one) for one in between)


@given(DAYS)
def test_at_most_one_day_of_a_week_is_its_first_workday(day):
    monday = day - dt.timedelta(days=day.weekday())
    week = [monday + dt.timedelta(days=n) for n in range(7)]

    first = [one for one in week if workdays.is_workday(one)][:1]
    assert [one for one in week if workdays.is_first_of_week(one)] == first


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("14、7、1", (14, 7, 1)),
        ("１，７　30", (30, 7, 1)),
        ("7日前、1日前", (7, 1)),
        ("3", (3,)),
        ("0", (0,)),
        ("7、7", (7,)),
        ("", ()),
    ],
)
def test_days_are_read_as_people_write_them(typed, days):
    assert reminding.read(typed) == days


@pytest.mark.parametrize("typed", ["一週間", "7、x", "91", "-1", "1、2、3、4、5、6", "1.5"])
def test_other_days_get_a_sentence(typed):
    with pytest.raises(ValueError, match="ください"):
        reminding.read(typed)


@given(day=DAYS, days=st.sets(st.integers(0, 90), min_size=1, max_size=5))
def test_every_reminder_is_told_exactly_once_and_never_late(day, days):
    """Over the months before a date each of its days is told on one workday, at the latest on its own."""
    told = []
    for number in range(120, -1, -1):
        today = day - dt.timedelta(days=number)
        if reminding.due_today([entry(day)], days=days, today=today):
            told.append(today)
    wanted = set()
    for before in days:
        on = day - dt.timedelta(days=before)
        while not workdays.is_workday(on):
            on -= dt.timedelta(days=1)
        wanted.add(on)
    assert told == sorted(wanted)


def test_what_is_done_or_has_no_day_is_not_told():
    day = dt.date(2026, 11, 30)
    rows = [entry(day, is_done=True), entry(day, when="令和8年11月末"), entry(day, uid="own-2")]

    found = reminding.due_today(rows, days=[0], today=day)

    assert [one.uid for one in found] == ["own-2"]


def test_a_year_has_its_twelve_months_and_nothing_of_another():
    rows = [entry(dt.date(2026, 4, 1)), entry(dt.date(2027, 3, 31)), entry(dt.date(2027, 4, 1))]

    months = entries.by_month(rows, fiscal_year=2026, today=dt.date(2026, 11, 26))

    assert [month.label for month in months[:1] + months[-1:]] == [
        "令和8年4月（2026年）",
        "令和9年3月（2027年）",
    ]
    assert sum(len(month.entries) for month in months) == 2
    assert [month.label for month in months if month.is_now] == ["令和8年11月（2026年）"]


class TestFile:
    AT = dt.datetime(2026, 11, 26, 0, 30, tzinfo=dt.UTC)

    def made(self, **more):
        event = ics.Event(**{"uid": "a@b", "day": dt.date(2026, 11, 30), "summary": "締切"} | more)
        return ics.calendar("予定", [event], at=self.AT)

    def test_a_day_ends_with_the_next(self):
        text = self.made()

        assert "DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201\r\n" in text
        assert "DTSTAMP:20261126T003000Z\r\n" in text
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert text.endswith("END:VCALENDAR\r\n")

    def test_no_text_ends_its_line_early(self):
        text = self.made(summary="一つ,二つ;三つ\\\nEND:VEVENT")

        assert "SUMMARY:一つ\\,二つ\\;三つ\\\\\\nEND:VEVENT\r\n" in text
        assert text.count("\r\nEND:VEVENT\r\n") == 1

    @given(st.text(max_size=200))
    def test_lines_are_short_and_come_together_again(self, words):
        text = self.made(summary=words)

        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert f"SUMMARY:{ics.escaped(words)}\r\n" in text.replace("\r\n ", "")
