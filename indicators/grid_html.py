"""The lines of the entry grid as HTML, written by hand for speed (docs/adr/0013); every text is escaped in one place."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import mark_safe

from indicators.choices import Finality
from indicators.grid import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.safestring import SafeString

    from indicators.grid import Line

LINE = """<tr id="line-{key}" data-line="{key}" data-name="{name}">
<th scope="row"><span id="name-{key}">{name}</span><span class="note grid-scene">{scene}</span>\
<input type="hidden" name="base-{key}" value="{base}"></th>
<td class="number" data-label="{label_before}">{before}</td>
<td class="number" data-label="{label_last}">{last}</td>
<td class="grid-value" data-label="{label_this}"><span class="grid-number">\
<input class="input input-number" type="text" inputmode="decimal" autocomplete="off" id="value-{key}" name="value-{key}" \
value="{value}" data-column="value" aria-labelledby="name-{key} head-value" aria-describedby="unit-{key} said-{key}"{invalid_value}>\
<span class="field-unit" id="unit-{key}">{unit}</span></span>\
<div class="grid-said" id="said-{key}">{+said}</div></td>
<td data-label="値なしの理由"><select class="input" id="state-{key}" name="state-{key}" \
aria-labelledby="name-{key} head-state"{invalid_state}>{+states}</select></td>
<td data-label="時点・確定の別"><span class="grid-pair"><input class="input" type="text" autocomplete="off" id="as_of-{key}" name="as_of-{key}" \
value="{as_of}" data-column="as_of" aria-labelledby="name-{key} head-as-of"{invalid_as_of}>\
<select class="input" id="finality-{key}" name="finality-{key}" aria-labelledby="name-{key} head-finality">{+finalities}</select></span></td>
<td data-label="出典"><input class="input" type="text" autocomplete="off" id="source-{key}" name="source-{key}" \
value="{source}" data-column="source" aria-labelledby="name-{key} head-source"{invalid_source}></td>
<td data-label="注記"><textarea class="input" rows="1" id="note-{key}" name="note-{key}" \
aria-labelledby="name-{key} head-note"{invalid_note}>
{note}</textarea></td>
</tr>
"""
# Pieces of markup that are put together below; all else is text.
MARKUP = "{+"
THEIRS = """<p class="grid-theirs"><strong>ほかの人が先に保存しました：</strong>{theirs}。\
まだ上書きしていません。このまま保存すると、あなたの入力に置き換わります。</p>
<label class="choice"><input type="checkbox" name="theirs-{key}" value="1"> 先に保存された値を残す</label>"""
INVALID = ' aria-invalid="true"'
WAYS = {"error": '<p class="field-error">{text}</p>', "doubt": '<p class="grid-doubt">{text}</p>'}


def html_of(lines: Iterable[Line], *, labels: tuple[str, str, str]) -> SafeString:
    """Return the rows of the table. `labels`: the year before last, last year, this year."""
    heads = dict(zip(("label_before", "label_last", "label_this"), labels, strict=True))
    return mark_safe("".join(row_of(line, heads) for line in lines))  # noqa: S308 -- put together of escaped texts


def row_of(line: Line, heads: Mapping[str, str]) -> str:
    texts = {
        **heads,
        **line.texts,
        "key": line.key,
        "name": line.definition.name,
        "unit": line.definition.unit,
        "scene": line.scene,
        "base": line.base,
        "before": line.earlier[0],
        "last": line.earlier[1],
    }
    markup = {
        "said": said(line),
        "states": STATES.get(line.texts["state"], STATES[""]),
        "finalities": FINALITIES.get(line.texts["finality"], FINALITIES[Finality.FINAL.value]),
    }
    marks = {f"invalid_{name}": INVALID if name in line.errors else "" for name in CHECKED}
    return PLAIN.format_map(escaped(texts) | markup | marks)


def escaped(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: escape(text) for name, text in texts.items()}


def said(line: Line) -> str:
    """Return what is wrong with a line, what is to be asked about it, and what somebody else has saved."""
    told = [WAYS["error"].format_map(escaped({"text": one})) for one in line.errors.values()]
    told += [WAYS["doubt"].format_map(escaped({"text": one})) for one in line.doubts]
    if line.theirs:
        told.append(THEIRS.format_map(escaped({"theirs": line.theirs, "key": line.key})))
    return "".join(told)


def options(choices: Iterable[tuple[str, str]], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in choices
    )


CHECKED = ("value", "state", "as_of", "source", "note")
PLAIN = LINE.replace(MARKUP, "{")
REASON_CHOICES = [("", "（値がある）"), *((one.value, one.label) for one in REASONS)]
STATES = {value: options(REASON_CHOICES, value) for value, _ in REASON_CHOICES}
FINALITIES = {value: options(Finality.choices, value) for value in Finality.values}
