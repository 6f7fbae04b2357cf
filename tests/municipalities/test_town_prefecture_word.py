"""A town of 東京都, 北海道, 大阪府 or 京都府 reads the word of its own prefecture on its pages."""

import re
from html import unescape

import pytest

from municipalities.access import declared_by
from municipalities.japanese.prefecture_words import told_of
from municipalities.models import Prefecture
from tests.routes import MUNICIPAL_PAGES, sampled

# The prefecture as a place or an office: not a part of its name (茨城県水戸市, ○○県), and not what every one calls
# alike: whom a text may reach, who entered a state, the copy, and the state of a 拠点 as it is chosen from a list.
BARE = re.compile("(?<![一-龥○])県(?!まで|入力|への写し|へ推薦した|の地域医療構想の資料)")
PLACE = re.compile("県[のへとに]|県から|県全体")
# What people of the sample year have written, and the other prefecture of the list.
THEIRS = re.compile(
    "居宅介護支援事業所調査（県・市）|県内のコーディネーターの研修|見本の県の調査票|となり県"
)
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)


def of_a_person(route):
    declared = declared_by(route.view)
    return declared is not None and declared.permission is not None


def told(response):
    return THEIRS.sub("", unescape(TAGS.sub("", response.content.decode())))


def shown(client, route):
    """Return the text of a page; nothing of what is no page, or not this person's."""
    response = client.get(route.url())
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    return told(response) if is_page else ""


def bare_in(text):
    return [text[max(0, one.start() - 20) : one.end() + 12] for one in BARE.finditer(text)]


@pytest.mark.django_db
@pytest.mark.parametrize("route", [*filter(of_a_person, sampled(MUNICIPAL_PAGES))], ids=str)
def test_no_page_of_a_town_in_such_a_prefecture_calls_it_otherwise(route, as_editor):
    Prefecture.objects.filter(code="99").update(name="見本都")
    assert bare_in(shown(as_editor, route)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["見本都", "見本道", "見本府", "見本県"])
def test_each_speaks_of_it_as_it_calls_itself(name, as_editor):
    Prefecture.objects.filter(code="99").update(name=name)
    word = name[-1]
    pages = {
        "inquiries/": f"<h1>{word}からの照会</h1>",
        "prefecture-forms/": f"<h1>{word}の調査票</h1>",
        "bases/": f"{word}への推薦の控え",
        "indicators/published/": f"国や{word}などの統計",
        "compare/": f"国や{word}などの統計",
    }
    for path, words in pages.items():
        html = told(as_editor.get(f"/m/990019/2026/{path}"))
        assert words in html, path
        assert f">{word}からの照会</a>" in html, path
        assert bool(PLACE.search(html)) is (word == "県"), path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("県に回答しました。", "府に回答しました。"),
        ("見せる範囲が「県まで」のとき（県入力）", "見せる範囲が「県まで」のとき（県入力）"),
        ("都道府県の画面と県の画面", "都道府県の画面と府の画面"),
    ],
)
def test_what_all_prefectures_call_alike_stays(text, told):
    assert told_of(text, "府") == told
    assert told_of(text, "県") == text
