"""調査票 through the front door: begun, built, copied, asked and then fixed; two people at once; the fence."""

import pytest

from municipalities.kernel import submission_keys, trash
from municipalities.kernel.changes import Change
from municipalities.kernel.trash import TrashItem
from municipalities.tenancy import within
from surveys.choices import QuestionType
from surveys.models import (
    Answer,
    KeptTables,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Response,
    SurveyRound,
)
from surveys.questionnaires.making import form_deleting
from surveys.questionnaires.pages.questionnaire_forms import FormForm
from surveys.questionnaires.shape import form_shape
from tests import world

pytestmark = pytest.mark.django_db
FORMS = "/m/990019/2026/surveys/forms/"
NASTY = "\"'><script>alert(1)</script>{{ 7|add:7 }}"


@pytest.fixture
def questionnaire(here):
    return Questionnaire.objects.create(key="form", title="連携の調査", position=900)


@pytest.fixture
def question(questionnaire):
    row = Question.objects.create(
        questionnaire=questionnaire, key="first", text="連携していますか", position=100
    )
    for at, label in enumerate(("はい", "いいえ"), 1):
        Option.objects.create(question=row, key=f"first-{at}", label=label, position=at)
    return row


def press(client, address, **typed):
    return client.post(FORMS + address, {"submission_key": submission_keys.new(), **typed})


def save(client, address, **typed):
    """Open a page with a form and save it with some fields typed anew."""
    form = client.get(FORMS + address).context["form"]
    kept = {name: form[name].value() for name in form.fields}
    return client.post(
        FORMS + address,
        {name: value for name, value in (kept | typed).items() if value is not None},
    )


def texts(questionnaire):
    return [one.text for one in questionnaire.questions.all()]


def labels(question):
    return [one.label for one in question.options.all()]


def ask(questionnaire, cycle):
    """Let a questionnaire be asked."""
    Questionnaire.objects.filter(pk=questionnaire.pk).update(is_fixed=True)
    questionnaire.refresh_from_db()
    return SurveyRound.objects.create(
        cycle=cycle, questionnaire=questionnaire, key="round-x", title="調査"
    )


def test_a_questionnaire_begins_blank_or_from_a_template(as_editor, here):
    assert press(as_editor, "add/", title="白紙の調査", template="").status_code == 302
    assert Questionnaire.objects.get(title="白紙の調査").questions.count() == 0
    assert press(as_editor, "add/", title="", template="care-managers").status_code == 302
    made = Questionnaire.objects.get(title__contains="ケアマネジャー向け")
    form = form_shape.read(made)
    assert len(form.questions) == 10
    [lead] = [one for one in form.questions if one.leads_on][:1]
    assert lead.options[1].skip_to in {page.key for page in form.pages}
    response = as_editor.get(f"{FORMS}{made.key}/")
    assert response.status_code == 200
    assert "調査を始める前に、直してください" not in response.content.decode()


def test_a_name_is_needed_where_there_is_no_template(as_editor, here):
    response = press(as_editor, "add/", title="", template="")
    assert response.status_code == 422
    assert "調査票の名称を入力してください" in response.content.decode()


TYPED = {
    "single": {"options": "はい\nいいえ\nその他【記入】"},
    "multiple": {"options": "医師\n看護師\n特にない【ほかと選べない】", "most": "２"},
    "scale": {"options": "よい【2点】\n悪い【１点】\nわからない", "scale": "good_first"},
    "matrix": {"options": "ある\nない\nしたい【別に✓】", "rows": "病院\n薬局"},
    "number": {"unit": "人", "smallest": "0", "largest": "１００"},
    "short_text": {},
    "long_text": {},
    "profession": {},
    "own_code": {},
    "section": {},
}


@pytest.mark.parametrize(("template", "anchor"), [("", "#add"), ("residents", "#asked")])
def test_a_new_questionnaire_is_opened_to_be_gone_on_with(as_editor, here, template, anchor):
    response = press(as_editor, "add/", template=template, title="新しい調査票")

    made = Questionnaire.objects.get(title="新しい調査票")
    assert response.headers["Location"] == f"{FORMS}{made.key}/{anchor}"
    page = as_editor.get(response.headers["Location"]).content.decode()
    assert "調査票を作りました。" in page
    assert 'id="add"' in page


