"""評価: the year's facts and judgements on one page, the form of each fact, and the press that drafts them all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from councils.evaluating import evaluated, evaluating, evaluation_page, joined_file, joined_sheet
from councils.evaluating.drafting import draft_all
from councils.evaluating.evaluated import COMMON, SCENES, label_of
from councils.evaluating.evaluation_forms import EvaluationForm
from councils.models import Evaluation
from indicators.followed import office_copy
from indicators.followed.evaluation_sheet import lacks_parts
from indicators.followed.evaluation_views import XLSX
from indicators.followed.office_copy import is_office_copy
from indicators.verdicts.evaluation import BASIS
from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row

LEAD = (
    "ここには、起きたこと（事実）を書きます。どう受け止めるかは、協議体の判断として別に記録します。"
)
# What of the list is asked for, by its name in the address.
ASKED = {"wanted": "open", "at": "at", "number": "page"}


def chosen_scene(request):
    """Return the scene that `?scene=` names, `all` for what all have in common; None for everything."""
    return next((one for one in SCENES if one == request.GET.get("scene")), None)


@require_safe
@requires(Permission.VIEW_PLAN)
def evaluation_list(request):
    """Every outcome, activity and working group with its numbers, facts, judgements and improvements."""
    scene, every = chosen_scene(request), evaluating.of(request.cycle)
    asked = {name: request.GET.get(of, "") for name, of in ASKED.items()}
    listed = evaluation_page.of(every, scene=scene, **asked)
    context = {
        "listed": listed,
        "found": listed.scenes,
        "page": listed.page,
        "counts": evaluating.counts(every),
        "scenes": CARE_SCENES,
        "chosen": scene,
        "chosen_label": label_of(scene) if scene else "",
        "common": COMMON,
        "basis": BASIS,
    }
    return render(request, "councils/evaluation_list.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def evaluation_sheet(request):
    """The whole 評価シート of the year or of one scene: for the council, or the marked copy for the office."""
    scene, is_for_office = chosen_scene(request), is_office_copy(request)
    parts = joined_sheet.of(request.cycle, scene=scene, is_for_office=is_for_office)
    context = {
        "parts": parts,
        "lacks_parts": lacks_parts(joined_sheet.lines_of(parts)),
        **office_copy.asked(is_for_office=is_for_office),
        "scenes": CARE_SCENES,
        "chosen": scene,
        "chosen_label": label_of(scene) if scene else "",
        "common": COMMON,
        "basis": BASIS,
    }
    return render(request, "councils/evaluation_sheet.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def evaluation_sheet_xlsx(request):
    """The same as a workbook."""
    cycle, for_office = request.cycle, {"is_for_office": is_office_copy(request)}
    parts = joined_sheet.of(cycle, scene=chosen_scene(request), **for_office)
    content = joined_file.as_xlsx(cycle, parts, **for_office)
    name = joined_file.name_of(cycle, **for_office)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@require_POST
@requires(Permission.EDIT_PLAN)
def evaluation_draft(request):
    """Write the facts of the year from its numbers, where nobody has written any."""
    count = draft_all(request.cycle, by=request.user)
    told = f"{count}件の下書きを、数字から作りました。文を確かめて、要因を書き加えてください。"
    if count:
        messages.success(request, told)
    else:
        messages.info(request, "新しく作れる下書きはありません。")
    return redirect(request.cycle.url("councils:evaluation_list"))


def place_on_list(request, subject):
    """Return where a thing stands on the list, on whichever page."""
    return f"{request.cycle.url('councils:evaluation_list')}?at={subject.anchor}#{subject.anchor}"


def edit(request, column, key):
    """Show the form of the one evaluation of a thing, or save it."""
    row = get_object_or_404(evaluated.rows_of(column, request.cycle), key=key)
    subject = evaluated.subject(column, row, request.cycle)
    found = Evaluation.objects.filter(cycle=request.cycle, **{column: row}).first()
    fresh = Evaluation(
        cycle=request.cycle, key=evaluated.key_of(column, row), audience="adviser", **{column: row}
    )
    page = EditPage(
        key=f"evaluation-{request.cycle.fiscal_year}-{column}-{key}",
        title=f"「{subject.name}」の評価（事実）を書く",
        back=place_on_list(request, subject),
        lead=f"{subject.kind}「{subject.name}」。{LEAD}",
        remove=request.cycle.url("councils:evaluation_delete", found.key) if found else "",
    )
    return edit_row(request, found or fresh, form_class=EvaluationForm, page=page)


@requires(Permission.EDIT_PLAN)
def evaluation_of_outcome(request, outcome_key):
    return edit(request, "outcome", outcome_key)


@requires(Permission.EDIT_PLAN)
def evaluation_of_activity(request, activity_key):
    return edit(request, "activity", activity_key)


@requires(Permission.EDIT_PLAN)
def evaluation_of_council(request, council_key):
    return edit(request, "council", council_key)


@requires(Permission.EDIT_PLAN)
def evaluation_delete(request, evaluation_key):
    row = get_object_or_404(Evaluation, cycle=request.cycle, key=evaluation_key)
    page = DeletePage(
        title="評価を削除する",
        back=place_on_list(request, evaluated.subject_of(row, request.cycle)),
        lead="この評価についての協議体の判断も、一緒に削除します。",
        name=row.text,
    )
    return delete_row(request, row, page=page)
