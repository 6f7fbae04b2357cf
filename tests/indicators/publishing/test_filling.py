"""One file fills its towns: an officer's press becomes values of the towns that follow the indicator."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from indicators.definitions import adopting
from indicators.measurements import official
from indicators.measurements.values import OPEN
from indicators.models import Dataset, DatasetUse, Definition, Indicator, Measurement
from indicators.publishing import filling, filling_rounds
from municipalities.kernel import changes, trash
from municipalities.models import Change, Cycle, Job, Municipality, User
from municipalities.tenancy import within
from tests import world
from tests.indicators.intake.test_statistics_files import (
    HEAD,
    LIST,
    ROWS,
    TITLE,
    corrected,
    send,
    take,
    work,
)
from tests.indicators.rows import BASE, measure, publish, stored

pytestmark = pytest.mark.django_db
CODE = "home_visit_clinics"
PAGE = f"{BASE}published/"
OTHER = "在宅医療の別の統計"
TWELVE = [(2024, Decimal(12), "value")]


def bring_in(client, rows=ROWS, base=LIST, **layout):
    upload = send(client, HEAD + rows, base=base)
    corrected(client, upload, base=base, **layout)
    take(client, upload, base=base)
    assert upload.state == "done", upload.message
    return upload


def values(cycle):
    """Return the values by their source."""
    with within(cycle.municipality):
        rows = Measurement.objects.filter(code=CODE).order_by("source")
        return {row.source: row.value for row in rows}


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


def follow(cycle, *codes):
    """Follow figures of the catalogue or of statistics in a year; return the last indicator."""
    with within(cycle.municipality):
        editor = User.objects.get(username="editor")
        definitions = [Definition.objects.get(code=code) for code in codes]
        return adopting.adopt(cycle, definitions, by=editor)[-1]


@pytest.fixture
def followed(cycle):
    return follow(cycle, CODE)


@pytest.fixture
def neighbours(db):
    return world.cycle_of(world.THEIRS)


def typed_over(client, cycle, indicator, number):
    """Correct the one value by hand, under the name of its statistic."""
    with within(cycle.municipality):
        row = Measurement.objects.get(code=CODE)
    typed = {
        "base_version": row.version,
        "value": number,
        "state": "value",
        "finality": "final",
        "source": TITLE,
        "note": "",
        "as_of": "",
    }
    page = f"{BASE}{indicator.key}/values/{row.key}/edit/"
    assert client.post(page, typed).status_code == 302


class TestOneFile:
    def test_fills_every_town_that_follows_the_indicator(
        self, officer, cycle, followed, neighbours
    ):
        follow(neighbours, CODE)

        bring_in(officer)

        assert stored(cycle, CODE) == TWELVE
        assert stored(neighbours, CODE) == [(2024, Decimal(3), "value")]
        # Nobody follows the population here: it is no value of the town's.
        with within(cycle.municipality):
            assert not Measurement.objects.filter(code="population_total", source=TITLE)

    def test_tells_in_the_history_who_and_that_nobody_typed_it(
        self, officer, as_editor, cycle, followed
    ):
        bring_in(officer)

        with within(cycle.municipality):
            told = Change.objects.get(model="indicators.measurement", deed="fill")
            assert told.actor.username == "officer"
        history = as_editor.get(f"/m/{world.OURS}/{world.YEAR}/history/").content.decode()
        assert "統計から自動で入力" in history
        shown = as_editor.get(f"{BASE}{followed.key}/").content.decode()
        assert "統計から自動で入りました" in shown
        assert TITLE in shown

    def test_writes_no_value_of_the_town_over(self, officer, cycle, followed):
        measure(cycle, CODE, 2024, Decimal(11), source="医師会の調査")

        bring_in(officer)

        assert values(cycle) == {"医師会の調査": Decimal(11)}

    def test_is_followed_when_it_is_corrected_unless_somebody_has_touched_the_value(
        self, officer, as_editor, cycle, followed
    ):
        bring_in(officer)
        bring_in(officer, ROWS.replace(",12,", ",15,"))
        assert values(cycle) == {TITLE: Decimal(15)}

        with within(cycle.municipality):
            row = Measurement.objects.get(code=CODE)
        typed = {
            "base_version": row.version,
            "value": "14",
            "state": "value",
            "finality": "final",
            "source": TITLE,
            "note": "",
            "as_of": "",
        }
        page = f"{BASE}{followed.key}/values/{row.key}/edit/"
        assert as_editor.post(page, typed).status_code == 302
        assert (
            "統計から自動で入りました"
            not in as_editor.get(f"{BASE}{followed.key}/").content.decode()
        )

        bring_in(officer, ROWS.replace(",12,", ",16,"))
        assert values(cycle) == {TITLE: Decimal(14)}

    def test_brings_nothing_back_that_the_town_has_thrown_away(
        self, officer, as_editor, cycle, followed
    ):
        bring_in(officer)
        with within(cycle.municipality):
            row = Measurement.objects.get(code=CODE)
        page = f"{BASE}{followed.key}/values/{row.key}/delete/"
        assert as_editor.post(page, {"base_version": row.version}).status_code == 302

        bring_in(officer, ROWS.replace(",12,", ",15,"))

        assert not values(cycle)

    def test_of_the_operator_fills_towns_too(self, sign_in, cycle, followed):
        operator = sign_in("operator")

        bring_in(operator, base="/manage/statistics/")

        assert values(cycle) == {TITLE: Decimal(12)}

    def test_is_preliminary_where_its_name_says_so(self, officer, cycle, followed):
        bring_in(officer, title=f"{TITLE}（速報）")

        with within(cycle.municipality):
            assert Measurement.objects.get(code=CODE).finality == "preliminary"

    def test_leaves_a_closed_year_and_another_definition_alone(self, officer, cycle, followed):
        with within(cycle.municipality):
            Cycle.objects.filter(pk=cycle.pk).update(state="closed")

        bring_in(officer)

        assert not values(cycle)

    def test_waits_for_the_town_to_choose_where_statistics_differ(
        self, officer, as_editor, cycle, followed
    ):
        publish(CODE, 2024, Decimal(13), dataset="医療施設調査")

        bring_in(officer)

        assert not values(cycle)
        shown = as_editor.get(PAGE).content.decode()
        assert "医療施設調査" in shown
        assert TITLE in shown

    def test_that_tells_otherwise_later_stands_beside_until_the_town_has_chosen(
        self, officer, as_editor, cycle, followed
    ):
        """No verdict hangs on which file was first."""
        bring_in(officer)
        bring_in(officer, ROWS.replace(",12,", ",13,"), title=OTHER)

        assert values(cycle) == {TITLE: Decimal(12), OTHER: Decimal(13)}
        assert OPEN in as_editor.get(f"{BASE}{followed.key}/").content.decode()

    def test_every_number_that_is_told_stands_once(self, officer, cycle, followed):
        for title, number in ((OTHER, 13), ("三つめの統計", 14), ("四つめの統計", 13)):
            bring_in(officer)
            bring_in(officer, ROWS.replace(",12,", f",{number},"), title=title)

        found = {TITLE: Decimal(12), OTHER: Decimal(13), "三つめの統計": Decimal(14)}
        assert values(cycle) == found

    def test_asked_again_it_writes_nothing_more(self, officer, cycle, followed):
        bring_in(officer)
        for _ in range(2):
            bring_in(officer, ROWS.replace(",12,", ",13,"), title=OTHER)

        assert len(values(cycle)) == 2

    def test_that_tells_otherwise_does_not_come_back_once_thrown_away(
        self, officer, cycle, followed, people
    ):
        bring_in(officer)
        bring_in(officer, ROWS.replace(",12,", ",13,"), title=OTHER)
        with within(cycle.municipality):
            trash.throw_away(Measurement.objects.get(source=OTHER), by=people["editor"])

        bring_in(officer, ROWS.replace(",12,", ",14,"), title=OTHER)

        assert values(cycle) == {TITLE: Decimal(12)}

    def test_that_tells_otherwise_is_only_offered_beside_what_the_town_has_touched(
        self, officer, cycle, followed, people
    ):
        """The negative control: who has looked at a value and kept it has chosen."""
        bring_in(officer)
        with within(cycle.municipality):
            row = Measurement.objects.get(source=TITLE)
            row.note = "この値を使う"
            changes.save_versioned(
                row, by=people["editor"], expected_version=row.version, fields=("note",)
            )

        bring_in(officer, ROWS.replace(",12,", ",13,"), title=OTHER)

        assert values(cycle) == {TITLE: Decimal(12)}

    def test_is_taken_where_another_statistic_says_the_same(self, officer, cycle, followed):
        publish(CODE, 2024, Decimal(12), dataset="医療施設調査")

        bring_in(officer)

        assert values(cycle) == {TITLE: Decimal(12)}


class TestTheFinalOne:
    """What is 確定 takes the place of what came by itself before it was, whatever either is called."""

    EARLY = "在宅医療の見本統計（速報）"

    @pytest.fixture
    def early(self, officer, cycle, followed):
        bring_in(officer, ROWS.replace(",12,", ",10,"), title=self.EARLY)
        assert values(cycle) == {self.EARLY: Decimal(10)}

    def told(self, cycle):
        with within(cycle.municipality):
            return list(Measurement.objects.filter(code=CODE).values_list("value", "finality"))

    def test_replaces_the_value_and_tells_so_in_the_history(
        self, officer, as_editor, cycle, early, followed
    ):
        bring_in(officer)

        assert values(cycle) == {TITLE: Decimal(12)}
        assert self.told(cycle) == [(Decimal(12), "final")]
        history = as_editor.get(f"/m/{world.OURS}/{world.YEAR}/history/").content.decode()
        assert history.count("統計から自動で入力") == 2
        page = as_editor.get(f"{BASE}{followed.key}/").content.decode()
        assert "統計から自動で入りました" in page
        uses = dict(DatasetUse.objects.values_list("dataset__title", "count"))
        assert uses == {TITLE: 1, self.EARLY: 0}

    def test_of_the_same_number_is_final_from_now_on(self, officer, cycle, early):
        bring_in(officer, ROWS.replace(",12,", ",10,"))

        assert values(cycle) == {TITLE: Decimal(10)}
        assert self.told(cycle) == [(Decimal(10), "final")]

    def test_is_followed_by_its_own_correction(self, officer, cycle, early):
        bring_in(officer)
        bring_in(officer, ROWS.replace(",12,", ",15,"))

        assert values(cycle) == {TITLE: Decimal(15)}

    def test_goes_before_the_earlier_one_in_a_town_that_follows_later(
        self, officer, as_editor, cycle
    ):
        bring_in(officer, ROWS.replace(",12,", ",10,"), title=self.EARLY)
        bring_in(officer)

        as_editor.post(f"{BASE}catalogue/add/", {"code": [CODE]})

        assert values(cycle) == {TITLE: Decimal(12)}

    def test_an_earlier_one_changes_nothing_any_more(self, officer, cycle, early):
        bring_in(officer)
        bring_in(officer, ROWS.replace(",12,", ",11,"), title=self.EARLY)

        assert values(cycle) == {TITLE: Decimal(12)}

    def test_leaves_what_somebody_has_typed_over_it(
        self, officer, as_editor, cycle, early, followed
    ):
        with within(cycle.municipality):
            row = Measurement.objects.get(code=CODE)
        typed = {"value": "11", "state": "value", "finality": "preliminary", "note": ""}
        typed |= {"base_version": row.version, "source": self.EARLY, "as_of": ""}
        page = f"{BASE}{followed.key}/values/{row.key}/edit/"
        assert as_editor.post(page, typed).status_code == 302

        bring_in(officer)

        assert values(cycle) == {self.EARLY: Decimal(11)}
        assert "医療の見本統計</td>" in as_editor.get(PAGE).content.decode()

    def test_leaves_what_the_town_has_chosen(self, officer, cycle, early):
        with within(cycle.municipality):
            editor = User.objects.get(username="editor")
            official.choose(Measurement.objects.get(code=CODE), is_official=True, by=editor)

        bring_in(officer)

        assert values(cycle) == {self.EARLY: Decimal(10)}

    def test_leaves_a_year_in_which_the_town_has_a_value_beside(self, officer, cycle, early):
        measure(cycle, CODE, 2024, Decimal(9), source="医師会の調査")

        bring_in(officer)

        assert values(cycle) == {self.EARLY: Decimal(10), "医師会の調査": Decimal(9)}

    def test_is_not_taken_where_the_town_refuses_statistics(
        self, officer, as_editor, cycle, early, followed
    ):
        with within(cycle.municipality):
            Indicator.objects.filter(pk=followed.pk).update(takes_statistics=False)

        bring_in(officer)

        assert values(cycle) == {self.EARLY: Decimal(10)}

    def test_takes_the_place_of_all_that_told_the_year_differently_before(
        self, officer, cycle, early
    ):
        other = "在宅医療の別の統計（速報）"
        bring_in(officer, ROWS.replace(",12,", ",11,"), title=other)
        assert values(cycle) == {self.EARLY: Decimal(10), other: Decimal(11)}

        bring_in(officer)

        assert values(cycle) == {TITLE: Decimal(12)}

    def test_leaves_them_where_the_town_has_touched_one(self, officer, cycle, early, people):
        other = "在宅医療の別の統計（速報）"
        bring_in(officer, ROWS.replace(",12,", ",11,"), title=other)
        with within(cycle.municipality):
            row = Measurement.objects.get(source=other)
            row.note = "この値を使う"
            changes.save_versioned(
                row, by=people["editor"], expected_version=row.version, fields=("note",)
            )

        bring_in(officer)

        assert values(cycle) == {self.EARLY: Decimal(10), other: Decimal(11)}

    def test_two_final_ones_that_differ_replace_nothing(self, officer, cycle, early):
        publish(CODE, 2024, Decimal(13), dataset="医療施設調査")

        bring_in(officer)

        assert values(cycle) == {self.EARLY: Decimal(10)}

    def test_the_check_of_the_file_says_what_comes_of_it(self, officer, early):
        upload = send(officer, HEAD + ROWS)
        corrected(officer, upload)

        page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()

        assert f"「{self.EARLY}」では10か所ですが、確定の値ではありません" in page
        assert "どちらの値も自動では入らず" not in page

    def test_the_check_of_an_earlier_one_says_that_it_gives_way(self, officer):
        bring_in(officer)
        upload = send(officer, HEAD + ROWS.replace(",12,", ",10,"))
        corrected(officer, upload, title=self.EARLY)

        page = officer.get(f"{LIST}files/{upload.pk}/").content.decode()

        assert f"「{TITLE}」では12か所で、確定の値です" in page


class TestAllOrNothing:
    def test_a_town_that_breaks_keeps_nothing_and_stops_no_other(
        self, officer, cycle, followed, neighbours, monkeypatch
    ):
        follow(neighbours, CODE)
        remember = filling.remember

        def breaking(town, datasets):
            if town.code == world.OURS:
                raise IntegrityError
            remember(town, datasets)

        monkeypatch.setattr(filling, "remember", breaking)
        upload = send(officer, HEAD + ROWS)
        corrected(officer, upload)
        take(officer, upload)

        assert not values(cycle)
        assert stored(neighbours, CODE) == [(2024, Decimal(3), "value")]
        waiting = Job.objects.get(kind=filling_rounds.TOWN)
        assert (waiting.municipality.code, waiting.state) == (world.OURS, "queued")

        monkeypatch.setattr(filling, "remember", remember)
        Job.objects.filter(pk=waiting.pk).update(next_attempt_at=waiting.created_at)
        work()
        assert stored(cycle, CODE) == TWELVE

    def test_a_long_round_goes_on_where_it_stopped(
        self, officer, cycle, followed, neighbours, monkeypatch
    ):
        follow(neighbours, CODE)
        monkeypatch.setattr(filling_rounds, "AT_ONCE", 1)

        bring_in(officer)

        assert stored(cycle, CODE) == TWELVE
        assert stored(neighbours, CODE) == [(2024, Decimal(3), "value")]


class TestTheTown:
    def test_refuses_an_indicator_and_gets_rid_of_what_came(
        self, officer, as_editor, cycle, followed
    ):
        bring_in(officer)
        assert "自動で入れない（1件を外す）" in as_editor.get(PAGE).content.decode()

        said = as_editor.post(PAGE, {"stop": followed.key}, follow=True).content.decode()

        assert "1件の値は、ごみ箱に移しました" in said
        assert not values(cycle)
        bring_in(officer, ROWS.replace(",12,", ",15,"))
        assert not values(cycle)
        assert "すべて取り入れる" not in as_editor.get(PAGE).content.decode()

        said = as_editor.post(PAGE, {"go_on": followed.key}, follow=True).content.decode()
        assert "1件の値が入りました" in said
        assert values(cycle) == {TITLE: Decimal(15)}

    def test_keeps_what_somebody_has_typed_when_it_refuses(
        self, officer, as_editor, cycle, followed
    ):
        measure(cycle, CODE, 2023, Decimal(9), source="医師会の調査")
        bring_in(officer)

        as_editor.post(PAGE, {"stop": followed.key})

        assert values(cycle) == {"医師会の調査": Decimal(9)}

    def test_finds_an_indicator_filled_as_soon_as_it_follows_it(self, officer, as_editor, cycle):
        bring_in(officer)
        assert not values(cycle)

        said = as_editor.post(f"{BASE}catalogue/add/", {"code": [CODE]}, follow=True)

        assert "国や県などの統計の値が1件、自動で入りました" in said.content.decode()
        assert stored(cycle, CODE) == TWELVE

    def test_takes_all_years_over_by_one_press(self, as_editor, cycle, followed):
        for year in range(2018, 2025):
            publish(CODE, year, Decimal(year - 2000), dataset="医療施設調査")
        measure(cycle, CODE, 2020, Decimal(99), source="医師会の調査")
        assert "すべて取り入れる（6件）" in as_editor.get(PAGE).content.decode()

        assert as_editor.post(PAGE, {"all": "1"}).status_code == 302

        assert [year for year, _, _ in stored(cycle, CODE)] == list(range(2018, 2025))
        assert (2020, Decimal(99), "value") in stored(cycle, CODE)
        assert "すべて取り入れる" not in as_editor.get(PAGE).content.decode()

    def test_answers_an_unknown_indicator_as_absent(self, as_editor, followed):
        assert as_editor.post(PAGE, {"stop": "\x00nothing"}).status_code in {400, 404}
        assert as_editor.post(PAGE, {"stop": "nothing"}).status_code == 404

    def test_is_asked_as_often_for_one_indicator_as_for_many(
        self, as_editor, cycle, followed, django_assert_max_num_queries
    ):
        follow(cycle, "house_call_clinics", "home_care_support_clinics")
        for code in (CODE, "house_call_clinics", "home_care_support_clinics"):
            for year in (2022, 2023, 2024):
                publish(code, year, Decimal(5), dataset="医療施設調査")
        as_editor.post(PAGE, {"all": "1"})

        with django_assert_max_num_queries(20):
            as_editor.get(PAGE)

    def test_may_not_be_switched_by_who_only_reads(self, sign_in, followed):
        assert sign_in("viewer").post(PAGE, {"stop": followed.key}).status_code == 403
        with within(Municipality.objects.get(code=world.OURS)):
            assert Indicator.objects.get(pk=followed.pk).takes_statistics


class TestTakenOutAgain:
    """A statistic goes, and what it had filled in with it, where the officer wishes so."""

    def remove(self, officer, **sent):
        page = f"{LIST}{Dataset.objects.get(title=TITLE).pk}/delete/"
        asked = officer.get(page).content.decode()
        told = officer.post(page, sent, follow=True).content.decode()
        work()
        return asked, told

    def test_the_values_that_nobody_has_touched_go_and_may_come_again(
        self, officer, as_editor, cycle, followed, neighbours
    ):
        follow(neighbours, CODE)
        bring_in(officer)
        typed_over(as_editor, cycle, followed, "14")

        asked, told = self.remove(officer, filled="1")

        assert "2市区町村で2件の実績値になっています" in asked
        assert "2市区町村から順に取り除いています" in told
        assert values(cycle) == {TITLE: Decimal(14)}
        assert values(neighbours) == {}
        bring_in(officer)
        assert values(neighbours) == {TITLE: Decimal(3)}

    def test_the_values_stay_where_nobody_has_asked_for_that(self, officer, cycle, followed):
        """The negative control."""
        bring_in(officer)

        self.remove(officer)

        assert values(cycle) == {TITLE: Decimal(12)}
        assert not Dataset.objects.filter(title=TITLE).exists()

    def test_what_goes_is_told_in_the_history_of_the_town(
        self, officer, as_editor, cycle, followed
    ):
        bring_in(officer)

        self.remove(officer, filled="1")

        history = as_editor.get(f"/m/{world.OURS}/{world.YEAR}/history/").content.decode()
        assert "統計と一緒に取り除き" in history


class TestHowFarItCame:
    def test_the_prefecture_sees_how_many_towns_and_no_value(
        self, officer, cycle, followed, neighbours
    ):
        upload = bring_in(officer)
        assert (
            "管内の3市区町村のうち1市区町村の実績値に入りました"
            in officer.get(LIST).content.decode()
        )

        follow(neighbours, CODE)
        bring_in(officer, ROWS.replace(",3,", ",4,"))

        told = "管内の3市区町村のうち2市区町村の実績値に入りました"
        assert told in officer.get(LIST).content.decode()
        assert told in officer.get(f"{LIST}files/{upload.pk}/").content.decode()
        assert set(DatasetUse.objects.values_list("count", flat=True)) == {1}

    def test_what_a_town_takes_over_by_hand_counts_too(self, officer, as_editor, followed):
        publish(CODE, 2024, Decimal(13), dataset="医療施設調査")
        publish(CODE, 2024, Decimal(14), dataset="届出の名簿")

        as_editor.post(PAGE, {"all": "1"})

        shown = officer.get(LIST).content.decode()
        assert shown.count("管内の3市区町村のうち1市区町村の実績値に入りました") == 2

    def test_what_the_operator_brought_in_is_told_as_such(self, sign_in, officer):
        bring_in(sign_in("operator"), base="/manage/statistics/")
        Dataset.objects.create(code="shipped", title="付属の統計", fingerprint="x")

        shown = officer.get(LIST).content.decode()

        national, shipped = shown.split("運営管理者が取り込んだ統計（全国）")[1].split(
            "はじめから入っている統計"
        )
        assert TITLE in national
        assert "付属の統計" in shipped
        assert TITLE not in shipped