@pytest.mark.parametrize(
    ("kind", "verb"), [("single", "設問を追加する"), ("section", "見出しを追加する")]
)
def test_the_button_says_what_is_added(as_editor, questionnaire, kind, verb):
    page = as_editor.get(f"{FORMS}form/questions/add/{kind}/").content.decode()

    assert f'type="submit">{verb}</button>' in page


@pytest.mark.parametrize(
    ("kind", "lists", "sentence"),
    [
        (
            "matrix",
            {"options": "ある【記入】\nない", "rows": "病院"},
            "列「ある」の印を消してください。表の列には「記入」と「ほかと選べない」を使えません。",
        ),
        (
            "matrix",
            {"options": "ある\nない", "rows": "病院【記入】"},
            "項目「病院」の印を消してください。",
        ),
        (
            "matrix",
            {"options": "ある\nない", "rows": "病院\n病院"},
            "表の項目：2行目「病院」：同じ行がほかにもあります。どちらかを消してください。",
        ),
        (
            "single",
            {"options": "ある\nない", "after": "gone"},
            "置く場所に選んだ設問は、いまはありません。選び直してください。",
        ),
        (
            "single",
            {"options": "ある【別に✓】\nない"},
            "選択肢「ある」の印を消してください。「別に✓」は、表の列だけに使えます。",
        ),
    ],
)
def test_a_mark_in_the_wrong_place_is_named(as_editor, questionnaire, kind, lists, sentence):
    typed = {"text": "設問", "scene": "all", "scale": "none", "after": "last"} | lists
    page = press(as_editor, f"form/questions/add/{kind}/", **typed)

    assert page.status_code == 422
    assert sentence in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "options", "sentence"),
    [
        ("matrix", "ある", "問1：表の列が足りません。2つ以上にしてください。"),
        ("single", "ある", "問1：選択肢が足りません。2つ以上にしてください。"),
    ],
)
def test_what_is_missing_is_called_what_the_page_calls_it(
    as_editor, questionnaire, kind, options, sentence
):
    press(
        as_editor,
        f"form/questions/add/{kind}/",
        text="設問",
        scene="all",
        scale="none",
        after="last",
        options=options,
        rows="病院",
    )

    assert sentence in as_editor.get(f"{FORMS}form/").content.decode()


@pytest.mark.parametrize("kind", [one.value for one in QuestionType])
def test_every_kind_of_question_is_added_shown_and_drawn(as_editor, questionnaire, kind):
    typed = {"text": "設問の文", "scene": "all", "scale": "none", "after": "last"} | TYPED[kind]
    response = press(as_editor, f"form/questions/add/{kind}/", **typed)
    assert response.status_code == 302, response.context["form"].errors
    [row] = questionnaire.questions.all()
    assert (row.kind, row.text, row.is_required) == (kind, "設問の文", False)
    for page in ("form/", "form/preview/", f"questions/{row.key}/edit/"):
        assert "設問の文" in as_editor.get(FORMS + page).content.decode()


def test_marks_at_the_end_of_a_line_become_what_an_option_can_do(as_editor, questionnaire):
    lists = {"options": "よい【4点】\nその他【記入】\n特にない【ほかと選べない】\n病院【市内】"}
    typed = {"text": "x", "scene": "all", "scale": "none", "after": "last"} | lists
    press(as_editor, "form/questions/add/multiple/", **typed)
    good, other, none, place = Option.objects.filter(question__questionnaire=questionnaire)
    assert (good.label, good.points) == ("よい", 4)
    assert (other.label, other.takes_text) == ("その他", True)
    assert (none.label, none.is_exclusive) == ("特にない", True)
    assert place.label == "病院【市内】"


