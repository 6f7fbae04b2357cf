"""The lines of the entry grid as HTML, written by hand for speed (docs/adr/0013); every text is escaped in one place."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import mark_safe

from indicators.choices import CheckedAs, Finality
from indicators.grid import grid
from indicators.grid.grid import REASONS
from indicators.measurements.values import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.safestring import SafeString

    from indicators.grid.grid import Line

LINE = """<tr id="line-{key}" data-line="{key}" data-name="{name}">
<th scope="row"><span id="name-{key}">{name}</span><span class="note grid-scene">{scene}</span>\
<span id="later-{key}">{+later}</span>\
<a class="grid-more" href="{page}{key}/entry/" hx-get="{page}{key}/entry/" hx-target="#detail">詳しく<span class="hidden-text">（{name}）</span></a>\
<input type="hidden" name="base-{key}" value="{base}"></th>
{+before}<td class="grid-value" data-label="{label_this}"><span class="grid-number">\
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
# What is computed from months, quarters or areas is shown, and typed where they are.
COMPOSED = """<tr id="line-{key}">
<th scope="row"><span id="name-{key}">{name}</span><span class="note grid-scene">{scene}</span>\
<span id="later-{key}">{+later}</span>\
<a class="grid-more" href="{page}{key}/entry/" hx-get="{page}{key}/entry/" hx-target="#detail">詳しく<span class="hidden-text">（{name}）</span></a></th>
{+before}<td class="grid-value" data-label="{label_this}"><span id="value-{key}">{shown}</span>\
<div class="grid-said"><a href="{page}{key}/values/{measurement}/parts/?by={by}">内訳から計算<span class="hidden-text">（{name}）</span></a></div></td>
<td data-label="値なしの理由"></td>
<td data-label="時点・確定の別">{standing}</td>
<td data-label="出典">{source}</td>
<td data-label="注記">{note}</td>
</tr>
"""
BEFORE = """<td class="number" data-label="{label}" data-year="{year}" data-base="{base}">{shown}{+typed}</td>
"""
# A year before into which somebody has pasted: the page's script makes the same of its pattern in the page.
TYPED = """<span class="grid-before"><input class="input input-number" type="text" inputmode="decimal" autocomplete="off" \
id="value-{name}" name="value-{name}" value="{value}" data-column="{year}" aria-labelledby="name-{key} head-{year}" \
aria-describedby="said-{name}"{invalid}><input type="hidden" name="base-{name}" value="{base}">\
<span class="grid-said" id="said-{name}">{+said}</span></span>"""
# What was found about a strange value; the page holds the same as a pattern for values typed in it.
CHECKED = """<fieldset class="grid-checked"><legend>確かめた結果<span class="hidden-text">（{name}）</span></legend>{+chips}\
<label class="grid-checked-note">確かめたこと<span class="hidden-text">（{name}）</span><span class="field-may">※任意</span>\
<input class="input" type="text" autocomplete="off" id="checked_note-{key}" name="checked_note-{key}" value="{note}"></label></fieldset>"""
# Pieces of markup that are put together below; all else is text.
MARKUP = "{+"
THEIRS = """<fieldset class="grid-theirs"><legend>先に保存された値<span class="hidden-text">（{name}）</span></legend><p><strong>ほかの人が先に保存しました：</strong>{theirs}。\
まだ上書きしていません。このまま保存すると、あなたの入力に置き換わります。</p>
<p><a href="{page}{key}/entry/" hx-get="{page}{key}/entry/" hx-target="#detail">最新を見る<span class="hidden-text">（{name}）</span></a></p>
<label class="choice"><input type="checkbox" name="theirs-{line}" value="1"> 先に保存された値を残す</label></fieldset>"""
INVALID = ' aria-invalid="true"'
WAYS = {"error": '<p class="field-error">{text}</p>', "doubt": '<p class="grid-doubt">{text}</p>'}
LATER = '<span class="tag tag-check">あとで確かめる</span>'
ANSWERED = "<details><summary>確かめた：{checked}</summary>{+said}</details>"


def html_of(lines: Iterable[Line], *, labels: tuple[str, ...], page: str = "") -> SafeString:
    """Return the rows of the table. `labels`: the years before, this year; `page`: the address of the indicators."""
    heads = escaped({"label_this": labels[-1], "page": page})
    *before, _ = [escape(label) for label in labels]
    rows = (row_of(line, heads, before) for line in lines)
    return mark_safe("".join(rows))  # noqa: S308 -- put together of escaped texts


def composed_row(line: Line, heads: dict[str, str], labels: Iterable[str]) -> str:
    """Return the row of a value that is not typed here."""
    row = line.stored
    texts = {
        "key": line.key,
        "name": line.definition.name,
        "scene": line.scene,
        "shown": grid.in_words(line, row),
        "measurement": row.key if row else "",
        "by": row.composed_of if row else "",
        "standing": standing_of(row) if row else "",
        "source": line.texts["source"],
        "note": line.texts["note"],
    }
    markup = {
        "before": "".join(years_before(line, labels, heads)),
        "later": LATER if line.is_to_check else "",
    }
    return PLAIN_COMPOSED.format_map(escaped(texts) | heads | markup)


