"""The officer's pages of the coordinators whom the prefecture keeps. Towns read these rows, nobody else."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordinators import prefecture_posting as deeds
from coordinators.models import PrefecturePost
from coordinators.prefecture_post_forms import PrefecturePostForm
from municipalities import fiscal, ordering, unsaved
from municipalities.access import Permission, requires
from municipalities.editing import FORM_METHODS, fresh, in_words, posted_version
from municipalities.kernel import changes
from municipalities.prefecture_tenancy import reading_prefecture, within_prefecture

UNSAVED = "まだ保存していません。入力した内容を確かめて、保存してください。"
OVERTAKEN = "ほかの人が先に保存しています。下の表示を確かめ、残す内容に直してから、もう一度保存してください。"


def inside(view):
    """Run a view within the prefecture of its address."""

    @wraps(view)
    def run(request, *args, **kwargs):
        with within_prefecture(request.scope.prefecture):
            return view(request, *args, **kwargs)

    return run


def one_post(year, key):
    """Return a post of the year. Raises Http404."""
    return get_object_or_404(PrefecturePost, fiscal_year=year, key=key)


def to_list(request, year):
    return redirect("prefecture:posts", request.scope.prefecture.code, year)


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def posts(request, year):
    """The posts of a year, and how many people they are together."""
    with reading_prefecture(request.scope.prefecture):
        rows = list(PrefecturePost.objects.filter(fiscal_year=year).select_related("area"))
        years = set(PrefecturePost.objects.order_by().values_list("fiscal_year", flat=True))
    known = [row.people for row in rows if row.people is not None]
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "years": sorted({*years, year, fiscal.fiscal_year_of(timezone.localdate())}, reverse=True),
        "rows": rows,
        "people": sum(known),
        "unknown": len(rows) - len(known),
    }
    return render(request, "coordinators/prefecture_posts.html", context)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def post_add(request, year):
    row = PrefecturePost(fiscal_year=year, prefecture=request.scope.prefecture)
    if request.method != "POST":
        return show(request, year, PrefecturePostForm(instance=row), post_key=deeds.proposed_key())
    form, key = PrefecturePostForm(request.POST, instance=row), request.POST.get("post_key", "")
    if not form.is_valid():
        return show(request, year, form, post_key=key, status=422)
    added = deeds.add(form.save(commit=False), key=key, by=request.user)
    messages.success(request, "追加しました。" if added else "すでに追加しています。")
    return to_list(request, year)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def post_edit(request, year, prefecture_post_key):
    row = one_post(year, prefecture_post_key)
    if request.method != "POST":
        return show(request, year, PrefecturePostForm(instance=row), row=row)
    form = PrefecturePostForm(request.POST, instance=fresh(row))
    if not form.is_valid():
        return show(request, year, form, row=row, base_version=posted_version(request), status=422)
    try:
        saved = save(request, form, row, version=posted_version(request))
    except changes.StaleVersion:
        return reconcile(request, year, form, row)
    unchanged = saved.version == row.version
    messages.success(request, "変更はありませんでした。" if unchanged else "保存しました。")
    return to_list(request, year)


def save(request, form, row, *, version):
    """Write the form over the row as it was read. Raises StaleVersion."""
    return changes.save_versioned(
        form.save(commit=False),
        by=request.user,
        expected_version=version,
        fields=form.Meta.fields,
        read=row,
    )


def reconcile(request, year, form, row):
    """Somebody saved in between: keep what only one of the two touched, ask about the rest."""
    version = posted_version(request)
    mine = {name: form.cleaned_data[name] for name in form.Meta.fields}
    stored = get_object_or_404(PrefecturePost, pk=row.pk)
    merged = changes.merge(stored, mine, base_version=version if version <= stored.version else 0)
    if merged.conflicts:
        form.add_error(None, OVERTAKEN)
        for one in merged.conflicts:
            theirs = in_words(one, form)["theirs"] or "（空欄）"
            form.add_error(one.name, f"ほかの人が保存した内容：{theirs}")
        return show(request, year, form, row=stored, status=409)
    typed = fresh(stored)
    for name, value in merged.values.items():
        setattr(typed, name, value)
    try:
        changes.save_versioned(
            typed, by=request.user, expected_version=stored.version, fields=form.Meta.fields
        )
    except changes.StaleVersion:
        return reconcile(request, year, form, stored)
    messages.success(request, "保存しました。ほかの人が先に保存した変更も残しています。")
    return to_list(request, year)


def show(request, year, form, *, row=None, status=200, **words):
    """Show the form, with what an expired session had kept from being saved."""
    if request.method != "POST" and (typed := unsaved.take(request)):
        messages.warning(request, UNSAVED)
        form.initial.update((n, typed.fields[n]) for n in form.fields if n in typed.fields)
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "form": form,
        "row": row,
        "base_version": getattr(row, "version", 0),
        "has_errors": form.is_bound,
        **words,
    }
    return render(request, "coordinators/prefecture_post_edit.html", context, status=status)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def post_delete(request, year, prefecture_post_key):
    """Ask, then delete: what a prefecture deletes does not come back."""
    row = one_post(year, prefecture_post_key)
    is_pressed = request.method == "POST"
    if is_pressed and posted_version(request) == row.version and deleted(row, by=request.user):
        messages.success(request, "削除しました。")
        return to_list(request, year)
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "row": row,
        "is_overtaken": is_pressed,
    }
    status = 409 if is_pressed else 200
    return render(request, "coordinators/prefecture_post_delete.html", context, status=status)


def deleted(row, *, by):
    """Delete the row; say whether it still was as it was read."""
    try:
        deeds.delete(row, by=by)
    except changes.StaleVersion:
        return False
    return True


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def post_move(request, year, prefecture_post_key, step):
    row = one_post(year, prefecture_post_key)
    among = PrefecturePost.objects.filter(fiscal_year=year)
    ordering.move(row, among=among, step=step, by=request.user)
    return to_list(request, year)
