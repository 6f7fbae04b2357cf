"""Form fields for what people type: numbers, dates, fiscal years and texts, read as Japanese offices write them.

Every message names its field (the label) and says what to type; HouseForm gives each field its label.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.exceptions import ValidationError

from municipalities.japanese import dates, fiscal, fuzzy_dates, numerals, printed_box
from municipalities.text import SURROGATE

LONG_TEXT = 20_000
SHORT_TEXT = 200
MAX_DIGITS = 15
# Longest text → rows of its box.
BOX_ROWS = ((200, "2"), (1_000, "4"), (float("inf"), "8"))
# Soft breaks of Word and the separators of other systems all mean a new line to their writer.
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANK_LINES_BEFORE = re.compile("^(?:[\t \u00a0\u3000]*\n)+")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x1f\x7f-\x9f]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EDGE_BLANKS = "\t\n \u00a0\u3000"
# Letters without a shape: variation selectors and the fillers of Hangul and Braille.
_SHAPELESS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def normalise(text: str, *, lines: bool) -> str:
    """Return text as it is kept: one kind of line break, no control characters, nothing else touched.

    Names stay byte for byte (髙, 𠮷, 葛󠄀, ～, half-width kana). With `lines` False breaks and tabs become spaces.
    static/js/counter.js does the same before it counts.
    """
    text = _CONTROLS.sub("", _LINE_BREAKS.sub("\n", text))
    if lines:
        return _BLANK_LINES_BEFORE.sub("", text).rstrip(_EDGE_BLANKS)
    return text.replace("\n", " ").replace("\t", " ").strip(_EDGE_BLANKS)


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: blanks, zero-width and shapeless characters only."""
    return all(
        unicodedata.category(sign) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
        for sign in _SHAPELESS.sub("", text)
    )


def refusal(field: forms.Field, sentence: str) -> ValidationError:
    """Return the error for a sentence, with the field's label as its subject: 「開催日は、…」."""
    return ValidationError(f"{field.label}は、{sentence}" if field.label else sentence)


class JaTextField(forms.CharField):
    """One line of text, at most `max_length` code points (200 unless told otherwise)."""

    lines = False
    default_length = SHORT_TEXT

    def __init__(self, **kwargs):
        self.longest = kwargs.pop("max_length", None) or self.default_length
        super().__init__(**{"strip": False, **kwargs})

    def to_python(self, value):
        if value in self.empty_values:
            return self.empty_value
        text = str(value)
        if "\x00" in text or SURROGATE.search(text):
            raise refusal(self, "保存できない文字を含んでいます。その文字を消して入力してください")
        if turning := _TURNING.search(text):
            raise refusal(
                self,
                f"目に見えない記号（U+{ord(turning[0]):04X}）が含まれています。消してから入力してください",
            )
        text = normalise(text, lines=self.lines)
        if is_blank(text):
            return self.empty_value
        self._check_length(len(text))
        return text

    def _check_length(self, length: int) -> None:
        if length > self.longest:
            raise refusal(
                self,
                f"{self.longest:,}字以内で入力してください（いま{length:,}字、{length - self.longest:,}字超えています）",
            )

    def widget_attrs(self, widget):
        """Never maxlength: it cuts a pasted text silently and counts 𠮷 as two."""
        return {"data-counter": str(self.longest)} if self.lines else {}

    def measure(self, value) -> int:
        """Return how many code points a value counts, after the cleaning that saving does."""
        return len(normalise(str(value or ""), lines=self.lines))

    def counter(self, value) -> str:
        """Return 「12／200字」 for a text as it stands."""
        return f"{self.measure(value):,}／{self.longest:,}字"


class JaLongTextField(JaTextField):
    """Text of several lines, at most `max_length` code points (20,000 unless told otherwise)."""

    lines = True
    default_length = LONG_TEXT
    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # Ten is Django's own default: a form that says otherwise is left alone.
        if self.widget.attrs.get("rows") == "10":
            self.widget.attrs["rows"] = next(
                rows for longest, rows in BOX_ROWS if self.longest <= longest
            )
        self.widget.attrs.pop("cols", None)


class JaBoxField(JaLongTextField):
    """Long text whose counter says how it fits a box on paper; what flows over is not refused."""

    def __init__(self, *, box: printed_box.PrintedBox, **kwargs):
        self.box = box
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"data-box": str(self.box)}

    def counter(self, value) -> str:
        return printed_box.in_words(normalise(str(value or ""), lines=True), self.box)


