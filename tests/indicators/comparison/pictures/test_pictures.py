"""Pictures of a comparison: the comparison's own numbers and classes, every name escaped, nothing invented."""

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as site
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.choices import PlaceKind
from indicators.comparison.drawings import drawings, tabs
from indicators.comparison.judging import telling
from indicators.comparison.page import heat, heat_html
from indicators.comparison.pictures import (
    classes,
    coloured,
    line,
    listed,
    multiples,
    profile,
    strip,
)
from indicators.comparison.reading.trends import Point, Trend, Trends
from indicators.comparison.selection import VIEWS, Selection
from indicators.comparison.shape import Cell, Chance, Place, Quarter
from tests.indicators.comparison import made

HOSTILE = "\"><script>alert(1)</script>&amp;'町"
# The trends ask the database: tests/indicators/comparison/reading/test_trends_of_places.py.
NAMES = ["strip", "profile", "map"]
VALUES = st.lists(
    st.none() | st.decimals(-1000, 1000, places=1, allow_nan=False), min_size=1, max_size=60
)


def html(name, comparison, **asked):
    selection = Selection(view=name, **asked)
    drawing = drawings[name]
    return render_to_string(drawing.template, drawing.context(comparison, selection))


def text_of(markup):
    return unescape(re.sub(r"<[^>]+>", "\n", markup))


def pictures(markup):
    """Return the pictures of a page as XML; what is not well-formed is refused."""
    found = re.findall(r"<svg.*?</svg>", markup, re.DOTALL)
    return [ET.fromstring(one) for one in found]


def names_of_links(markup):
    """Return the titles of the links in the pictures: what is read out."""
    return [
        link.find("title").text.removesuffix("（目印）の位置")
        for picture in pictures(markup)
        for link in picture.iter("a")
    ]


class TestStrip:
    def test_every_place_with_a_value_is_a_dot_that_says_its_value_and_class(self):
        found = made.comparison(
            [
                made.cell("12.34", quarter=Quarter.LOWEST, chance=Chance.FAR_BELOW, rank=3),
                made.cell(None, state="suppressed"),
                made.cell("20", quarter=Quarter.HIGH, chance=Chance.WITHIN, rank=2),
                made.cell("31.05", quarter=Quarter.HIGHEST, rank=1),
            ]
        )

        assert names_of_links(html("strip", found)) == [
            "第0町　12.3％　下位25％",
            "第2町　20.0％　中央値より良い（偶然の範囲内）",
            "第3町　31.1％　上位25％",
        ]

    def test_the_list_has_the_order_of_the_table_and_says_why_a_value_is_missing(self):
        found = made.comparison([made.cell(None, state="suppressed"), 5, made.cell(None)])
        rows = re.findall(r"<tr>.*?</tr>", html("strip", found), re.DOTALL)

        assert [text_of(row).split()[:2] for row in rows[1:4]] == [
            ["第0町", "x"],
            ["第1町", "5.0％"],
            ["第2町", "…"],
        ]

    def test_quartiles_and_larger_places_are_told_in_numbers(self):
        found = made.comparison(
            [10, 20, 30, 40, 50],
            prefecture=made.cell("33.3"),
            nation=made.cell("28"),
        )
        told = text_of(html("strip", found))

        for words in ("20.0％", "30.0％", "40.0％", "都道府県 33.3％", "全国 28.0％"):
            assert words in told

    def test_a_nation_far_outside_is_told_and_not_drawn(self):
        found = made.comparison([10, 20, 30], nation=made.cell(126_000_000))
        drawn = strip.strip(found, found.columns[0], Selection())

        assert [mark.x for mark in drawn.larger] == [""]
        assert "126,000,000.0％（図の外）" in text_of(html("strip", found)).replace("\n", "")

    def test_the_marked_place_leads_to_its_profile_and_the_others_to_their_mark(self):
        found = made.comparison([1, 2, 3])
        markup = html("strip", found, town="990001", scene="discharge")

        assert "?scene=discharge&amp;town=990001&amp;view=profile" in markup
        assert "?scene=discharge&amp;town=990002&amp;view=strip#drawing" in markup
        assert "◆ 第1町" in text_of(markup)

    def test_where_lower_is_better_it_says_left(self):
        assert "左ほど良い指標です" in html("strip", made.comparison([1, 2], direction="lower"))

    @pytest.mark.parametrize("values", [[], [None], [7], [7, 7, 7], [-5, 0, 5], [0, 0]])
    def test_few_equal_and_negative_numbers_are_drawn_as_well(self, values):
        markup = html("strip", made.comparison(values))

        assert len(names_of_links(markup)) == sum(value is not None for value in values)
        assert "nan" not in markup.lower()

    def test_other_indicators_have_their_own_small_picture(self):
        one = made.comparison([1, 2, 3])
        other = made.column("b", name="別の指標", summary=made.five([Decimal(4), Decimal(6)]))
        cells = {**one.cells, ("990000", "b"): made.cell(4), ("990002", "b"): made.cell(6)}
        both = replace(one, columns=(*one.columns, other), cells=cells)
        markup = html("strip", both, town="990002")

        assert "4.0％～6.0％" in text_of(markup)
        assert "?focus=b&amp;town=990002&amp;view=strip#drawing" in markup
        assert re.search(r'class="strip-many" d="M[\d.]+ 0h0M[\d.]+ 0h0"', markup)


