"""Made-up municipality-years for property tests: any texts, numbers and links that a document may hold."""

import datetime as dt
from contextlib import contextmanager

from django.db import transaction
from hypothesis import strategies as st

from councils.choices import Profession
from indicators.arithmetic.accumulating import allowed
from indicators.choices import Direction, Finality, PartKind, Period, ValueKind
from logicmodels.choices import (
    ActivityStatus,
    Execution,
    Funding,
    OutcomeLevel,
    Priority,
    WorkItem,
)
from municipalities.choices import (
    CARE_SCENES,
    AreaKind,
    Audience,
    OrganizationKind,
    Scene,
    Theme,
)
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from reports.choices import (
    AdviceOrigin,
    AdviceResponse,
    EvidenceSheet,
    GrantAnswerKind,
    HandoverSubject,
    HelpRating,
    MeetingStyle,
    MemberPart,
    StepKind,
    TaskState,
    TextSection,
)

VILLAGE = "990035"
EMPTY_YEAR = 2031
NATIONAL = ("population_total", "aging_rate_65", "aging_rate_75")
AWKWARD = (
    "𠮷野家の隣の診療所",
    "家族👨‍👩‍👧‍👦と👍🏽",
    "葛󠄀城市と辻󠄁さん",
    "か\u3099（NFD）とが（NFC）、ｶﾞｲﾄﾞ",
    "一行目\n二行目\r\n三行目\t終わり",
    "\"引用\" '単' \\ </script> {{7*7}} %s",
    "=1+1",
    "～〜－―−—￥¥",
    "\x0b\x1f\x7f\u200b\u2028",
    "   ",
)
texts = st.sampled_from(AWKWARD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40
)
written = texts.filter(bool)
words = written.map(str.strip).filter(bool)
units = words.map(lambda text: text[:20].strip() or "件")
keys = st.text("abzABZ019-_", min_size=1, max_size=80)
audiences = st.sampled_from(Audience.values)
scenes = st.sampled_from(Scene.values)
positions = st.integers(0, 3)
counts = st.none() | st.integers(0, 2_147_483_647)
years = st.integers(1950, EMPTY_YEAR)
days = st.dates(min_value=dt.date(1873, 1, 1), max_value=dt.date(2100, 12, 31)).map(str)
numbers = st.decimals(
    min_value=-99_999_999_999, max_value=99_999_999_999, places=4, allow_nan=False
).map(lambda number: f"{number:f}") | st.sampled_from(["0", "-0", "007", "26.20", "0.0001"])
values = st.one_of(
    st.fixed_dictionaries({"value": numbers}, optional={"state": st.just("value")}),
    st.fixed_dictionaries({"state": st.sampled_from(["not_entered", "unknown", "suppressed"])}),
)


def texts_up_to(length):
    return texts.map(lambda text: text[:length])


def one_of(choices):
    return st.sampled_from(choices.values)


def fields(required, **optional):
    """Return rows without their keys that hold these fields, and any of the optional ones."""
    return st.fixed_dictionaries(required, optional=optional)


class Year:
    """Draws one year part by part, so that every link ends at a row that is there."""

    def __init__(self, draw):
        self.draw = draw

    def rows(self, strategy, *, most=3, key=keys, unique=None):
        """Return a few rows of one table, no two with the same key or the same mark."""
        found = self.draw(st.lists(strategy, max_size=most, unique_by=unique))
        names = self.draw(st.lists(key, min_size=len(found), max_size=len(found), unique=True))
        return [{"key": name} | row for name, row in zip(names, found, strict=True)]

    def placed(self, rows, owners, name):
        """Put rows under owners, each under one of them, as their list `name`."""
        for row in rows if owners else ():
            self.draw(st.sampled_from(owners)).setdefault(name, []).append(row)

    def some_key(self, rows):
        """Return the key of one of these rows, or none."""
        return st.sampled_from([None, *(row["key"] for row in rows)])

    def linked(self, required, *, most=3, unique=None, **links):
        """Return rows that point at other rows by key; none where there is nothing to point at."""
        if not all(links.values()):
            return []
        ends = {name: st.sampled_from([row["key"] for row in rows]) for name, rows in links.items()}
        strategy = st.builds(lambda row, ends: row | ends, required, st.fixed_dictionaries(ends))
        mark = unique or (lambda row: tuple(row[name] for name in links))
        return self.rows(strategy, most=most, unique=mark)