def test_a_bad_line_is_named_and_what_was_typed_stays(as_editor, questionnaire):
    typed = {"text": "x", "scene": "all", "scale": "none", "after": "last"}
    response = press(
        as_editor, "form/questions/add/single/", **typed, options="はい\nはい\n" + "あ" * 201
    )
    assert response.status_code == 422
    html = response.content.decode()
    assert "2行目「はい」：同じ行がほかにもあります" in html
    assert "200字以内にしてください" in html
    assert "あ" * 201 in html
    assert texts(questionnaire) == []


def test_a_question_goes_behind_another_and_moves(as_editor, questionnaire, question):
    typed = {"scene": "all"}
    press(as_editor, "form/questions/add/short_text/", text="最後", after="last", **typed)
    press(as_editor, "form/questions/add/short_text/", text="間", after="first", **typed)
    assert texts(questionnaire) == ["連携していますか", "間", "最後"]
    as_editor.post(f"{FORMS}questions/first/down/")
    assert texts(questionnaire) == ["間", "連携していますか", "最後"]
    as_editor.post(f"{FORMS}questions/first/up/")
    assert texts(questionnaire)[0] == "連携していますか"


def test_there_is_room_between_two_questions_however_often(as_editor, questionnaire, question):
    Question.objects.create(questionnaire=questionnaire, key="next", text="次", position=101)
    for number in range(3):
        press(
            as_editor,
            "form/questions/add/short_text/",
            text=f"間{number}",
            scene="all",
            after="first",
        )
    assert texts(questionnaire) == ["連携していますか", "間2", "間1", "間0", "次"]


def test_one_press_makes_one_copy(as_editor, questionnaire, question):
    Option.objects.filter(key="first-2").update(skip_to="end")
    key = submission_keys.new()
    for _ in range(2):
        as_editor.post(f"{FORMS}questions/first/copy/", {"submission_key": key})
    first, copy = questionnaire.questions.all()
    assert (first.key, copy.text) == ("first", "連携していますか")
    assert [(one.label, one.skip_to) for one in copy.options.all()] == [
        ("はい", ""),
        ("いいえ", "end"),
    ]


def test_a_question_is_edited_and_two_people_are_merged_or_asked(as_editor, sign_in, question):
    opened = {"base_version": "1", "scene": "all", "scale": "none", "kind": "single"}
    address = f"{FORMS}questions/first/edit/"
    assert as_editor.post(address, opened | {"text": "甲"}).status_code == 302
    response = as_editor.post(address, opened | {"text": "乙"})
    assert response.status_code == 409
    question.refresh_from_db()
    assert question.text == "甲"


def test_options_are_rewritten_by_their_words(as_editor, question):
    Option.objects.filter(key="first-2").update(skip_to="end")
    response = save(
        as_editor, "questions/first/options/", options="いいえ\nどちらともいえない\nはい"
    )
    assert response.status_code == 302
    assert labels(question) == ["いいえ", "どちらともいえない", "はい"]
    assert Option.objects.get(key="first-2").skip_to == "end"
    save(as_editor, "questions/first/options/", options="いいえ！\nどちらともいえない\nはい")
    assert Option.objects.get(key="first-2").label == "いいえ！"
    save(as_editor, "questions/first/options/", options="はい\nどちらともいえない")
    assert TrashItem.objects.filter(kind="surveys.option", title="いいえ！").exists()


def test_who_was_overtaken_sees_the_new_options_and_may_write_over_them(as_editor, question):
    address = f"{FORMS}questions/first/options/"
    mark = as_editor.get(address).context["form"].initial["mark"]
    as_editor.post(address, {"options": "甲\n乙", "mark": mark})
    response = as_editor.post(address, {"options": "丙\n丁", "mark": mark})
    assert response.status_code == 409
    assert "甲" in response.content.decode()
    assert labels(question) == ["甲", "乙"]
    again = response.context["form"].data["mark"]
    assert as_editor.post(address, {"options": "丙\n丁", "mark": again}).status_code == 302
    assert labels(question) == ["丙", "丁"]


