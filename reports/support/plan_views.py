"""Who takes part in the support, and the tasks of its 実施計画."""

from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from reports.models import SupportMember, SupportTask
from reports.support import rows
from reports.support.forms import SupportMemberForm, SupportTaskForm

MEMBER = rows.Listed(
    "member",
    "支援の参加者",
    SupportMember,
    SupportMemberForm,
    place="members",
    lead="アドバイザー、都道府県、保健所、市区町村などの立場ごとに、団体・部署や職名で登録します。",
)
TASK = rows.Listed("task", "実施計画の項目", SupportTask, SupportTaskForm, place="tasks")


@requires(Permission.EDIT_PLAN)
def member_add(request):
    return rows.add(request, MEMBER)


@requires(Permission.EDIT_PLAN)
def member_edit(request, member_key):
    return rows.edit(request, member_key, MEMBER)


@requires(Permission.EDIT_PLAN)
def member_delete(request, member_key):
    return rows.delete(request, member_key, MEMBER)


@require_POST
@requires(Permission.EDIT_PLAN)
def member_move(request, member_key, step):
    """Move a member among those of the same part."""
    row = rows.the_row(request, member_key, MEMBER)
    among = MEMBER.of(request.cycle).filter(part=row.part)
    return rows.move(request, row, among=among, step=step, place=MEMBER.name)


@requires(Permission.EDIT_PLAN)
def task_add(request):
    return rows.add(request, TASK)


@requires(Permission.EDIT_PLAN)
def task_edit(request, task_key):
    return rows.edit(request, task_key, TASK)


@requires(Permission.EDIT_PLAN)
def task_delete(request, task_key):
    return rows.delete(request, task_key, TASK)


@require_POST
@requires(Permission.EDIT_PLAN)
def task_move(request, task_key, step):
    row = rows.the_row(request, task_key, TASK)
    return rows.move(request, row, among=TASK.of(request.cycle), step=step, place=TASK.name)