@st.composite
def parts(draw):
    """Return the parts of a year; some years lack most of them."""
    year = Year(draw)
    found = profile(year)
    found |= plan(year, bodies=found["organizations"], areas=found["areas"])
    found |= numbers_of(year, outcomes=outcomes_of(found), issues=found["issues"])
    found |= support_of(year, found)
    wanted = draw(st.just(set(found)) | st.sets(st.sampled_from(sorted(found))))
    return {name: rows for name, rows in found.items() if name in closed(wanted)}


def support_of(year, found):
    """Return the support and what it changed."""
    ordered = {"position": positions, "audience": audiences}
    steps = year.rows(
        fields(
            {"kind": one_of(StepKind), "position": positions},
            title=texts_up_to(60),
            held_on=st.none() | days,
            style=one_of(MeetingStyle),
            participants=texts,
            situation=texts,
            keywords=texts_up_to(500),
            audience=audiences,
        )
    )
    year.placed(year.rows(advice(year, found)), steps, "advice")
    before = year.rows(fields({"text": written}, issue=year.some_key(found["issues"]), **ordered))
    return {
        "support_round": year.draw(
            st.none()
            | fields(
                {"key": keys},
                theme=texts_up_to(200),
                goal=texts,
                scenes=st.lists(st.sampled_from(CARE_SCENES), unique=True).map(in_order),
                audience=audiences,
            )
        ),
        "support_members": year.rows(
            fields(
                {"part": one_of(MemberPart)},
                organization=year.some_key(found["organizations"]),
                title=texts_up_to(100),
                position=positions,
            )
        ),
        "support_steps": steps,
        "support_tasks": year.rows(
            fields(
                {"text": written},
                who=texts_up_to(100),
                due=texts_up_to(40),
                state=one_of(TaskState),
                step=year.some_key(steps),
                **ordered,
            )
        ),
        "report_texts": year.rows(
            fields(
                {"section": one_of(TextSection)},
                text=texts,
                is_left_empty=st.booleans(),
                audience=audiences,
            ),
            unique=lambda row: row["section"],
        ),
        "support_issues": before,
        "support_effects": year.rows(
            fields(
                {"text": written},
                conclusion=texts_up_to(500),
                answers=year.some_key(before),
                **ordered,
            )
        ),
        "support_outlooks": year.rows(fields({"text": written}, due=texts_up_to(40), **ordered)),
        "support_feedback": feedback(year),
        "council_questions": year.rows(
            fields({"scene": one_of(Scene)}, text=texts_up_to(2000), audience=audiences),
            unique=lambda row: row["scene"],
        ),
        "inquiry_answers": year.rows(
            fields({"inquiry": st.just("asked-1")}, text=texts_up_to(2000))
        ),
        "practices": year.rows(practice(year, found)),
        "year_dates": year.rows(
            fields(
                {"text": written.map(lambda text: text[:200]), "day": days},
                note=texts_up_to(500),
                is_done=st.booleans(),
                audience=audiences,
            )
        ),
        "waivers": year.rows(
            fields(
                {
                    "rule": st.from_regex(r"\A[A-Z][0-9]{2}\Z", fullmatch=True),
                    "reason": written.map(lambda text: text[:500]),
                },
                place=keys,
                label=texts_up_to(200),
                waived_on=st.none() | days,
                audience=audiences,
            ),
            unique=lambda row: (row["rule"], row.get("place", "year")),
        ),
        **kept_in_the_house(year),
    }


def kept_in_the_house(year):
    """Return what a predecessor writes down, and what is said of the items of the grant."""
    codes = st.from_regex(r"[-a-zA-Z0-9_]{1,20}", fullmatch=True)
    by_code = {"unique": lambda row: row["code"]}
    told = {"reason": texts_up_to(1000), "keeper": texts_up_to(100), "contact": texts_up_to(200)}
    return {
        "handover_notes": year.rows(
            fields({"subject": one_of(HandoverSubject)}, text=texts_up_to(4000)),
            unique=lambda row: row["subject"],
        ),
        "indicator_handovers": year.rows(fields({"code": codes}, **told), **by_code),
        "grant_answers": year.rows(
            fields(
                {"code": codes, "sheet": one_of(EvidenceSheet)},
                answer=one_of(GrantAnswerKind),
                note=texts_up_to(2000),
            ),
            unique=lambda row: (row["sheet"], row["code"]),
        ),
    }


def practice(year, found):
    """Return a case of good practice, of any activity of the year or none."""
    names = ("background", "hardship", "result", "help_received", "contact")
    return fields(
        {"title": written.map(lambda text: text[:100]), "outline": written},
        scene=one_of(Scene),
        activity=year.some_key(found["activities"]),
        key_person=one_of(Profession),
        second_person=one_of(Profession),
        work_item=one_of(WorkItem),
        second_item=one_of(WorkItem),
        audience=audiences,
        position=positions,
        **{name: texts_up_to(200) for name in names},
    )


