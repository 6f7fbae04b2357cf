"""Partners, milestones and results of an activity: adding, editing and deleting each."""

from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404

from logicmodels.activities.activity_forms import MilestoneForm, PartnerForm, ResultForm
from logicmodels.activities.activity_views import one_activity
from logicmodels.models import ActivityPartner, ActivityResult, Milestone
from municipalities.access import Permission, requires
from municipalities.kernel import changes
from municipalities.pages import ordering, part_pages
from municipalities.pages.adding import add_row
from municipalities.pages.editing import EditPage
from municipalities.pages.part_pages import Around
from municipalities.rows.keys import new_key


@dataclass(frozen=True, slots=True)
class Part(part_pages.Part):
    """A kind of row that belongs to an activity. `place`: where its list stands on the activity's page."""

    @property
    def place(self):
        return f"{self.name}s"


PARTNER = Part("partner", "協力団体", ActivityPartner, PartnerForm)
MILESTONE = Part("milestone", "節目", Milestone, MilestoneForm)
RESULT = Part("result", "実績", ActivityResult, ResultForm)


def around(request, activity, part, key, remove=""):
    """Return what a page of a part says around it."""
    return Around(
        key=f"{request.cycle.fiscal_year}-{key}",
        back=f"{request.cycle.url('logicmodels:activity', activity.key)}#{part.place}",
        lead=f"取組：{activity.name}",
        remove=remove,
    )


def add(request, activity_key, part):
    """Show the form of a new part, or add it."""
    activity = one_activity(request, activity_key)
    place = around(request, activity, part, activity_key)
    page = EditPage(
        key=f"{part.name}-new-{place.key}",
        title=f"{part.label}を追加する",
        back=place.back,
        lead=place.lead,
    )
    return add_row(
        request,
        part.model(cycle=request.cycle, activity=activity),
        form_class=part.form_class,
        page=page,
        deed=partial(insert, by=request.user),
    )


def insert(form, *, by):
    """Insert a part; partners at the end of their list. Raises ValidationError for one that is there."""
    form.settle(by=by)
    row = form.save(commit=False)
    try:
        if isinstance(row, ActivityPartner):
            among = ActivityPartner.objects.filter(activity=row.activity)
            ordering.append(row, among=among, by=by)
        else:
            row.key = new_key(row._meta.model_name)
            changes.create_versioned(row, by=by)
    except IntegrityError as error:
        raise ValidationError("同じ内容が、ほかの人によって先に追加されています。") from error


def one_part(request, activity_key, key, part):
    """Return a part with its activity. Raises Http404."""
    rows = part.model.objects.select_related("activity")
    return get_object_or_404(rows, cycle=request.cycle, activity__key=activity_key, key=key)


def edit(request, activity_key, key, part):
    row = one_part(request, activity_key, key, part)
    remove = request.cycle.url(f"logicmodels:{part.name}_delete", activity_key, key)
    place = around(request, row.activity, part, key, remove)
    return part_pages.edit_part(request, row, part, place)


def delete(request, activity_key, key, part):
    row = one_part(request, activity_key, key, part)
    return part_pages.delete_part(request, row, part, around(request, row.activity, part, key))


@requires(Permission.EDIT_PLAN)
def partner_add(request, activity_key):
    return add(request, activity_key, PARTNER)


@requires(Permission.EDIT_PLAN)
def partner_edit(request, activity_key, partner_key):
    return edit(request, activity_key, partner_key, PARTNER)


@requires(Permission.EDIT_PLAN)
def partner_delete(request, activity_key, partner_key):
    return delete(request, activity_key, partner_key, PARTNER)


@requires(Permission.EDIT_PLAN)
def milestone_add(request, activity_key):
    return add(request, activity_key, MILESTONE)


@requires(Permission.EDIT_PLAN)
def milestone_edit(request, activity_key, milestone_key):
    return edit(request, activity_key, milestone_key, MILESTONE)


@requires(Permission.EDIT_PLAN)
def milestone_delete(request, activity_key, milestone_key):
    return delete(request, activity_key, milestone_key, MILESTONE)


@requires(Permission.EDIT_PLAN)
def result_add(request, activity_key):
    return add(request, activity_key, RESULT)


@requires(Permission.EDIT_PLAN)
def result_edit(request, activity_key, result_key):
    return edit(request, activity_key, result_key, RESULT)


@requires(Permission.EDIT_PLAN)
def result_delete(request, activity_key, result_key):
    return delete(request, activity_key, result_key, RESULT)
