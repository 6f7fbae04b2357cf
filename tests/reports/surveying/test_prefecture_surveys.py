"""県の調査票: made by the officer, taken over by towns, its results shared after disclosure and read side by side."""

import datetime as dt
import io
import json
from functools import partial

import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from municipalities import town_codes
from municipalities.choices import Role, ScopeKind
from municipalities.kernel.trash import TrashItem
from municipalities.models import (
    AccessEvent,
    Cycle,
    HealthCentre,
    Membership,
    Municipality,
    Prefecture,
)
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from reports.document import copied_answers
from reports.submission.showing import letting_out
from reports.surveying import skips
from surveys.models import (
    Answer,
    FormReply,
    PrefectureForm,
    PublishedAnswer,
    Question,
    Questionnaire,
    Response,
    SharedResult,
    SurveyRound,
)
from surveys.questionnaires.making import form_deleting, form_file, form_templates, prefecture_forms
from surveys.questionnaires.shape import furigana
from surveys.rounds import opening, round_deleting
from surveys.tabulation.keeping import registering
from tests import world
from tests.reports.deliveries import run_everything

pytestmark = pytest.mark.django_db
LIST = "/p/99/2026/forms/"
HEAD = {
    "title": "県の医療機関アンケート",
    "target": "professionals",
    "template": "medical-institutions",
    "request": "すべての医療機関に聞いてください。",
}


@pytest.fixture
def as_officer(sign_in):
    return sign_in("officer")


@pytest.fixture
def as_neighbour(sign_in):
    return sign_in("neighbour")


@pytest.fixture
def as_viewer(sign_in):
    return sign_in("viewer")


@pytest.fixture
def form(as_officer):
    """Return the draft of a questionnaire with the questions of a template."""
    added = as_officer.post(f"{LIST}add/", HEAD)
    with within_prefecture(Prefecture.objects.get(code="99")):
        row = PrefectureForm.objects.get()
    assert added.headers["Location"] == f"{LIST}{row.key}/"
    return row


@pytest.fixture
def sent(as_officer, form):
    as_officer.post(f"{LIST}{form.key}/send/", {"base_version": form.version})
    return form


def cycle_of(code):
    place = Municipality.objects.get(code=code)
    with within(place):
        cycle = Cycle.objects.get(fiscal_year=world.YEAR)
    cycle.municipality = place
    return cycle


def page(cycle, form, deed=""):
    return cycle.url("reports:prefecture_form", form.key) + deed


def answered(client, form, code, counts, *, by):
    """Take the questionnaire over and let its first question be answered; register the tables."""
    cycle = cycle_of(code)
    client.post(page(cycle, form, "take/"))
    with within(cycle.municipality):
        row = SurveyRound.objects.create(
            key="asked-for-the-prefecture",
            cycle=cycle,
            questionnaire=Questionnaire.objects.get(key=form.key),
            title="医療機関アンケート",
            contact="担当課",
            closes_on=timezone.localdate(),
            keep_until=timezone.localdate() + dt.timedelta(days=30),
        )
        opening.open_round(row, by=by)
        first = Question.objects.filter(questionnaire=row.questionnaire).first()
        options = list(first.options.all())
        for place, count in enumerate(counts):
            for at in range(count):
                key = f"response-{code}-{place}-{at}"
                response = Response.objects.create(key=key, round=row, submission=key)
                Answer.objects.create(response=response, question=first, option=options[place])
        opening.close_round(row, by=by)
        registering.register(row, by=by)
        row.refresh_from_db()
    return row


def state(code):
    return FormReply.objects.get(municipality__code=code).state


def share(client, form, code):
    cycle = cycle_of(code)
    shown = client.get(page(cycle, form)).context["ready"]
    return client.post(page(cycle, form, "share/"), {"seen": shown.sha256}, follow=True)


def test_a_draft_is_seen_by_its_makers_alone(as_officer, as_editor, here, form):
    assert form.title in as_officer.get(LIST).content.decode()
    assert "問1" in as_officer.get(f"{LIST}{form.key}/").content.decode()
    assert as_editor.get(page(here, form)).status_code == 404
    assert "まだありません" in as_editor.get(here.url("reports:prefecture_forms")).content.decode()


