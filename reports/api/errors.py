"""Every error of the API has one form: a list of pointer and message."""

from django.http import JsonResponse


def error_response(problems, *, status):
    """Return `{"errors": [{"pointer", "message"}]}`; `problems` are (pointer, message) pairs."""
    errors = [{"pointer": pointer, "message": message} for pointer, message in problems]
    return JsonResponse(
        {"errors": errors}, status=status, json_dumps_params={"ensure_ascii": False}
    )


class Refused(Exception):
    """An operation ends with this status and these problems."""

    def __init__(self, status, *problems):
        super().__init__(status)
        self.status = status
        self.problems = problems
