"""The lines of the entry grid as HTML, written by hand for speed (docs/adr/0013); every text is escaped in one place."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import mark_safe

from indicators.choices import CheckedAs, Finality, ValueState
from indicators.grid import grid
from indicators.grid.grid import REASONS
from indicators.measurements.values import standing_in_full

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
{+said}</td>
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
COMPOSED = """<tr id="line-{key}" data-name="{name}">
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
BEFORE = """<td class="number" data-label="{label}" data-year="{year}" data-base="{base}">{shown}{+beside}{+typed}</td>
"""
# A year before into which somebody has pasted; the page holds it once more as a pattern for its script.
TYPED = """<span class="grid-before"><input class="input input-number" type="text" inputmode="decimal" autocomplete="off" \
id="value-{name}" name="value-{name}" value="{value}" data-column="{year}" aria-labelledby="name-{key} head-{year}" \
aria-describedby="said-{name}"{invalid}><input type="hidden" name="base-{name}" value="{base}">{+said}</span>"""
# What is told of a line: the page's script puts it anew in its place when it has asked (entry_check).
SAID = {
    False: '<div class="grid-said" id="said-{name}">{+said}</div>',
    True: '<span class="grid-said" id="said-{name}">{+said}</span>',
}
# What was found about a strange value.
CHECKED = """<fieldset class="grid-checked" id="checked-{key}"><legend>確かめた結果<span class="hidden-text">（{name}）</span></legend>{+chips}\
<label class="grid-checked-note">確かめたこと<span class="hidden-text">（{name}）</span><span class="field-may">※任意</span>\
<input class="input" type="text" autocomplete="off" id="checked_note-{key}" name="checked_note-{key}" value="{note}"></label></fieldset>"""
# Pieces of markup that are put together below; all else is text.
MARKUP = "{+"
THEIRS = """<fieldset class="grid-theirs" id="theirs-{line}"><legend>先に保存された値<span class="hidden-text">（{name}）</span></legend><p><strong>{who}先に保存しました：</strong>{theirs}。\
まだ上書きしていません。このまま保存すると、あなたの入力に置き換わります。</p>
<p><a href="{page}{key}/entry/" hx-get="{page}{key}/entry/" hx-target="#detail">最新を見る<span class="hidden-text">（{name}）</span></a></p>
<label class="choice"><input type="checkbox" name="theirs-{line}" value="1"{keeps}> 先に保存された値を残す</label></fieldset>"""
LOST = """<p class="grid-doubt">{lost}<a href="{page}{key}/values/{measurement}/edit/">分子と分母も直す<span class="hidden-text">（{name}）</span></a></p>"""
NOTE = '<span class="note grid-beside">{}</span>'
INVALID = ' aria-invalid="true"'
# In hardly any text: forms and databases refuse it.
NUL = "\0"
WAYS = {"error": '<p class="field-error">{text}</p>', "doubt": '<p class="grid-doubt">{text}</p>'}
LATER = '<span class="tag tag-check">あとで確かめる</span>'
ANSWERED = "<details{opened}><summary>確かめた：{checked}</summary>{+said}</details>"


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
        "standing": standing_in_full(row) if row else "",
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
        "said": told(line, heads["page"]),
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
        yield PLAIN_BEFORE.format(
            label=label,
            year=year,
            base=escape(grid.base_of(shown)),
            shown=escape(grid.in_words(line, shown)),
            beside=NOTE.format(escape(text)) if (text := grid.beside(line, shown)) else "",
            typed=typed_before(typed[year], heads["page"]) if year in typed else "",
        )


def typed_before(line: Line, page: str) -> str:
    texts = {
        "key": line.key,
        "name": line.name,
        "year": str(line.year),
        "base": line.base,
        "value": line.texts["value"],
    }
    markup = {"said": told(line, page), "invalid": INVALID if line.errors else ""}
    return PLAIN_TYPED.format_map(escaped(texts) | markup)


def escaped(texts: Mapping[str, str]) -> dict[str, str]:
    """Escape all texts at once, which costs a third of one after another; somebody may have typed what parts them."""
    found = escape(NUL.join(texts.values())).split(NUL)
    if len(found) != len(texts):
        return {name: escape(text) for name, text in texts.items()}
    return dict(zip(texts, found, strict=True))


