"""An officer of 東京都, 北海道, 大阪府 or 京都府 reads the word of their own prefecture in menus and headings."""

import io
import re

import pytest
from openpyxl import load_workbook

from municipalities.models import Prefecture

pytestmark = pytest.mark.django_db
PAGES = ("support-log/", "forms/", "forms/add/", "definitions/", "definitions/add/", "steps/")
# What has the same name in every prefecture: where a text may go, who has entered a state, what is of which town.
FIXED = re.compile("都道府県|県まで|県入力|「県の指標」|○○県")


@pytest.mark.parametrize("name", ["見本都", "見本道", "見本府", "見本県"])
def test_pages_and_menu_speak_of_it_as_it_calls_itself(sign_in, name):
    Prefecture.objects.filter(code="98").update(name=name)
    client, word = sign_in("other-officer"), name[-1]
    for page in PAGES:
        response = client.get(f"/p/98/2026/{page}")
        assert response.status_code == 200, page
        shown = response.content.decode()
        title = re.search(r"<title>(.*?)</title>", shown)[1]
        heading = re.search(r"<h1>(.*?)</h1>", shown)[1]
        if page != "steps/":
            assert f"{word}の" in heading, page
        if word != "県":
            assert "県の" not in FIXED.sub("", title + heading), page
        labels = [one["label"] for one in response.context["subnavigation"]]
        assert [one for one in labels if one.startswith(f"{word}の")] or page == "definitions/add/"


def test_the_workbook_quotes_the_button_of_the_towns(sign_in):
    Prefecture.objects.filter(code="98").update(name="見本府")

    content = sign_in("other-officer").get("/p/98/2026/bases/export/").content

    told = dict(load_workbook(io.BytesIO(content))["説明"].iter_rows(values_only=True))
    assert told["出典"].startswith("市町村が「府と共有する」を押した時点")


def test_what_is_saved_bears_the_word_in_its_name(sign_in):
    Prefecture.objects.filter(code="98").update(name="見本府")

    answer = sign_in("other-officer").get("/p/98/2026/support-log/export/")

    assert (
        "%E5%BA%9C%E3%81%AE%E6%94%AF%E6%8F%B4%E3%81%AE%E8%A8%98%E9%8C%B2"
        in (answer.headers["Content-Disposition"])
    )
