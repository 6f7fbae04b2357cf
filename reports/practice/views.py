"""A town's own good practice: the list, one case, writing it, publishing it and taking it back."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from logicmodels.models import Activity
from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from reports.delivery import office
from reports.document import practice_copies
from reports.models import Practice, PublishedPractice
from reports.practice import library, platform, publishing
from reports.practice.case import thaw
from reports.practice.forms import PracticeForm


def list_url(request):
    return request.cycle.url("practices:practice_list")


def one_practice(request, key):
    """Return a practice of the year with its year at hand. Raises Http404."""
    rows = Practice.objects.select_related("activity")
    row = get_object_or_404(rows, cycle=request.cycle, key=key)
    row.cycle = request.cycle
    return row


@require_safe
@requires(Permission.VIEW_PLAN)
def practice_list(request):
    """Our own cases of the year, each with whether others read it."""
    year = request.cycle.fiscal_year
    copies = PublishedPractice.objects.filter(municipality=request.municipality, fiscal_year=year)
    public = {copy.key: copy for copy in copies.defer("content", "words")}
    rows = list(Practice.objects.filter(cycle=request.cycle))
    for row in rows:
        row.copy = public.get(row.key)
    return render(request, "reports/practice/practice_list.html", {"practices": rows})


@require_safe
@requires(Permission.VIEW_PLAN)
def practice(request, practice_key):
    """What others would read of a case, and whether they do."""
    return practice_page(request, one_practice(request, practice_key))


def practice_page(request, row, *, error="", status=200):
    now = publishing.copy_of(row)
    context = {
        "practice": row,
        # As the bytes have it: what they leave out is not shown either.
        "case": thaw(now.frozen.content),
        "size": library.size_in_words(now.population),
        "error": error,
        **practice_copies.COPIES.standing(row, now.frozen),
    }
    return render(request, "reports/practice/practice.html", context, status=status)


@requires(Permission.EDIT_PLAN)
def practice_add(request):
    """A new case; `?activity=` names the activity it begins from."""
    page = EditPage(
        key=f"practice-new-{request.cycle.fiscal_year}",
        title="好事例を書く",
        back=list_url(request),
    )
    among = Practice.objects.filter(cycle=request.cycle)
    return add_row(
        request,
        begun_from(request, request.GET.get("activity", "")),
        form_class=PracticeForm,
        page=page,
        deed=partial(insert, among=among, by=request.user),
    )


def begun_from(request, activity_key):
    """Return a new case with what its activity already tells."""
    row = Practice(cycle=request.cycle)
    activity = Activity.objects.filter(cycle=request.cycle, key=activity_key).first()
    if activity is not None:
        row.activity, row.scene, row.work_item = activity, activity.scene, activity.work_item
        row.title = activity.name[: Practice._meta.get_field("title").max_length]
        row.outline = activity.description
    return row


def insert(form, *, among, by):
    """Write a new case behind the last one."""
    form.settle(by=by)
    ordering.append(form.save(commit=False), among=among, by=by)


class SharedPracticeForm(PracticeForm):
    """Editing: who may read less than the copy was made for is believed at once."""

    def carry(self, row, *, by):
        practice_copies.keep_within(row, row.audience, by=by)


@requires(Permission.EDIT_PLAN)
def practice_edit(request, practice_key):
    row = one_practice(request, practice_key)
    page = EditPage(
        key=f"practice-{request.cycle.fiscal_year}-{practice_key}",
        title="好事例を編集する",
        back=request.cycle.url("practices:practice", practice_key),
        lead="保存しても、公開している内容は変わりません。新しい内容を見せるには、もう一度公開してください。",
    )
    return edit_row(request, row, form_class=SharedPracticeForm, page=page)


@requires(Permission.EDIT_PLAN)
def practice_delete(request, practice_key):
    row = one_practice(request, practice_key)
    page = DeletePage(
        title="好事例を削除する",
        back=list_url(request),
        lead="公開している写しも読めなくなります。",
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def practice_move(request, practice_key, step):
    among = Practice.objects.filter(cycle=request.cycle)
    ordering.move(one_practice(request, practice_key), among=among, step=step, by=request.user)
    return redirect(f"{list_url(request)}#{practice_key}")


@require_POST
@requires(Permission.EDIT_PLAN)
def practice_publish(request, practice_key):
    row = one_practice(request, practice_key)
    try:
        publishing.publish(row, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        return practice_page(request, row, error="".join(error.messages), status=409)
    messages.success(request, "公開しました。")
    return redirect(request.cycle.url("practices:practice", practice_key))


@require_POST
@requires(Permission.EDIT_PLAN)
def practice_withdraw(request, practice_key):
    row = one_practice(request, practice_key)
    gone = practice_copies.withdraw(row, by=request.user)
    messages.success(request, "公開をやめました。" if gone else "公開していません。")
    return redirect(request.cycle.url("practices:practice", practice_key))


@require_safe
@requires(Permission.VIEW_PLAN)
def practice_export(request, practice_key):
    """The case in the fields of the ministry's library; two cases of a town have two names."""
    case = publishing.copy_of(one_practice(request, practice_key)).case
    plain = f"practice-{request.municipality.code}-{case.fiscal_year}-{practice_key}"
    name = f"好事例_{case.town}_{case.title[:40]}"
    return office.table(platform.workbook(case), plain=plain, name=name)
