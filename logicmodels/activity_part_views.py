"""Partners, milestones and results of an activity: adding, editing and deleting each."""

from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.shortcuts import get_object_or_404

from logicmodels.activity_forms import MilestoneForm, PartnerForm, ResultForm
from logicmodels.activity_views import one_activity
from logicmodels.models import ActivityPartner, ActivityResult, Milestone
from municipalities import ordering
from municipalities.access import Permission, requires
from municipalities.adding import add_row
from municipalities.deleting import DeletePage, delete_row
from municipalities.editing import EditPage, edit_row
from municipalities.forms import HouseModelForm
from municipalities.kernel import changes
from municipalities.keys import new_key


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of row that belongs to an activity. `place`: where its list stands on the activity's page."""

    name: str
    label: str
    model: type[models.Model]
    form_class: type[HouseModelForm]

    @property
    def place(self):
        return f"{self.name}s"


PARTNER = Part("partner", "協力団体", ActivityPartner, PartnerForm)
MILESTONE = Part("milestone", "節目", Milestone, MilestoneForm)
RESULT = Part("result", "実績", ActivityResult, ResultForm)


def back_to(request, activity_key, part):
    return f"{request.cycle.url('logicmodels:activity', activity_key)}#{part.place}"


def add(request, activity_key, part):
    """Show the form of a new part, or add it."""
    activity = one_activity(request, activity_key)
    page = EditPage(
        key=f"{part.name}-new-{request.cycle.fiscal_year}-{activity_key}",
        title=f"{part.label}を追加する",
        back=back_to(request, activity_key, part),
        lead=f"取組：{activity.name}",
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
    page = EditPage(
        key=f"{part.name}-{request.cycle.fiscal_year}-{key}",
        title=f"{part.label}を編集する",
        back=back_to(request, activity_key, part),
        lead=f"取組：{row.activity.name}",
        remove=request.cycle.url(f"logicmodels:{part.name}_delete", activity_key, key),
    )
    return edit_row(request, row, form_class=part.form_class, page=page)


def delete(request, activity_key, key, part):
    row = one_part(request, activity_key, key, part)
    page = DeletePage(
        title=f"{part.label}を削除する",
        back=back_to(request, activity_key, part),
        lead=f"取組：{row.activity.name}",
    )
    return delete_row(request, row, page=page)


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
