"""Promises of every template: it parses, is short, is used, and holds nothing the content policy forbids."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
APPS = (
    "config",
    "municipalities",
    "logicmodels",
    "indicators",
    "councils",
    "coordinators",
    "surveys",
    "reports",
)
EVERY = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*")
    if path.suffix in {".html", ".txt", ".svg"}
)
PAGES = [name for name in EVERY if name.endswith((".html", ".svg"))]
LONGEST_PAGE, LONGEST_PART = 130, 40
# Looked up by a library under a fixed name: allauth's pages, mails and 429, crispy's pack.
BY_CONVENTION = re.compile(r"429\.html|(account|allauth|mfa|usersessions|dads)/.+")
# Numbers are grouped: 「2,026年」.
BARE_YEAR = re.compile(r"\{\{[^}|]*\}\}年")
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*(?:safe|safeseq)\b|{%\s*autoescape\s+off"),
    "an address outside": re.compile(r"(?:src|href|action)\s*=\s*[\"']https?://", re.IGNORECASE),
    "a word that blames": re.compile("不正な|無効な"),
    # A browser reads 「2,000」 as 2 and lets nobody write a third sign.
    "a limit with separators": re.compile(
        r'\s(?:max|min)length="\{\{(?![^}]*(?:stringformat|unlocalize))[^}]*\}\}"'
    ),
    # The browser's own balloons speak its language, not ours, and vanish before they are read.
    "a form with balloons": re.compile(
        r"""<form\b(?![^>]*\bnovalidate\b)[^>]*>(?:(?!</form>).)*?
        <(?:select|textarea|input(?![^>]*type="(?:hidden|radio|checkbox|submit)"))\b""",
        re.DOTALL | re.VERBOSE,
    ),
    # Beside the two texts of a conflict there is nothing to choose.
    "a label without its mark": re.compile(
        r'<label class="field-label"(?![^>]*conflict\.)(?:(?!</label>|※|_mark\.html).)*</label>',
        re.DOTALL,
    ),
    # Who has gone there by Tab stands nowhere once the part has arrived.
    "a focus that is swapped away": re.compile(
        r"""hx-trigger="load"[^>]*hx-swap="outerHTML"[^>]*>(?:(?!</div>|<noscript>).)*
        <(?:a|button|input|select|textarea|summary)\b""",
        re.DOTALL | re.VERBOSE,
    ),
    # From 1,000 on a key would be written with a comma, and read as another one or none.
    "a key with separators": re.compile(
        r"""\s[a-z-]+="[^"]*{{\s*(?:\w+\.)*(?:pk|\w*version|resent|fiscal_year)\s*}}"""
    ),
}


def source(name):
    return (TEMPLATES / name).read_text(encoding="utf-8")


def everything_that_names_templates():
    modules = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in (*modules, *(TEMPLATES / name for name in EVERY))
    )


NAMING = everything_that_names_templates()


def is_used(name):
    return (
        bool(BY_CONVENTION.fullmatch(name))
        or re.search(rf"[\"']{re.escape(name)}[\"'#]", NAMING) is not None
    )


def faults(names, fault_of):
    """Return what is wrong, by template: one test looks at all of them, for thousands would take a minute."""
    return {name: fault for name in names if (fault := fault_of(name))}


def why_it_does_not_parse(name):
    try:
        get_template(name)
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        return repr(error)
    return ""


def lines_too_many(name):
    limit = LONGEST_PART if Path(name).name.startswith("_") else LONGEST_PAGE
    return max(0, len(source(name).splitlines()) - limit)


def forbidden_in(name):
    return [what for what, sign in FORBIDDEN.items() if sign.search(source(name))]


def test_every_template_parses():
    assert faults(EVERY, why_it_does_not_parse) == {}


def test_a_template_that_does_not_parse_is_found(settings, tmp_path):
    (tmp_path / "torn.html").write_text("{% if open %}", encoding="utf-8")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]

    assert faults(["torn.html", "nowhere.html"], why_it_does_not_parse).keys() == {
        "torn.html",
        "nowhere.html",
    }


def test_every_template_is_short():
    assert faults(EVERY, lines_too_many) == {}


def test_no_year_is_written_with_a_separator():
    assert faults(EVERY, lambda name: BARE_YEAR.findall(source(name))) == {}


def test_a_bare_year_would_be_found():
    assert BARE_YEAR.search("期限（{{ due.year }}年）まで")
    assert not BARE_YEAR.search('期限（{{ due.year|stringformat:"d" }}年）まで')


def test_every_template_is_used():
    """What nothing names is to be used or deleted."""
    assert [name for name in EVERY if not is_used(name)] == []


def test_no_page_holds_anything_forbidden():
    assert faults(PAGES, forbidden_in) == {}


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("an inline style", '<p style="color:red">'),
        ("an inline handler", '<button onclick="go()">'),
        ("an inline handler", '<button hx-on:click="go()">'),
        ("an inline script", "<script>go()</script>"),
        ("a javascript address", '<a href="javascript:go()">'),
        ("a key with separators", '<input name="row" value="{{ row.pk }}">'),
        ("a key with separators", '<h2 id="part-{{ one.report.fiscal_year }}">'),
        ("text that is not escaped", "{{ text|safe }}"),
        ("text that is not escaped", "{% autoescape off %}"),
        ("an address outside", '<script src="https://example.org/x.js"></script>'),
        ("a word that blames", "不正な値です"),
        ("a form with balloons", '<form method="get">\n<p><select name="q">'),
        ("a form with balloons", '<form><input type="hidden" name="a"><input name="q"></form>'),
        ("a label without its mark", '<label class="field-label" for="q">設問</label>'),
        (
            "a focus that is swapped away",
            '<div hx-get="/" hx-trigger="load" hx-swap="outerHTML">\n<p><a href="/">見る</a></p></div>',
        ),
    ],
)
def test_the_search_finds_what_is_planted(what, line):
    assert FORBIDDEN[what].search(line)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a form with balloons", '<form novalidate><input name="q"></form>'),
        ("a form with balloons", "<form><button>消す</button></form><form novalidate><select>"),
        ("a form with balloons", '<form><input type="hidden" name="a"></form>'),
        ("a label without its mark", '<label class="field-label" for="q">設問※任意</label>'),
        (
            "a focus that is swapped away",
            '<div hx-trigger="load" hx-swap="outerHTML"><noscript><a href="/">見る</a></noscript></div>',
        ),
    ],
)
def test_what_is_right_is_not_found(what, line):
    assert not FORBIDDEN[what].search(line)


def test_a_template_nobody_names_is_found():
    assert not is_used("municipalities/nobody_names_this.html")
    assert is_used("base.html")


def test_every_page_of_the_product_hangs_on_the_base():
    for name in PAGES:
        text = source(name)
        # Whoever answers a survey has no menu and loads nothing of the product's.
        own = name in {"base.html", "door/base.html"} or name.startswith("reports/paper/")
        assert "<!DOCTYPE" not in text or own