def feedback(year):
    """Return a year's answers about the support, or none."""
    answers = {
        name: st.sampled_from([rating.value for rating in HelpRating])
        for name in ("moved_on", "in_time", "goes_on")
    }
    notes = {f"{name}_note": texts_up_to(1000) for name in answers}
    return year.draw(st.none() | fields({"key": keys}, audience=audiences, **answers, **notes))


def in_order(scenes):
    return [scene.value for scene in CARE_SCENES if scene in scenes]


def advice(year, found):
    return fields(
        {"text": written},
        scene=one_of(Scene),
        issue=year.some_key(found["issues"]),
        activity=year.some_key(found["activities"]),
        outcome=year.some_key(outcomes_of(found)),
        response=one_of(AdviceResponse),
        responded_on=st.none() | days,
        response_note=texts_up_to(1000),
        origin=one_of(AdviceOrigin),
        confirmed_on=st.none() | days,
        position=positions,
        audience=audiences,
    )


# What a part's rows point at has to come along.
NEEDS = {
    "contractors": {"organizations"},
    "participants": {"organizations"},
    "activities": {"organizations", "areas"},
    "logic_models": {"activities"},
    "indicators": {"own_definitions"},
    "indicator_uses": {"indicators", "logic_models"},
    "issue_figures": {"indicators", "issues"},
    "measurements": {"own_definitions"},
    "support_members": {"organizations"},
    "support_steps": {"issues", "activities", "logic_models"},
    "support_tasks": {"support_steps"},
    "support_issues": {"issues"},
    "support_effects": {"support_issues"},
    "practices": {"activities"},
}


def closed(wanted):
    """Return the wanted parts with all that they need."""
    more = wanted.union(*(NEEDS.get(name, set()) for name in wanted))
    return more if more == wanted else closed(more)


def outcomes_of(found):
    return [outcome for model in found["logic_models"] for outcome in model.get("outcomes", [])]


def profile(year):
    bodies = year.rows(fields({"name": written}, kind=one_of(OrganizationKind), note=texts))
    named = dict.fromkeys(("responsible_section", "strengths", "programme_state"), texts)
    few = st.integers(0, 9)
    rhythm = {"review_years": few.map(lambda n: n or None), "reviews_min": few}
    named |= rhythm | {"reviews_max": few.map(lambda n: n + 9)}
    return {
        "organizations": bodies,
        "areas": year.rows(
            fields({"name": written}, kind=one_of(AreaKind), covers=texts, position=positions)
        ),
        "profile": year.draw(st.none() | fields({"key": keys}, **named)),
        "contractors": year.linked(fields({}, desk=texts, position=positions), organization=bodies),
        "participants": year.linked(fields({}, position=positions), organization=bodies),
    }


def plan(year, *, bodies, areas):
    activities = year.rows(
        fields(
            {"name": written},
            scene=scenes,
            description=texts,
            status=one_of(ActivityStatus),
            work_item=one_of(WorkItem),
            execution=one_of(Execution),
            executor=key_in(bodies),
            area=key_in(areas),
            period=texts,
            times_min=st.none() | st.integers(0, 32_767),
            budget=counts,
            funding=one_of(Funding),
            position=positions,
            audience=audiences,
        )
    )
    partners = year.linked(fields({}, role=texts), activity=activities, organization=bodies)
    put(partners, activities, "activity", "partners")
    milestones = fields(
        {"text": written}, due=texts, due_on=st.none() | days, is_reached=st.booleans()
    )
    year.placed(year.rows(milestones), activities, "milestones")
    results = fields({"text": written}, held_on=st.none() | days, when=texts, participants=counts)
    year.placed(year.rows(results), activities, "results")
    return {
        "desired_states": year.rows(
            fields({"scene": scenes}, text=texts, audience=audiences),
            most=5,
            unique=lambda row: row["scene"],
        ),
        "issues": year.rows(
            fields(
                {"text": written},
                scene=scenes,
                current_state=texts,
                gap=texts,
                cause=texts,
                priority=one_of(Priority),
                position=positions,
                audience=audiences,
            )
        ),
        "activities": activities,
        "logic_models": logic_models(year, activities),
    }


