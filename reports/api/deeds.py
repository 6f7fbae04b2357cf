"""What a deed refuses, as an answer of the API: a sentence each, 409 where somebody else was faster."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError

from municipalities.rows.rows import Problem
from reports.api.errors import Refused
from reports.submission.drafts.moving import Overtaken
from reports.submission.submitting.submit import AlreadySubmitted

ALREADY = Problem("", "この報告書は、すでに提出されています。")


@contextmanager
def refusing():
    """Turn what the deeds of a report raise into a refusal."""
    try:
        yield
    except AlreadySubmitted as error:
        raise Refused(409, ALREADY) from error
    except Overtaken as error:
        raise Refused(409, *in_words(error)) from error
    except ValidationError as error:
        raise Refused(422, *in_words(error)) from error


def in_words(error):
    return (Problem("", sentence) for sentence in error.messages)