class TestDots:
    @given(st.lists(st.floats(0, 650), max_size=180).map(sorted))
    def test_no_two_dots_cover_each_other_and_their_order_is_kept(self, places):
        width, levels = line.heaped(places)
        dots = list(zip(places, levels, strict=True))

        for at, (x, level) in enumerate(dots):
            for other, beside in dots[at + 1 :]:
                assert level != beside or other - x >= width
        assert len(levels) == len(places)

    @given(st.lists(st.floats(0, 650), max_size=60).map(sorted))
    def test_a_dot_stands_no_higher_than_it_must(self, places):
        levels = line.stacked(places, 14)

        for at, level in enumerate(levels):
            for lower in range(level):
                assert any(
                    places[at] - places[other] < 14 for other in range(at) if levels[other] == lower
                )

    def test_a_hundred_and_seventy_nine_equal_values_stay_a_picture(self):
        width, levels = line.heaped([100.0] * 179)

        assert sorted(levels) == list(range(179))
        assert width * 179 < 800

    @given(VALUES)
    def test_the_line_rises_with_the_values_and_holds_them_all(self, values):
        found = made.comparison(values)
        column = found.columns[0]
        scale = line.scale(line.values(found, column), 1, left=36, width=648)
        told = sorted(value for value in values if value is not None)
        xs = [scale.x(value) for value in told]

        assert xs == sorted(xs)
        assert all(36 <= x <= 684 for x in xs)

    @settings(max_examples=25)
    @given(VALUES)
    def test_a_strip_has_a_dot_for_each_value_and_is_drawn_the_same_twice(self, values):
        found = made.comparison(values)
        drawn = strip.strip(found, found.columns[0], Selection())

        assert len(drawn.dots) + drawn.missing == len(values)
        assert drawn == strip.strip(found, found.columns[0], Selection())
        for dot in drawn.dots:
            assert 0 <= float(dot.y) <= drawn.ground


