"""Writing the answers of a question from a table: what is named stays or comes, what is not named goes."""

import hashlib

from django.db import transaction

from municipalities.kernel import changes, trash
from municipalities.rows.keys import new_key
from surveys.models import PublishedAnswer, PublishedQuestion

WRITTEN = ("count", "percent", "rank", "position")


class Overtaken(Exception):
    """Somebody has changed the table since it was opened; nothing was written."""


def answers_of(question):
    return list(PublishedAnswer.objects.filter(question=question))


def mark_of(answers):
    """Return a word that changes with every change of the table."""
    state = ",".join(f"{row.key}:{row.version}" for row in answers)
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def add(question, lines, *, by):
    """Insert the answers of a new question in their order."""
    for position, line in enumerate(lines, start=1):
        create(question, line, position=position, by=by)


def replace(question, lines, *, mark, by):
    """Make the table read exactly so; answers are known by their words. Raises Overtaken.

    What goes lies in the trash for thirty days.
    """
    with transaction.atomic():
        # Two writers of one table come one after the other.
        locked = PublishedQuestion.objects.select_for_update().filter(pk=question.pk).first()
        stored = answers_of(question)
        if locked is None or mark_of(stored) != mark:
            raise Overtaken
        left = {row.label: row for row in reversed(stored)}
        for position, line in enumerate(lines, start=1):
            if row := left.pop(line.label, None):
                change(row, line, position=position, by=by)
                stored.remove(row)
            else:
                create(question, line, position=position, by=by)
        for row in stored:
            trash.throw_away(row, by=by)


def create(question, line, *, position, by):
    row = PublishedAnswer(
        cycle=question.cycle,
        question=question,
        label=line.label,
        count=line.count,
        percent=line.percent,
        rank=line.rank,
        position=position,
        key=new_key("answer"),
    )
    changes.create_versioned(row, by=by)


def change(row, line, *, position, by):
    """Write what is new about an answer; what is the same writes nothing."""
    row.count, row.percent, row.rank, row.position = line.count, line.percent, line.rank, position
    changes.save_versioned(row, by=by, expected_version=row.version, fields=WRITTEN)
