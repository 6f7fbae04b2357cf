"""県の指標: the officer's pages of what a prefecture has its towns count. Towns read these rows, nobody else."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.arithmetic import breaks
from indicators.definitions import catalogue, defining
from indicators.definitions.prefecture_definition_forms import PrefectureDefinitionForm
from indicators.models import PrefectureDefinition
from municipalities.access import Permission, requires
from municipalities.entrance import unsaved
from municipalities.kernel import changes
from municipalities.pages.editing import FORM_METHODS, fresh, in_words, posted_version
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


def to_list(request, year):
    return redirect("prefecture:definitions", request.scope.prefecture.code, year)


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def definitions(request, year):
    """The prefecture's definitions with their versions; retired ones at the end."""
    with reading_prefecture(request.scope.prefecture):
        rows = PrefectureDefinition.objects.order_by("is_retired", "name", "pk")
        found = list(rows.prefetch_related("versions"))
    lines = [(catalogue.Entry(one, ""), breaks.versions(one)[::-1]) for one in found]
    context = {"prefecture": request.scope.prefecture, "year": year, "lines": lines}
    return render(request, "indicators/prefecture_definitions.html", context)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def definition_add(request, year):
    prefecture = request.scope.prefecture
    row = PrefectureDefinition(fiscal_year=year, prefecture=prefecture)
    if request.method != "POST":
        key = defining.proposed_key(prefecture)
        return show(request, year, PrefectureDefinitionForm(instance=row), definition_key=key)
    form = PrefectureDefinitionForm(request.POST, instance=row)
    key = request.POST.get("definition_key", "")
    if not form.is_valid():
        return show(request, year, form, definition_key=key, status=422)
    added = defining.add(form.save(commit=False), key=key, prefecture=prefecture, by=request.user)
    messages.success(request, "追加しました。" if added else "すでに追加しています。")
    return to_list(request, year)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def definition_edit(request, year, prefecture_definition_key):
    row = get_object_or_404(PrefectureDefinition, key=prefecture_definition_key)
    if request.method != "POST":
        return show(request, year, PrefectureDefinitionForm(instance=row), row=row)
    version = posted_version(request)
    form = PrefectureDefinitionForm(request.POST, instance=fresh(row))
    if not form.is_valid():
        return show(request, year, form, row=row, base_version=version, status=422)
    try:
        saved = defining.save(form, row, version=version, by=request.user)
    except changes.StaleVersion:
        return ask(request, year, form, row)
    unchanged = saved.version == version
    messages.success(request, "変更はありませんでした。" if unchanged else "保存しました。")
    return to_list(request, year)


def ask(request, year, form, row):
    """Somebody saved in between: show what, and let the officer decide. Nothing is written."""
    stored = get_object_or_404(PrefectureDefinition, pk=row.pk)
    mine = {name: form.cleaned_data[name] for name in form.Meta.fields}
    version = posted_version(request)
    merged = changes.merge(stored, mine, base_version=version if version <= stored.version else 0)
    form.add_error(None, OVERTAKEN)
    for one in merged.conflicts:
        theirs = in_words(one, form)["theirs"] or "（空欄）"
        form.add_error(one.name, f"ほかの人が保存した内容：{theirs}")
    for name in merged.theirs_only:
        form.add_error(name, f"ほかの人が保存した内容：{merged.values[name] or '（空欄）'}")
    return show(request, year, form, row=stored, status=409)


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
    return render(request, "indicators/prefecture_definition_edit.html", context, status=status)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def definition_retire(request, year, prefecture_definition_key):
    """Offer a definition no more, or again."""
    row = get_object_or_404(PrefectureDefinition, key=prefecture_definition_key)
    is_retired = "again" not in request.POST
    defining.retire(row, is_retired=is_retired, by=request.user)
    words = (
        "の使用をやめました。市町村が入力した値は残ります。"
        if is_retired
        else "を、もう一度使えるようにしました。"
    )
    messages.success(request, f"「{row}」{words}")
    return to_list(request, year)
