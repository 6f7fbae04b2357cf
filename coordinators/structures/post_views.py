"""Posts of a structure with the parts of their people, and the municipalities that share it."""

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from coordinators.models import Post, Staffing, StructurePartner
from coordinators.reading import gathering
from coordinators.structures.forms import (
    PostForm,
    ResponsibleForm,
    StaffingForm,
    StructurePartnerForm,
)
from coordinators.structures.part_views import Part, add, delete, edit, move, part_of
from coordinators.structures.views import structure_of
from municipalities.access import Permission, requires

POST = Part("post", "配置", Post, PostForm)
STAFFING = Part("staffing", "人数の内訳", Staffing, StaffingForm, owner="post")
PARTNER = Part(
    "partner", "共同で対象とする市区町村", StructurePartner, StructurePartnerForm, has_order=False
)
LOST = "外すと、その市区町村の画面からこの体制が見えなくなります。"


@require_safe
@requires(Permission.VIEW_PLAN)
def post(request, structure_key, post_key):
    """One post with the parts of its people."""
    row = part_of(request, structure_key, post_key, POST)
    sheet = gathering.gathered(row.structure)
    line = next(line for line in sheet.posts if line.key == row.key)
    context = {"sheet": sheet, "post": line, "row": row}
    return render(request, "coordinators/post.html", context)


@requires(Permission.EDIT_PLAN)
def post_add(request, structure_key):
    return add(request, Post(structure=structure_of(request, structure_key)), POST)


@requires(Permission.EDIT_PLAN)
def post_edit(request, structure_key, post_key):
    return edit(request, part_of(request, structure_key, post_key, POST), POST)


@requires(Permission.EDIT_PLAN)
def post_delete(request, structure_key, post_key):
    return delete(request, part_of(request, structure_key, post_key, POST), POST)


@require_POST
@requires(Permission.EDIT_PLAN)
def post_move(request, structure_key, post_key, step):
    return move(request, part_of(request, structure_key, post_key, POST), POST, step)


@requires(Permission.EDIT_PLAN)
def staffing_add(request, structure_key, post_key):
    above = part_of(request, structure_key, post_key, POST)
    return add(request, Staffing(structure=above.structure, post=above), STAFFING)


@requires(Permission.EDIT_PLAN)
def staffing_edit(request, structure_key, staffing_key):
    return edit(request, part_of(request, structure_key, staffing_key, STAFFING), STAFFING)


@requires(Permission.EDIT_PLAN)
def staffing_delete(request, structure_key, staffing_key):
    return delete(request, part_of(request, structure_key, staffing_key, STAFFING), STAFFING)


@require_POST
@requires(Permission.EDIT_PLAN)
def staffing_move(request, structure_key, staffing_key, step):
    return move(request, part_of(request, structure_key, staffing_key, STAFFING), STAFFING, step)


@requires(Permission.EDIT_PLAN)
def partner_add(request, structure_key):
    return add(request, StructurePartner(structure=structure_of(request, structure_key)), PARTNER)


@requires(Permission.EDIT_PLAN)
def partner_edit(request, structure_key, partner_key):
    row = part_of(request, structure_key, partner_key, PARTNER)
    return edit(request, row, PARTNER, form_class=ResponsibleForm)


@requires(Permission.EDIT_PLAN)
def partner_delete(request, structure_key, partner_key):
    row = part_of(request, structure_key, partner_key, PARTNER)
    return delete(request, row, PARTNER, lead=LOST)