def row_of(line: Line, heads: dict[str, str], labels: Iterable[str]) -> str:
    """Return one row. `heads` and `labels` are the same for all of them, and escaped already."""
    if line.is_composed:
        return composed_row(line, heads, labels)
    texts = {
        **line.texts,
        "key": line.key,
        "name": line.definition.name,
        "unit": line.definition.unit,
        "scene": line.scene,
        "base": line.base,
    }
    markup = {
        "before": "".join(years_before(line, labels, heads)),
        "later": LATER if line.is_to_check else "",
        "said": said(line, heads["page"]),
        "states": STATES.get(line.texts["state"], STATES[""]),
        "finalities": FINALITIES.get(line.texts["finality"], FINALITIES[Finality.FINAL.value]),
    }
    marks = {f"invalid_{name}": INVALID if name in line.errors else "" for name in INVALIDATED}
    return PLAIN.format_map(escaped(texts) | heads | markup | marks)


def years_before(line: Line, labels: Iterable[str], heads: dict[str, str]) -> Iterable[str]:
    """Yield the cells of the years before: the stored value, and under it what somebody has pasted."""
    typed = {one.year: one for one in line.before}
    years = range(line.year - grid.YEARS_BEFORE, line.year)
    for year, shown, label in zip(years, line.earlier, labels, strict=False):
        texts = {"base": grid.base_of(shown), "shown": grid.in_words(line, shown)}
        markup = {
            "label": label,
            "year": str(year),
            "typed": typed_before(typed[year], heads["page"]) if year in typed else "",
        }
        yield PLAIN_BEFORE.format_map(escaped(texts) | markup)


def typed_before(line: Line, page: str) -> str:
    texts = {
        "key": line.key,
        "name": line.name,
        "year": str(line.year),
        "base": line.base,
        "value": line.texts["value"],
    }
    markup = {"said": said(line, page), "invalid": INVALID if line.errors else ""}
    return PLAIN_TYPED.format_map(escaped(texts) | markup)


def escaped(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: escape(text) for name, text in texts.items()}


def said(line: Line, page: str) -> str:
    """Return what is wrong with a line, what is to be asked about it, and what somebody else has saved."""
    told = [*sentences("error", line.errors.values()), *sentences("doubt", line.remarks)]
    if line.doubts and not line.is_before:
        told.append(asked(line))
    else:
        told += sentences("doubt", line.doubts)
    if line.theirs:
        texts = {"theirs": line.theirs, "key": line.key, "line": line.name}
        known = escaped(texts | {"name": line.definition.name})
        told.append(THEIRS.format_map(known | {"page": page}))
    return "".join(told)


def asked(line: Line) -> str:
    """Return what is strange with the question what was found; answered already, folded up under the answer."""
    chosen = line.checked.get("checked_as", "")
    note = line.checked.get("checked_note", "")
    texts = escaped({"key": line.key, "name": line.definition.name, "note": note})
    chips = CHIPS.get(chosen, CHIPS[""]).format_map(texts)
    question = PLAIN_CHECKED.format_map(texts | {"chips": chips})
    told = "".join(sentences("doubt", line.doubts)) + question
    if line.is_doubtful:
        return told
    label = CHECKED_LABELS.get(chosen, "")
    answer = escaped({"checked": "：".join(filter(None, (label, note)))})
    return PLAIN_ANSWERED.format_map(answer | {"said": told})


def sentences(way: str, texts: Iterable[str]) -> Iterable[str]:
    return [WAYS[way].format_map(escaped({"text": one})) for one in texts]


def chips_of(chosen: str) -> str:
    """Return the chips as a pattern that waits for the key of a line alone."""
    return "".join(
        f'<label class="grid-chip"><input type="radio" name="checked_as-{{key}}" value="{escape(value)}"'
        f"{' checked' if value == chosen else ''}> {escape(label)}</label>"
        for value, label in CHECKED_CHOICES
    )


def options(choices: Iterable[tuple[str, str]], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in choices
    )


INVALIDATED = ("value", "state", "as_of", "source", "note")
PLAIN, PLAIN_BEFORE, PLAIN_TYPED, PLAIN_CHECKED, PLAIN_ANSWERED, PLAIN_COMPOSED = (
    pattern.replace(MARKUP, "{") for pattern in (LINE, BEFORE, TYPED, CHECKED, ANSWERED, COMPOSED)
)
REASON_CHOICES = [("", "（値がある）"), *((one.value, one.label) for one in REASONS)]
STATES = {value: options(REASON_CHOICES, value) for value, _ in REASON_CHOICES}
FINALITIES = {value: options(Finality.choices, value) for value in Finality.values}
CHECKED_LABELS = {one.value: str(one.label) for one in CheckedAs}
CHECKED_CHOICES = [("", "まだ"), *CHECKED_LABELS.items()]
CHIPS = {value: chips_of(value) for value, _ in CHECKED_CHOICES}