class TestProfile:
    def drawn(self, values=(10, 20, 30, 40, 60), town="990000", **changes):
        found = made.comparison(list(values), **changes)
        return profile.profile(found, Selection(town=town)).lines[0]

    def test_the_median_stands_in_the_middle_and_the_farther_end_at_the_edge(self):
        spine = self.drawn().spine
        middle, right = profile.WIDTH / 2, profile.WIDTH - profile.EDGE

        assert float(spine.median) == middle
        assert float(spine.whole[0]) + float(spine.whole[1]) == right
        # 10 is 20 below the median, 60 is 30 above it.
        assert float(spine.own) == pytest.approx(middle - (right - middle) * 2 / 3, abs=0.1)

    def test_where_lower_is_better_left_and_right_change_places(self):
        higher, lower = self.drawn().spine, self.drawn(direction="lower").spine

        assert float(higher.own) + float(lower.own) == pytest.approx(profile.WIDTH, abs=0.1)
        assert float(lower.own) > profile.WIDTH / 2

    def test_a_neutral_indicator_rises_to_the_right(self):
        assert self.drawn(direction="neutral").spine == self.drawn().spine

    def test_all_equal_stand_in_the_middle(self):
        spine = self.drawn([5, 5, 5, 5]).spine

        assert float(spine.own) == float(spine.median) == profile.WIDTH / 2
        assert spine.whole[1] == "0"

    @pytest.mark.parametrize("values", [[], [4], [None, None]])
    def test_without_others_there_is_no_line(self, values):
        found = made.comparison([*values, None])
        lines = profile.profile(found, Selection(town="990000")).lines

        assert lines[0].spine is None

    def test_a_nation_outside_its_towns_has_numbers_and_no_mark(self):
        told = self.drawn(nation=made.cell(99), prefecture=made.cell(25))

        assert [mark.kind for mark in told.spine.larger] == ["prefecture"]
        assert dict(told.numbers)["全国"] == "99.0"

    @given(st.lists(st.decimals(-500, 500, places=1), min_size=2, max_size=40))
    def test_better_is_further_right(self, values):
        for direction, sign in (("higher", 1), ("lower", -1)):
            found = made.comparison(values, direction=direction)
            lines = [
                profile.profile(found, Selection(town=place.code)).lines[0]
                for place in found.places
            ]
            own = [
                (sign * value, float(one.spine.own))
                for value, one in zip(values, lines, strict=True)
            ]
            own.sort()
            assert [x for _, x in own] == sorted(x for _, x in own)

    def test_it_says_chance_rank_and_the_numbers_of_the_line(self):
        cells = [made.cell(n, rank=9 - n, quarter=Quarter.LOW) for n in range(1, 9)]
        cells[0] = made.cell(1, chance=Chance.BELOW, rank=8, reply="休診のため")
        told = text_of(html("profile", made.comparison(cells), town="990000")).replace("\n", "")

        assert "8市町村のうち8位" in told
        assert "その差は偶然の範囲を超えています" in told
        assert "市町村の説明：休診のため" in told
        for words in ("1.0％", "2.8", "4.5", "6.3", "8.0"):
            assert words in told

    def test_without_a_town_it_asks_for_one(self):
        markup = html("profile", made.comparison([1, 2]))

        assert '<option value="990001">第1町</option>' in markup
        assert "一つ選ぶと" in markup

    def test_the_reader_s_own_place_is_marked_without_being_asked_for(self):
        found = made.comparison([1, 2], own="990001")

        assert profile.profile(found, Selection()).place.code == "990001"
        assert profile.profile(found, Selection(town="990000")).place.code == "990000"