def test_it_is_sent_once_as_it_was_seen(as_officer, form):
    stale = as_officer.post(f"{LIST}{form.key}/send/", {"base_version": 0}, follow=True)
    assert "まだ送付していません" in stale.content.decode()
    assert not FormReply.objects.exists()

    for _ in range(2):
        as_officer.post(f"{LIST}{form.key}/send/", {"base_version": form.version})

    assert FormReply.objects.count() == 3
    told = as_officer.post(f"{LIST}{form.key}/edit/", HEAD, follow=True)
    assert "送付しているため" in told.content.decode()


def test_what_goes_out_is_looked_at_before(as_officer, as_editor, form):
    page = as_officer.get(f"{LIST}{form.key}/").content.decode()
    looked = as_officer.get(f"{LIST}{form.key}/send/")
    shown = looked.content.decode()

    assert "送付の内容を確かめる" in page
    assert "市町村に送付する</button>" not in page
    assert "3市町村に送付する</button>" in shown
    for words in (
        "届く市町村（3）",
        "見本市",
        "結果を共有してほしい日",
        "県の調査票：" + form.title,
    ):
        assert words in shown
    assert looked.context["mail"].text.splitlines()[0].endswith("調査票が届きました。")
    assert not FormReply.objects.exists()
    assert as_editor.get(f"{LIST}{form.key}/send/").status_code in {403, 404}


def test_what_keeps_it_from_being_sent_is_said_on_the_page_of_checking(as_officer):
    as_officer.post(f"{LIST}add/", HEAD | {"template": ""})
    with within_prefecture(Prefecture.objects.get(code="99")):
        form = PrefectureForm.objects.get()

    shown = as_officer.get(f"{LIST}{form.key}/send/").content.decode()

    assert "設問がありません" in shown
    assert "市町村に送付する</button>" not in shown


def test_it_goes_to_the_towns_that_were_chosen_and_to_nobody_else(as_officer, as_neighbour, form):
    as_officer.post(
        f"{LIST}{form.key}/edit/", HEAD | {"towns": ["990019"], "base_version": form.version}
    )
    as_officer.post(f"{LIST}{form.key}/send/", {"base_version": form.version + 1})

    assert [one.municipality.code for one in FormReply.objects.all()] == ["990019"]
    assert as_neighbour.get(page(cycle_of(world.THEIRS), form)).status_code == 404


def test_without_questions_it_is_not_sent(as_officer):
    as_officer.post(f"{LIST}add/", HEAD | {"template": ""})
    with within_prefecture(Prefecture.objects.get(code="99")):
        form = PrefectureForm.objects.get()

    told = as_officer.post(
        f"{LIST}{form.key}/send/", {"base_version": form.version}, follow=True
    ).content.decode()

    assert "設問がありません" in told
    assert not FormReply.objects.exists()


def test_a_town_hands_its_questionnaire_on_as_a_file(as_officer, as_editor, here, form, cycle):
    with within(here.municipality):
        made = Questionnaire.objects.filter(questions__kind="single").first()
        if made is None:
            as_editor.post(here.url("surveys:form_add"), {"template": "residents", "title": ""})
            made = Questionnaire.objects.filter(questions__kind="single").first()
        texts = [one.text for one in made.questions.all()]
    content = as_editor.get(here.url("surveys:form_file", made.key)).content

    as_officer.post(
        f"{LIST}{form.key}/questions/",
        {"base_version": form.version, "file": SimpleUploadedFile("a.json", content)},
    )

    with within_prefecture(Prefecture.objects.get(code="99")):
        form.refresh_from_db()
    assert [one["text"] for one in form.asking] == texts
    assert not {one["key"] for one in form.asking} & {one["key"] for one in _asked(content)}


def _asked(content):
    return json.loads(content)["asked"]


