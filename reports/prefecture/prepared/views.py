"""The officer's page of files that the worker puts together: ask, watch, give up, save."""

from functools import wraps

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from indicators.comparison.asking import years
from indicators.comparison.asking.asked import selected
from municipalities.access import Permission, requires
from municipalities.models import Publication
from municipalities.prefecture_tenancy import within_prefecture
from reports.choices import PreparedKind, ReportKind
from reports.delivery.office import named
from reports.models import OfficerEntry, PreparedFile
from reports.prefecture.prepared import asking, cutting
from reports.prefecture.prepared.zipping import ASKED_AT
from reports.submission.advising.papers import OUT

SHOWN = 30
TYPES = {".zip": "application/zip", ".pdf": "application/pdf"}
ASKED = "作成を始めました。できあがるまで、この画面を閉じてもかまいません。"
ASKED_BEHIND = (
    "作成を受け付けました。先に依頼した{}件に続けて作成します。この画面を閉じてもかまいません。"
)
TOO_MANY = (
    "作成を待っているファイルが{}件あります。"
    "できあがってから作成するか、要らないものを取りやめてから作成してください。"
)
ALREADY = "同じ種類のファイルを作成しているところです。終わってから、もう一度作成してください。"
CHOOSE = "中間報告と最終報告のどちらをまとめるか、ボタンで選んでください。"
NONE_YET = "{kind}は、まだ1件も提出されていません。"
NONE_IN_SYSTEM = (
    "システムで提出された{kind}は、まだありません。"
    "県入力の市町村の報告書は、システムに写しがないため入りません。"
)
NOT_THERE = (
    "このファイルは、できあがっていないか、保存期間が終わっています。下の表示を確かめてください。"
)
CANCELLED = "作成を取りやめました。"
ENDED = "すでに終わっていたため、取りやめていません。下の表示を確かめてください。"


def inside(view):
    """Run a view within the prefecture of its address."""

    @wraps(view)
    def run(request, *args, **kwargs):
        with within_prefecture(request.scope.prefecture):
            return view(request, *args, **kwargs)

    return run


def list_url(request, year):
    return reverse("prefecture_files:files", args=[request.scope.prefecture.code, year])


def one_file(request, year, pk):
    """Return a file of the year that holds nothing this person is not shown. Raises Http404."""
    row = get_object_or_404(PreparedFile, fiscal_year=year, pk=pk)
    if not cutting.is_open_to(row, request.scope):
        raise Http404
    return row


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def files(request, year):
    """What was put together in a year, the newest first, and what may be asked for."""
    found = PreparedFile.objects.filter(fiscal_year=year).select_related("requested_by")
    is_whole = request.scope.towns is None
    rows = cutting.open_to(found[:SHOWN] if is_whole else found, request.scope)[:SHOWN]
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "rows": rows,
        "working": [row for row in rows if row.is_working],
    }
    return render(request, "reports/prefecture/files.html", context)


@require_POST
@requires(Permission.VIEW_DISTRICT)
@inside
def file_ask(request, year):
    """Have all reports of a kind put together."""
    if request.POST.get("kind") not in ReportKind:
        messages.warning(request, CHOOSE)
        return redirect(list_url(request, year))
    kind = PreparedKind(request.POST["kind"])
    if not has_copies(request.scope, year, kind):
        told = NONE_IN_SYSTEM if has_entries(request.scope, year, kind) else NONE_YET
        messages.warning(request, told.format(kind=ReportKind(kind).label))
        return redirect(list_url(request, year))
    return asked(request, year, kind)


@require_POST
@requires(Permission.VIEW_DISTRICT)
@inside
def comparison_ask(request, year):
    """Have the comparison drawn that the query selects, as its page does."""
    years.require(request.scope.prefecture, year)
    query = selected(request.GET, year).query()
    return asked(request, year, PreparedKind.COMPARISON, query=query)


def asked(request, year, kind, *, query=""):
    """Ask for a file of the towns that are shown here, and go to the page where it is watched."""
    query = cutting.cut(query, request.scope.towns)
    try:
        row = asking.ask(request.scope.prefecture, year, kind, by=request.user, query=query)
    except asking.AlreadyMaking:
        messages.warning(request, ALREADY)
    except asking.TooMany:
        messages.warning(request, TOO_MANY.format(asking.MOST_WAITING))
    else:
        ahead = asking.ahead_of(row)
        messages.success(request, ASKED_BEHIND.format(ahead) if ahead else ASKED)
    return redirect(list_url(request, year))


def has_entries(scope, year, kind):
    """Has an officer written down that such a report has come, of which nothing is in the system?"""
    towns = scope.municipalities().order_by().values("pk")
    entered = OfficerEntry.objects.filter(municipality__in=towns, fiscal_year=year, kind=kind)
    return entered.filter(status__in=OUT).exists()


def has_copies(scope, year, kind):
    towns = scope.municipalities().order_by().values("pk")
    numbers = Publication.objects.filter(municipality__in=towns, fiscal_year=year)
    return numbers.filter(number__contains=f"-{kind}-").exists()


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def file_status(request, year, prepared_pk):
    """How far a file is, asked again and again while the worker has it."""
    row = one_file(request, year, prepared_pk)
    context = {"prefecture": request.scope.prefecture, "year": year, "row": row}
    response = render(request, "reports/prefecture/_file_status.html", context)
    if not row.is_working:
        response.headers["HX-Redirect"] = list_url(request, year)
    return response


@require_POST
@requires(Permission.VIEW_DISTRICT)
@inside
def file_cancel(request, year, prepared_pk):
    if asking.cancel(one_file(request, year, prepared_pk)):
        messages.success(request, CANCELLED)
    else:
        messages.info(request, ENDED)
    return redirect(list_url(request, year))


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def file_download(request, year, prepared_pk):
    """Hand a file out piece by piece; where there is none any more, say so on the list."""
    row = one_file(request, year, prepared_pk)
    try:
        file = row.path.open("rb") if row.is_downloadable else None
    except FileNotFoundError:
        file = None
    if file is None:
        messages.warning(request, NOT_THERE)
        return redirect(list_url(request, year))
    asking.note(asking.DOWNLOAD, row, request.scope.prefecture, by=request.user)
    suffix = row.path.suffix
    asked = timezone.localtime(row.requested_at).strftime(ASKED_AT)
    plain = f"{row.kind}-{request.scope.prefecture.code}-{year}-{asked}{suffix}"
    response = FileResponse(file, content_type=TYPES[suffix])
    response.headers["Content-Disposition"] = named(plain, row.file_name)
    response.headers["Cache-Control"] = "no-store, private"
    return response
