"""The values that reports let out: the officer by name, the town with its right of reply, the Excel."""

import io
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from indicators.models import Definition, SubmittedValue, ValueReply
from indicators.publishing import letting_out
from indicators.publishing.letting_out import Copy
from municipalities.models import Change, Municipality
from municipalities.tenancy import within
from reports.submission.showing.letting_out import let_out
from tests import world
from tests.routes import a_published_structure

pytestmark = pytest.mark.django_db
OFFICER = "/p/99/2026/values/"
TOWN = "/m/990019/2026/submitted-values/"
REPLY = f"{TOWN}population_total/2025/reply/"
OPEN = "採用する値が未決定"
TEXT = "国勢調査の人口です。"
ONE = "?indicator=population_total"


def value(code="population_total", town=world.OURS):
    return SubmittedValue.objects.get(municipality__code=town, code=code, fiscal_year=2025)


def reply(client, text=TEXT, version=0):
    return client.post(REPLY, {"text": text, "base_version": version})


def page(client, address):
    return client.get(address).content.decode()


def sheet(client, query=""):
    book = load_workbook(io.BytesIO(client.get(f"{OFFICER}export/{query}").content))
    head, *rows = list(book["提出された値"].values)
    return [dict(zip(head, row, strict=True)) for row in rows]


def let_out_ours(fiscal_year=2025, **changes):
    """Let a number out that the prefecture has defined itself."""
    row = {
        "key": "value-of-the-prefecture",
        "indicator": "pref-99-sample",
        "fiscal_year": fiscal_year,
        "value": "58.3",
        "state": "value",
        "source": "県の調査",
    }
    copy = Copy("990019-2026-interim-1", timezone.now(), 2026, [row | changes])
    town = Municipality.objects.get(code=world.OURS)
    with within(town):
        letting_out.let_out(town, [copy])


def test_a_number_of_the_prefectures_own_bears_its_name_and_version(sign_in):
    let_out_ours()

    for client, address in (
        (sign_in("officer"), f"{OFFICER}?indicator=pref-99-sample"),
        (sign_in("editor"), TOWN),
    ):
        shown = page(client, address)
        assert "共通様式を使っている病院の割合" in shown
        assert "58.3％" in shown
    assert value("pref-99-sample").definition_version == 2


def test_before_a_change_of_the_definition_it_was_the_first_version(sign_in):
    let_out_ours(fiscal_year=2019)
    assert SubmittedValue.objects.get(code="pref-99-sample").definition_version == 1


class TestOfficer:
    def test_finds_every_municipality_by_name_with_its_value(self, sign_in):
        shown = page(sign_in("officer"), f"{OFFICER}{ONE}")

        for words in ("見本市", "見本町", "見本村", "47,865人", "提出されていません"):
            assert words in shown
        assert world.CANARY not in shown

    def test_a_hidden_value_is_an_x(self, sign_in):
        SubmittedValue.objects.filter(pk=value().pk).update(state="suppressed", value=None)
        shown = page(sign_in("officer"), f"{OFFICER}{ONE}")

        assert 'class="number">x</td>' in shown

    @pytest.mark.parametrize(
        ("state", "finality", "told"),
        [
            ("suppressed", "preliminary", "速報"),
            ("suppressed", "final", "確定"),
            ("not_entered", "final", None),
            ("not_entered", "preliminary", None),
        ],
    )
    def test_what_is_hidden_keeps_its_finality_and_what_was_never_entered_has_none(
        self, sign_in, state, finality, told
    ):
        SubmittedValue.objects.filter(pk=value().pk).update(
            state=state, value=None, finality=finality, as_of="2026-09-30"
        )
        ours = next(
            row for row in sheet(sign_in("officer"), ONE) if row["指標コード"] == "population_total"
        )
        assert ours["確定の別"] == told
        standing = f"令和8年9月末現在・{told}" if told else "令和8年9月末現在"
        for role, address in (("officer", f"{OFFICER}{ONE}"), ("editor", TOWN)):
            shown = page(sign_in(role), address)
            assert re.search(rf"{standing}\s*<", shown)

    def test_a_value_that_its_town_has_not_adopted_among_others_is_marked(self, sign_in):
        client = sign_in("officer")
        assert OPEN not in page(client, f"{OFFICER}{ONE}")
        assert {row["採用する値"] for row in sheet(client, ONE)} == {None}

        SubmittedValue.objects.filter(pk=value().pk).update(is_undecided=True)

        assert page(client, f"{OFFICER}{ONE}").count(OPEN) == 1
        told = {row["自治体コード"]: row["採用する値"] for row in sheet(client, ONE)}
        assert {town for town, one in told.items() if one == "未決定"} == {world.OURS}

    def test_the_scene_and_the_indicator_stand_in_the_address(self, sign_in):
        client = sign_in("officer")

        assert "population_total" in page(client, OFFICER)
        assert "population_total" not in page(client, f"{OFFICER}?scene=end_of_life")
        assert client.get(f"{OFFICER}?scene=x&indicator=nobody").status_code == 200

    def test_the_workbook_has_the_rows_of_the_screen_in_their_order(self, sign_in):
        reply(sign_in("editor"))
        rows = sheet(sign_in("officer"), ONE)

        assert [row["市町村"] for row in rows] == ["見本市", "見本町", "見本村"]
        assert [row["状態"] for row in rows] == ["値", "値", "提出なし"]
        assert (rows[0]["値"], rows[0]["市町村の説明"]) == (47865, TEXT)

    def test_without_an_indicator_it_has_all_that_are_listed(self, sign_in):
        told = SubmittedValue.objects.filter(municipality__prefecture__code="99")

        assert len(sheet(sign_in("officer"))) == told.count()

    @pytest.mark.parametrize(
        ("partners", "accumulation", "is_told"),
        [
            (f",{world.THEIRS},", "sum", True),
            (f",{world.THEIRS},", "latest", False),
            ("", "sum", False),
        ],
    )
    def test_towns_that_keep_a_structure_together_may_count_twice(
        self, sign_in, partners, accumulation, is_told
    ):
        Definition.objects.filter(code="population_total").update(accumulation=accumulation)
        copy = a_published_structure(world.OURS)
        type(copy).objects.filter(pk=copy.pk).update(partners=partners)

        shown = page(sign_in("officer"), f"{OFFICER}{ONE}")

        assert ("足し合わせる前に確かめてください" in shown) is is_told
        assert ("共同：見本町" in shown) is bool(partners)
        told = {row["市町村"]: row["共同の体制"] for row in sheet(sign_in("officer"), ONE)}
        together = {"見本市": "見本町", "見本町": "見本市"} if partners else {}
        assert told == dict.fromkeys(("見本市", "見本町", "見本村")) | together

    def test_nobody_else_enters(self, sign_in):
        assert sign_in("other-officer").get(OFFICER).status_code == 404
        assert sign_in("editor").get(OFFICER).status_code == 404
        assert sign_in("officer").get(TOWN).status_code == 404

    def test_an_empty_year_says_so(self, sign_in):
        assert "まだ提出されていません" in page(sign_in("officer"), "/p/99/2016/values/")

    def test_few_queries_for_any_number(self, sign_in, django_assert_max_num_queries):
        client = sign_in("officer")
        for address in (f"{OFFICER}{ONE}", f"{OFFICER}export/"):
            with django_assert_max_num_queries(12):
                client.get(address)


class TestReply:
    def test_travels_with_the_value_to_the_officer(self, sign_in):
        assert reply(sign_in("editor")).status_code == 302

        assert value().reply == TEXT
        assert TEXT in page(sign_in("officer"), f"{OFFICER}{ONE}")
        assert TEXT in page(sign_in("viewer"), TOWN)

    def test_is_kept_in_the_history(self, sign_in):
        reply(sign_in("editor"))
        with within(Municipality.objects.get(code=world.OURS)):
            made = Change.objects.get(model=ValueReply._meta.label_lower)

        assert made.after["text"] == TEXT

    def test_is_gone_from_both_when_it_is_withdrawn(self, sign_in):
        client = sign_in("editor")
        reply(client)
        client.post(f"{REPLY}withdraw/")

        assert value().reply == ""
        assert TEXT not in page(sign_in("officer"), f"{OFFICER}{ONE}")
        assert TEXT not in page(client, TOWN)
        assert client.post(f"{REPLY}withdraw/").status_code == 302

    def test_stays_when_the_values_are_let_out_again(self, sign_in):
        reply(sign_in("editor"))
        ours = Municipality.objects.get(code=world.OURS)
        with within(ours):
            let_out(ours)
            assert value().reply == TEXT
            SubmittedValue.objects.filter(municipality=ours).delete()
            let_out(ours)

        assert value().reply == TEXT

    @pytest.mark.parametrize("text", ["", "あ" * 501])
    def test_wrong_input_changes_nothing_and_is_kept(self, sign_in, text):
        answer = reply(sign_in("editor"), text)

        assert answer.status_code == 422
        assert value().reply == ""
        assert text in answer.content.decode()

    def test_two_people_at_once_are_asked(self, sign_in):
        client = sign_in("editor")
        reply(client)
        assert reply(client, "別の文", version=0).status_code == 409
        assert value().reply == TEXT

    def test_only_editors_write_and_only_of_their_own(self, sign_in):
        assert reply(sign_in("viewer")).status_code == 403
        assert reply(sign_in("neighbour")).status_code == 404
        assert value(town=world.THEIRS).reply == ""
        missing = f"{TOWN}population_total/1999/reply/"
        assert sign_in("editor").get(missing).status_code == 404


class TestTown:
    def test_sees_what_others_see_and_why_the_rest_is_hidden(self, sign_in):
        SubmittedValue.objects.filter(pk=value().pk).update(state="suppressed", value=None)
        shown = page(sign_in("viewer"), TOWN)

        assert "この値が見えると、伏せたほかの値が計算できるためです。" in shown
        assert REPLY not in shown
        assert "見本県の担当者" in shown

    def test_an_empty_year_says_so(self, sign_in):
        SubmittedValue.objects.all().delete()

        assert "まだ、ほかの人に見えている値はありません" in page(sign_in("viewer"), TOWN)


def test_a_copy_is_all_that_the_values_come_from():
    assert Copy.__slots__ == ("number", "published_at", "fiscal_year", "measurements")
