"""A reader of surveys in copies: all that is told becomes one exact programme over what is hidden.

Independent of the product: knows how tables are printed, that counts are whole numbers, that a hidden one
is at least one where others are told, and which numbers have changed between two copies.
"""

from fractions import Fraction
from itertools import pairwise
from math import ceil

from tests.indicators.disclosure.programme import Programme

REST = "rest"


class Reader:
    """Holds copies of one survey. `truth` of a copy gives the count of each answer by question."""

    def __init__(self):
        self.programme = Programme()
        self.latest = {}

    def name(self, *place, true):
        """Return the name of a number in the programme: another one once it has changed."""
        if place not in self.latest or self.latest[place][0] != true:
            self.latest[place] = true, self.latest.get(place, (0, 0))[1] + 1
        return *place, self.latest[place][1]

    def reads(self, copy, truth, *, asked_of=None, led_past=None):
        """Learn from a copy, and from the questionnaire, which everybody may have read.

        `asked_of`: those alone who gave this answer were put this question; `led_past`: those who gave one of
        these were not.
        """
        for question in copy["questions"]:
            counts = truth[question["key"]]
            answered = self.answered(question, counts, copy["respondents"])
            self.cells(question, counts)
            if question["kind"] != "multiple":
                self.sum(question, counts, answered)
            else:
                for key in counts["answers"]:
                    self.line({self.cell(question, key, counts): -1, answered: 1}, 0, None)
            self.order(question, counts)
        for number, (first, answer) in (asked_of or {}).items():
            one = self.name("answered", number, true=truth[number]["answered"])
            other = self.name("cell", first, answer, true=truth[first]["answers"][answer])
            self.line({one: 1, other: -1}, 0, 0)
        for number, (first, answers) in (led_past or {}).items():
            parts = {
                self.name("cell", first, key, true=truth[first]["answers"][key]): 1
                for key in answers
            }
            one = self.name("answered", number, true=truth[number]["answered"])
            everybody = self.name("answered", first, true=truth[first]["answered"])
            self.line(parts | {one: 1, everybody: -1}, 0, 0)

    def line(self, coefficients, low, high):
        self.programme.line(coefficients, low, high)

    def cell(self, question, key, counts):
        return self.name("cell", question["key"], key, true=counts["answers"][key])

    def answered(self, question, counts, of_survey):
        """How many answered is told, of the question or of the survey; else anything."""
        name = self.name("answered", question["key"], true=counts["answered"])
        told = of_survey if counts["is_of_survey"] else question["respondents"]
        self.programme.between(name, *((0, counts["wide"]) if told is None else (told, told)))
        return name

    def cells(self, question, counts):
        is_any_told = any(not one.get("is_suppressed") for one in question["answers"])
        for one in question["answers"]:
            name = self.cell(question, one["key"], counts)
            if one.get("is_suppressed"):
                self.programme.between(name, int(is_any_told), counts["wide"])
            elif one["count"] is not None:
                self.programme.between(name, one["count"], one["count"])
            else:
                self.programme.between(name, *printed(one["percent"], counts["answered"]))

    def sum(self, question, counts, answered):
        """All answers and those without one make up all who answered; a reader knows if there are any."""
        rest = self.name("cell", question["key"], REST, true=counts["rest"])
        self.programme.between(rest, 0, counts["wide"] if counts["rest"] else 0)
        parts = {self.cell(question, key, counts): 1 for key in counts["answers"]}
        self.line(parts | {rest: 1, answered: -1}, 0, 0)

    def order(self, question, counts):
        """A rank, or a place in a table that is sorted, tells which of two is the larger."""
        rows = question["answers"]
        told = [one["count"] for one in rows if one["count"] is not None]
        places = [place for place, one in enumerate(rows) if one.get("is_suppressed")]
        true = [counts["answers"][one["key"]] for one in rows]
        is_between = any(place < len(rows) - len(places) for place in places)
        if len(told) > 1 and is_between and true == sorted(true, reverse=True):
            self.chain(question, rows, counts)
        if any(one["rank"] for one in rows):
            self.chain(
                question, sorted(rows, key=lambda one: -counts["answers"][one["key"]]), counts
            )

    def chain(self, question, rows, counts):
        for one, other in pairwise(rows):
            larger = self.cell(question, one["key"], counts)
            smaller = self.cell(question, other["key"], counts)
            self.line({larger: 1, smaller: -1}, 0, None)


def printed(percent, answered):
    """Return between which counts a percentage, half-up to its printed digit, may be."""
    half = Fraction(1, 20) if Fraction(percent) * 10 % 1 == 0 else Fraction(1, 200)
    low, high = ((Fraction(percent) + step) * answered / 100 for step in (-half, half))
    return max(ceil(low), 0), ceil(high) - 1


def too_narrow(reader, truth, *, least):
    """Return the small cells of which less than `least` values, or than all from one on, are left."""
    found = []
    for question, counts in truth.items():
        cells = (
            counts["answers"] | {REST: counts["rest"]} if counts["adds_up"] else counts["answers"]
        )
        for key, count in cells.items():
            few = 0 < count < least or (
                not counts["adds_up"] and 0 < counts["answered"] - count < least
            )
            if few:
                low, high = reader.programme.range_of(
                    reader.name("cell", question, key, true=count)
                )
                if high - low < min(least, counts["answered"] - 1):
                    found.append((question, key, count, low, high))
    return found