FILES = {
    "no JSON": b"\x00\xff",
    "another JSON": b'{"format": "other"}',
    "nothing": b"",
    "no questions": json.dumps(
        {"format": form_file.FORMAT, "title": "a", "target": "other", "asked": []}
    ).encode(),
    "one key twice": json.dumps(
        {
            "format": form_file.FORMAT,
            "title": "a",
            "target": "other",
            "asked": [{"key": "q", "text": "a"}, {"key": "q", "text": "b"}],
        }
    ).encode(),
    "too large": b" " * (form_file.LARGEST + 1),
    "NUL": b'{"format": "hccp-questionnaire", "title": "a", "target": "other", "asked": '
    b'[{"key": "q", "text": "a\\u0000"}]}',
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_that_is_none_is_refused_with_a_sentence(as_officer, form, content):
    answer = as_officer.post(
        f"{LIST}{form.key}/questions/",
        {"base_version": form.version, "file": SimpleUploadedFile("a.json", content)},
    )

    assert answer.status_code == 422
    with within_prefecture(Prefecture.objects.get(code="99")):
        before = form.asked
        form.refresh_from_db()
    assert form.asked == before


def test_questions_of_a_file_do_not_overwrite_what_somebody_saved(as_officer, form):
    told = as_officer.post(
        f"{LIST}{form.key}/questions/",
        {"base_version": 0, "file": SimpleUploadedFile("a.json", _a_file())},
        follow=True,
    )

    assert "ほかの人が先に変更" in told.content.decode()


def _a_file():
    head = {"format": form_file.FORMAT, "title": "a", "target": "other"}
    return json.dumps(head | {"asked": [{"key": "q", "text": "a"}]}).encode()


def test_a_copy_keeps_the_keys_and_is_fixed(as_editor, here, sent):
    for _ in range(2):
        as_editor.post(page(here, sent, "take/"))

    made = Questionnaire.objects.get(key=sent.key)
    assert made.is_fixed
    assert [one.key for one in made.questions.all()] == [one["key"] for one in sent.asking]
    template = form_templates.template("medical-institutions")
    assert made.questions.count() == len(template.asked)
    skip = made.questions.get(text__startswith="自宅や施設を訪問").options.last().skip_to
    assert made.questions.filter(key=skip).exists()
    assert state("990019") == "taken"
    assert "県の調査票です" in as_editor.get(here.url("surveys:form", made.key)).content.decode()


def test_the_prefecture_sees_how_far_each_town_is(as_officer, as_editor, here, people, sent):
    assert state("990019") == "untouched"
    answered(as_editor, sent, world.OURS, [6, 7, 8], by=people["editor"])

    assert (state("990019"), state("990027")) == ("registered", "untouched")
    shown = as_officer.get(f"{LIST}{sent.key}/").context["standing"]
    assert (shown.towns, shown.asked, shown.closed, shown.registered, shown.shared) == (
        3,
        1,
        1,
        1,
        0,
    )


def test_deleting_what_was_taken_is_told_too(as_editor, here, sent):
    as_editor.post(page(here, sent, "take/"))
    address = here.url("surveys:form_delete", sent.key)
    version = as_editor.get(address).context["row"].version
    as_editor.post(address, {"base_version": version})

    assert not Questionnaire.objects.filter(key=sent.key).exists()
    assert state("990019") == "untouched"


@pytest.mark.parametrize("what", ["form", "round"])
def test_what_could_not_be_told_is_not_deleted(as_editor, here, sent, people, monkeypatch, what):
    """Deleting and telling are one deed: half of it is nothing of it."""
    as_editor.post(page(here, sent, "take/"))
    taken = Questionnaire.objects.get(key=sent.key)
    row = SurveyRound.objects.create(key="told", cycle=here, questionnaire=taken, title="調査")
    row = row if what == "round" else taken
    if what == "form":
        SurveyRound.objects.filter(key="told").delete()

    def failing(cycle, form_key):
        raise RuntimeError

    monkeypatch.setattr(prefecture_forms, "tell", failing)
    deeds = {
        "round": round_deleting.throw_away,
        "form": partial(form_deleting.throw_away, cycle=here),
    }
    with pytest.raises(RuntimeError):
        deeds[what](row, by=people["editor"])

    assert type(row).objects.filter(key=row.key).exists()
    assert not TrashItem.objects.filter(title=str(row)).exists()


def test_nothing_crosses_before_it_is_shared(as_officer, as_editor, people, sent):
    answered(as_editor, sent, world.OURS, [6, 7, 8], by=people["editor"])

    assert "まだありません" in as_officer.get(f"{LIST}{sent.key}/results/").content.decode()
    assert not SharedResult.objects.exists()


def test_results_of_two_towns_stand_side_by_side(as_officer, as_editor, as_neighbour, people, sent):
    answered(as_editor, sent, world.OURS, [6, 7, 8, 9], by=people["editor"])
    answered(as_neighbour, sent, world.THEIRS, [10, 20, 30, 40], by=people["neighbour"])
    share(as_editor, sent, world.OURS)
    share(as_neighbour, sent, world.THEIRS)

    shown = as_officer.get(f"{LIST}{sent.key}/results/?q=問1").context["shown"]

    assert [line.municipality.code for line in shown.lines] == [world.OURS, world.THEIRS]
    assert [cell.count for cell in shown.lines[1].cells][:4] == [10, 20, 30, 40]
    assert [cell.text for cell in shown.lines[1].cells][:2] == ["10.0％", "20.0％"]
    assert (shown.lines[0].n, state(world.OURS)) == (30, "shared")


def test_few_are_hidden_and_cannot_be_computed(as_officer, as_editor, people, sent):
    answered(as_editor, sent, world.OURS, [2, 11, 12, 13], by=people["editor"])
    share(as_editor, sent, world.OURS)

    content = json.loads(bytes(SharedResult.objects.get().content))
    first = content["published_surveys"][0]["questions"][0]
    hidden = [one for one in first["answers"] if one.get("is_suppressed")]
    told = sum(one["count"] or 0 for one in first["answers"])
    assert len(hidden) >= 2
    assert all(one["count"] is None for one in hidden)
    assert first["respondents"] - told > 2
    # The negative control: the owner has the count.
    with within(Municipality.objects.get(code=world.OURS)):
        assert PublishedAnswer.objects.filter(count=2).exists()
    assert "x" in as_officer.get(f"{LIST}{sent.key}/results/?q=問1").content.decode()


def test_hidden_answers_stand_where_the_questionnaire_has_them(as_editor, here, people, sent):
    """The counts that are told fall in size: elsewhere the hidden ones would be put last."""
    answered(as_editor, sent, world.OURS, [30, 2, 20, 3], by=people["editor"])

    question = as_editor.get(page(here, sent)).context["ready"].survey["questions"][0]

    first = prefecture_forms.shape_of(sent).questions[0]
    labels = [furigana.plain(option.label) for option in first.options]
    assert [one["label"] for one in question["answers"]][: len(labels)] == labels
    assert question["answers"][1]["is_suppressed"]
    assert not question["answers"][0].get("is_suppressed")


def test_what_is_not_shared_is_named_before(as_officer, as_editor, here, people, form):
    drafted = as_officer.get(f"{LIST}{form.key}/").content.decode()
    as_officer.post(f"{LIST}{form.key}/send/", {"base_version": form.version})
    answered(as_editor, form, world.OURS, [6, 7, 8, 9], by=people["editor"])

    shape = prefecture_forms.shape_of(form)
    numbers = [one for one in shape.questions if one.kind in {"number", "long_text"}]
    labels = "、".join(one.label for one in numbers)
    assert len(numbers) == 2
    assert f"市町村が共有する結果に入らない設問（数値・文章など）：{labels}。" in drafted
    told = as_editor.get(page(here, form)).content.decode()
    assert f"共有しない設問（数値・文章など）：{numbers[0].label}「" in told


def test_the_list_of_a_town_tells_of_what_it_took_over(as_officer, as_editor, here, sent):
    with within_prefecture(Prefecture.objects.get(code="99")):
        PrefectureForm.objects.update(due_on=dt.date(2026, 11, 30))
    listed = here.url("surveys:form_list")
    assert "県の調査票：" not in as_editor.get(listed).content.decode()

    as_editor.post(page(here, sent, "take/"))

    told = as_editor.get(listed).content.decode()
    assert "県の調査票：調査票を用意" in told
    assert "結果の共有：令和8年11月30日まで" in told


def test_what_was_seen_is_shared_and_nothing_else(as_editor, here, people, sent):
    answered(as_editor, sent, world.OURS, [6, 7, 8], by=people["editor"])

    told = as_editor.post(page(here, sent, "share/"), {"seen": "0" * 64}, follow=True)

    assert "もう一度ボタンを押して" in told.content.decode()
    assert not SharedResult.objects.exists()


def test_sharing_again_changes_nothing_and_taking_back_ends_it(
    as_officer, as_editor, here, people, sent
):
    answered(as_editor, sent, world.OURS, [6, 7, 8], by=people["editor"])
    for _ in range(2):
        share(as_editor, sent, world.OURS)
    assert SharedResult.objects.count() == 1

    as_editor.post(page(here, sent, "withdraw/"))

    assert state(world.OURS) == "registered"
    assert "まだありません" in as_officer.get(f"{LIST}{sent.key}/results/").content.decode()
    again = as_editor.post(page(here, sent, "withdraw/"), follow=True)
    assert "共有している結果はありません" in again.content.decode()


def test_nothing_registered_is_not_shared(as_editor, here, sent):
    as_editor.post(page(here, sent, "take/"))

    told = as_editor.post(page(here, sent, "share/"), {"seen": ""}, follow=True)

    assert "まだ登録されていません" in told.content.decode()


def test_what_was_shared_is_minded_by_later_copies(as_editor, here, people, sent):
    answered(as_editor, sent, world.OURS, [2, 11, 12, 13], by=people["editor"])
    share(as_editor, sent, world.OURS)
    as_editor.post(page(here, sent, "withdraw/"))

    found = copied_answers.earlier(letting_out.told_of(here.municipality), fiscal_year=world.YEAR)

    assert found.told
    assert found.hidden


def test_the_workbook_holds_what_the_page_shows(as_officer, as_editor, people, sent):
    answered(as_editor, sent, world.OURS, [2, 11, 12, 13], by=people["editor"])
    share(as_editor, sent, world.OURS)

    file = as_officer.get(f"{LIST}{sent.key}/results/export/")

    book = load_workbook(io.BytesIO(file.content))
    lines = list(book["結果"].iter_rows(min_row=2, values_only=True))
    first = [line for line in lines if line[3] == "問1"]
    assert {line[7] for line in first} >= {"x"}
    assert 2 not in {line[7] for line in first}
    assert AccessEvent.objects.filter(deed="form_results_export").exists()


def test_who_only_reads_takes_and_shares_nothing(as_viewer, here, sent):
    for deed in ("take/", "share/", "withdraw/"):
        assert as_viewer.post(page(here, sent, deed)).status_code == 403
    assert not Questionnaire.objects.filter(key=sent.key).exists()


def test_the_board_says_that_the_prefecture_waits(as_editor, here, sent):
    shown = as_editor.get(here.url("municipalities:board")).content.decode()

    assert "県の調査票「" in shown
    assert "県の調査票（1件）" in as_editor.get(here.url("surveys:survey_list")).content.decode()


def test_another_prefecture_finds_nothing(sign_in, sent):
    other = sign_in("other-officer")

    assert other.get(f"/p/98/2026/forms/{sent.key}/").status_code == 404
    assert other.get(f"{LIST}{sent.key}/").status_code in {403, 404}


def test_a_draft_is_deleted_after_a_question(as_officer, form):
    address = f"{LIST}{form.key}/delete/"
    assert form.title in as_officer.get(address).content.decode()

    as_officer.post(address, {"base_version": form.version})

    with within_prefecture(Prefecture.objects.get(code="99")):
        assert not PrefectureForm.objects.exists()


def shared_survey(*hidden):
    def lines(*labels):
        return [
            {"key": label, "label": label, "count": 9, "percent": None}
            | ({"is_suppressed": True} if label in hidden else {})
            for label in labels
        ]

    doing = lines("行っている", "行っていないが、これから行う予定がある", "行っていない", "無回答")
    after = lines("自院だけで対応している", "対応していない")
    return {
        "questions": [
            {"number": "問2", "respondents": 60, "answers": doing},
            {"number": "問4", "respondents": 33, "answers": after},
            {"number": "問5", "respondents": 60, "answers": lines("特にない")},
        ]
    }


@pytest.mark.parametrize(
    ("hidden", "is_closed"),
    [
        # 33 were asked 問4 and 30 did: three gave no answer to 問2.
        (("行っていないが、これから行う予定がある", "無回答"), True),
        (("行っていないが、これから行う予定がある", "行っていない"), False),
        (("行っている", "無回答"), False),
        ((), False),
    ],
)
def test_who_was_asked_after_a_skip_parts_no_hidden_answers(form, hidden, is_closed):
    made = skips.without_telling(prefecture_forms.shape_of(form), shared_survey(*hidden))

    asked = {one["number"]: one for one in made["questions"]}
    assert (asked["問4"]["respondents"] is None) is is_closed
    assert all(one.get("is_suppressed", False) is is_closed for one in asked["問4"]["answers"])
    assert asked["問5"]["respondents"] == asked["問2"]["respondents"] == 60


class TestColleagueOfAHealthCentre:
    """Who is in charge of some towns sees these alone: in the list, on a questionnaire, in its results."""

    @pytest.fixture
    def colleague(self, sign_in, people):
        self.put_in_charge_of(people["stranger"], world.OURS)
        return sign_in("stranger")

    def put_in_charge_of(self, user, *towns):
        with within_prefecture(Prefecture.objects.get(code="99")):
            HealthCentre.objects.create(
                key="centre-1", code="99-000001", name="見本保健所", towns=town_codes.write(towns)
            )
        Membership.objects.create(
            user=user,
            role=Role.OFFICER,
            scope_kind=ScopeKind.HEALTH_CENTRE,
            scope_code="99-000001",
        )

    def test_sees_how_far_the_own_towns_are(self, colleague, as_officer, sent):
        line = colleague.get(LIST).context["lines"][0]
        page = colleague.get(f"{LIST}{sent.key}/").content.decode()

        assert line.towns == 1
        assert "見本市" in page
        assert "見本町" not in page
        assert "保健所が担当する市町村だけ" in page
        assert "見本町" in as_officer.get(f"{LIST}{sent.key}/").content.decode()

    def test_reads_the_results_of_the_own_towns(
        self, colleague, as_officer, as_editor, as_neighbour, people, sent
    ):
        answered(as_editor, sent, world.OURS, [6, 7, 8, 9], by=people["editor"])
        answered(as_neighbour, sent, world.THEIRS, [10, 20, 30, 40], by=people["neighbour"])
        share(as_editor, sent, world.OURS)
        share(as_neighbour, sent, world.THEIRS)
        results = f"{LIST}{sent.key}/results/"

        ours = colleague.get(f"{results}?q=問1").context["shown"].lines
        rows = list(exported(colleague, results)["結果"].iter_rows(min_row=2, values_only=True))

        assert [line.municipality.code for line in ours] == [world.OURS]
        assert {row[0] for row in rows} == {world.OURS}
        told = dict(exported(colleague, results)["説明"].iter_rows(min_row=2, values_only=True))
        assert "保健所が担当する" in told["市町村"]
        everybody = exported(as_officer, results)["結果"].iter_rows(min_row=2, values_only=True)
        assert {row[0] for row in everybody} == {world.OURS, world.THEIRS}

    def test_does_not_see_what_none_of_the_own_towns_got(self, colleague, as_officer, form):
        version = {"base_version": form.version}
        as_officer.post(f"{LIST}{form.key}/edit/", HEAD | {"towns": [world.THEIRS]} | version)
        as_officer.post(f"{LIST}{form.key}/send/", {"base_version": form.version + 1})

        assert colleague.get(LIST).context["lines"] == []
        assert colleague.get(f"{LIST}{form.key}/").status_code == 404
        assert colleague.get(f"{LIST}{form.key}/results/").status_code == 404
        assert as_officer.get(f"{LIST}{form.key}/").status_code == 200

    def test_writes_nothing(self, colleague, form):
        assert colleague.get(f"{LIST}{form.key}/").status_code == 404
        assert colleague.post(f"{LIST}add/", HEAD).status_code == 403
        assert colleague.post(f"{LIST}{form.key}/send/").status_code == 403


def exported(client, results):
    response = client.get(f"{results}export/")
    return load_workbook(io.BytesIO(b"".join(response)))


def test_each_town_is_told_by_mail_when_a_questionnaire_comes(sent, settings):
    settings.BASE_URL = "https://pdca.example.jp"
    run_everything()

    letters = {letter.to[0]: letter for letter in outbox.outbox}
    letter = letters["editor@example.jp"]
    assert "neighbour@example.jp" in letters
    assert letter.subject == "【見本市】県の調査票：県の医療機関アンケート"
    assert "すべての医療機関に聞いてください。" in letter.body
    assert f"https://pdca.example.jp{page(cycle_of(world.OURS), sent)}" in letter.body


def test_a_questionnaire_that_is_not_sent_is_told_to_nobody(form):
    run_everything()

    assert outbox.outbox == []


def test_who_writes_no_more_is_told_nothing(sent, people):
    run_everything(times=1)
    Membership.objects.filter(user=people["editor"]).delete()
    run_everything()

    assert "editor@example.jp" not in {letter.to[0] for letter in outbox.outbox}
