"""Headings of a structure with their items, how often something was held, and the stages of 連携."""

from django.views.decorators.http import require_POST

from coordinators.choices import HeadingKind
from coordinators.models import CooperationStage, Heading, HeadingItem
from coordinators.structures.forms import HeadingForm, HeldForm, ItemForm, StageForm
from coordinators.structures.part_views import Part, add, delete, edit, move, part_of
from coordinators.structures.views import structure_of
from municipalities.access import Permission, requires

HEADING = Part("heading", "見出し", Heading, HeadingForm, beside=("kind",))
ITEM = Part("item", "項目", HeadingItem, ItemForm, owner="heading")
HELD = Part("item", "実施した回数", HeadingItem, HeldForm, owner="heading")
STAGE = Part("stage", "連携の段階", CooperationStage, StageForm)


@requires(Permission.EDIT_PLAN)
def heading_add(request, structure_key):
    """A new heading, proposed for the kind that `?kind=` names."""
    kind = request.GET.get("kind")
    row = Heading(
        structure=structure_of(request, structure_key),
        kind=kind if kind in HeadingKind.values else HeadingKind.ACTIVITY,
    )
    return add(request, row, HEADING)


@requires(Permission.EDIT_PLAN)
def heading_edit(request, structure_key, heading_key):
    return edit(request, part_of(request, structure_key, heading_key, HEADING), HEADING)


@requires(Permission.EDIT_PLAN)
def heading_delete(request, structure_key, heading_key):
    return delete(request, part_of(request, structure_key, heading_key, HEADING), HEADING)


@require_POST
@requires(Permission.EDIT_PLAN)
def heading_move(request, structure_key, heading_key, step):
    return move(request, part_of(request, structure_key, heading_key, HEADING), HEADING, step)


@requires(Permission.EDIT_PLAN)
def item_add(request, structure_key, heading_key):
    above = part_of(request, structure_key, heading_key, HEADING)
    return add(request, HeadingItem(structure=above.structure, heading=above), ITEM)


@requires(Permission.EDIT_PLAN)
def item_edit(request, structure_key, item_key):
    return edit(request, part_of(request, structure_key, item_key, ITEM), ITEM)


@requires(Permission.EDIT_PLAN)
def item_held(request, structure_key, item_key):
    """Write how often something was held: from the structure's page, or on a page of its own."""
    return edit(request, part_of(request, structure_key, item_key, HELD), HELD)


@requires(Permission.EDIT_PLAN)
def item_delete(request, structure_key, item_key):
    return delete(request, part_of(request, structure_key, item_key, ITEM), ITEM)


@require_POST
@requires(Permission.EDIT_PLAN)
def item_move(request, structure_key, item_key, step):
    return move(request, part_of(request, structure_key, item_key, ITEM), ITEM, step)


@requires(Permission.EDIT_PLAN)
def stage_add(request, structure_key):
    return add(request, CooperationStage(structure=structure_of(request, structure_key)), STAGE)


@requires(Permission.EDIT_PLAN)
def stage_edit(request, structure_key, stage_key):
    return edit(request, part_of(request, structure_key, stage_key, STAGE), STAGE)


@requires(Permission.EDIT_PLAN)
def stage_delete(request, structure_key, stage_key):
    return delete(request, part_of(request, structure_key, stage_key, STAGE), STAGE)


@require_POST
@requires(Permission.EDIT_PLAN)
def stage_move(request, structure_key, stage_key, step):
    return move(request, part_of(request, structure_key, stage_key, STAGE), STAGE, step)
