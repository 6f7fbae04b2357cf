"""What a browser must never do during a journey: complain in its console, crash a script, talk to strangers."""

import re

REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


class Watch:
    """Collects the complaints of all browsers of one test.

    `expected` holds the HTTP statuses that the journey means to meet: Chromium reports them as errors.
    """

    def __init__(self, origin):
        self.origin = origin
        self.expected = set()
        self.complaints = []

    def follow(self, context):
        context.on("console", self.note_console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("request", self.note_request)

    def note_console(self, message):
        refused = REFUSED.match(message.text)
        if message.type == "error" and not (refused and int(refused[1]) in self.expected):
            self.complaints.append(f"console: {message.text} {message.location.get('url')}")

    def note_request(self, request):
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.complaints.append(f"request to a stranger: {request.url}")