def test_an_option_leads_on_but_never_back(as_editor, questionnaire, question):
    Question.objects.create(questionnaire=questionnaire, key="before", text="前", position=1)
    Question.objects.create(questionnaire=questionnaire, key="behind", text="後", position=200)
    assert save(as_editor, "questions/first/skips/", to2="behind").status_code == 302
    assert Option.objects.get(key="first-2").skip_to == "behind"
    assert "「いいえ」→問3へ" in as_editor.get(f"{FORMS}form/").content.decode()
    response = save(as_editor, "questions/first/skips/", to1="before")
    assert response.status_code == 422
    assert "前には戻れません" in response.content.decode()
    assert Option.objects.get(key="first-1").skip_to == ""


def test_what_leads_back_after_a_move_is_to_be_put_right(as_editor, questionnaire, question):
    Question.objects.create(questionnaire=questionnaire, key="behind", text="後", position=200)
    Option.objects.filter(key="first-2").update(skip_to="behind")
    as_editor.post(f"{FORMS}questions/behind/up/")
    html = as_editor.get(f"{FORMS}form/").content.decode()
    assert "「いいえ」を選んだ人の進み先を直してください。問1は、この設問より前にあります。" in html


def test_a_skip_opened_before_a_move_is_not_written(as_editor, questionnaire, question):
    Question.objects.create(questionnaire=questionnaire, key="behind", text="後", position=200)
    mark = as_editor.get(f"{FORMS}questions/first/skips/").context["form"].initial["mark"]
    Question.objects.create(questionnaire=questionnaire, key="more", text="間", position=150)
    response = as_editor.post(f"{FORMS}questions/first/skips/", {"mark": mark, "to1": "behind"})
    assert response.status_code == 409
    assert Option.objects.get(key="first-1").skip_to == ""


def test_questions_of_the_library_come_with_what_ties_them(as_editor, questionnaire, question):
    response = press(as_editor, "form/library/", chosen=["place", "partners"], after="last")
    assert response.status_code == 302, response.context["form"].errors
    assert questionnaire.questions.count() == 4
    done, wish = questionnaire.questions.filter(kind="multiple")
    assert (done.beside_key, wish.beside_key) == (wish.key, done.key)


def test_a_question_goes_with_its_options_and_comes_back(as_editor, here, questionnaire, question):
    MatrixRow.objects.create(question=question, key="row-x", label="行")
    as_editor.post(f"{FORMS}questions/first/delete/", {"base_version": "1"})
    assert texts(questionnaire) == []
    item = TrashItem.objects.get(kind="surveys.question")
    as_editor.post(f"/m/990019/2026/trash/{item.pk}/restore/")
    assert labels(questionnaire.questions.get()) == ["はい", "いいえ"]


FIXED_PAGES = (
    "form/questions/add/single/",
    "form/library/",
    "questions/first/edit/",
    "questions/first/delete/",
    "questions/first/options/",
    "questions/first/skips/",
)
FIXED_DEEDS = ("questions/first/up/", "questions/first/down/", "questions/first/copy/")


@pytest.mark.parametrize("page", FIXED_PAGES)
def test_what_was_asked_is_not_opened_for_writing(as_editor, here, questionnaire, question, page):
    assert as_editor.get(FORMS + page).status_code == 200
    ask(questionnaire, here)
    response = as_editor.get(FORMS + page)
    assert response.status_code == 409
    assert "新しい版を作る" in response.content.decode()