class JaDecimalInput(forms.TextInput):
    """A text input with the digit keyboard: type=number shows pasted full-width digits as empty."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        if isinstance(value, Decimal | int):
            # A column of four decimal places shows 270,685, not 270,685.0000.
            return numerals.grouped(Decimal(value).normalize())
        return super().format_value(value)


class JaDecimalField(forms.Field):
    """A number with its unit. Cleans to Decimal, or None when nothing is typed; 0 stays 0."""

    widget = JaDecimalInput
    # What to do with 「－」「不明」「x」; a form that asks for the reason elsewhere says where.
    absent = "数字で入力してください。値がないときは、空欄のままにしてください"

    def __init__(
        self, *, unit="", max_digits=MAX_DIGITS, decimal_places=None, min_value=None, **kwargs
    ):
        self.unit = unit
        self.max_digits = max_digits or MAX_DIGITS
        self.decimal_places = decimal_places
        self.min_value = min_value
        self.max_value = kwargs.pop("max_value", None)
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        try:
            numeral = numerals.read(str(value), unit=self.unit)
        except numerals.NumeralError as error:
            raise refusal(self, str(error)) from error
        if numeral.sign or numeral.state:
            raise refusal(self, self.absent)
        return numeral.value

    def validate(self, value):
        super().validate(value)
        if value is not None:
            self._check_digits(value)
            self._check_bounds(value)

    def clean(self, value):
        number = super().clean(value)
        if number is None or self.decimal_places is None:
            return number
        return number.quantize(Decimal(1).scaleb(-self.decimal_places), rounding=ROUND_HALF_UP)

    def _check_digits(self, value: Decimal) -> None:
        exact = value.normalize()
        places = max(0, -int(exact.as_tuple().exponent))
        if self.decimal_places is not None and places > self.decimal_places:
            raise refusal(
                self,
                f"小数点以下{self.decimal_places}桁までで入力してください"
                if self.decimal_places
                else "小数点のない数字で入力してください（例：12）",
            )
        whole = max(0, exact.adjusted() + 1) if exact else 0
        if whole > self.max_digits - (self.decimal_places or 0) or whole + places > self.max_digits:
            raise refusal(self, "桁が多すぎます。数字を確かめて、もう一度入力してください")

    def _check_bounds(self, value: Decimal) -> None:
        if self.min_value is not None and value < self.min_value:
            raise refusal(self, f"{self._shown(self.min_value)}以上の数字で入力してください")
        if self.max_value is not None and value > self.max_value:
            raise refusal(self, f"{self._shown(self.max_value)}以下の数字で入力してください")

    def _shown(self, bound) -> str:
        return f"{numerals.grouped(bound)}{self.unit}"


class JaIntegerField(JaDecimalField):
    """A count. Cleans to int; 「12.0」 is 12."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "decimal_places": 0})

    def clean(self, value):
        number = super().clean(value)
        return None if number is None else int(number)


class JaDateInput(forms.TextInput):
    """A text input that shows a date as 「令和7年7月10日」; the page echoes the Western date below it."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "data-echo": "date", **(attrs or {})})

    def format_value(self, value):
        return dates.in_wareki(value) if isinstance(value, date) else super().format_value(value)


class JaDateField(forms.Field):
    """A day. Cleans to date, or None. `notice` says when it was read otherwise than typed (平成31年5月1日)."""

    widget = JaDateInput
    echoes = True
    notice = ""

    def to_python(self, value):
        self.notice = ""
        if value in self.empty_values or (isinstance(value, str) and is_blank(value)):
            return None
        if isinstance(value, date):
            return value
        try:
            reading = dates.read_date(str(value))
        except dates.DateError as error:
            raise refusal(self, str(error)) from error
        self.notice = reading.notice
        return reading.value

    def echo(self, value) -> str:
        """Return 「2025年7月10日（木）」 for what stands in the field, or nothing while it cannot be read."""
        day = _read_or_none(self, value)
        return dates.in_western(day) if day else ""


class JaFiscalYearInput(forms.TextInput):
    """A text input that shows a fiscal year as 「令和7年度」."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        return fiscal.era_year(value) if isinstance(value, int) else super().format_value(value)


class JaFiscalYearField(forms.Field):
    """A 年度. Cleans to its Western year as int, or None."""

    widget = JaFiscalYearInput
    echoes = True

    def to_python(self, value):
        if value in self.empty_values or (isinstance(value, str) and is_blank(value)):
            return None
        if isinstance(value, int):
            return value
        try:
            return dates.read_fiscal_year(str(value))
        except dates.DateError as error:
            raise refusal(self, str(error)) from error

    def echo(self, value) -> str:
        """Return 「令和7年度（2025年度）」 for what stands in the field, or nothing while it cannot be read."""
        year = _read_or_none(self, value)
        return fiscal.label(year) if year else ""


class JaFuzzyDateInput(forms.TextInput):
    """A text input for a time as people speak of it; the page echoes between which days it lies."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})})


class JaFuzzyDateField(forms.Field):
    """A time as people speak of it. Cleans to its usual spelling (「令和6年度末」), or "".

    The column is plain text: what is stored already is kept as it is when it comes back unchanged,
    also when it cannot be read.
    """

    widget = JaFuzzyDateInput
    echoes = True
    stored = ""

    def __init__(self, **kwargs):
        # A column of text says its length; what can be read is shorter.
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)

    def get_bound_field(self, form, field_name):
        self.stored = str(form.get_initial_for_field(self, field_name) or "")
        return super().get_bound_field(form, field_name)

    def to_python(self, value):
        text = normalise(str(value or ""), lines=False)
        if is_blank(text):
            return ""
        if text == normalise(self.stored, lines=False):
            return self.stored
        try:
            return fuzzy_dates.read(text).text
        except dates.DateError as error:
            raise refusal(self, str(error)) from error

    def echo(self, value) -> str:
        """Return 「2025年3月1日（土）から2025年3月31日（月）まで」, or nothing while it cannot be read."""
        found = fuzzy_dates.read_or_none(str(value or ""))
        return found.days if found else ""


def _read_or_none(field, value):
    try:
        return field.to_python(value)
    except ValidationError:
        return None