def pattern_before() -> SafeString:
    """Return the field of a year before with KEY and YEAR in the places of its line and its year."""
    names = {"name": "KEY.YEAR", "key": "KEY", "year": "YEAR", "value": "", "base": ""}
    place = PLAIN_SAID[True].format_map({"name": names["name"], "said": ""})
    markup = {"said": place, "invalid": ""}
    return mark_safe(PLAIN_TYPED.format_map(names | markup))  # noqa: S308 -- nothing but fixed texts


def told(line: Line, page: str) -> str:
    """Return the place beside a field with what is said in it."""
    return PLAIN_SAID[line.is_before].format(name=escape(line.name), said=said(line, page))


def said(line: Line, page: str) -> str:
    """Return what is wrong with a line, what is to be asked about it, and what somebody else has saved."""
    parts = [*sentences("error", line.errors.values()), *sentences("doubt", line.remarks)]
    if line.misquotes:
        parts += sentences("doubt", [line.misquotes])
    if line.loses_parts:
        parts.append(lost(line, page))
    if line.doubts and not line.is_before:
        parts.append(asked(line))
    else:
        parts += sentences("doubt", line.doubts)
    if line.theirs:
        parts.append(conflict(line, page))
    return "".join(parts)


def lost(line: Line, page: str) -> str:
    """Return which parts would be lost, and the way to where they are corrected."""
    texts = {
        "lost": line.loses_parts,
        "key": line.key,
        "measurement": line.stored.key if line.stored else "",
        "name": line.definition.name,
    }
    return LOST.format_map(escaped(texts) | {"page": page})


def conflict(line: Line, page: str) -> str:
    """Return what was saved meanwhile, and the box that keeps it."""
    texts = {
        "theirs": line.theirs,
        "who": line.who,
        "key": line.key,
        "line": line.name,
        "name": line.definition.name,
    }
    markup = {"page": page, "keeps": " checked" if line.keeps_theirs else ""}
    return THEIRS.format_map(escaped(texts) | markup)


def asked(line: Line) -> str:
    """Return what is strange with the question what was found; what is answered and saved is folded up under it."""
    chosen = line.checked.get("checked_as", "")
    note = line.checked.get("checked_note", "")
    texts = escaped({"key": line.key, "name": line.definition.name, "note": note})
    chips = CHIPS.get(chosen, CHIPS[""]).format_map(texts)
    question = PLAIN_CHECKED.format_map(texts | {"chips": chips})
    told = "".join(sentences("doubt", line.doubts)) + question
    saved = grid.checked_of(line.stored)
    if not saved["checked_as"]:
        return told
    label = CHECKED_LABELS.get(chosen, NOT_CHECKED)
    answer = escaped({"checked": "：".join(filter(None, (label, note)))})
    is_saved = (chosen, note) == tuple(saved.values())
    return PLAIN_ANSWERED.format_map(answer | {"said": told, "opened": "" if is_saved else " open"})


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
PLAIN_SAID = {is_before: pattern.replace(MARKUP, "{") for is_before, pattern in SAID.items()}
# What a sign usually means in tables of statistics; of 「・」 nothing can be said. Told and changed beside the report of a paste.
SIGNS = (
    ("－", ValueState.NOT_APPLICABLE.value),
    ("…", ValueState.UNKNOWN.value),
    ("x", ValueState.SUPPRESSED.value),
)
REASON_CHOICES = [("", "（値がある）"), *((one.value, one.label) for one in REASONS)]
STATES = {value: options(REASON_CHOICES, value) for value, _ in REASON_CHOICES}
FINALITIES = {value: options(Finality.choices, value) for value in Finality.values}
CHECKED_LABELS = {one.value: str(one.label) for one in CheckedAs}
NOT_CHECKED = "未確認"
CHECKED_CHOICES = [("", NOT_CHECKED), *CHECKED_LABELS.items()]
CHIPS = {value: chips_of(value) for value, _ in CHECKED_CHOICES}
