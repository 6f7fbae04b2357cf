"""The look in numbers: contrast of every pair of colours in use, weight of an ordinary page, no address outside."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
BASE_PAGE = (Path(settings.BASE_DIR) / "templates" / "base.html").read_text(encoding="utf-8")
# Paper has its size in points; these style nothing else.
PAPERS = {
    "paper",
    "print",
    "logic_print",
    "handout",
    "questionnaire_paper",
    "structure",
    "comparison_paper",
    "evaluation_paper",
    "year_page_paper",
    "handover_paper",
    "poster_paper",
    "letter_paper",
}
OWN = sorted((*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")))
VARIABLES = dict(
    re.findall(
        r"(--[\w-]+):\s*([^;]+);",
        (STATIC / "vendor" / "tokens.css").read_text() + (STATIC / "css" / "base.css").read_text(),
    )
)
JS_LIMIT, CSS_LIMIT = 35 * 1024, 20 * 1024
# (text, ground): what stands on what in static/css.
TEXT_PAIRS = [
    ("--ink", "--paper"),
    ("--ink", "--paper-soft"),
    ("--ink-strong", "--focus-glow"),
    ("--ink-weak", "--paper"),
    ("--ink-weak", "--paper-soft"),
    ("--key", "--paper"),
    ("--key", "--paper-soft"),
    ("--key-hover", "--key-tint"),
    ("--key-hover", "--color-primitive-blue-200"),
    ("--paper", "--key"),
    ("--paper", "--key-hover"),
    ("--error", "--paper"),
    ("--error", "--paper-soft"),
    ("--error-on-tint", "--error-tint"),
    ("--warning-on-tint", "--warning-tint"),
    ("--success-on-tint", "--success-tint"),
    ("--ink-strong", "--success-tint"),
    ("--ink-strong", "--error-tint"),
    ("--ink-strong", "--color-neutral-solid-gray-100"),
    ("--color-primitive-blue-800", "--key-tint"),
    ("--color-primitive-cyan-1000", "--color-primitive-cyan-50"),
]
# Edges of controls, rules that carry meaning, the ring of the focus.
EDGE_PAIRS = [
    ("--edge", "--paper"),
    ("--line", "--paper"),
    ("--key", "--paper"),
    ("--error", "--paper"),
    ("--warning", "--paper"),
    ("--success", "--paper"),
    ("--focus-line", "--paper"),
    ("--focus-line", "--focus-glow"),
]


def luminance(variable):
    value = VARIABLES[variable]
    while reference := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = VARIABLES[reference[1]]
    channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(edge, ground):
    assert contrast(edge, ground) >= 3


def test_the_measure_of_contrast_is_the_known_one():
    assert contrast("--color-neutral-black", "--color-neutral-white") == pytest.approx(21)
    assert contrast("--color-primitive-red-800", "--color-primitive-red-50") < 4.5


@pytest.mark.parametrize(("ending", "limit"), [("css", CSS_LIMIT), ("js", JS_LIMIT)])
def test_an_ordinary_page_is_light(ending, limit):
    names = re.findall(rf'{{% static "([^"]+\.{ending})" %}}', BASE_PAGE)

    assert len(names) >= 5
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names) <= limit


def test_the_entry_grid_is_an_ordinary_page():
    entry = Path(settings.BASE_DIR) / "templates" / "indicators" / "entry.html"
    pages = BASE_PAGE + entry.read_text(encoding="utf-8")
    names = re.findall(r'{% static "([^"]+\.js)" %}', pages)

    assert "js/grid.js" in names
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names) <= JS_LIMIT


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_own_files_are_short_and_stay_at_home(path):
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= (250 if path.suffix == ".js" else 400)
    assert re.search(r"https?://|@import|\beval\(|innerHTML|new Function", text) is None


@pytest.mark.parametrize(
    "path",
    [path for path in OWN if path.suffix == ".css" and path.stem not in PAPERS],
    ids=lambda path: path.name,
)
def test_the_screen_follows_the_size_of_letters_a_person_has_chosen(path):
    assert re.findall(r"font(?:-size)?:[^;]*\d(?:px|pt)", path.read_text(encoding="utf-8")) == []
