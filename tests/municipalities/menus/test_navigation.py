"""Menu and context bar lead nobody to a page that refuses them."""

import re

import pytest

pytestmark = pytest.mark.django_db
BOARD = "/m/990019/2026/"
BAR = re.compile(r'(?s)<nav class="context-bar".*?</nav>')


def bar(response):
    (found,) = BAR.findall(response.content.decode())
    return found


def test_an_editor_finds_municipality_and_year_as_links(as_editor):
    shown = bar(as_editor.get(BOARD))

    assert 'href="/m/990019/"' in shown
    assert f'href="{BOARD}"' in shown


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("organizations/", "自治体概要"),
        ("areas/", "自治体概要"),
        ("figures/population_total/add/", "自治体概要"),
        ("issues/add/", "目指す姿と課題"),
        ("activities/", "取組"),
        ("", "ホーム"),
        ("history/", None),
    ],
)
def test_the_menu_says_to_which_entry_a_page_belongs(as_editor, address, entry):
    shown = as_editor.get(BOARD + address).context["navigation"]

    assert [one["label"] for one in shown if one["current"]] == ([entry] if entry else [])


def test_an_adviser_reads_where_they_are_without_links(as_adviser):
    response = as_adviser.get("/review/990019-2026-interim-1/")
    shown = bar(response)

    assert response.status_code == 200
    assert "見本市" in shown
    assert "<a" not in shown
    assert as_adviser.get("/m/990019/").status_code == 403


@pytest.mark.parametrize("address", ["/m/990019/2030/", "/m/999999/", "/nowhere/"])
def test_an_absent_page_offers_the_way_home(as_editor, address):
    response = as_editor.get(address)

    assert response.status_code == 404
    assert '<a href="/">ホームへ戻る</a>' in response.content.decode()


def test_the_account_is_in_the_menu_too(as_editor):
    page = as_editor.get(BOARD).content.decode()
    menu = page[page.index('<nav class="menu"') :]

    assert "ログアウトする" in menu[: menu.index("</nav>")]
    assert 'popovertargetaction="hide"' in menu[: menu.index("</nav>")]


def test_the_context_bar_names_municipality_year_and_scene(as_editor):
    page = as_editor.get("/m/990019/2026/scenes/emergency/goal/edit/")
    absent = as_editor.get("/m/990019/2026/nowhere/")

    assert [item["label"] for item in page.context["context_bar"]] == [
        "見本市",
        "令和8年度（2026年度）",
        "急変時の対応",
    ]
    assert absent.status_code == 404


def test_who_may_not_enter_values_is_not_led_to_their_page(sign_in):
    address = f"{BOARD}indicators/entry/"

    assert address in sign_in("editor").get(f"{BOARD}indicators/").content.decode()
    assert address not in sign_in("viewer").get(f"{BOARD}indicators/").content.decode()