class TestMap:
    def of_ibaraki(self, values, **changes):
        found = made.comparison(values, **changes)
        codes = ["082015", "082023", "082031", "082040", "082058"]
        places = tuple(
            Place("municipality", code, one.name)
            for code, one in zip(codes, found.places, strict=False)
        )
        cells = {
            (new.code, "home_death"): found.cells[old.code, "home_death"]
            for new, old in zip(places, found.places, strict=False)
        }
        return replace(found, places=places, cells=cells)

    def test_every_place_is_a_link_with_name_value_and_class(self):
        found = self.of_ibaraki(
            [
                made.cell(1, quarter=Quarter.LOWEST, chance=Chance.FAR_BELOW),
                made.cell(2, is_reference=True),
                made.cell(0, is_structural_zero=True),
                made.cell(None),
                made.cell(5, quarter=Quarter.HIGHEST, chance=Chance.WITHIN),
            ]
        )
        markup = html("map", found)

        assert sorted(names_of_links(markup)) == [
            "第0町　1.0％　下位25％",
            "第1町　2.0％　参考値",
            "第2町　0.0％　提供する所なし",
            "第3町　値なし",
            "第4町　5.0％　上位25％（偶然の範囲内）",
        ]
        for code in ("q1", "reference", "zero", "absent", "q4w"):
            assert f'fill="url(#class-{code})"' in markup
            assert f'id="class-{code}"' in markup
        # The rest of the prefecture is there for its outline.
        assert markup.count('class="map-outside"') == 44 - 5

    def test_what_the_average_contradicts_is_pale_and_says_so(self):
        split = made.cell(1, quarter=Quarter.LOWEST, chance=Chance.FAR_ABOVE)
        found = self.of_ibaraki([split, made.cell(2, quarter=Quarter.HIGH, chance=Chance.ABOVE)])
        markup = html("map", found)

        assert "第0町　1.0％　中央値と平均で向きが逆" in names_of_links(markup)
        assert "良くない" not in markup
        assert 'fill="url(#class-q1w)"' in markup
        assert 'fill="url(#class-q3)"' in markup

    def test_list_and_map_have_the_same_classes(self):
        found = self.of_ibaraki([made.cell(n, quarter=Quarter(n)) for n in (1, 2, 3, 4)])
        drawn = coloured.coloured(found, found.columns[0], Selection())

        on_map = {one.row.place.code: one.look for one in drawn.regions if one.row}
        assert on_map == {row.place.code: row.look for row in drawn.rows}
        assert [one.code for one in drawn.legend] == ["q4", "q3", "q2", "q1", "outside"]

    @pytest.mark.parametrize("direction", ["higher", "lower", "neutral"])
    def test_every_class_on_the_map_is_that_of_the_table(self, direction):
        """Also where a value is in no quarter: the table leaves it white, and so does the map."""
        judged = [
            made.cell(1, quarter=quarter, chance=chance, is_reference=is_reference)
            for quarter in (None, *Quarter)
            for chance in (None, *Chance)
            for is_reference in (False, True)
        ]
        others = [
            made.cell(None),
            made.cell(0, is_structural_zero=True),
            made.cell(1, is_median=True),
        ]
        wanted = {"reference": "r", "plain": "", "zero": "", "absent": "m"}
        every = [*judged, *others]
        for at in range(0, len(every), 5):
            cells = every[at : at + 5]
            found = self.of_ibaraki(cells, direction=direction)
            in_table = re.findall(
                r'<tr id="place-(\d+)">.*?<td(?: class="([^"]*)")?>',
                heat_html.rows(found),
            )
            drawn = coloured.coloured(found, found.columns[0], Selection())
            codes = {one.row.place.code: one.look.code for one in drawn.regions if one.row}
            on_map = {
                place: wanted.get(code, code.replace("w", " w")) for place, code in codes.items()
            }
            assert len(on_map) == len(cells)
            assert on_map == dict(in_table)

    def test_what_is_in_no_quarter_is_white_and_what_is_not_compared_is_not(self):
        style = Path(site.BASE_DIR, "static/css/map.css").read_text(encoding="utf-8")

        assert ".ground-plain {\n  fill: var(--paper);" in style
        assert ".ground-outside {\n  fill: var(--paper-soft);" in style

    def test_the_source_is_named_as_its_licence_asks(self):
        markup = html("map", self.of_ibaraki([1]))

        assert "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成" in markup

    def test_a_prefecture_without_shapes_says_so_and_shows_the_list(self):
        markup = html("map", made.comparison([1, 2]))

        assert coloured.SHAPELESS in markup
        assert "第1町" in markup
        assert names_of_links(markup) == []
        assert "国土数値情報" not in markup

    def test_towns_of_several_prefectures_have_no_map(self):
        places = tuple(Place("municipality", code, "市") for code in ("082015", "011002"))

        assert coloured.sheet_of(places) == coloured.SCATTERED

    def test_the_prefectures_are_links_on_the_map_of_the_country(self):
        found = made.comparison([1, 2])
        places = (
            Place(PlaceKind.PREFECTURE, "08", "茨城県"),
            Place(PlaceKind.PREFECTURE, "47", "沖縄県"),
        )
        cells = {(one.code, "home_death"): made.cell(3) for one in places}
        markup = html("map", replace(found, places=places, cells=cells))

        assert sorted(names_of_links(markup)) == [
            "沖縄県　3.0％　位置を付けていない値",
            "茨城県　3.0％　位置を付けていない値",
        ]
        assert "都道府県の一覧" in markup

    def test_a_marked_place_comes_last_so_that_its_border_lies_above(self):
        found = self.of_ibaraki([1, 2, 3])
        drawn = coloured.coloured(found, found.columns[0], Selection(town="082023"))

        assert drawn.regions[-1].row.place.code == "082023"


@pytest.mark.parametrize("name", NAMES)
class TestEveryPicture:
    def test_hostile_names_are_text(self, name):
        found = made.comparison(
            [made.cell(1, reply=HOSTILE, word=HOSTILE), 2],
            names=[HOSTILE],
            name=HOSTILE,
            unit=HOSTILE,
            per=HOSTILE,
            notes=(HOSTILE,),
            sources=(HOSTILE,),
        )
        markup = html(name, found, town="990000")

        assert "<script" not in markup
        assert HOSTILE in unescape(markup)
        pictures(markup)

    def test_without_an_indicator_it_says_what_to_do(self, name):
        empty = replace(made.comparison([1]), columns=(), cells={})

        assert "選" in html(name, empty)

    def test_no_element_has_the_name_of_another(self, name):
        ids = re.findall(r'\sid="([^"]+)"', html(name, made.comparison([1, 2, 3]), town="990001"))

        assert len(ids) == len(set(ids))

    def test_it_is_offered_in_the_tabs(self, name):
        assert name in drawings
        assert any(f"view={name}" in tab.query for tab in tabs(Selection()))


