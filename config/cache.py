"""The Redis cache holds JSON: Django's own serializer is pickle, which runs what it reads."""

import json


class JsonSerializer:
    def dumps(self, value):
        return json.dumps(value).encode()

    def loads(self, data):
        return json.loads(data)