def logic_models(year, activities):
    models = year.rows(
        fields(
            {"title": written}, scene=scenes, note=texts, position=positions, audience=audiences
        ),
        most=2,
    )
    outcomes = year.rows(
        fields(
            {"text": written},
            level=one_of(OutcomeLevel),
            scene=scenes,
            theme=one_of(Theme),
            free_theme=texts,
            position=positions,
        )
    )
    year.placed(outcomes, models, "outcomes")
    outcomes = outcomes if models else []
    placements = year.linked(
        fields({}, note=texts, assumption=texts, position=positions),
        outcome=outcomes,
        activity=activities,
    )
    put(placements, outcomes, "outcome", "placements")
    links = year.linked(fields({}, assumption=texts), cause=outcomes, effect=outcomes)
    home = {one["key"]: model for model in models for one in model.get("outcomes", [])}
    for link in links:
        # A link joins outcomes of one model.
        if home[link["cause"]] is home[link["effect"]]:
            home[link["cause"]].setdefault("links", []).append(link)
    return models


rules = st.sampled_from(
    [
        {"value_kind": kind.value, "accumulation": rule.value}
        for kind in ValueKind
        for rule in allowed(kind)
    ]
)


def pieces_of(year, measurements):
    """Put months and quarters under values."""
    pieces = year.linked(
        st.builds(
            lambda row, value: row | value,
            fields({"period": one_of(Period)}, as_of=st.none() | days, note=texts),
            values,
        ),
        measurement=measurements,
        unique=lambda row: (row["measurement"], row["period"]),
    )
    put(pieces, measurements, "measurement", "parts")
    return measurements


def numbers_of(year, *, outcomes, issues):
    own = year.rows(
        st.builds(
            lambda row, rule: row | rule,
            fields(
                {"name": words, "unit": units},
                decimals=st.integers(0, 4),
                direction=one_of(Direction),
                numerator=texts,
                multiplier=st.integers(1, 1_000_000),
            ),
            rules,
        ),
        key=keys.map(lambda name: f"own-{name[:76]}"),
    )
    versions = year.linked(
        fields({"fiscal_year": years, "what_changed": written}, is_break=st.booleans()),
        own_definition=own,
        unique=lambda row: (row["own_definition"], row["fiscal_year"]),
    )
    put(versions, own, "own_definition", "definition_versions")
    codes = st.sampled_from([*NATIONAL, *(row["key"] for row in own)])
    indicators = year.rows(
        fields(
            {"indicator": codes},
            baseline_year=st.none() | years,
            note=texts,
            position=positions,
            audience=audiences,
        ),
        unique=lambda row: row["indicator"],
    )
    targets = year.linked(
        fields({"fiscal_year": years, "value": numbers}, note=texts),
        indicator=indicators,
        unique=lambda row: (row["indicator"], row["fiscal_year"]),
    )
    put(targets, indicators, "indicator", "targets", by="key")
    measured = fields(
        {"indicator": codes, "fiscal_year": years, "source": written},
        numerator=st.none() | numbers,
        denominator=st.none() | numbers,
        finality=one_of(Finality),
        as_of=st.none() | days,
        note=texts,
        composed_of=st.just("") | one_of(PartKind),
    )
    return {
        "own_definitions": own,
        "indicators": indicators,
        "indicator_uses": year.linked(
            fields({}, note=texts, position=positions), indicator=indicators, outcome=outcomes
        ),
        "issue_figures": year.linked(
            fields({}, position=positions), issue=issues, indicator=indicators
        ),
        "measurements": pieces_of(
            year,
            year.rows(
                st.builds(lambda row, value: row | value, measured, values),
                most=6,
                unique=lambda row: (row["indicator"], row["fiscal_year"], row["source"]),
            ),
        ),
    }


def key_in(rows):
    """Return the key of one of these rows, or none."""
    return st.none() | st.sampled_from([row["key"] for row in rows]) if rows else st.none()


def put(rows, owners, link, name, *, by="key"):
    """Move linked rows into the lists of their owners, where the nesting tells the link."""
    found = {owner[by]: owner for owner in owners}
    for row in rows:
        found[row.pop(link)].setdefault(name, []).append(row)


def headed(parts, *, code=VILLAGE, name="見本村"):
    """Return a whole document around these parts."""
    return {
        "schema_version": 1,
        "municipality": {"code": code, "name": name, "prefecture": "見本県"},
        "fiscal_year": EMPTY_YEAR,
    } | parts


@contextmanager
def empty_year():
    """Open a year in a village that has no row at all, and take both back afterwards."""
    with transaction.atomic():
        village = Municipality.objects.select_related("prefecture").get(code=VILLAGE)
        with within(village):
            cycle = Cycle.objects.create(fiscal_year=EMPTY_YEAR)
            cycle.municipality = village
            yield cycle
        transaction.set_rollback(True)
