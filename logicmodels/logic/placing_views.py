"""Activities at the outcomes of a logic model: placing, moving, using elsewhere, detaching, and their texts."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from logicmodels.logic import arranging, reading
from logicmodels.logic.logic_forms import (
    ActivityNameForm,
    PlacementForm,
    PlacingForm,
    UsesForm,
    outcome_in_words,
)
from logicmodels.logic.logic_views import context_of, model_of, model_url
from logicmodels.logic.outcome_views import STEPS, outcome_of
from logicmodels.models import Activity, Placement
from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.editing import EditPage, edit_row


def placement_of(model, key):
    """Return a placement of the model, with its activity and the year at hand."""
    rows = Placement.objects.select_related("activity", "outcome")
    placement = get_object_or_404(rows, outcome__logic_model=model, key=key)
    placement.cycle = placement.activity.cycle = model.cycle
    return placement


@requires(Permission.EDIT_PLAN)
def placement_add(request, model_key, outcome_key):
    """Put activities at an outcome: new ones by name, line by line, and those of the year by ticking."""
    model = model_of(request, model_key)
    outcome = outcome_of(model, outcome_key)
    page = EditPage(
        key=f"placement-new-{request.cycle.fiscal_year}-{outcome_key}",
        title="成果に取組を置く",
        back=model_url(model, f"outcome-{outcome_key}"),
        lead=f"「{outcome.text}」につながる取組を並べます。",
    )
    return add_row(
        request,
        Placement(cycle=request.cycle, outcome=outcome),
        form_class=partial(PlacingForm, choices=choices_for(outcome)),
        page=page,
        deed=lambda form: put(request, outcome, form.cleaned_data),
    )


def choices_for(outcome):
    """Return the activities of the year that do not stand at this outcome."""
    there = Placement.objects.filter(outcome=outcome).values("activity_id")
    rows = Activity.objects.filter(cycle=outcome.cycle).exclude(pk__in=there)
    return [
        (one.key, f"{one.name}（{one.get_scene_display()}）")
        for one in rows.order_by("position", "key")
    ]


def put(request, outcome, cleaned):
    """Place what a form names; say which names were found among the activities of the year."""
    chosen = Activity.objects.filter(cycle=outcome.cycle, key__in=cleaned.get("activities", ()))
    count = len(arranging.place(outcome, chosen.order_by("position", "key"), by=request.user))
    found = []
    for named in cleaned["names"]:
        placement, is_new = arranging.place_by_name(outcome, named, by=request.user)
        count += placement is not None
        if placement and not is_new:
            found.append(placement.activity.name)
    if not count:
        raise ValidationError("入力した取組は、すべてこの成果に置かれています。")
    if found:
        names = "」「".join(found)
        messages.info(request, f"「{names}」は、すでにある取組を使いました。")


@require_POST
@requires(Permission.EDIT_PLAN)
def placement_move(request, model_key, placement_key):
    """Move a row one place up or down, over the end of its outcome into the next one."""
    model = model_of(request, model_key)
    step = STEPS.get(request.POST.get("to", ""), 1)
    try:
        moved = arranging.move(model, placement_key, step=step, by=request.user)
    except ValidationError as error:
        return after(request, model, "".join(error.messages), placement_key)
    return after(request, model, in_words(moved), placement_key)


def in_words(moved):
    if moved.before == moved.after and not moved.outcome:
        return f"{moved.before}番は、これ以上動かせません。"
    into = f"「{moved.outcome}」の" if moved.outcome else ""
    return f"{moved.before}番を{into}{moved.after}番へ移しました。"


def after(request, model, sentence, placement_key):
    """Show the rows as they stand now: the part of the page for htmx, else the page at the moved row."""
    if not request.htmx:
        messages.success(request, sentence)
        return redirect(model_url(model, f"row-{placement_key}"))
    response = render(request, "logicmodels/logic_model.html#sheet", context_of(model))
    trigger_client_event(response, "status:say", {"text": sentence})
    row = {"row": f"row-{placement_key}"}
    return trigger_client_event(response, "logic:moved", row, after="settle")


@require_POST
@requires(Permission.EDIT_PLAN)
def placement_detach(request, model_key, placement_key):
    """Take an activity from its place; it lies in the trash and can be put back."""
    model = model_of(request, model_key)
    try:
        placement, item = arranging.detach_by_key(model, placement_key, by=request.user)
    except ValidationError as error:
        messages.warning(request, "".join(error.messages))
        return redirect(model_url(model, "outcomes"))
    restore = request.cycle.url("municipalities:trash_restore", item.pk)
    sentence = (
        f"「{placement.activity.name}」をこの成果から外しました。取組そのものは残っています。"
    )
    messages.success(request, sentence, extra_tags=restore)
    return redirect(model_url(model))


@requires(Permission.EDIT_PLAN)
def placement_edit(request, model_key, placement_key):
    """The note and the assumption of one place."""
    model = model_of(request, model_key)
    placement = placement_of(model, placement_key)
    page = EditPage(
        key=f"placement-{request.cycle.fiscal_year}-{placement_key}",
        title="注記と前提を書く",
        back=model_url(model, f"row-{placement_key}"),
        lead=f"「{placement.activity.name}」の、成果「{placement.outcome.text}」での書き方です。",
    )
    return edit_row(request, placement, form_class=PlacementForm, page=page)


@dataclass(frozen=True, slots=True)
class ActivityPage(EditPage):
    """The page of an activity's text; `split` is where this place alone gets an activity of its own."""

    template: str = "logicmodels/placement_activity_edit.html"
    split: str = ""


