"""A process of an installation that does what a test asks: one JSON line in, one out."""

import json
import sys
import traceback

import django
from django.db import connections
from django.utils.module_loading import import_string


def main():
    django.setup()
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"result": import_string(asked["deed"])(**asked["arguments"])}
        except Exception:  # noqa: BLE001 -- the test shall see whatever it was
            answer = {"error": traceback.format_exc()}
        finally:
            connections.close_all()
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