def test_every_view_of_a_selection_is_drawn():
    assert set(VIEWS) == {"table", *drawings}


class TestClasses:
    @pytest.mark.parametrize("quarter", Quarter)
    @pytest.mark.parametrize("is_ranked", [True, False])
    def test_sign_and_words_are_those_of_the_table(self, quarter, is_ranked):
        column = made.column(direction="higher" if is_ranked else "neutral")
        found = classes.look(made.cell(1, quarter=quarter), column)

        assert found.sign == telling.glyph(quarter, is_ranked=is_ranked)
        assert found.words == telling.words(quarter, is_ranked=is_ranked)

    @given(st.decimals(-10_000, 10_000, places=3), st.integers(0, 2))
    def test_numbers_are_those_of_the_table(self, value, decimals):
        column = made.column(decimals=decimals, unit="")

        assert classes.text(made.cell(value), column) == heat.text(value, column)

    def test_a_reason_against_a_class_comes_before_the_class(self):
        column = made.column()
        told = {"quarter": Quarter.LOWEST}

        assert classes.look(made.cell(0, is_structural_zero=True, **told), column) == classes.ZERO
        assert classes.look(made.cell(3, is_reference=True, **told), column) == classes.REFERENCE
        assert classes.look(Cell(**told), column) == classes.ABSENT

    def test_every_class_has_its_pattern_and_another_code(self):
        markup = render_to_string("indicators/comparison/_patterns.html")
        codes = [one.code for one in classes.ORDER]

        assert len(set(codes)) == len(codes)
        for code in codes:
            assert f'id="class-{code}"' in markup


def test_the_indicator_looked_at_is_the_one_asked_for_else_sorted_by_else_the_first():
    one = made.comparison([1])
    both = replace(one, columns=(*one.columns, made.column("b"), made.column("c")))

    assert listed.focused(both, Selection(focus="b", sort="c")).code == "b"
    assert listed.focused(both, Selection(focus="gone", sort="c")).code == "c"
    assert listed.focused(both, Selection()).code == "home_death"


class TestMultiples:
    YEARS = (2019, 2020, 2021, 2022)

    def drawn(self, *series, **larger):
        """Draw the series of some places; None is a year without a value."""
        found = made.comparison([1] * len(series))
        told = Trends(
            self.YEARS,
            tuple(
                self.trend(one, values) for one, values in zip(found.places, series, strict=True)
            ),
            **{name: self.trend(made.place(99), values) for name, values in larger.items()},
        )
        return multiples.multiples(found, found.columns[0], Selection(), told)

    def trend(self, place, values):
        points = zip(self.YEARS, values, strict=True)
        return Trend(
            place,
            tuple(
                Point(year, None, "suppressed")
                if value is None
                else Point(year, Decimal(value), "value")
                for year, value in points
            ),
        )

    def test_all_places_have_one_scale_so_that_equal_values_stand_equally_high(self):
        first, second = self.drawn((0, 10, 20, 40), (40, 20, 10, 0)).places
        heights = [re.findall(r"[ML][\d.]+ ([\d.]+)", one.path) for one in (first, second)]

        assert heights[0] == heights[1][::-1]
        assert float(heights[0][0]) > float(heights[0][-1])

    def test_a_missing_year_breaks_the_line_and_a_lone_year_is_a_dot(self):
        (one,) = self.drawn((5, None, 7, 8)).places

        assert [part.count("L") for part in one.path.split("M")[1:]] == [0, 1]
        assert one.path.count("h0") == 2
        assert one.words == ("5.0", "x", "7.0", "8.0")
        assert (one.first, one.last) == ("5.0", "8.0")

    def test_a_place_without_any_value_has_no_line(self):
        (one,) = self.drawn((None,) * 4).places

        assert (one.path, one.dots, one.last) == ("", (), "")

    def test_a_sum_of_all_towns_is_in_the_table_and_does_not_press_the_lines_together(self):
        drawn = self.drawn((1, 2, 3, 4), prefecture=(1000, 2000, 3000, 4000), nation=(2, 2, 2, 2))

        assert [kind for kind, _ in drawn.behind] == ["nation"]
        assert [one.words[0] for one in drawn.larger] == ["1,000.0", "2.0"]
        assert float(drawn.high) <= 5
