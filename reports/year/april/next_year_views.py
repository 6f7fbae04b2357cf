"""次年度の準備: one page that leads from this year's plan into the next, and its deeds."""

from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.pages.editing import EditPage, edit_row
from municipalities.rows.keys import new_key
from reports.choices import CarriedPart
from reports.models import Carried
from reports.year.april import confirming, next_year, preparing, taken_over
from reports.year.april.forms import CarriedForm, FirstReasonForm
from reports.year.april.next_year import Choice, Refused


@require_safe
@requires(Permission.VIEW_PLAN)
def next_year_page(request):
    may_edit = request.scope.may(Permission.EDIT_PLAN)
    found = preparing.of(request.cycle, may_edit=may_edit)
    context = {
        "found": found,
        "may_edit": may_edit,
        "next_fiscal_year": found.old.fiscal_year + 1,
        "entry_url": found.old.url("indicators:entry"),
    }
    return render(request, "reports/next_year.html", context)


def page_of(request, place=""):
    return redirect(request.cycle.url("reports:next_year") + place)


def of_both_years(view):
    """Give a view both years of the page; while the next one is not prepared, lead back to the page."""

    @wraps(view)
    def wrapped(request, **pieces):
        old, target = preparing.pair_of(request.cycle)
        if target is None:
            label = fiscal.label(old.fiscal_year + 1)
            messages.error(request, f"{label}は、まだ準備を始めていません。")
            return page_of(request)
        return view(request, old, target, **pieces)

    return wrapped


@require_POST
@requires(Permission.EDIT_PLAN)
def next_year_prepare(request):
    old, _ = preparing.pair_of(request.cycle)
    seen, taken = (whiches(request.POST.getlist(name)) for name in ("seen", "taken"))
    try:
        made = next_year.prepare(old, by=request.user, choice=Choice(seen, taken & seen))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        label = fiscal.label(old.fiscal_year + 1)
        number = sum(made.values())
        said = (
            f"{label}に{number}行を引き継ぎました。" if number else "新しく引き継ぐ行はありません。"
        )
        messages.success(request, said)
    return page_of(request)


def whiches(values):
    """Return part and key of every ticked row; what has no such form is nobody's row."""
    pairs = (tuple(value.split(":", 1)) for value in values if ":" in value)
    return frozenset(pairs)


@require_POST
@requires(Permission.EDIT_PLAN)
def next_year_take_back(request):
    old, _ = preparing.pair_of(request.cycle)
    label = fiscal.label(old.fiscal_year + 1)
    try:
        next_year.take_back(old, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return page_of(request)
    messages.success(
        request, f"{label}の準備を取り消しました。{old.label}の内容は変わっていません。"
    )
    return redirect(old.url("reports:next_year"))


@require_POST
@requires(Permission.EDIT_PLAN)
@of_both_years
def next_year_begin(request, _old, target):
    if next_year.begin(target, by=request.user):
        messages.success(request, f"{target.label}を始めました。")
    else:
        messages.success(request, f"{target.label}は、もう始まっています。")
    return redirect(target.board_url)


@require_POST
@requires(Permission.EDIT_PLAN)
@of_both_years
def next_year_confirm(request, old, target, part):
    kind = kind_of(part)
    key = request.POST.get("key", "")
    keys = None if "every" in request.POST else {key}
    number = confirming.confirm(old, target, part=kind, by=request.user, keys=keys)
    said = f"{number}件を「変更なしと確認した」にしました。"
    messages.success(request, said if number else "確認する行はありませんでした。")
    return page_of(request, f"#{kind.value.replace('_', '-')}")


@require_POST
@requires(Permission.EDIT_PLAN)
@of_both_years
def next_year_unconfirm(request, _old, target, part, row_key):
    confirming.take_back(target, part=kind_of(part), key=row_key, by=request.user)
    messages.success(request, "確認を取り消しました。")
    return page_of(request, f"#{part.replace('_', '-')}-{row_key}")


def kind_of(part):
    """Return the kind of rows that an address names. Raises Http404."""
    if part not in CarriedPart.values:
        raise Http404
    return CarriedPart(part)


@requires(Permission.EDIT_PLAN)
@of_both_years
def carried_edit(request, old, target, part, row_key):
    """Why a row is not what it was last year."""
    kind = kind_of(part)
    if not taken_over.is_row(kind, row_key, years=(old, target)):
        raise Http404
    row = Carried.objects.filter(cycle=target, part=kind, row_key=row_key).first()
    row = row or Carried(part=kind, row_key=row_key, key=new_key("carried"))
    row.cycle = target
    page = EditPage(
        key=f"carried-{target.fiscal_year}-{part}-{row_key}"[:80],
        title=f"{kind.label}を変えた理由を書く",
        back=f"{request.cycle.url('reports:next_year')}#{part.replace('_', '-')}-{row_key}",
        lead="前年度から何を、なぜ変えたのか（引き継がないときは、なぜやめるのか）を書きます。アドバイザーも読みます。",
    )
    had, answer = row.reason, edit_row(request, row, form_class=reason_form(row), page=page)
    if had and answer.status_code == HTTPStatus.FOUND and not kept_reason(row):
        messages.info(request, "変えた理由は、空欄になりました。")
    return answer


def kept_reason(row):
    return Carried.objects.filter(pk=row.pk).exclude(reason="").exists()


def reason_form(row):
    """Return the form of a reason: one that was never given cannot be saved empty, one that was can be cleared."""
    return CarriedForm if row.reason else FirstReasonForm
