"""Values in and out as files: upload, check, take in; export and the sheet to fill in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators.entering import entering, exporting, importing, pending
from indicators.entering.import_forms import MeasurementFileForm
from municipalities.access import Permission, requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING_WAITS = "取り込みを待っているファイルがありません（確認から1時間で消えます）。もう一度ファイルを選んでください。"
# What the digest of a report never is: without one, nothing is written.
NO_DIGEST = "-"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PLAN)
def measurement_import(request):
    """Take a file; what it would do is shown before anything is written."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MeasurementFileForm(*sent)
    if form.is_bound and form.is_valid():
        try:
            pending.keep(request.cycle, form.cleaned_data["file"], author=request.user)
        except importing.Unreadable as error:
            form.add_error("file", str(error))
        else:
            return redirect(request.cycle.url("indicators:measurement_import_check"))
    status = 422 if form.is_bound else 200
    return render(request, "indicators/measurement_import.html", {"form": form}, status=status)


@require_safe
@requires(Permission.EDIT_PLAN)
def measurement_import_check(request):
    """Show what the uploaded file would do."""
    table = pending.of(request.cycle, author=request.user)
    if table is None:
        messages.warning(request, NOTHING_WAITS)
        return redirect(request.cycle.url("indicators:measurement_import"))
    report = entering.enter(request.cycle, table.rows, by=request.user, dry_run=True)
    context = {"table": table, "report": report}
    return render(request, "indicators/measurement_import_check.html", context)


@require_POST
@requires(Permission.EDIT_PLAN)
def measurement_import_confirm(request):
    """Take in what was checked; if stored values have changed meanwhile, it is checked again."""
    table = pending.of(request.cycle, author=request.user)
    if table is None:
        messages.warning(request, NOTHING_WAITS)
        return redirect(request.cycle.url("indicators:measurement_import"))
    expected = request.POST.get("digest") or NO_DIGEST
    report = entering.enter(request.cycle, table.rows, by=request.user, expected=expected)
    if not report.is_written:
        messages.warning(
            request,
            "確認のあとで値が変わったため、まだ取り込んでいません。もう一度確かめてください。",
        )
        return redirect(request.cycle.url("indicators:measurement_import_check"))
    pending.drop(request.cycle, author=request.user)
    messages.success(request, in_words(report))
    return redirect(request.cycle.url("municipalities:history"))


def in_words(report):
    return (
        f"取り込みました（新規{len(report.new)}件、変更{len(report.changed)}件、"
        f"同じ{len(report.same)}件）。変更前の値は、この「変更の記録」で確かめて戻せます。"
    )


@require_safe
@requires(Permission.VIEW_PLAN)
def measurement_export_csv(request):
    content = exporting.as_csv(exporting.rows_of(request.cycle))
    return as_download(request, content, ending="csv", content_type="text/csv; charset=utf-8")


@require_safe
@requires(Permission.VIEW_PLAN)
def measurement_export_xlsx(request):
    content = exporting.as_xlsx(exporting.rows_of(request.cycle))
    return as_download(request, content, ending="xlsx", content_type=XLSX)


@require_safe
@requires(Permission.EDIT_PLAN)
def measurement_sheet(request):
    """The sheet to fill in: this year's indicators in the long format."""
    content = exporting.sheet_to_fill_in(request.cycle)
    return as_download(request, content, ending="xlsx", content_type=XLSX)


def as_download(request, content, *, ending, content_type):
    name = exporting.name_of(request.cycle, ending)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )
