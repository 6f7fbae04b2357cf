"""The outcomes of a logic model, and the links by which one leads to another."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from logicmodels.logic import arranging, reading
from logicmodels.logic.logic_forms import LinkForm, OutcomeForm
from logicmodels.logic.logic_views import model_of, model_url
from logicmodels.models import Outcome, OutcomeLink
from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row

STEPS = {"up": -1, "down": 1}


def outcome_of(model, key):
    """Return an outcome of the model, with model and year at hand."""
    outcome = get_object_or_404(Outcome, logic_model=model, key=key)
    outcome.logic_model, outcome.cycle = model, model.cycle
    return outcome


@requires(Permission.EDIT_PLAN)
def outcome_add(request, model_key):
    model = model_of(request, model_key)
    page = EditPage(
        key=f"outcome-new-{request.cycle.fiscal_year}-{model_key}",
        title="成果を追加する",
        back=model_url(model, "outcomes"),
        lead="成果の下に、取組と指標を並べます。",
    )
    return add_row(
        request,
        Outcome(cycle=request.cycle, logic_model=model, scene=model.scene),
        form_class=OutcomeForm,
        page=page,
        deed=lambda form: arranging.add_outcome(form.save(commit=False), by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def outcome_edit(request, model_key, outcome_key):
    model = model_of(request, model_key)
    page = EditPage(
        key=f"outcome-{request.cycle.fiscal_year}-{outcome_key}",
        title="成果を編集する",
        back=model_url(model, f"outcome-{outcome_key}"),
        part="outcomes",
    )
    return edit_row(request, outcome_of(model, outcome_key), form_class=OutcomeForm, page=page)


@requires(Permission.EDIT_PLAN)
def outcome_delete(request, model_key, outcome_key):
    model = model_of(request, model_key)
    page = DeletePage(
        title="成果を削除する",
        back=model_url(model, "outcomes"),
        lead="取組と指標そのものは残ります。この成果での並びと、ほかの成果とのつながりがなくなります。",
    )
    return delete_row(request, outcome_of(model, outcome_key), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def outcome_move(request, model_key, outcome_key):
    """Move an outcome with its rows one place up or down."""
    model = model_of(request, model_key)
    outcome_of(model, outcome_key)
    step = STEPS.get(request.POST.get("to", ""), 1)
    try:
        arranging.move_outcome(model, outcome_key, step=step, by=request.user)
    except ValidationError as error:
        messages.warning(request, "".join(error.messages))
    else:
        messages.success(request, "成果を並べ替えました。番号も付け直しています。")
    return redirect(model_url(model, f"outcome-{outcome_key}"))


def link_form(model):
    return partial(LinkForm, found=reading.structure_of(model), outcomes=reading.outcomes_of(model))


@requires(Permission.EDIT_PLAN)
def outcome_link_add(request, model_key):
    model = model_of(request, model_key)
    page = EditPage(
        key=f"outcome-link-new-{request.cycle.fiscal_year}-{model_key}",
        title="成果のつながりを追加する",
        back=model_url(model, "links"),
        lead="初期から中間、中間から最終へ、どの成果がどの成果につながるかを示します。",
    )
    return add_row(
        request,
        OutcomeLink(cycle=request.cycle, logic_model=model),
        form_class=link_form(model),
        page=page,
        deed=lambda form: arranging.add_link(form.save(commit=False), by=request.user),
    )


def link_of(model, key):
    link = get_object_or_404(
        OutcomeLink.objects.select_related("cause", "effect"), logic_model=model, key=key
    )
    link.logic_model, link.cycle = model, model.cycle
    return link


@requires(Permission.EDIT_PLAN)
def outcome_link_edit(request, model_key, link_key):
    model = model_of(request, model_key)
    page = EditPage(
        key=f"outcome-link-{request.cycle.fiscal_year}-{link_key}",
        title="成果のつながりを編集する",
        back=model_url(model, "links"),
    )
    link = link_of(model, link_key)
    return edit_row(request, link, form_class=link_form(model), page=page)


@requires(Permission.EDIT_PLAN)
def outcome_link_delete(request, model_key, link_key):
    model = model_of(request, model_key)
    page = DeletePage(title="成果のつながりを削除する", back=model_url(model, "links"))
    return delete_row(request, link_of(model, link_key), page=page)