@pytest.mark.parametrize("page", [*FIXED_PAGES, *FIXED_DEEDS])
def test_what_was_asked_stays_as_it_was(as_editor, here, questionnaire, question, page):
    typed = {"text": "別の文", "options": "a\nb", "scene": "all", "scale": "none", "after": "last"}
    ask(questionnaire, here)
    before = Change.objects.count()
    assert press(as_editor, page, base_version="1", chosen=["place"], **typed).status_code == 409
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("questions/first/edit/", {"text": "別の文"}),
        ("questions/first/options/", {"options": "a\nb"}),
        ("questions/first/skips/", {"to1": "end"}),
        ("form/edit/", {"opening": "別の文"}),
    ],
)
def test_what_is_asked_between_reading_and_writing_stays(
    as_editor, here, questionnaire, question, page, typed, monkeypatch
):
    """The page was let through; the round opened just before the row was written."""
    monkeypatch.setattr(
        "surveys.questionnaires.pages.asked_views.refuse_fixed", lambda row: ask(row, here)
    )
    monkeypatch.setattr("surveys.questionnaires.pages.form_views.FixedFormForm", FormForm)
    form = as_editor.get(FORMS + page).context["form"]
    KeptTables.objects.all().delete()
    SurveyRound.objects.all().delete()
    if page == "form/edit/":
        ask(questionnaire, here)
    fields = {name: form[name].value() or "" for name in form.fields} | typed
    before = Change.objects.count()
    response = as_editor.post(FORMS + page, fields | {"base_version": "1"})
    assert response.status_code == 409
    assert Change.objects.count() == before


def test_of_what_was_asked_the_note_may_still_be_written(as_editor, here, questionnaire):
    ask(questionnaire, here)
    response = save(as_editor, "form/edit/", note="次は減らす", base_version="1")
    assert response.status_code == 302
    questionnaire.refresh_from_db()
    assert questionnaire.note == "次は減らす"


def test_the_next_version_knows_what_it_asks_again(as_editor, here, questionnaire, question):
    Option.objects.filter(key="first-2").update(skip_to="end")
    ask(questionnaire, here)
    response = press(as_editor, "form/next/")
    made = Questionnaire.objects.get(edition=2, earlier_key="form")
    assert response["Location"].endswith(f"/forms/{made.key}/")
    [row] = made.questions.all()
    assert (row.text, row.earlier_key, str(made)) == (
        "連携していますか",
        "first",
        "連携の調査（第2版）",
    )
    assert [one.skip_to for one in row.options.all()] == ["", "end"]
    assert (
        "earlier_change"
        in as_editor.get(f"{FORMS}questions/{row.key}/edit/").context["form"].fields
    )
    press(as_editor, "form/next/")
    assert Questionnaire.objects.filter(edition=2, earlier_key="form").count() == 1


def test_a_copy_is_tied_to_nothing(as_editor, questionnaire, question):
    press(as_editor, "form/copy/")
    made = Questionnaire.objects.get(title="連携の調査（複製）")
    assert (made.edition, made.earlier_key, made.is_fixed) == (1, "", False)
    assert [one.earlier_key for one in made.questions.all()] == [""]


def test_what_answers_point_at_stays_and_the_page_says_where(
    as_editor, here, questionnaire, question
):
    round_ = ask(questionnaire, here)
    response = Response.objects.create(round=round_, key="response-x", submission="s")
    Answer.objects.create(response=response, question=question, option=question.options.first())
    page = as_editor.post(f"{FORMS}form/delete/", {"base_version": "1"})
    assert page.status_code == 409
    told = page.content.decode()
    assert (
        "この調査票は「調査」（令和8年度（2026年度））の実施で使われているため、削除できません"
        in told
    )
    assert "回答の内容" not in told
    assert Questionnaire.objects.filter(key="form").exists()
    # Nor is it offered, where it could not be done.
    for address in (f"{FORMS}form/", FORMS):
        assert "forms/form/delete/" not in as_editor.get(address).content.decode()
    assert "実施で使われているため" in as_editor.get(f"{FORMS}form/").content.decode()


def test_a_round_that_begins_meanwhile_keeps_the_questionnaire(people, here, questionnaire):
    ask(questionnaire, here)

    with pytest.raises(trash.InUse) as caught:
        form_deleting.throw_away(questionnaire, by=people["editor"], cycle=here)

    assert [str(one) for one in caught.value.holders] == ["調査"]


