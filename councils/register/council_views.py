"""Adding, editing, deleting and moving a council that we lead."""

from functools import partial

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from councils.models import Council
from councils.register.forms import CouncilForm
from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.pages.shared_views import led_or_404
from municipalities.rows.keys import new_key

ENDURES = (
    "年度をまたいで使います。ここで直した内容は、まだ提出していないすべての年度に反映されます。"
)


def insert(form, *, by):
    """Write a new council behind the last one."""
    ordering.append(form.save(commit=False), among=Council.objects.led(), by=by)


@requires(Permission.EDIT_PLAN)
def council_add(request):
    """A new council, proposed to stand below the one that `?parent=` names."""
    upper = Council.objects.led().filter(key=request.GET.get("parent", "")).first()
    page = EditPage(
        key="council-new",
        title="会議体を追加する",
        back=request.cycle.url("councils:council_list"),
        lead="会議体は年度をまたいで使います。構成員と機能は、追加したあとの画面で登録します。",
    )
    row = Council(key=new_key("council"), parent=upper)
    deed = partial(insert, by=request.user)
    return add_row(request, row, form_class=CouncilForm, page=page, deed=deed)


@requires(Permission.EDIT_PLAN)
def council_edit(request, council_key):
    row = led_or_404(Council, key=council_key)
    page = EditPage(
        key=f"council-{council_key}",
        title="会議体を編集する",
        back=request.cycle.url("councils:council", council_key),
        lead=ENDURES,
    )
    return edit_row(request, row, form_class=CouncilForm, page=page)


@requires(Permission.EDIT_PLAN)
def council_delete(request, council_key):
    row = led_or_404(Council, key=council_key)
    page = DeletePage(
        title="会議体を削除する",
        back=request.cycle.url("councils:council_list"),
        lead="終わった会議体は、削除せずに状態を「終了」にすると、記録として残せます。",
        name=row.name,
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def council_move(request, council_key, step):
    """Move a council among those that stand beside it, and come back to it."""
    row = led_or_404(Council, key=council_key)
    among = Council.objects.led().filter(parent=row.parent_id)
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(f"{request.cycle.url('councils:council_list')}#{council_key}")
