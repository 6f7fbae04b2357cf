"""Bringing statistics in: the list, a file under way with its layout, taking in and taking back.

The same pages serve a prefecture's officers and the operator; `urls` declares who may open them.
"""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.choices import ColumnRole, StagedDeed, UploadState
from indicators.intake import asking
from indicators.intake.comparing import stored
from indicators.intake.comparing.doubting import NAMES
from indicators.intake.comparing.error_book import error_book
from indicators.intake.forms import (
    LayoutForm,
    PublicForm,
    StatisticsFileForm,
    columns_of,
    typed_columns,
)
from indicators.intake.layouts import shipped
from indicators.intake.layouts.plan import MEASURED
from indicators.intake.taking import reaching, receiving
from indicators.intake.where import where_of
from indicators.intake.withholding import standing
from indicators.models import (
    Dataset,
    Definition,
    DoubtfulCell,
    StatisticsLayout,
    StatisticsUpload,
)

FORM_METHODS = ["GET", "HEAD", "POST"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_REFUSED, SHOWN_CHANGED, SHOWN_NEW, SHOWN_DOUBTFUL = 100, 100, 30, 30
FILES_PER_PAGE = 50
# What a correction may touch without the file being read otherwise; the rest was verified as it was.
LABELS = {"title", "publisher", "fiscal_year", "finality", "as_of", "is_kept"}
READING = set(LayoutForm.Meta.fields) - LABELS
NO_YEAR = "年度が空欄です。何年度の値かを書いてください（例：令和5年度）。"
ENDED = {
    UploadState.DONE: "取り込みました。",
    UploadState.CANCELLED: "このファイルは取りやめました。",
}


def upload_of(where, pk):
    """Return a file of these pages' owner. Raises Http404."""
    files = StatisticsUpload.objects.of(where.prefecture).defer("content")
    files = files.select_related("layout", "uploaded_by", "dataset", "prefecture").prefetch_related(
        "doubts"
    )
    return get_object_or_404(files, pk=pk)


@require_safe
def statistics(request, year=None):
    """The files on their way in and taken in, and the statistics at hand."""
    where = where_of(request, year)
    at_hand = list(Dataset.objects.filter(Q(prefecture=None) | Q(prefecture=where.prefecture)))
    files = StatisticsUpload.objects.of(where.prefecture).defer("content")
    files = files.select_related("uploaded_by", "layout", "dataset")
    context = {
        "where": where,
        "page": Paginator(files, FILES_PER_PAGE).get_page(request.GET.get("page")),
        "own": [one for one in at_hand if is_own(one, where)],
        "national": [one for one in at_hand if not one.is_shipped and not is_own(one, where)],
        "shipped": [one for one in at_hand if one.is_shipped],
        "layouts": StatisticsLayout.objects.remembered_by(where.prefecture),
        "reached": reaching.in_words(at_hand, where.prefecture),
        "standing": standing.in_words(at_hand),
    }
    return render(request, "indicators/intake/statistics.html", context)


def is_own(dataset, where):
    """Whether these pages' owner has brought a statistic in."""
    return not dataset.is_shipped and dataset.prefecture_id == (
        where.prefecture.pk if where.prefecture else None
    )


@require_http_methods(FORM_METHODS)
def file_add(request, year=None):
    """Take a file; it is read in the background."""
    where = where_of(request, year)
    form = StatisticsFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = receiving.receive(
                file.read(), file_name=file.name, prefecture=where.prefecture, by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(where.url("file", upload.pk))
    layouts = StatisticsLayout.objects.filter(is_shipped=True)
    waiting = receiving.in_the_way(where.prefecture)
    context = {"where": where, "form": form, "layouts": layouts, "waiting": waiting}
    status = 422 if form.is_bound else 200
    return render(request, "indicators/intake/file_add.html", context, status=status)


@require_safe
def file(request, file_pk, year=None):
    """A file: how far it is, what it would do, how it is read."""
    where = where_of(request, year)
    upload = upload_of(where, file_pk)
    return show(request, where, upload, layout_shown(upload))


def layout_shown(upload):
    """Return the form of a file's layout and its columns; nothing where nobody may correct it."""
    if upload.state != UploadState.CHECKING or upload.layout is None:
        return None, ()
    # What people correct is remembered unless they say otherwise.
    initial = {"is_kept": upload.layout.is_kept or not upload.is_corrected}
    form = LayoutForm(instance=upload.layout, initial=initial)
    return form, typed_columns(columns_of_layout(upload.layout))


def columns_of_layout(layout):
    return layout.columns.select_related("definition")


def show(request, where, upload, layout, **refused):
    """Show a file; `layout` is the form of its layout, None where nobody may correct it, and the columns.

    `refused`: `take`, the form of taking in, as it was typed; `year_error`: what is wrong with the year of the whole file.
    """
    form, _ = layout
    context = {"where": where} | all_of_it(where, upload, layout, refused.get("take"))
    context["year_error"] = refused.get("year_error", "")
    context["year_typed"] = request.POST.get("fiscal_year", "")
    is_refused = bool(refused) or (form is not None and form.is_bound)
    return render(
        request, "indicators/intake/file.html", context, status=422 if is_refused else 200
    )


def all_of_it(where, upload, layout, take):
    """Return the context of a file: how it is read, what it would do, whether its table is public, how far it has come."""
    dataset = stored.dataset_named(upload)
    read = how_it_is_read(upload, *layout)
    reached = reaching.in_words([upload.dataset], where.prefecture) if upload.dataset else {}
    return {
        "upload": upload,
        "dataset": dataset,
        "reached": reached,
        **read,
        **what_it_would_do(upload),
        **asking.how_public(upload, dataset, take, read["definitions"]),
    }


def how_it_is_read(upload, form, columns):
    """Return the context of the layout of a file: its columns, and whether the year is asked alone."""
    return {
        "form": form,
        "used": [one for one in columns if one.is_used],
        "unused": [one for one in columns if not one.is_used],
        "roles": ColumnRole.choices,
        "definitions": list(Definition.every.of_files_of(upload.prefecture)) if form else (),
        "has_errors": bool(form and form.is_bound),
        "is_recognised": bool(form) and is_recognised(upload),
        "asks_year": bool(form) and not form.is_bound and lacks_year(upload.layout, columns),
    }


def is_recognised(upload):
    """Whether a file was read by a layout that was there before it; else its layout only bears the file's name."""
    offered = StatisticsLayout.objects.offered_to(upload.prefecture).exclude(pk=upload.layout.pk)
    return offered.filter(name=upload.layout.name).exists()


def what_it_would_do(upload):
    """Return the context of the values of a file: new, changed, refused, asked about."""
    doubts = [(NAMES[one.code], one.count) for one in upload.doubts.all() if one.code in NAMES]
    staged = upload.staged.select_related("definition").order_by("row", "column", "pk")
    return {
        "refused": upload.refused.all()[:SHOWN_REFUSED],
        "changed": staged.filter(deed=StagedDeed.CHANGED)[:SHOWN_CHANGED],
        "new": staged.filter(deed=StagedDeed.NEW)[:SHOWN_NEW],
        "doubts": doubts,
        "doubted": sum(count for _, count in doubts),
        "doubtful": doubtful_of(upload)[:SHOWN_DOUBTFUL],
    }


def doubtful_of(upload):
    """Return the values of a file that are asked about, in the order of the file."""
    asked = DoubtfulCell.objects.filter(doubt__upload=upload, doubt__code__in=NAMES)
    return asked.select_related("doubt", "definition")


def lacks_year(layout, columns):
    """Whether nothing tells the year of any column: then it is asked once, before anything else."""
    measured = [one for one in columns if one.role in MEASURED]
    is_told = layout.fiscal_year or any(one.role == ColumnRole.YEAR for one in columns)
    return bool(measured) and not is_told and not any(one.year for one in measured)


@require_safe
def file_status(request, file_pk, year=None):
    """How far the file is, asked again and again while the worker has it."""
    where = where_of(request, year)
    upload = upload_of(where, file_pk)
    response = render(request, "indicators/intake/_status.html", {"where": where, "upload": upload})
    if not upload.is_working:
        response.headers["HX-Redirect"] = where.url("file", upload.pk)
    return response


@require_POST
def file_layout(request, file_pk, year=None):
    """Correct how the file is read, and read it again."""
    where = where_of(request, year)
    upload = upload_of(where, file_pk)
    if upload.state != UploadState.CHECKING or upload.layout is None:
        messages.warning(request, receiving.MOVED_ON)
        return redirect(where.url("file", upload.pk))
    form, typed, columns = layout_typed(request.POST, upload.layout)
    # The year was asked alone: what is wrong with it is told where it was asked.
    if "of_all" in request.POST and (error := year_refused(form)):
        upload = upload_of(where, file_pk)
        return show(request, where, upload, layout_shown(upload), year_error=error)
    if not form.is_valid() or any(one.errors for one in typed):
        return show(request, where, upload, (form, typed))
    try:
        correct(upload, form, columns, by=request.user)
    except receiving.MovedOn as error:
        messages.warning(request, str(error))
    return redirect(where.url("file", upload.pk))


def layout_typed(data, layout):
    """Return the form of a layout as it was typed, its columns as typed, and what they mean."""
    form = LayoutForm(data, instance=layout)
    typed = typed_columns(columns_of_layout(layout), data)
    definitions = definitions_by_word(layout.prefecture)
    return form, typed, columns_of(typed, definitions, data.get("form", layout.form))


def year_refused(form):
    """Say what is wrong with the year of the whole file, nothing where it is told."""
    if not form.data.get("fiscal_year", "").strip():
        return NO_YEAR
    return "".join(form.errors.get("fiscal_year", ()))


def correct(upload, form, columns, *, by):
    """Save the layout and read again, or neither. Raises MovedOn."""
    with transaction.atomic():
        receiving.read_again(upload, by=by)
        layout = form.save(commit=False)
        layout.name = layout.name or layout.title
        has_columns = shipped.write_columns(layout, columns)
        if has_columns or READING & set(form.changed_data):
            layout.verified_with = ""
        layout.save()


def definitions_by_word(prefecture):
    """Return what a prefecture's file may name by code, by label and by name; what two of them are called means neither."""
    rows = list(Definition.every.of_files_of(prefecture))
    by_word = {}
    for word in ("name", "label"):
        count = Counter(getattr(one, word) for one in rows)
        by_word |= {said: one for one in rows if count[said := getattr(one, word)] == 1}
    return by_word | {one.code: one for one in rows}


@require_POST
def file_take(request, file_pk, year=None):
    """Write what the file holds."""
    where = where_of(request, year)
    upload = upload_of(where, file_pk)
    if request.POST.get("version") != str(upload.version):
        messages.warning(request, receiving.MOVED_ON)
        return redirect(where.url("file", upload.pk))
    form = PublicForm(request.POST) if "is_public" in request.POST else None
    if form is not None and not form.is_valid():
        return show(request, where, upload, layout_shown(upload), take=form)
    try:
        receiving.take(upload, by=request.user, public_source=source_of(upload, form))
    except (receiving.MovedOn, ValidationError) as error:
        messages.warning(request, error.messages[0] if hasattr(error, "messages") else str(error))
    return redirect(where.url("file", upload.pk))


def source_of(upload, form):
    """Return where the table is public; who was not asked (None) leaves what has been said of the statistic."""
    if form is not None:
        return form.where
    dataset = stored.dataset_named(upload)
    return dataset.public_source if dataset else ""


@require_POST
def file_cancel(request, file_pk, year=None):
    where = where_of(request, year)
    upload = upload_of(where, file_pk)
    if receiving.give_up(upload):
        messages.success(request, "取りやめました。値は何も変わっていません。")
        return redirect(where.url("statistics"))
    messages.info(request, ENDED.get(upload.state, receiving.MOVED_ON))
    return redirect(where.url("file", upload.pk))


@require_safe
def file_errors(request, file_pk, year=None):
    """What cannot be taken, as a workbook."""
    upload = upload_of(where_of(request, year), file_pk)
    name = f"取り込めない箇所_{upload.file_name.rpartition('.')[0] or upload.file_name}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        error_book(upload.refused.all(), doubtful_of(upload)),
        content_type=XLSX,
        headers={"Content-Disposition": disposition},
    )


@require_POST
def layout_forget(request, layout_pk, year=None):
    """Forget a layout that was remembered: the next file of its kind is looked at anew."""
    where = where_of(request, year)
    own = StatisticsLayout.objects.remembered_by(where.prefecture)
    layout = get_object_or_404(own, pk=layout_pk)
    receiving.forget([layout])
    messages.success(request, f"様式「{layout}」を忘れました。取り込んだ値は変わりません。")
    return redirect(where.url("statistics"))
