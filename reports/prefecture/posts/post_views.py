"""The coordinators of a prefecture as a file, and the posts of the year before taken over."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coordinators.reading import prefecture_posts
from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.pages.prefecture_pages import inside
from reports.delivery import office
from reports.prefecture.posts.post_copying import copy_posts
from reports.prefecture.posts.post_workbook import make_workbook


@require_safe
@requires(Permission.VIEW_DISTRICT)
def posts_export(request, year):
    """The posts of a year with the structures of the towns that are shown to a person, for saving."""
    prefecture = request.scope.prefecture
    kept = prefecture_posts.kept_in(request.scope, year)
    content = make_workbook(kept, prefecture, year, at=timezone.now())
    name = f"コーディネーターの配置_{prefecture.name}_{fiscal.era_year(year)}"
    return office.table(content, plain=f"posts-{prefecture.code}-{year}", name=name)


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
@inside
def posts_copy(request, year):
    """Take the posts of the year before over into a year that has none."""
    if count := copy_posts(year, by=request.user):
        messages.success(request, f"{count}件の配置を写しました。変わったところを直してください。")
    else:
        messages.info(request, "写しませんでした。この年度の配置は、もう登録されています。")
    return redirect("prefecture:posts", request.scope.prefecture.code, year)
