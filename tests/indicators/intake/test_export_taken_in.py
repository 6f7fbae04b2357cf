"""Values that towns have exported (「これまでの実績値（CSV）」) come in again as a file of the prefecture, or of the operator."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indicators.choices import Finality, ValueState
from indicators.intake.comparing import stored
from indicators.models import Dataset, Definition, FileDoubt, Measurement, WithheldValue
from municipalities.tenancy import within
from tests import world
from tests.indicators.intake.test_statistics_files import LIST, TITLE, corrected, send, take
from tests.indicators.rows import measure

pytestmark = pytest.mark.django_db
NATION = "/manage/statistics/"
CASES, RATE = "home_endoflife_care_count", "discharge_conference_care_manager_rate"
MISSING = (ValueState.NOT_APPLICABLE, ValueState.UNKNOWN, ValueState.SUPPRESSED)
NOT_PUBLIC = {"is_public": "0", "public_source": ""}
OURS, THEIRS = ("municipality", world.OURS), ("municipality", world.THEIRS)
FEW_YEAR = 2024


@pytest.fixture
def towns(people):
    return [world.cycle_of(world.OURS), world.cycle_of(world.THEIRS)]


def put(town, code, year, said, **told):
    """Measure a count, or both parts of a share that make it; a state stands alone."""
    if isinstance(said, ValueState):
        return measure(town, code, year, None, state=said, **told)
    if code == RATE:
        share = round(Decimal(said) * 100 / 400, 4)
        return measure(town, code, year, share, numerator=said, denominator=400, **told)
    return measure(town, code, year, said, **told)


def exported(sign_in):
    """Return what both towns have exported as one file, without indicators of their own: nobody else knows those."""
    first, second = (
        sign_in(name).get(f"/m/{code}/2026/indicators/export.csv").content.decode("utf-8-sig")
        for name, code in (("editor", world.OURS), ("neighbour", world.THEIRS))
    )
    rows = (first + second.partition("\r\n")[2]).splitlines(keepends=True)
    return "".join(row for row in rows if ",own-" not in row)


def as_proposed(client, content, base, **said):
    """Send a file, and its layout back as it was proposed but for what is said."""
    upload = send(client, content, name="実績値.csv", base=base)
    assert upload.state == "checking", upload.message
    columns = {}
    for one in upload.layout.columns.select_related("definition"):
        code = one.definition.code if one.definition else ""
        columns |= {f"role-{one.number}": one.role, f"indicator-{one.number}": code}
        columns |= {f"year-{one.number}": one.fiscal_year or ""}
    response = corrected(client, upload, base, **{**columns, "is_kept": "on"} | said)
    assert response.status_code == 302, response.content.decode()
    page = client.get(f"{base}files/{upload.pk}/")
    assert page.status_code == 200
    return upload, page.content.decode()


def expected(town):
    """Return what a town has measured as a statistic holds it: what is told beside a value, of a reason nothing."""
    with within(town.municipality):
        return {
            (one.code, one.fiscal_year): (one.value, one.state)
            + (
                (one.numerator, one.denominator, one.finality, one.as_of)
                if one.value is not None
                else (None, None, "", None)
            )
            for one in Measurement.objects.exclude(state=ValueState.NOT_ENTERED)
            if one.code in {CASES, RATE}
        }


def held(place, told):
    """Return the same of what a statistic holds of a place, withheld numbers too."""
    names = dict(Definition.every.values_list("pk", "code"))
    dataset = Dataset.objects.get(title=TITLE)
    values = stored.values(dataset, {year for _, year in told})[place]
    return {
        (names[definition], year): (
            *said[:2],
            *(said[2] if len(said) > 2 else (None, None, "", None)),
        )
        for (definition, year), said in values.items()
        if (names[definition], year) in told
    }


def every_kind(towns):
    """Measure all states, zero too, each as final as it may be, of a day and of none; and in one year few people."""
    kinds = itertools.product((0, 37, 120, *MISSING), Finality, (None, "2020-09-30"))
    for year, (said, finality, day) in zip(range(1988, 2024), kinds, strict=True):
        for code in (CASES, RATE):
            for town in towns:
                put(town, code, year, said, finality=finality, as_of=day)
    put(towns[0], CASES, FEW_YEAR, 31, finality="final", as_of="2025-03-31")
    put(towns[1], CASES, FEW_YEAR, 6, finality="preliminary", as_of="2024-09-30")
    put(towns[0], RATE, FEW_YEAR, ValueState.NOT_ENTERED)


@pytest.mark.parametrize(("who", "base"), [("officer", LIST), ("operator", NATION)])
def test_what_towns_have_exported_comes_in_as_it_is_and_again_as_the_same(
    sign_in, towns, who, base
):
    every_kind(towns)
    content, client = exported(sign_in), sign_in(who)

    upload, page = as_proposed(client, content, base)

    assert upload.refused_cells == 0
    assert "少ない人数の値が" in page
    hidden = dict(FileDoubt.objects.filter(upload=upload).values_list("code", "count"))
    assert hidden["withheld"] > 0
    assert hidden["withheld_for_others"] > 0
    take(client, upload, base, **NOT_PUBLIC)
    assert upload.state == "done", upload.message
    few = WithheldValue.objects.filter(definition__code=CASES, fiscal_year=FEW_YEAR)
    assert {world.OURS, world.THEIRS} <= {*few.values_list("place_code", flat=True)}
    for place, town in zip((OURS, THEIRS), towns, strict=True):
        assert held(place, expected(town)) == expected(town)

    again, _ = as_proposed(client, content, base)

    assert (again.new, again.changed, again.refused_cells) == (0, 0, 0)
    assert again.same == upload.new


def test_signs_and_zero_with_something_told_beside_come_in_by_the_layout_that_was_kept(sign_in):
    """The long format as a person writes it; its correction is asked for once."""
    officer = sign_in("officer")
    signs = ("0", "x", "－", "…", "・", "7", "31")
    rows = "".join(
        f"{code},{CASES},{year},{sign},{finality},令和2年9月末\n"
        for code in ("990019", "990027")
        for first, finality in ((1990, "確定"), (2000, "速報"), (2010, "見込"), (1980, ""))
        for year, sign in enumerate(signs, start=first)
    )
    content = f"自治体コード,指標,年度,値,確定の別,時点\n{rows}"

    upload, page = as_proposed(officer, content, LIST, dash="not_applicable")

    assert (upload.refused_cells, "少ない人数の値が8件" in page) == (0, True)
    take(officer, upload, LIST, **NOT_PUBLIC)
    assert upload.state == "done", upload.message
    again = send(officer, content, name="実績値.csv")
    assert (again.new, again.changed, again.same) == (0, 0, upload.new)
    assert (again.layout.title, again.layout.dash) == (TITLE, "not_applicable")
    assert officer.get(f"{LIST}files/{again.pk}/").status_code == 200


TOLD = st.fixed_dictionaries(
    {
        "said": st.sampled_from(MISSING) | st.integers(0, 400),
        "finality": st.sampled_from(Finality.values),
        "as_of": st.none() | st.dates(dt.date(1995, 1, 1), dt.date(2024, 3, 31)),
    }
)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=8,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from((CASES, RATE)), TOLD), min_size=1, max_size=12))
def test_whatever_a_town_has_measured_comes_back_as_it_was(sign_in, towns, rows):
    """Each value in a year of its own, whatever it is and is told with; what is withheld is held behind."""
    point = transaction.savepoint()
    try:
        for year, (code, told) in enumerate(rows, start=2000):
            put(towns[1], code, year, told["said"], **{k: told[k] for k in ("finality", "as_of")})
        content, officer = exported(sign_in), sign_in("officer")
        upload, _ = as_proposed(officer, content, LIST)
        take(officer, upload, LIST, **NOT_PUBLIC)

        assert (upload.state, upload.refused_cells) == ("done", 0)
        assert held(THEIRS, expected(towns[1])) == expected(towns[1])

        again, _ = as_proposed(officer, content, LIST)
        assert (again.new, again.changed, again.same) == (0, 0, upload.new)
    finally:
        transaction.savepoint_rollback(point)
