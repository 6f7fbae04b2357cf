"""Typed pieces of addresses: a wrong scene or code is a 404 before any view runs."""

from municipalities.choices import Scene


class CodeConverter:
    """全国地方公共団体コード."""

    regex = "[0-9]{6}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


class PrefectureConverter(CodeConverter):
    regex = "[0-9]{2}"


class FiscalYearConverter:
    regex = "(?:19|20)[0-9]{2}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class SceneConverter:
    regex = "|".join(Scene.values)

    def to_python(self, value):
        return Scene(value)

    def to_url(self, value):
        return str(value)
