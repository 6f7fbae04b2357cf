"""紙の調査票の入力: one sheet after the other, by keyboard alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render

from councils.choices import Profession
from municipalities.access import Permission, requires
from municipalities.fields import normalise
from municipalities.pages.editing import FORM_METHODS
from surveys.answers import filling
from surveys.models import Response
from surveys.questionnaires.shape import form_shape
from surveys.rounds.round_rows import the_round
from surveys.sheets import keying, sheet_form

NO_NUMBER = "紙の番号を入力してください（例：1）。番号は、紙の調査票にも書いておきます。"
LONG_NUMBER = "紙の番号は、20字以内で入力してください。"
LONGEST_NUMBER = 20
OVERMARKED = "{}は、選び方が設問の指定と合わないため、集計では「無回答」に数えます。"
LEFT_OUT = "{}の記入は、前の設問の答えで飛ばす設問のため、保存していません。"


@requires(Permission.EDIT_PLAN)
def sheet_add(request, round_key):
    """Show an empty sheet, or take one; what does not fit is said at its field."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    row = the_round(request, round_key)
    if trouble := row.no_paper_because:
        messages.warning(request, trouble)
        return redirect(row.page)
    form = form_shape.read(row.questionnaire)
    if request.method != "POST":
        number = sheet_form.number_of(request.GET.get("sheet", ""))[:LONGEST_NUMBER]
        return show(request, row, form, {}, number=number)
    filled = filling.fill(form, sheet_form.typed_of(form, request.POST), is_paper=True)
    number = sheet_form.number_of(normalise(request.POST.get("sheet_number", ""), lines=False))
    trouble = number_trouble(number)
    if trouble or filled.errors:
        return show(request, row, form, filled.errors, number=number, trouble=trouble)
    return take(request, row, form, filled, number)


def number_trouble(number):
    if not number:
        return NO_NUMBER
    return LONG_NUMBER if len(number) > LONGEST_NUMBER else ""


def take(request, row, form, filled, number):
    """Write the sheet and go on to the next; one that is there already is compared first."""
    if filled.left_out and request.POST.get("left_out") != " ".join(filled.left_out):
        return show(request, row, form, {}, number=number, asks=filled.left_out)
    replaces = request.POST.get("replace") == number
    sheet = keying.Sheet(number, form, filled)
    try:
        keyed = keying.key_in(row, sheet, by=request.user, replaces=replaces)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect(row.page)
    if keyed.differing:
        asked = {"differing": keyed.differing, "asks": filled.left_out}
        return show(request, row, form, {}, number=number, **asked)
    done = "登録しました" if keyed.is_new else "2回目の入力は、登録してある内容と一致しました"
    messages.success(request, f"紙の番号 {number}：{done}。{told_of(filled)}")
    following = sheet_form.next_number(number)
    return redirect(f"{request.path}?sheet={following}" if following else request.path)


def told_of(filled):
    """Say which questions bear more marks than they ask for (a slip of the finger looks the same), and what was left out."""
    return "".join(
        sentence.format("、".join(questions))
        for questions, sentence in ((filled.overmarked, OVERMARKED), (filled.left_out, LEFT_OUT))
        if questions
    )


def items_of(fields, trouble):
    """Return what is wrong for the summary on top, the number of the sheet first."""
    number = [{"target": "sheet_number", "message": trouble}] if trouble else []
    return number + [
        {"target": one.name, "message": f"{one.label}：{sentence}"}
        for one in fields
        for sentence in one.errors
    ]


def show(request, row, form, errors, *, number, trouble="", differing=(), asks=()):  # noqa: PLR0913 -- what a sheet shows
    entered = {name: request.POST.get(name, "") for name in request.POST}
    fields = sheet_form.fields_of(form, entered, errors)
    context = {
        "round": row,
        "fields": fields,
        "items": items_of(fields, trouble),
        "professions": Profession.choices[1:],
        "profession_names": [
            f"q{one.number}" for one in form.questions if one.kind == "profession"
        ],
        "number": number,
        "trouble": trouble,
        "differing": differing,
        "asks": asks,
        "left_out": " ".join(asks),
        "is_left_out": bool(asks) and request.POST.get("left_out") == " ".join(asks),
        "count": Response.objects.filter(round=row, way="paper").count(),
        "has_errors": bool(errors or trouble),
    }
    is_unanswered = asks and not differing
    status = 422 if errors or trouble or is_unanswered else 409 if differing else 200
    return render(request, "surveys/rounds/sheet_add.html", context, status=status)