def test_two_hundred_questions_cost_no_more_queries_than_one(
    as_editor, questionnaire, question, django_assert_max_num_queries
):
    pages = ("", "form/", "form/preview/", "questions/first/skips/")
    with django_assert_max_num_queries(20 * len(pages)) as few:
        for page in pages:
            as_editor.get(FORMS + page)
    asked = [
        Question(questionnaire=questionnaire, key=f"q{n}", text=f"設問{n}", position=200 + n)
        for n in range(199)
    ]
    Question.objects.bulk_create(asked)
    Option.objects.bulk_create(
        Option(question=one, key=f"{one.key}-{at}", label=f"選択肢{at}", position=at)
        for one in asked
        for at in range(5)
    )
    with django_assert_max_num_queries(len(few)):
        for page in pages:
            assert as_editor.get(FORMS + page).status_code == 200


def test_there_is_an_end_to_questions(as_editor, questionnaire, question):
    Question.objects.bulk_create(
        Question(questionnaire=questionnaire, key=f"q{n}", text="x", position=n) for n in range(299)
    )
    response = press(
        as_editor, "form/questions/add/short_text/", text="多い", scene="all", after="last"
    )
    assert response.status_code == 422
    assert "300件まで" in response.content.decode()


def test_no_text_becomes_html(as_editor, here, questionnaire, question):
    Questionnaire.objects.filter(pk=questionnaire.pk).update(
        title=NASTY, opening=NASTY, closing=NASTY, note=NASTY
    )
    Question.objects.filter(pk=question.pk).update(text=NASTY, help=NASTY)
    Option.objects.filter(question=question).update(label=NASTY, skip_to="end")
    for page in ("", "form/", "form/preview/", *FIXED_PAGES):
        html = as_editor.get(FORMS + page).content.decode()
        assert "<script>alert" not in html
        assert ">14" not in html


@pytest.mark.parametrize("page", ["form/", "form/preview/", "form/paper.pdf", *FIXED_PAGES])
def test_a_questionnaire_of_a_neighbour_is_not_found(as_editor, here, page):
    with within(world.cycle_of(world.THEIRS).municipality):
        theirs = Questionnaire.objects.create(key="form", title="となりの調査票")
        Question.objects.create(questionnaire=theirs, key="first", text="となりの設問")
    assert as_editor.get(FORMS + page).status_code == 404


def test_a_viewer_reads_and_does_not_write_and_an_adviser_does_neither(sign_in, question):
    viewer, adviser = sign_in("viewer"), sign_in("adviser")
    html = viewer.get(f"{FORMS}form/").content.decode()
    assert "連携していますか" in html
    assert "設問を追加する" not in html
    for page in (*FIXED_PAGES, *FIXED_DEEDS, "add/", "form/edit/", "form/copy/", "form/next/"):
        assert viewer.post(FORMS + page).status_code == 403
        assert adviser.post(FORMS + page).status_code in {403, 404}


def test_places_are_offered_from_the_top_with_their_numbers(as_editor, questionnaire, question):
    Question.objects.create(
        questionnaire=questionnaire, key="head", kind="section", text="次のこと", position=200
    )
    Question.objects.create(
        questionnaire=questionnaire, key="second", kind="number", text="年数", position=300
    )

    page = as_editor.get(f"{FORMS}form/questions/add/single/").content.decode()

    offered = [
        page.index(words)
        for words in ("問1「連携していますか」の次", "見出し「次のこと」の次", "問2「年数」の次")
    ]
    assert offered == sorted(offered)


@pytest.mark.parametrize(("kind", "count"), [("single", 1), ("matrix", 2), ("number", 0)])
def test_boxes_that_may_wait_say_until_when(as_editor, questionnaire, kind, count):
    page = as_editor.get(f"{FORMS}form/questions/add/{kind}/").content.decode()

    assert page.count("受付を始めるまでに必要です") == count


@pytest.mark.parametrize(
    ("range_", "told"),
    [
        ({"smallest": 0, "largest": 60}, "数の範囲：0から60まで"),
        ({"largest": 60}, "数の範囲：60以下"),
        ({}, ""),
    ],
)
def test_the_range_of_a_number_stands_in_the_list(as_editor, questionnaire, range_, told):
    Question.objects.create(
        questionnaire=questionnaire, key="years", kind="number", text="年数", **range_
    )

    page = as_editor.get(f"{FORMS}form/").content.decode()

    assert (told in page) if told else ("数の範囲：" not in page)