@requires(Permission.EDIT_PLAN)
def placement_activity_edit(request, model_key, placement_key):
    """The text of the activity at a place; the page says at how many places it stands."""
    model = model_of(request, model_key)
    activity = placement_of(model, placement_key).activity
    places = Placement.objects.filter(activity=activity).count()
    is_used_again = places > 1
    page = ActivityPage(
        key=f"activity-name-{request.cycle.fiscal_year}-{activity.key}",
        title="取組の名称を編集する",
        back=model_url(model, f"row-{placement_key}"),
        lead=f"この取組は{places}か所で使われています。{places}か所すべてに反映されます。"
        if is_used_again
        else "",
        split=request.cycle.url("logicmodels:placement_split", model_key, placement_key)
        if is_used_again
        else "",
    )
    return edit_row(request, activity, form_class=ActivityNameForm, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def placement_split(request, model_key, placement_key):
    """Give this place an activity of its own, and go on to its text."""
    model = model_of(request, model_key)
    try:
        arranging.split(model, placement_key, by=request.user)
    except ValidationError as error:
        messages.warning(request, "".join(error.messages))
        return redirect(model_url(model))
    messages.success(request, "ここだけ別の取組にしました。名称を書き換えてください。")
    return redirect(
        request.cycle.url("logicmodels:placement_activity_edit", model_key, placement_key)
    )


@requires(Permission.EDIT_PLAN)
def activity_uses(request, model_key, activity_key):
    """別の成果にも使う: one checkbox for each outcome of the model."""
    model = model_of(request, model_key)
    activity = get_object_or_404(Activity, cycle=request.cycle, key=activity_key)
    rows = Placement.objects.filter(outcome__logic_model=model, activity=activity)
    ticked = list(rows.order_by("position").values_list("outcome__key", flat=True))
    choices = [(one.key, outcome_in_words(one)) for one in reading.outcomes_of(model)]
    form = UsesForm(request.POST or None, choices=choices, initial={"outcomes": ticked})
    if form.is_valid():
        return save_uses(request, model, activity, set(form.cleaned_data["outcomes"]))
    context = {
        "form": form,
        "title": "別の成果にも使う",
        "lead": f"「{activity.name}」を置く成果を選びます。2か所目からは「（再）」が付きます。"
        "チェックを外すと、その成果から外れます。",
        "ticked": ticked,
        "back": model_url(model, "outcomes"),
    }
    return render(request, "components/ticks.html", context, status=422 if form.errors else 200)


def save_uses(request, model, activity, wanted):
    shown = set(request.POST.getlist("shown"))
    came, went = arranging.use_at(model, activity, wanted=wanted, shown=shown, by=request.user)
    if came or went:
        told = [
            f"{came}か所に加えました。" if came else "",
            f"{went}か所から外しました。" if went else "",
        ]
        messages.success(request, f"「{activity.name}」を" + "".join(told))
    else:
        messages.success(request, "変更はありませんでした。")
    return redirect(model_url(model, "outcomes"))
