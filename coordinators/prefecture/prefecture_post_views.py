"""The officer's pages of the coordinators whom the prefecture keeps. Towns read these rows, nobody else."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordinators.models import PrefecturePost
from coordinators.prefecture.prefecture_post_forms import PrefecturePostForm
from coordinators.reading import prefecture_posts
from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.pages import ordering
from municipalities.pages.editing import FORM_METHODS
from municipalities.pages.prefecture_pages import (
    RemovalPage,
    RowPage,
    add_row,
    delete_row,
    edit_row,
    inside,
)
from municipalities.prefecture_tenancy import reading_prefecture

GONE = "削除した配置は元に戻せません。管内の市町村の体制図にも表示されなくなります。"


def one_post(year, key):
    """Return a post of the year. Raises Http404."""
    return get_object_or_404(PrefecturePost, fiscal_year=year, key=key)


def to_list(request, year):
    return reverse("prefecture:posts", args=[request.scope.prefecture.code, year])


def title(request, year, deed):
    return f"{request.scope.prefecture}　{fiscal.label(year)}　コーディネーターの配置を{deed}する"


@require_safe
@requires(Permission.VIEW_DISTRICT)
def posts(request, year):
    """The posts of a year, and how many people they are together."""
    kept = prefecture_posts.kept_in(request.scope, year)
    for row in kept.posts:
        row.towns_in_words = prefecture_posts.in_words(row, kept.names)
    with reading_prefecture(request.scope.prefecture):
        years = set(PrefecturePost.objects.order_by().values_list("fiscal_year", flat=True))
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "years": sorted({*years, year, fiscal.fiscal_year_of(timezone.localdate())}, reverse=True),
        "rows": kept.posts,
        "totals": kept.totals,
        "before": max((one for one in years if one < year), default=None),
    }
    return render(request, "coordinators/prefecture_posts.html", context)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def post_add(request, year):
    def insert(row):
        ordering.append(row, among=PrefecturePost.objects.filter(fiscal_year=year), by=request.user)

    row = PrefecturePost(fiscal_year=year, prefecture=request.scope.prefecture)
    page = RowPage(title(request, year, "追加"), to_list(request, year))
    return add_row(request, row, form_class=PrefecturePostForm, page=page, insert=insert)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def post_edit(request, year, prefecture_post_key):
    row = one_post(year, prefecture_post_key)
    page = RowPage(
        title(request, year, "編集"),
        to_list(request, year),
        remove=reverse(
            "prefecture:post_delete", args=[request.scope.prefecture.code, year, row.key]
        ),
    )
    return edit_row(request, row, form_class=PrefecturePostForm, page=page)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def post_delete(request, year, prefecture_post_key):
    row = one_post(year, prefecture_post_key)
    people = "記載なし" if row.people is None else f"{row.people}人"
    told = (("配置先", row.name), ("区分", row.get_level_display()), ("人数", people))
    page = RemovalPage(title(request, year, "削除"), to_list(request, year), told, GONE)
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def post_move(request, year, prefecture_post_key, step):
    row = one_post(year, prefecture_post_key)
    among = PrefecturePost.objects.filter(fiscal_year=year)
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(to_list(request, year))
